"""Datasets as jobs want them: made once, and remade cheaply while a slider is dragged."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Any

from mnist1d_lab import data
from mnist1d_lab.specs import DatasetSpec


@lru_cache(maxsize=2)  # an analysis goes between the search's data and fresh ones
def _draws(spec: DatasetSpec) -> data.Draws:
    return data.draw(spec)


def made(spec: DatasetSpec) -> dict[str, Any]:
    """Make a dataset, keeping the random draws while only knobs change that do not touch them.

    A slider that is dragged then costs the transforms alone.
    """
    untouched = {
        name: getattr(DatasetSpec, name)
        for name in ("train_split", "scale_coeff", "corr_noise_scale", "iid_noise_scale")
    }
    untouched["shear_scale"] = DatasetSpec.shear_scale
    if not spec.shuffle_seq:
        untouched["final_seq_length"] = DatasetSpec.final_seq_length
    return data.assemble(spec, _draws(dataclasses.replace(spec, **untouched)))
