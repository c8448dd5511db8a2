"""Writes torch_descent.npz: ten steps of the double descent's network in PyTorch. Run by hand.

Needs PyTorch (torch==2.13.0 made the stored file), which the project does not install:
    PYTHONPATH=py python tests/parity/make_torch_descent.py

The weights at the start and the batches are the project's own; only what PyTorch finds is stored.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from mnist1d_lab.double_descent.model import LAYERS, PlainMLP
from mnist1d_lab.double_descent.spec import LOSSES, DescentSpec
from mnist1d_lab.models.split import split_of

STEPS = 10
STORED = (0, STEPS - 1)  # steps whose gradients are stored


def squared_error(logits, labels):
    """The squared distance to the label's unit vector, summed over the classes; a batch's mean."""
    target = torch.nn.functional.one_hot(labels, logits.shape[1])
    return (logits - target).square().sum(1).mean()


def trajectory(spec, x, y):
    """Losses of ten steps of SGD, gradients of two of them, and the weights at the end."""
    loss_of = squared_error if spec.loss == "squared_error" else torch.nn.functional.cross_entropy
    initial = PlainMLP(hidden=spec.width).init(np.random.default_rng(spec.seed))
    params = {name: torch.tensor(value, requires_grad=True) for name, value in initial.items()}
    options = {"lr": spec.learning_rate, "momentum": spec.momentum}
    optimizer = torch.optim.SGD(params.values(), **options)
    out, losses = {}, []
    for step in range(STEPS):
        part = slice(step * spec.batch_size, (step + 1) * spec.batch_size)
        h = x[part]
        for name in LAYERS:
            h = h @ params[f"{name}.weight"].T + params[f"{name}.bias"]
            h = torch.relu(h) if name != LAYERS[-1] else h
        optimizer.zero_grad()
        loss = loss_of(h, y[part])
        loss.backward()
        if step in STORED:
            for name, value in params.items():
                out[f"grad{step}/{name}"] = value.grad.numpy().copy()
        optimizer.step()
        losses.append(loss.item())
    final = {f"final/{name}": value.detach().numpy() for name, value in params.items()}
    return {**out, **final, "losses": np.array(losses)}


def main():
    """Write the file."""
    torch.set_num_threads(1)
    made: dict[str, Any] = {}
    for loss in LOSSES:
        spec = DescentSpec(loss=loss)
        split = split_of(spec.dataset)
        x, y = torch.tensor(split.x.T), torch.tensor(split.y, dtype=torch.int64)
        made |= {f"{loss}/{name}": value for name, value in trajectory(spec, x, y).items()}
    np.savez_compressed(Path(__file__).with_name("torch_descent.npz"), **made)


if __name__ == "__main__":
    main()
