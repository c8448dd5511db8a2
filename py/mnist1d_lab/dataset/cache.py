"""Datasets as jobs want them: made once, and remade cheaply while a slider is dragged."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.dataset import generator as data
from mnist1d_lab.dataset import random_draws as deals
from mnist1d_lab.dataset.spec import DatasetSpec

BLOCK = 1000  # examples that are transformed at a time
KEPT = 10_000  # examples whose random numbers are kept; they take 12 MB at the published length
UNTOUCHED = ("train_split", "scale_coeff", "corr_noise_scale", "iid_noise_scale", "shear_scale")
OnDone = Callable[[int, int], None]  # examples made, of how many


def dealt(spec: DatasetSpec) -> DatasetSpec:
    """Return the spec with all fields at their defaults that do not touch the random numbers."""
    names = (*UNTOUCHED, "templates", *(() if spec.shuffle_seq else ("final_seq_length",)))
    return dataclasses.replace(spec, **{name: getattr(DatasetSpec, name) for name in names})


@lru_cache(maxsize=2)  # an analysis goes between the search's data and fresh ones
def _draws(spec: DatasetSpec) -> data.Draws:
    return deals.deal(spec)


def _blocks(spec: DatasetSpec) -> Iterator[tuple[slice, data.Draws]]:
    """Yield the random numbers of a kept dataset, a block at a time."""
    draws, total = _draws(dealt(spec)), spec.num_samples // 10 * 10
    for start in range(0, total, BLOCK):
        rows = slice(start, min(start + BLOCK, total))
        yield rows, deals.pick(draws, rows)


def _signals(
    spec: DatasetSpec, blocks: Iterator[tuple[slice, data.Draws]], on_done: OnDone
) -> data.Floats:
    """Return all examples in generation order, not yet centred: (n, final_seq_length)."""
    templates, total = data.get_templates(spec.templates), spec.num_samples // 10 * 10
    labels = np.repeat(templates["y"], spec.num_samples // 10)
    out = np.empty((total, spec.final_seq_length))
    for rows, draws in blocks:
        out[rows] = data.transform(spec, templates["x"], labels[rows], draws)
        on_done(rows.stop, total)
    return out


def made(spec: DatasetSpec, on_done: OnDone = lambda done, total: None) -> dict[str, Any]:
    """Make a dataset, keeping the random draws while only knobs change that do not touch them.

    A slider that is dragged then costs the transforms alone. A large dataset is made as it is
    dealt, so that its random numbers never take memory all at once.
    """
    if spec.num_samples <= KEPT or kernels.backend() != "simd":
        draws = _draws(dealt(spec))
        signals = _signals(spec, _blocks(spec), on_done)
        return data.finish(spec, signals, draws.order, draws.positions)
    dealer = deals.Dealer(spec, BLOCK)
    signals = _signals(spec, dealer.chunks(), on_done)
    return data.finish(spec, signals, *dealer.ends())
