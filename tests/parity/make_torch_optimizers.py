"""Writes torch_optimizers.npz: ten steps of each optimiser, decay, initialisation. Run by hand.

Needs PyTorch (torch==2.14.1 made the stored file), which the project does not install:
    PYTHONPATH=. python tests/parity/make_torch_optimizers.py
"""

from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]
from tests.parity.optimizer_cases import BATCH, CASES, HIDDEN, INPUTS, SHAPES, STEPS
from tests.parity.torch_models import MLP

KAIMING = {"nonlinearity": "relu"}


def draw_(name, weight):
    """Fill a weight by a function of torch.nn.init."""
    function = getattr(torch.nn.init, f"{name}_")
    function(weight, **(KAIMING if name.startswith("kaiming") else {}))


def model_of(case):
    model = MLP(INPUTS, HIDDEN, case.get("depth", 2))
    if "init" in case:
        for name, value in model.named_parameters():
            if name.endswith("weight"):
                draw_(case["init"], value)
            else:
                torch.nn.init.zeros_(value)
    return model


def optimizer_of(case, model):
    rate, decay = case.get("learning_rate", 0.01), case.get("weight_decay", 0.0)
    if case.get("optimizer", "adam") == "adam":
        return torch.optim.Adam(model.parameters(), rate, weight_decay=decay)
    momentum = case.get("momentum", 0.9) if case["optimizer"] == "momentum" else 0.0
    return torch.optim.SGD(model.parameters(), rate, momentum=momentum, weight_decay=decay)


def steps(name, case, x, y):
    """Ten steps on random examples: the parameters before and after, and the losses."""
    model = model_of(case)
    optimizer = optimizer_of(case, model)
    parameters = dict(model.named_parameters())
    out = {f"{name}/init/{key}": p.detach().numpy().copy() for key, p in parameters.items()}
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(x[step]), y[step])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    final = {f"{name}/final/{key}": p.detach().numpy() for key, p in parameters.items()}
    return {**out, **final, f"{name}/losses": np.array(losses)}


def spreads():
    """Standard deviation and largest absolute value of large weights, by scheme and shape."""
    out = {}
    for name in ("kaiming_uniform", "kaiming_normal", "xavier_uniform", "xavier_normal"):
        for kind, shape in SHAPES.items():
            weight = torch.empty(shape)
            draw_(name, weight)
            out[f"spread/{name}/{kind}"] = np.array(
                [weight.std().item(), weight.abs().max().item()]
            )
    return out


def main():
    torch.set_num_threads(1)
    torch.manual_seed(0)
    x, y = torch.randn(STEPS, BATCH, INPUTS), torch.randint(10, (STEPS, BATCH))
    out = {"x": x.numpy(), "y": y.numpy(), **spreads()}
    for name, case in CASES.items():
        out |= steps(name, case, x, y)
    np.savez_compressed(Path(__file__).with_name("torch_optimizers.npz"), **out)


if __name__ == "__main__":
    main()
