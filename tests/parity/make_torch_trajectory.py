"""Writes torch_trajectory.npz and its like: what PyTorch computes for small models. Run by hand.

Needs PyTorch (torch==2.13.0 made the stored files), which the project does not install:
    PYTHONPATH=. python tests/parity/make_torch_trajectory.py
"""

from functools import partial
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]
from tests.parity.torch_models import CNN, GRU, MLP, POOLING, Logistic, PoolingCNN

INPUTS, CLASSES, BATCH, STEPS, RATE = 12, 10, 20, 10, 1e-2
SMALL = {
    "": lambda: MLP(INPUTS, hidden=16),
    "_logistic": lambda: Logistic(INPUTS),
    "_cnn": lambda: CNN(INPUTS, channels=5),
    "_gru": lambda: GRU(INPUTS),
    **{f"_{name}": partial(PoolingCNN, name, INPUTS, channels=5) for name in POOLING},
}


def trajectory(make):
    """Ten steps of Adam on random examples: all that a step computes."""
    torch.manual_seed(0)
    model = make()
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    x, y = torch.randn(STEPS, BATCH, INPUTS), torch.randint(CLASSES, (STEPS, BATCH))
    out = {"x": x.numpy(), "y": y.numpy(), "learning_rate": np.array(RATE)}
    for name, value in model.named_parameters():
        out[f"init/{name}"] = value.detach().numpy().copy()
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(x[step]), y[step])
        loss.backward()
        for name, value in model.named_parameters():
            out[f"grad{step}/{name}"] = value.grad.numpy().copy()
        optimizer.step()
        losses.append(loss.item())
    for name, value in model.named_parameters():
        out[f"final/{name}"] = value.detach().numpy().copy()
    return {**out, "losses": np.array(losses)}


def main():
    torch.set_num_threads(1)
    for suffix, make in SMALL.items():
        path = Path(__file__).with_name(f"torch_trajectory{suffix}.npz")
        if path.exists():
            continue  # delete a file to have it made anew
        np.savez_compressed(path, **trajectory(make))


if __name__ == "__main__":
    main()
