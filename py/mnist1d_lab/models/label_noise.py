"""Training labels of which some are wrong, and the data that a training wants. Makes no dataset."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from mnist1d_lab.dataset.cache import Stage
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.split import split_of
from mnist1d_lab.types import Labels, Split

STREAM = 6  # of random numbers: others of the same seed have other numbers


def replace_labels(labels: Labels, classes: int, share: float, seed: int) -> Labels:
    """Return labels (n,) of which `share` * n, rounded, are each replaced by another class.

    Which ones, and by which of the other `classes`, is drawn: symmetric label noise.
    """
    rng = np.random.default_rng([seed, STREAM])
    count = round(share * len(labels)) if classes > 1 else 0
    where = rng.permutation(len(labels))[:count]  # a larger share replaces these and more
    steps = rng.integers(1, max(classes, 2), len(labels))[:count]
    replaced = labels.copy()
    replaced[where] = (labels[where] + steps) % classes
    return replaced


def training_split(spec: TrainSpec, stage: Stage | None = None) -> Split:
    """Return the data of a training, with its label noise; shared: nobody writes into it.

    `stage` is a last one of the generator, if there is any.
    """
    if not spec.label_noise:
        return split_of(spec.dataset, stage) if stage else split_of(spec.dataset)
    return _noisy(spec.dataset, spec.label_noise, stage)


@lru_cache(maxsize=4)  # a training in parts needs it again
def _noisy(dataset: DatasetSpec, share: float, stage: Stage | None) -> Split:
    split = split_of(dataset, stage) if stage else split_of(dataset)
    classes = 1 + int(max(split.y.max(), split.y_test.max()))
    return split._replace(y=replace_labels(split.y, classes, share, dataset.seed))
