"""Masks: which weights stay. Exact counts, layer by layer; nothing here trains."""

from __future__ import annotations

import numpy as np

from mnist1d_lab.types import Bytes, Masks, Params


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


def magnitude_increase(params: Params, initial: Params, masks: Masks) -> Params:
    """Return by how much |value| has grown since the start (Zhou et al. 2019) as the score."""
    return {name: np.abs(params[name]) - np.abs(initial[name]) for name in masks}


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


def prune(scores: Params, masks: Masks, sparsity: float, scope: str = "layer") -> Masks:
    """Return masks in which each layer has lost its `sparsity` share, lowest score first.

    With `scope` "global" all layers are one, so that some may lose more than others. What `masks`
    has removed stays removed, so masks nest. The count is exact, int(sparsity * n) as in the
    reference's `get_mask` (never fewer than are gone already); equal scores go in order of
    position.
    """
    pruned: Masks = {}
    for names in layers(masks) if scope == "layer" else [list(masks)]:
        mask = np.concatenate([masks[name].ravel() for name in names])
        score = np.concatenate([scores[name].ravel() for name in names])
        order = np.argsort(np.where(mask > 0, score, -np.inf), kind="stable")
        gone = max(int(sparsity * mask.size), int(np.sum(mask == 0)))
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


def pack(masks: Masks) -> Bytes:
    """Return masks as bits, (ceil(n / 8)) uint8, in order; bit i is bit i % 8 of byte i // 8."""
    bits = np.concatenate([mask.ravel() for mask in masks.values()]) > 0
    return np.packbits(bits, bitorder="little")


def unpack(packed: Bytes, like: Masks) -> Masks:
    """Return what `pack` packed, with the names and shapes of `like`.

    Raises ValueError if the number of bytes is not that of such masks.
    """
    sizes = [mask.size for mask in like.values()]
    if packed.size != (expected := -(-sum(sizes) // 8)):
        raise ValueError(f"mask must be {expected} bytes for this network, got {packed.size}")
    bits = np.unpackbits(packed, count=sum(sizes), bitorder="little").astype(np.float32)
    parts = np.split(bits, np.cumsum(sizes)[:-1])
    shaped = zip(like.items(), parts, strict=True)
    return {name: part.reshape(mask.shape) for (name, mask), part in shaped}


def sparsity(masks: Masks) -> float:
    """Return the fraction of maskable entries that are gone, 0 to 1."""
    total = sum(mask.size for mask in masks.values())
    return 1 - sum(float(mask.sum(dtype=np.float64)) for mask in masks.values()) / total
