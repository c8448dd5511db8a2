"""Writes torch_contrast.npz: ten steps of a small SimCLR in PyTorch. Run by hand.

Needs PyTorch (torch==2.13.0 made the stored file), which the project does not install:
    PYTHONPATH=. python tests/parity/make_torch_contrast.py
"""

from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]
from torch import nn  # type: ignore[import-not-found, unused-ignore]

INPUTS, FILTERS, PAIRS, STEPS, RATE, TEMPERATURE = 12, 5, 12, 10, 1e-2, 0.5


class Encoder(nn.Module):  # type: ignore[misc, unused-ignore]
    """Three convolutions and a projector of two layers, as `mnist1d_lab`'s with these sizes."""

    def __init__(self):
        super().__init__()
        options = {"stride": 2, "padding": 1}
        self.conv1 = nn.Conv1d(1, FILTERS, 5, **options)
        self.conv2 = nn.Conv1d(FILTERS, FILTERS, 3, **options)
        self.conv3 = nn.Conv1d(FILTERS, FILTERS, 3, **options)
        self.projector1 = nn.Linear(2 * FILTERS, 2 * FILTERS)
        self.projector2 = nn.Linear(2 * FILTERS, 16)

    def forward(self, x):
        """Z of signals (n, INPUTS): (n, 16)."""
        h = x.unsqueeze(1)
        for convolution in (self.conv1, self.conv2, self.conv3):
            h = torch.relu(convolution(h))
        return self.projector2(torch.relu(self.projector1(h.flatten(1))))


def info_nce(z, negatives="all"):
    """The loss of first views, then their second ones, (2 * PAIRS, 16)."""
    u, pairs = torch.nn.functional.normalize(z), torch.arange(PAIRS)
    if negatives == "second":
        first, second = u.split(PAIRS)
        return torch.nn.functional.cross_entropy(first @ second.T / TEMPERATURE, pairs)
    logits = (u @ u.T / TEMPERATURE).fill_diagonal_(float("-inf"))
    return torch.nn.functional.cross_entropy(logits, torch.cat([pairs + PAIRS, pairs]))


def trajectory():
    """Ten steps of Adam on random pairs: all that a step computes."""
    torch.manual_seed(0)
    model = Encoder()
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    first = torch.randn(STEPS, PAIRS, INPUTS)
    x = torch.cat([first, first + 0.5 * torch.randn(first.shape)], dim=1)
    out = {"x": x.numpy(), "learning_rate": np.array(RATE), "temperature": np.array(TEMPERATURE)}
    for name, value in model.named_parameters():
        out[f"init/{name}"] = value.detach().numpy().copy()
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        z = model(x[step])
        z.retain_grad()
        loss = info_nce(z)
        loss.backward()
        out[f"z{step}"], out[f"dz{step}/all"] = z.detach().numpy().copy(), z.grad.numpy().copy()
        half = z.detach().clone().requires_grad_()
        info_nce(half, "second").backward()
        out[f"dz{step}/second"] = half.grad.numpy().copy()
        for name, value in model.named_parameters():
            out[f"grad{step}/{name}"] = value.grad.numpy().copy()
        optimizer.step()
        losses.append(loss.item())
    for name, value in model.named_parameters():
        out[f"final/{name}"] = value.detach().numpy().copy()
    return {**out, "losses": np.array(losses)}


if __name__ == "__main__":
    torch.set_num_threads(1)
    np.savez_compressed(Path(__file__).with_name("torch_contrast.npz"), **trajectory())
