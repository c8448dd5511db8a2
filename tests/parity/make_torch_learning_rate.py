"""Writes the published initial weights, and what reverse mode of PyTorch finds. Run by hand.

Needs PyTorch (torch==2.13.0 made the stored files), which the project does not install:
    PYTHONPATH=py python tests/parity/make_torch_learning_rate.py
"""

import json
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from mnist1d_lab.dataset.generator import make_dataset

HERE = Path(__file__).parent
WEIGHTS = HERE.parents[1] / "py/mnist1d_lab/learning_rate/torch_seed_0.npz"
NAMES = ("linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias")
RATES = (1.5, 0.15, 0.62)
CASES = ((200, 50), (37, 70), (90, 130))  # steps and batch size; the last one passes the data's end
SHORT = 10


def initial():
    """The weights of the published run, as its model makes them: 2560 numbers."""
    torch.manual_seed(0)
    layers = torch.nn.Linear(40, 50), torch.nn.Linear(50, 10)
    return [parameter.detach() for layer in layers for parameter in layer.parameters()]


def losses(rate, dtype, steps, batch, data):
    """The loss of each step before its update, and the weights at the end; all in one graph."""
    x, y = torch.tensor(data["x"], dtype=dtype), torch.tensor(data["y"])
    weights, found = [one.to(dtype).requires_grad_() for one in initial()], []
    for step in range(steps):
        rows = torch.arange(step * batch, (step + 1) * batch) % len(y)
        w1, b1, w2, b2 = weights
        logits = torch.tanh(x[rows] @ w1.T + b1) @ w2.T + b2
        found.append(torch.nn.functional.cross_entropy(logits, y[rows]))
        grads = torch.autograd.grad(found[-1], weights, create_graph=True)
        weights = [w - rate * g for w, g in zip(weights, grads, strict=True)]
    return torch.stack(found), weights


def hypergradient(value, dtype, steps, batch, data):
    """The mean loss, and its derivative by reverse mode through the whole training."""
    rate = torch.tensor(value, dtype=dtype, requires_grad=True)
    mean = losses(rate, dtype, steps, batch, data)[0].mean()
    mean.backward()
    return mean.item(), rate.grad.item()


def derivatives(value, data):
    """Losses of ten steps, the weights after them, and their derivatives by the rate; float64."""
    rate = torch.tensor(value, dtype=torch.float64)
    made = losses(rate, torch.float64, SHORT, 50, data)

    def trained(rate):
        return torch.cat([w.ravel() for w in losses(rate, torch.float64, SHORT, 50, data)[1]])

    _, moved = torch.autograd.functional.jvp(trained, rate, torch.ones_like(rate))
    values = torch.cat([w.ravel() for w in made[1]])
    return {name: one.detach().tolist() for name, one in
            (("losses", made[0]), ("weights", values), ("derivatives", moved))}  # fmt: skip


def main():
    """Write both files."""
    torch.set_num_threads(1)
    data = make_dataset()
    arrays = {name: one.numpy() for name, one in zip(NAMES, initial(), strict=True)}
    np.savez_compressed(WEIGHTS, **arrays)
    rows = []
    for steps, batch in CASES:
        for rate in RATES:
            for dtype in (torch.float64, torch.float32):
                loss, slope = hypergradient(rate, dtype, steps, batch, data)
                rows.append({
                    "steps": steps, "batch_size": batch, "rate": rate,
                    "dtype": str(dtype).removeprefix("torch."),
                    "loss": loss, "hypergradient": slope,
                })  # fmt: skip
    np.savez_compressed(HERE / "torch_learning_rate.npz", **derivatives(1.5, data))
    (HERE / "torch_learning_rate.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
