"""Makes again, from a search's spec, what its jobs need: its model, weights and masks."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

import numpy as np

from mnist1d_lab.lottery import pruning
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.models.initialisation import initialiser
from mnist1d_lab.models.label_noise import training_split
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.models.train import train
from mnist1d_lab.types import Bytes, Masks, Params


def model_of(spec: LotterySpec) -> MLP:
    """Return the model that a search prunes."""
    return MLP(spec.dataset.final_seq_length, spec.hidden, spec.dataset.classes, depth=spec.depth)


def initial_params(spec: LotterySpec) -> Params:
    """Return the initial parameters of a search's first trial."""
    return initialiser(model_of(spec), spec.init)(np.random.default_rng(spec.seed))


@lru_cache(maxsize=2)
def dense_params(spec: LotterySpec, steps: int) -> Params:
    """Return the dense network after the search's first `steps` updates; not to be changed."""
    params = initial_params(spec)
    if steps:
        early = dataclasses.replace(spec.training(), steps=steps)
        train(model_of(spec), params, training_split(early), early, lambda step, network: None)
    return params


def full_masks(spec: LotterySpec) -> Masks:
    """Return the masks of the dense network: ones for all that a search can prune."""
    return pruning.full_masks(initial_params(spec), spec.prune_biases)


def unpack_masks(spec: LotterySpec, packed: Bytes | None) -> Masks | None:
    """Return masks from their packed bytes; None of None.

    Raises ValueError if they are not of this search's network.
    """
    return None if packed is None else pruning.unpack(packed, full_masks(spec))
