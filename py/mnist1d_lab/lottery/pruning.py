"""Masks: which weights survive. Exact counts, layer by layer. Nothing here trains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from mnist1d_lab.lottery import rules
from mnist1d_lab.lottery.rules import Rewind, Score
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.types import Array, Bytes, Masks, Params
from mnist1d_lab.validation import refuse

RandomMask = Callable[[Masks], Masks]  # makes the random mask of a level, given its ticket


def full_masks(params: Params, biases: bool) -> Masks:
    """Return masks of ones, float32, for every weight and, if asked, every bias."""
    return {
        name: np.ones_like(array)
        for name, array in params.items()
        if biases or not name.endswith(".bias")
    }


def magnitude(params: Params, masks: Masks) -> Params:
    """Return |value| as the score of all that can be pruned: the smallest goes first."""
    return scores(rules.magnitude, params, params, None, masks)


def scores(
    score: Score, params: Params, initial: Params, grads: Params | None, masks: Masks
) -> Params:
    """Return the scores of all that can be pruned, array by array."""
    return {
        name: score(params[name], initial[name], grads[name] if grads else None, mask)
        for name, mask in masks.items()
    }


def random_scores(rng: np.random.Generator, masks: Masks) -> Params:
    """Return scores uniform in [0, 1), the control for `magnitude`."""
    return {name: rng.random(mask.shape) for name, mask in masks.items()}


def layers(masks: Masks) -> list[list[str]]:
    """Return the mask names of each layer: a layer's weight and bias compete with each other.

    As in the reference's lottery notebook, where a layer is one vector.
    """
    names: dict[str, list[str]] = {}
    for name in masks:
        names.setdefault(name.rsplit(".", 1)[0], []).append(name)
    return list(names.values())


def prune(scores: Params, masks: Masks, sparsity: float, scope: str = "layer") -> Masks:
    """Return masks in which the `sparsity` share of each layer is pruned, lowest score first.

    With `scope` "global" all layers are ranked together, so that some may lose more than others.
    What `masks` has pruned stays pruned. The count is exact, int(sparsity * n) as in the
    reference's `get_mask`, or what is pruned already if that is more; equal scores go in order of
    position. Scores and masks have the names and shapes of the parameters.
    """
    pruned: Masks = {}
    for names in layers(masks) if scope == "layer" else [list(masks)]:
        mask = np.concatenate([masks[name].ravel() for name in names])
        score = np.concatenate([scores[name].ravel() for name in names])
        order = np.argsort(np.where(mask > 0, score, -np.inf), kind="stable")
        count = max(int(sparsity * mask.size), int(np.sum(mask == 0)))
        mask[order[:count]] = 0
        ends = np.cumsum([masks[name].size for name in names])[:-1]
        for name, part in zip(names, np.split(mask, ends), strict=True):
            pruned[name] = part.reshape(masks[name].shape)
    return pruned


def random_masks(
    spec: LotterySpec, trial: int, full: Masks, sparsity: Callable[[int], float] | None = None
) -> Iterator[RandomMask]:
    """Yield what makes the random masks of levels 1, 2, …: each within the one before, or anew.

    `sparsity` is that of a level, if it is not the spec's.
    """
    share = sparsity or spec.sparsity
    rng = np.random.default_rng([spec.seed + trial, 1])  # a stream of its own
    nested = spec.random_mask == "nested"
    if spec.random_counts == "together":
        masks = full
        for level in range(1, spec.levels + 1):
            within = masks if nested else full
            masks = prune(random_scores(rng, full), within, share(level), spec.scope)
            yield partial(_given, masks)
    else:
        scores = random_scores(rng, full)
        for _ in range(spec.levels):
            yield partial(matched, scores)
            scores = scores if nested else random_scores(rng, full)


def _given(masks: Masks, ticket: Masks) -> Masks:
    """Return masks that do not depend on the ticket."""
    return masks


def matched(scores: Params, ticket: Masks) -> Masks:
    """Return masks with exactly as many survivors in each weight and each bias as the ticket.

    The highest scores survive; so masks of the same scores nest as the tickets do. All have the
    names and shapes of the ticket's masks.
    """
    masks: Masks = {}
    for name, mask in ticket.items():
        pruned = int(np.sum(mask == 0))
        flat = np.ones(mask.size, mask.dtype)
        flat[np.argsort(scores[name].ravel(), kind="stable")[:pruned]] = 0
        masks[name] = flat.reshape(mask.shape)
    return masks


def any_masks(spec: LotterySpec, level: int, full: Masks) -> Masks:
    """Return random masks of a level's sparsity that belong to no trial: to measure time with."""
    scores = random_scores(np.random.default_rng(level), full)
    return prune(scores, full, spec.sparsity(level), spec.scope)


def rewind(
    initial: Params, masks: Masks, trained: Params | None = None, rule: Rewind = rules.rewind
) -> Params:
    """Return what training starts from: by our rule a copy of the initial values, 0 for the pruned.

    `trained` are the values that the training before left.
    """
    before = trained or initial
    return {
        name: rule(array, before[name], masks[name]) if name in masks else array.copy()
        for name, array in initial.items()
    }


def first_layer(masks: Masks) -> Array:
    """Return the mask between the inputs and the first hidden layer, (hidden, inputs)."""
    return next(iter(masks.values()))


def pack(masks: Masks) -> Bytes:
    """Return n mask entries as bits, (ceil(n / 8),) uint8; entry i is bit i % 8 of byte i // 8."""
    bits = np.concatenate([mask.ravel() for mask in masks.values()]) > 0
    return np.packbits(bits, bitorder="little")


def unpack(packed: Bytes, like: Masks) -> Masks:
    """Return the masks that `pack` packed, float32, with the names and shapes of `like`.

    Raises ValueError if the number of bytes is not that of such masks.
    """
    sizes = [mask.size for mask in like.values()]
    if packed.size != (expected := -(-sum(sizes) // 8)):
        raise refuse("mask", packed, f"{expected} bytes for this network")
    bits = np.unpackbits(packed, count=sum(sizes), bitorder="little").astype(np.float32)
    parts = np.split(bits, np.cumsum(sizes)[:-1])
    shaped = zip(like.items(), parts, strict=True)
    return {name: part.reshape(mask.shape) for (name, mask), part in shaped}


def survivors(masks: Masks) -> dict[str, int]:
    """Return how many entries of each mask are not pruned, by name."""
    return {name: int(np.sum(mask > 0)) for name, mask in masks.items()}


def sparsity(masks: Masks) -> float:
    """Return the share of mask entries that are pruned, 0 to 1."""
    total = sum(mask.size for mask in masks.values())
    return 1 - sum(float(mask.sum(dtype=np.float64)) for mask in masks.values()) / total
