"""The peer: the same trainings in PyTorch, lean, on one thread. It imports nothing of ours.

Each function returns the number that its namesake in ours.py returns.
"""

import itertools
import time
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]
from tests.bench.answer import answer
from tests.parity.torch_models import MODELS, POOLING, PoolingCNN

torch.set_num_threads(1)
BATCH, TRAIN, INPUTS, CLASSES = 100, 4000, 40, 10
RNG = np.random.default_rng(0)
X = torch.from_numpy(RNG.normal(size=(5000, INPUTS)).astype(np.float32))
Y = torch.from_numpy(RNG.integers(0, CLASSES, 5000))
loss_of = torch.nn.functional.cross_entropy
Masks = list[Any]


class MLP(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """The reference's residual MLP."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.linear1 = torch.nn.Linear(INPUTS, hidden)
        self.linear2 = torch.nn.Linear(hidden, hidden)
        self.linear3 = torch.nn.Linear(hidden, CLASSES)

    def forward(self, x: Any) -> Any:
        """Logits (B, classes)."""
        h = self.linear1(x).relu()
        h = h + self.linear2(h).relu()
        return self.linear3(h)


def measure(model: MLP, test_only: bool = False) -> None:
    """Loss and accuracy over all examples, or over the test examples."""
    with torch.no_grad():
        for part in [slice(TRAIN, None)] if test_only else [slice(TRAIN), slice(TRAIN, None)]:
            logits = model(X[part])
            loss_of(logits, Y[part]).item()
            (logits.argmax(-1) == Y[part]).float().mean().item()


def train(model: MLP, masks: Masks, steps: int, rate: float, eval_every: int = 0) -> None:
    """Masks on gradients, pruned weights at zero; PyTorch's fastest Adam for CPUs."""
    optimizer = torch.optim.Adam(model.parameters(), rate, fused=True)
    masked = [(p, m) for p, m in zip(model.parameters(), masks, strict=True) if m is not None]
    with torch.no_grad():
        for parameter, mask in masked:
            parameter *= mask
    for step in range(steps):
        start = step * BATCH % TRAIN
        part = slice(start, start + BATCH)
        optimizer.zero_grad()
        loss_of(model(X[part]), Y[part]).backward()
        for parameter, mask in masked:
            parameter.grad *= mask
        optimizer.step()
        if eval_every and (step + 1) % eval_every == 0:
            measure(model, test_only=True)


def random_masks(model: MLP, sparsity: float) -> Masks:
    """Masks of about this sparsity; none for a dense network."""
    if sparsity == 0:
        return [None for _ in model.parameters()]
    return [(torch.rand_like(p) > sparsity).float() for p in model.parameters()]


def step(hidden: int, sparsity: float = 0.0, steps: int = 200) -> float:
    """Milliseconds of one training step."""
    model = MLP(hidden)
    masks = random_masks(model, sparsity)
    began = time.perf_counter()
    train(model, masks, steps, 0.01)
    return 1000 * (time.perf_counter() - began) / steps


def model_step(model: str, steps: int = 200) -> float:
    """Milliseconds of one training step of a published model."""
    made = PoolingCNN(model) if model in POOLING else MODELS[model]()
    masks = [None for _ in made.parameters()]
    began = time.perf_counter()
    train(made, masks, steps, 0.01)
    return 1000 * (time.perf_counter() - began) / steps


class Encoder(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """The published encoder with its projector."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[Any] = []
        for channels, kernel in ((1, 5), (25, 3), (25, 3)):
            layers += [torch.nn.Conv1d(channels, 25, kernel, 2, 1), torch.nn.ReLU()]
        layers += [torch.nn.Flatten(), torch.nn.Linear(125, 125), torch.nn.ReLU()]
        self.layers = torch.nn.Sequential(*layers, torch.nn.Linear(125, 16))

    def forward(self, x: Any) -> Any:
        """Z (B, 16) of signals (B, inputs)."""
        return self.layers(x[:, None])


def contrast_step(steps: int = 100) -> float:
    """Milliseconds of one step of SimCLR; the views are made in PyTorch too."""
    model = Encoder()
    optimizer = torch.optim.Adam(model.parameters(), 0.01, fused=True)
    at, labels = torch.arange(INPUTS), (torch.arange(2 * BATCH) + BATCH) % (2 * BATCH)
    began = time.perf_counter()
    for step in range(steps):
        start = step * BATCH % TRAIN
        x = X[start : start + BATCH].repeat(2, 1)
        source = (at - torch.randint(0, 10, (len(x), 1))) % INPUTS
        slope, offset = 0.04 * torch.randn(len(x), 1), 0.3 * torch.randn(len(x), 1)
        views = x.gather(1, source) + slope * (at - (INPUTS - 1) / 2) + offset
        optimizer.zero_grad()
        u = torch.nn.functional.normalize(model(views))
        loss_of((u @ u.T / 0.5).fill_diagonal_(float("-inf")), labels).backward()
        optimizer.step()
    return 1000 * (time.perf_counter() - began) / steps


def descent_step(width: int, epochs: int = 5) -> float:
    """Milliseconds of one step of SGD with momentum, in a new order each epoch."""
    sizes = (INPUTS, width, width, CLASSES)
    one, two, three = (torch.nn.Linear(*pair) for pair in itertools.pairwise(sizes))
    model = torch.nn.Sequential(one, torch.nn.ReLU(), two, torch.nn.ReLU(), three)
    optimizer = torch.optim.SGD(model.parameters(), 0.01, 0.9, fused=True)
    began = time.perf_counter()
    for _ in range(epochs):
        order = torch.randperm(TRAIN)
        x, y = X[order], Y[order]
        for start in range(0, TRAIN, BATCH):
            part = slice(start, start + BATCH)
            optimizer.zero_grad()
            loss_of(model(x[part]), y[part]).backward()
            optimizer.step()
    return 1000 * (time.perf_counter() - began) / (epochs * TRAIN / BATCH)


def quick(
    hidden: int, steps: int, levels: int, share: float, rate: float, eval_every: int
) -> float:
    """Seconds of one trial of the quick preset: one dense training, then two a level."""
    began = time.perf_counter()
    for level in [0] + [level for level in range(1, levels + 1) for _ in range(2)]:
        model = MLP(hidden)
        train(model, random_masks(model, 1 - (1 - share) ** level), steps, rate, eval_every)
        measure(model)
    return time.perf_counter() - began


def hypergradient(rounds: int = 3, steps: int = 200, batch: int = 50) -> float:
    """Milliseconds of the same by reverse mode through the whole training, as published."""
    layers = torch.nn.Linear(INPUTS, 50), torch.nn.Linear(50, CLASSES)
    initial = [parameter for layer in layers for parameter in layer.parameters()]
    began = time.perf_counter()
    for _ in range(rounds):
        rate, weights, losses = torch.tensor(0.62, requires_grad=True), initial, []
        for step in range(steps):
            part = slice(step * batch % TRAIN, step * batch % TRAIN + batch)
            w1, b1, w2, b2 = weights
            hidden = torch.tanh(torch.nn.functional.linear(X[part], w1, b1))
            losses.append(loss_of(torch.nn.functional.linear(hidden, w2, b2), Y[part]))
            grads = torch.autograd.grad(losses[-1], weights, create_graph=True)
            weights = [w - rate * g for w, g in zip(weights, grads, strict=True)]
        torch.autograd.grad(torch.stack(losses).mean(), rate)
    return 1000 * (time.perf_counter() - began) / rounds


def paper(levels: int, steps: int) -> float:
    """Seconds of the paper's search, extrapolated as in ours.py."""
    spans = [step(500, level / levels, steps) * 1501 / 1000 for level in range(levels)]
    return 2 * sum(spans) * 100 / levels


if __name__ == "__main__":
    answer(
        {
            "step": step, "model_step": model_step, "quick": quick, "paper": paper,
            "hypergradient": hypergradient,
            "contrast_step": contrast_step,
            "descent_step": descent_step,
        }
    )  # fmt: skip
