"""One closed training loop with one hook, and the measurements; the model is passed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mnist1d_lab.interfaces import Array, Labels, Masks, Model, Params, Split
from mnist1d_lab.ops import softmax_cross_entropy_forward
from mnist1d_lab.optim import Adam
from mnist1d_lab.specs import LotterySpec, TrainSpec

OnStep = Callable[[int, Params], None]


def as_split(dataset: dict[str, Any]) -> Split:
    """Return the float32 arrays of a `make_dataset` result."""
    x, x_test = (dataset[name].astype(np.float32) for name in ("x", "x_test"))
    return Split(x, dataset["y"], x_test, dataset["y_test"])


def train(
    model: Model,
    params: Params,
    data: Split,
    spec: TrainSpec | LotterySpec,
    on_step: OnStep,
    masks: Masks | None = None,
) -> None:
    """Train `params` in place for `spec.steps` Adam updates, calling `on_step(steps_done, params)`.

    Batches follow the order of the data and start again at its end, as in the reference's
    `train_model`. Gradients are multiplied by `masks`, so that a pruned weight stays at zero.
    """
    optimizer = Adam(spec.learning_rate)
    for step in range(spec.steps):
        start = step * spec.batch_size % len(data.x)
        batch = slice(start, start + spec.batch_size)
        _, grads = model.loss_and_grads(params, data.x[batch], data.y[batch])
        for name, mask in (masks or {}).items():
            grads[name] *= mask
        optimizer.step(params, grads)
        on_step(step + 1, params)


def evaluate(model: Model, params: Params, x: Array, labels: Labels) -> tuple[float, float]:
    """Return the mean cross-entropy in nats and the accuracy in percent on x (n, inputs)."""
    logits = model.logits(params, x)
    loss, _ = softmax_cross_entropy_forward(logits, labels)
    return loss, float(100 * np.mean(logits.argmax(axis=1) == labels))


def measure(model: Model, params: Params, data: Split) -> dict[str, float]:
    """Return train_loss, train_acc, test_loss and test_acc over the whole of both parts."""
    train_loss, train_acc = evaluate(model, params, data.x, data.y)
    test_loss, test_acc = evaluate(model, params, data.x_test, data.y_test)
    return {
        "train_loss": train_loss,
        "train_acc": train_acc,
        "test_loss": test_loss,
        "test_acc": test_acc,
    }
