"""Writes torch_trajectory.npz: what PyTorch computes for a small MLP. Run by hand, not by tests.

Needs PyTorch (torch==2.13.0 made the stored file), which the project does not install:
    python tests/parity/make_torch_trajectory.py
"""

from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

INPUTS, HIDDEN, CLASSES, BATCH, STEPS, RATE = 12, 16, 10, 20, 10, 1e-2


class MLP(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """The reference's residual MLP (notebooks/models.py of the MNIST-1D repository)."""

    def __init__(self):
        super().__init__()
        self.linear1 = torch.nn.Linear(INPUTS, HIDDEN)
        self.linear2 = torch.nn.Linear(HIDDEN, HIDDEN)
        self.linear3 = torch.nn.Linear(HIDDEN, CLASSES)

    def forward(self, x):
        h = self.linear1(x).relu()
        h = h + self.linear2(h).relu()
        return self.linear3(h)


def main():
    torch.manual_seed(0)
    torch.set_num_threads(1)
    model = MLP()
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
    out["losses"] = np.array(losses)
    np.savez_compressed(Path(__file__).with_name("torch_trajectory.npz"), **out)


if __name__ == "__main__":
    main()
