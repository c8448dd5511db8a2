"""Masks: exact counts, nesting, smallest first, layer by layer."""

import numpy as np
import pytest

from mnist1d_lab.lottery import pruning
from mnist1d_lab.models.mlp import MLP

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
