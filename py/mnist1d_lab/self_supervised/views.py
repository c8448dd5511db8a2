"""Two views of each signal, as pairs to learn from: what differs between them is not the digit.

Detrended, rolled around, with a new slope and a new offset; no noise is added. No training here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.self_supervised.spec import ContrastSpec
from mnist1d_lab.types import Array

STREAM = 9  # of random numbers, of the training's seed


class Changes(NamedTuple):
    """What makes views of n signals: roll (n,) in places, slope (n,) per place, offset (n,)."""

    roll: NDArray[np.int64]
    slope: Array
    offset: Array


def places(length: int) -> Array:
    """Return the places of a signal, (length,) float32, with 0 in its middle."""
    return (np.arange(length) - (length - 1) / 2).astype(np.float32)


def detrended(x: Array) -> Array:
    """Return signals (length, n) without their linear trend (least squares), float32."""
    at = places(len(x)).astype(np.float64)[:, np.newaxis]
    signals = x.astype(np.float64)
    # Sums along the first axis add row after row, in the same order on every machine.
    centred = signals - np.add.reduce(signals, axis=0) / len(x)
    slopes = np.add.reduce(at * centred, axis=0) / max(float(np.add.reduce(at * at)[0]), 1e-30)
    return np.asarray(centred - at * slopes, np.float32)


def draw_changes(spec: ContrastSpec, epoch: int, examples: int) -> tuple[Changes, Changes]:
    """Draw both views of every training signal for an epoch, counted from 0."""
    rng = np.random.default_rng([spec.seed, STREAM, epoch])

    def one() -> Changes:
        roll = rng.integers(0, spec.max_roll + 1, examples)
        slope, offset = (
            (scale * rng.standard_normal(examples)).astype(np.float32)
            for scale in (spec.slope, spec.offset)
        )
        return Changes(roll, slope, offset)

    return one(), one()


def view(flat: Array, changes: Changes) -> Array:
    """Return views (length, n) of detrended signals (length, n), each with its own changes.

    A roll by k moves the number at place i to place i + k, and those beyond the end to the start.
    """
    length, count = flat.shape
    source = (np.arange(length)[:, np.newaxis] - changes.roll) % length
    rolled = flat[source, np.arange(count)]
    return np.asarray(rolled + places(length)[:, np.newaxis] * changes.slope + changes.offset)


def views_of(flat: Array, both: tuple[Changes, Changes]) -> tuple[Array, Array]:
    """Return two views (length, n) of each detrended signal (length, n), for a whole epoch."""
    first, second = both
    return view(flat, first), view(flat, second)


def pairs(views: tuple[Array, Array], examples: NDArray[np.int64]) -> Array:
    """Return a batch (length, 2 B): the first views of these B examples, then their second."""
    return np.concatenate([one[:, examples] for one in views], axis=1)
