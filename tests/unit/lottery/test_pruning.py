"""Masks: exact counts, nesting, smallest first, layer by layer."""

from itertools import pairwise

import numpy as np
import pytest

from mnist1d_lab.lottery import pruning
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.types import Array

PARAMS = MLP(inputs=8, hidden=6, outputs=3).init(np.random.default_rng(0))


@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("share", [0, 0.1, 0.37, 0.5, 0.9, 1])
def test_each_layer_loses_exactly_its_share(biases, share):
    full = pruning.full_masks(PARAMS, biases)
    masks = pruning.prune(pruning.magnitude(PARAMS, full), full, share)
    assert set(masks) == {name for name in PARAMS if biases or name.endswith("weight")}
    for names in pruning.layers(masks):
        size = sum(masks[name].size for name in names)
        assert sum(int(masks[name].sum()) for name in names) == size - int(share * size)
    assert pruning.sparsity(masks) == pytest.approx(share, abs=0.025)


def test_the_smallest_go_first_across_a_layers_weight_and_bias():
    full = pruning.full_masks(PARAMS, True)
    scores = pruning.magnitude(PARAMS, full)
    masks = pruning.prune(scores, full, 0.5)
    for names in pruning.layers(masks):
        score = np.concatenate([scores[name].ravel() for name in names])
        mask = np.concatenate([masks[name].ravel() for name in names])
        assert score[mask == 0].max() < score[mask == 1].min()


def test_masks_nest_even_when_the_scores_turn_round():
    full = pruning.full_masks(PARAMS, True)
    scores = pruning.magnitude(PARAMS, full)
    first = pruning.prune(scores, full, 0.4)
    turned = {name: -array for name, array in scores.items()}
    second = pruning.prune(turned, first, 0.7)
    for name in full:
        assert (second[name] <= first[name]).all()


def test_equal_scores_still_give_exact_counts():
    full = pruning.full_masks(PARAMS, True)
    masks = pruning.prune({name: np.zeros_like(mask) for name, mask in full.items()}, full, 0.5)
    assert sum(mask.sum() for mask in masks.values()) == sum(
        size - round(0.5 * size) for size in (8 * 6 + 6, 6 * 6 + 6, 6 * 3 + 3)
    )


def test_rewinding_copies_and_leaves_what_cannot_be_pruned_alone():
    full = pruning.full_masks(PARAMS, biases=False)
    masks = pruning.prune(pruning.magnitude(PARAMS, full), full, 0.5)
    rewound = pruning.rewind(PARAMS, masks)
    for name, array in rewound.items():
        assert not np.shares_memory(array, PARAMS[name])
        assert (array == PARAMS[name] * masks.get(name, 1)).all()


def counts(masks):
    return {name: int(mask.sum()) for name, mask in masks.items()}


def tickets(levels):
    """Tickets that prune more biases than their share: all biases are small."""
    masks = pruning.full_masks(PARAMS, True)
    scores: dict[str, Array] = {
        name: np.abs(array) * (0.1 if name.endswith("bias") else 1)
        for name, array in PARAMS.items()
    }
    for level in range(1, levels + 1):
        masks = pruning.prune(scores, masks, 1 - 0.7**level)
        yield masks


@pytest.mark.parametrize("random_mask", ["nested", "redrawn"])
def test_a_random_mask_has_the_tickets_weights_and_biases_one_by_one(random_mask):
    spec = LotterySpec(levels=4, random_mask=random_mask)
    made = pruning.random_masks(spec, 0, pruning.full_masks(PARAMS, True))
    drawn = []
    for ticket, random_mask_of in zip(tickets(4), made, strict=True):
        drawn.append(random_mask_of(ticket))
        assert counts(drawn[-1]) == counts(ticket)
        assert any((drawn[-1][name] != ticket[name]).any() for name in ticket)
    inside = all((b[n] <= a[n]).all() for a, b in pairwise(drawn) for n in a)
    assert inside == (random_mask == "nested")


def test_counted_together_a_random_mask_has_other_numbers_of_weights_and_biases():
    spec = LotterySpec(levels=2, prune_fraction=0.3, random_counts="together")
    made = pruning.random_masks(spec, 0, pruning.full_masks(PARAMS, True))
    for ticket, random_mask_of in zip(tickets(2), made, strict=True):
        random = random_mask_of(ticket)
        assert counts(random) != counts(ticket)
        for names in pruning.layers(ticket):
            assert sum(counts(random)[n] for n in names) == sum(counts(ticket)[n] for n in names)


def test_a_geometric_schedule_stops_at_the_final_sparsity():
    spec = LotterySpec(levels=4, prune_fraction=0.4, final_sparsity=0.8)
    assert [round(spec.sparsity(level), 3) for level in range(5)] == [0, 0.4, 0.64, 0.784, 0.8]
