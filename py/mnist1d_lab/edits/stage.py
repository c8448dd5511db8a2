"""A last stage of the generator from a text: its `transform`, with what it returns checked."""

from __future__ import annotations

import numpy as np

from mnist1d_lab.dataset.cache import Stage
from mnist1d_lab.dataset.generator import Floats
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.edits.checks import array
from mnist1d_lab.edits.texts import Names, function, line_of


def stage_of(names: Names) -> Stage:
    """Return the text's stage."""
    theirs, line = function("stage", names, "transform", 3), line_of(names["transform"])

    def stage(x: Floats, rng: np.random.Generator, spec: DatasetSpec) -> Floats:
        value = theirs(x.copy(), rng, spec)
        return np.asarray(array("stage", "transform", value, x.shape, np.float64, line))

    return stage
