"""Datasets as jobs want them: made once, and made again cheaply while a slider is dragged."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.dataset import generator
from mnist1d_lab.dataset.generator import Draws, Floats, Ints
from mnist1d_lab.dataset.random_draws import DrawStream, draw_all, select_rows
from mnist1d_lab.dataset.spec import DatasetSpec

BLOCK = 1000  # examples that are transformed at a time
KEPT = 10_000  # examples whose random numbers are kept; they take 12 MB at the published length
# Fields that no random number depends on. `final_seq_length` is one of them only if the inputs are
# not shuffled: then it is also the length of their permutation.
UNTOUCHED = (
    "train_split", "scale_coeff", "corr_noise_scale", "iid_noise_scale", "shear_scale", "templates",
)  # fmt: skip
UNTOUCHED_IN_ORDER = ("final_seq_length",)
OnDone = Callable[[int, int], None]  # examples made, of how many
# A stage after ours: (x, rng, spec) -> x, float64 (n, final_seq_length).
Stage = Callable[[Floats, np.random.Generator, DatasetSpec], Floats]


def draw_key(spec: DatasetSpec) -> DatasetSpec:
    """Return the spec with the fields reset that do not influence the random numbers.

    Specs with equal keys have equal random numbers.
    """
    names = (*UNTOUCHED, *(() if spec.shuffle_seq else UNTOUCHED_IN_ORDER))
    return dataclasses.replace(spec, **{name: getattr(DatasetSpec, name) for name in names})


@lru_cache(maxsize=2)  # an analysis alternates between the search's data and fresh ones
def _draws(key: DatasetSpec) -> Draws:
    return draw_all(key)


def cached_dataset(
    spec: DatasetSpec,
    on_done: OnDone = lambda done, total: None,
    stage: Stage | None = None,
) -> dict[str, Any]:
    """Make a dataset as `make_dataset` does, and keep its random numbers for the next one.

    While only fields change that no random number depends on, the next one costs the transforms
    alone. The numbers of a large dataset are not kept: they would fill the memory. A `stage` gets
    all examples, class by class, before the inputs are shuffled and all is centred. Data of one's
    own are taken, not made.
    """
    if spec.source:
        from mnist1d_lab.dataset.own import dataset_of  # which no start of the page needs

        return dataset_of(spec)
    if spec.num_samples > KEPT:
        stream = DrawStream(spec, BLOCK)
        signals = _signals(spec, stream.chunks(), on_done)
        order, positions = stream.permutations()
    else:
        draws = _draws(draw_key(spec))
        signals, order, positions = (
            _signals(spec, _blocks(draws), on_done), draws.order, draws.positions,
        )  # fmt: skip
    rng = np.random.default_rng([spec.seed, 2])  # not the reference's, which draws nothing here
    signals = (stage or generator.last_stage)(signals, rng, spec)
    return generator.assemble(spec, signals, order, positions)


def _blocks(draws: Draws) -> Iterator[tuple[slice, Draws]]:
    """Yield the places and the random numbers of BLOCK examples at a time."""
    total = len(draws.pad)
    for start in range(0, total, BLOCK):
        rows = slice(start, min(start + BLOCK, total))
        yield rows, select_rows(draws, rows)


def _signals(spec: DatasetSpec, blocks: Iterator[tuple[slice, Draws]], on_done: OnDone) -> Floats:
    """Return all examples in generation order, not yet centred: (n, final_seq_length)."""
    templates = generator.get_templates(spec.templates)["x"]
    labels = labels_of(spec)
    out = np.empty((len(labels), spec.final_seq_length))
    for rows, draws in blocks:
        out[rows] = generator.transform(spec, templates, labels[rows], draws)
        on_done(rows.stop, len(labels))
    return out


def labels_of(spec: DatasetSpec) -> Ints:
    """Return the digit of each example in generation order, (n,): class by class."""
    return np.repeat(np.arange(10), spec.num_samples // 10)


def templates_of(spec: DatasetSpec) -> Floats:
    """Return the templates, (10, 12); of data of one's own the classes' means (classes, length)."""
    if spec.source:
        return np.asarray(cached_dataset(spec)["templates"]["x"])
    return np.asarray(generator.get_templates(spec.templates)["x"])
