"""What each condition changes, and what it leaves."""

from itertools import pairwise

import numpy as np
import pytest

from mnist1d_lab.lottery import arms, pruning
from mnist1d_lab.lottery.spec import CONDITIONS, ArmSpec, LotterySpec
from mnist1d_lab.models.mlp import MLP

MODEL = MLP(40, 6)
INITIAL = MODEL.init(np.random.default_rng(0))
FULL = pruning.full_masks(INITIAL, True)
TICKET = pruning.prune(pruning.magnitude(INITIAL, FULL), FULL, 0.7)


def spec(condition="fresh", arm="lottery", rewind_step=0, steps=6000):
    searched = LotterySpec(hidden=6, trials=1, rewind_step=rewind_step)
    return ArmSpec(searched, condition=condition, arm=arm, steps=steps)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_data_are_made_from_the_next_seed_but_for_the_search(condition):
    assert arms.dataset(spec(condition)).seed == (42 if condition == "search" else 43)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_inputs_are_only_reordered(condition):
    order = arms.input_order(spec(condition)).tolist()
    moved = condition in ("flipped", "chunked", "halves", "shuffled")
    assert sorted(order) == list(range(40))
    assert (order != list(range(40))) == moved
    assert order == arms.input_order(spec(condition)).tolist()
    if condition == "flipped":
        assert order == list(range(39, -1, -1))
    if condition == "halves":
        assert order == [*range(20, 40), *range(20)]
    if condition == "chunked":
        assert sum(b != a + 1 for a, b in pairwise(order)) <= 3


def test_reinitialized_weights_are_new_and_late_ones_come_from_the_dense_training():
    trained = MODEL.init(np.random.default_rng(9))
    found = {
        condition: arms.weights(spec(condition), MODEL.init, lambda steps: trained)
        for condition in ("fresh", "shuffled", "reinitialized", "late")
    }
    assert all((found["fresh"][key] == INITIAL[key]).all() for key in INITIAL)
    assert all((found["shuffled"][key] == INITIAL[key]).all() for key in INITIAL)
    assert all((found["reinitialized"][key] != INITIAL[key]).any() for key in INITIAL)
    assert found["late"] is trained


@pytest.mark.parametrize(
    ("arm", "condition", "step"),
    [("lottery", "fresh", 7), ("dense", "shuffled", 7), ("random", "search", 7),
     ("drawn", "fresh", 7), ("lottery", "late", 100),
     ("dense", "search", 0), ("lottery", "reinitialized", None)],
)  # fmt: skip
def test_a_ticket_that_was_rewound_to_a_step_starts_there(arm, condition, step):
    asked = []

    def train_dense(steps):
        asked.append(steps)
        return INITIAL

    arms.weights(spec(condition, arm, rewind_step=7), MODEL.init, train_dense)
    assert asked == ([step] if step else [])


def test_only_the_searches_own_training_starts_at_a_later_step():
    assert arms.first_step(spec("search", rewind_step=7)) == 7
    assert arms.first_step(spec("search", "dense", rewind_step=7)) == 0
    assert arms.first_step(spec("fresh", rewind_step=7)) == 0
    with pytest.raises(
        ValueError, match=r"^steps must be above the search's rewind_step \(7\), got 7"
    ):
        arms.first_step(spec("search", rewind_step=7, steps=7))


def test_the_permuted_mask_keeps_each_units_survivors_and_the_other_layers():
    masks = arms.masks(spec(arm="permuted"), FULL, TICKET)
    first = "linear1.weight"
    assert (masks[first].sum(axis=1) == TICKET[first].sum(axis=1)).all()
    assert (masks[first] != TICKET[first]).any()
    assert all((masks[key] == TICKET[key]).all() for key in TICKET if key != first)


def test_the_random_arm_has_the_random_mask_of_the_searches_level():
    chosen = spec(arm="random")
    drawn = list(pruning.random_masks(chosen.lottery, 0, FULL))[chosen.level - 1]
    masks = arms.masks(chosen, FULL, TICKET)
    assert all((masks[key] == drawn(TICKET)[key]).all() for key in FULL)
