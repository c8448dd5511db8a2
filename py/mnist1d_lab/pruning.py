"""Masks: which weights stay. Exact counts, layer by layer; nothing here trains."""

from __future__ import annotations

import numpy as np

from mnist1d_lab.interfaces import Masks, Params


def full_masks(params: Params, biases: bool) -> Masks:
    """Return masks of ones, float32, for every weight and, if asked, every bias."""
    return {
        name: np.ones_like(array)
        for name, array in params.items()
        if biases or not name.endswith(".bias")
    }


def magnitude(params: Params, masks: Masks) -> Params:
    """Return |value| as the score of everything that has a mask: the smallest goes first."""
    return {name: np.abs(params[name]) for name in masks}


def random_scores(rng: np.random.Generator, masks: Masks) -> Params:
    """Return uniform random scores, the control for `magnitude`."""
    return {name: rng.random(mask.shape) for name, mask in masks.items()}


def layers(masks: Masks) -> list[list[str]]:
    """Return the mask names of each layer: a layer's weight and bias compete with each other.

    As in the reference's lottery notebook, where a layer is one vector.
    """
    found: dict[str, list[str]] = {}
    for name in masks:
        found.setdefault(name.rsplit(".", 1)[0], []).append(name)
    return list(found.values())


def prune(scores: Params, masks: Masks, sparsity: float) -> Masks:
    """Return masks in which each layer has lost its `sparsity` share, lowest score first.

    What `masks` has removed stays removed, so masks nest. The count is exact, round(sparsity * n)
    (never fewer than are gone already); equal scores go in order of position.
    """
    pruned: Masks = {}
    for names in layers(masks):
        mask = np.concatenate([masks[name].ravel() for name in names])
        score = np.concatenate([scores[name].ravel() for name in names])
        order = np.argsort(np.where(mask > 0, score, -np.inf), kind="stable")
        gone = max(round(sparsity * mask.size), int(mask.size - mask.sum()))
        mask[order[:gone]] = 0
        ends = np.cumsum([masks[name].size for name in names])[:-1]
        for name, part in zip(names, np.split(mask, ends), strict=True):
            pruned[name] = part.reshape(masks[name].shape)
    return pruned


def rewind(initial: Params, masks: Masks) -> Params:
    """Return a fresh copy of the initial values, zero wherever the mask is."""
    return {
        name: array * masks[name] if name in masks else array.copy()
        for name, array in initial.items()
    }


def sparsity(masks: Masks) -> float:
    """Return the fraction of maskable entries that are gone, 0 to 1."""
    total = sum(mask.size for mask in masks.values())
    return 1 - sum(float(mask.sum(dtype=np.float64)) for mask in masks.values()) / total
