"""Which examples a step learns from: in order, shuffled anew in each pass, or drawn. No training.

Any step's batch is known from the seed and its number alone, so that a training in parts has the
same batches as one that never stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from mnist1d_lab.models.spec import TrainSpec

STREAMS = {"shuffled": 7, "with_replacement": 8}  # of random numbers, of the training's seed
Batch = Callable[[int], Any]  # a step, from 0: its examples, a slice or indices (B,)


def batches(spec: TrainSpec, examples: int) -> Batch:
    """Return what gives the batch of each step of a training on so many examples.

    Of data of one's own a batch has at most all of them. The generator's are taken as the reference
    takes them, also where they are fewer.
    """
    size = min(spec.batch_size, examples) if spec.dataset.source else spec.batch_size
    if spec.batch_order == "in_order":
        return lambda step: _slice(step * size % examples, size)
    if spec.batch_order == "shuffled":
        return _Shuffled(spec.seed, examples, size)
    stream = STREAMS["with_replacement"]
    return lambda step: np.random.default_rng([spec.seed, stream, step]).integers(0, examples, size)


def _slice(start: int, size: int) -> slice:
    return slice(start, start + size)


class _Shuffled:
    """Passes over all examples, each in an order of its own; a last batch may be short."""

    def __init__(self, seed: int, examples: int, size: int) -> None:
        self.seed, self.examples, self.size = seed, examples, size
        self.number, self.order = -1, np.arange(0)

    def __call__(self, step: int) -> Any:
        number, place = divmod(step, -(-self.examples // self.size))
        if number != self.number:
            rng = np.random.default_rng([self.seed, STREAMS["shuffled"], number])
            self.number, self.order = number, rng.permutation(self.examples)
        return self.order[_slice(place * self.size, self.size)]
