"""A dataset as training wants it: float32, examples along the last axis. It makes no dataset."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.dataset.cache import Stage, cached_dataset
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.types import Split


def as_split(dataset: dict[str, Any]) -> Split:
    """Return a `make_dataset` result as training wants it.

    x (n, length) float64 becomes x (length, n) float32; y int64 becomes int32.
    """
    x, x_test = (np.ascontiguousarray(dataset[name].T, np.float32) for name in ("x", "x_test"))
    y, y_test = (dataset[name].astype(np.int32) for name in ("y", "y_test"))
    return Split(x, y, x_test, y_test)


@lru_cache(maxsize=4)  # a training in parts needs it again
def split_of(spec: DatasetSpec, stage: Stage | None = None) -> Split:
    """Return the dataset of a spec as training wants it. It is shared: nobody writes into it."""
    return as_split(cached_dataset(spec, stage=stage))
