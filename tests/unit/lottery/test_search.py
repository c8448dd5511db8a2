"""The experiment's order and bookkeeping, watched through the `train_once` it is given."""

from itertools import pairwise

import numpy as np
import pytest

from mnist1d_lab.lottery.search import search
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.lottery.trial import Trained, Trial
from mnist1d_lab.models.mlp import MLP

SPEC = LotterySpec(hidden=6, levels=4, prune_fraction=0.3, trials=2, seed=5)
MODEL = MLP(inputs=8, hidden=6)


def watched(spec):
    """Run with a training that only moves the weights; return what it was given, and records."""
    calls = []

    def train_once(params, masks, label, first):
        start = {k: v.copy() for k, v in params.items()}
        calls.append({**label, "start": start, "masks": masks, "first": first})
        rng = np.random.default_rng([label["level"], label["arm"] == "random"])
        for name, array in params.items():
            array += rng.normal(size=array.shape).astype(np.float32) * masks[name]
        calls[-1]["end"] = params
        origin = {k: v + 1 for k, v in start.items()}  # the weights it passed on its way
        return Trained({**label, "test_acc": float(len(calls))}, params, origin)

    return calls, records(spec, train_once)


def records(spec, train_once):
    """Those of all trials of a search."""
    return [
        record
        for trial in range(spec.trials)
        for level in search(Trial.of(spec, trial, MODEL.init, train_once))
        for record in level.records
    ]


@pytest.fixture(scope="module")
def seen():
    return watched(SPEC)


def of(calls, arm, trial=0):
    return [call for call in calls if call["arm"] == arm and call["trial"] == trial]


def test_every_training_starts_at_mask_times_initial_weights(seen):
    calls, _ = seen
    for call in calls:
        initial = MODEL.init(np.random.default_rng(SPEC.seed + call["trial"]))
        for name, array in call["start"].items():
            assert (array == initial[name] * call["masks"][name]).all()


@pytest.mark.parametrize("arm", ["lottery", "random"])
def test_masks_nest_and_density_follows_the_schedule(seen, arm):
    calls = of(seen[0], arm)
    assert [call["level"] for call in calls] == [1, 2, 3, 4]
    for before, after in pairwise(calls):
        assert all((after["masks"][n] <= before["masks"][n]).all() for n in before["masks"])
    for call in calls:
        assert 1 - call["sparsity"] == pytest.approx(0.7 ** call["level"], abs=0.02)


def test_the_lottery_prunes_the_smallest_trained_weights_of_its_own_last_level(seen):
    calls = [*of(seen[0], "dense"), *of(seen[0], "lottery")]
    for before, after in pairwise(calls):
        for layer in ("linear1", "linear2", "linear3"):
            names = [f"{layer}.weight", f"{layer}.bias"]

            def flat(arrays, names=names):
                return np.concatenate([arrays[name].ravel() for name in names])

            trained, alive = np.abs(flat(before["end"])), flat(before["masks"]) > 0
            kept = flat(after["masks"]) > 0
            assert trained[alive & ~kept].max() < trained[kept].min()


def test_both_masks_of_a_level_have_the_same_size_but_are_not_the_same(seen):
    for won, lost in zip(of(seen[0], "lottery"), of(seen[0], "random"), strict=True):
        assert won["sparsity"] == lost["sparsity"]
        assert any((won["masks"][n] != lost["masks"][n]).any() for n in won["masks"])


def test_level_0_is_one_training_that_all_arms_share(seen):
    calls, records = seen
    assert len(of(calls, "dense")) == 1
    level0 = [r for r in records if r["level"] == 0 and r["trial"] == 0]
    assert {r["arm"] for r in level0} == {"dense", "lottery", "random"}
    assert {r["test_acc"] for r in level0} == {1.0}
    assert {r["sparsity"] for r in level0} == {0.0}


def test_a_trial_is_the_same_whether_it_runs_first_or_second(seen):
    second = of(seen[0], "random", trial=1)
    for alone, later in zip(of(variant(seed=6), "random"), second, strict=True):
        assert all((alone["masks"][n] == later["masks"][n]).all() for n in alone["masks"])


def variant(**changes):
    return watched(LotterySpec(**{**vars(SPEC), "trials": 1, **changes}))[0]


def test_rewinding_to_a_step_starts_all_later_levels_from_what_dense_passed_there():
    calls = variant(rewind_step=7)
    passed = {name: array + 1 for name, array in calls[0]["start"].items()}
    assert [call["first"] for call in calls] == [0] + 8 * [7]
    for call in calls[1:]:
        for name, array in call["start"].items():
            assert (array == passed[name] * call["masks"][name]).all()


def test_redrawn_random_masks_do_not_nest_and_nested_ones_are_another_choice():
    redrawn = of(variant(random_mask="redrawn"), "random")
    grown = [
        any((after["masks"][n] > before["masks"][n]).any() for n in before["masks"])
        for before, after in pairwise(redrawn)
    ]
    assert all(grown)
    for call in redrawn:
        assert 1 - call["sparsity"] == pytest.approx(0.7 ** call["level"], abs=0.02)


def test_a_linear_schedule_prunes_equal_parts_down_to_the_final_sparsity():
    calls = of(variant(schedule="linear", final_sparsity=1.0), "lottery")
    assert [call["sparsity"] for call in calls] == pytest.approx([0.25, 0.5, 0.75, 1], abs=0.02)
    assert all(not mask.any() for mask in calls[-1]["masks"].values())


def test_magnitude_increase_keeps_what_has_grown_and_not_what_was_large():
    grown = variant(criterion="magnitude_increase")
    dense, first = grown[0], of(grown, "lottery")[0]
    for layer in ("linear1", "linear2", "linear3"):
        name = f"{layer}.weight"
        growth = np.abs(dense["end"][name]) - np.abs(dense["start"][name])
        kept = first["masks"][name] > 0
        assert growth[kept].min() > growth[~kept].max()


def test_global_pruning_ranks_all_layers_together():
    calls = variant(scope="global")
    dense, first = calls[0], of(calls, "lottery")[0]
    trained = np.concatenate([np.abs(array).ravel() for array in dense["end"].values()])
    kept = np.concatenate([mask.ravel() for mask in first["masks"].values()]) > 0
    assert trained[kept].min() > trained[~kept].max()
