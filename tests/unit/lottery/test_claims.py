"""Verdicts on records whose answer is known, and the interval behind them."""

import numpy as np
import pytest
from scipy import stats

from mnist1d_lab.intervals import interval
from mnist1d_lab.lottery.claims import share_of_threes, verdict


def search(ticket, dense, p2=0.3, null2=0.2):
    """A record each, by trial; level 2 is the one near 92 %."""
    records = []
    for trial, (won, base) in enumerate(zip(ticket, dense, strict=True)):
        more = {"trial": trial, "step": 10, "p2": p2 + trial / 1000, "null2": null2}
        records += [
            {"arm": "dense", "level": 0, "sparsity": 0.0, "test_acc": base, **more},
            {"arm": "lottery", "level": 1, "sparsity": 0.5, "test_acc": 99.0, **more},
            {"arm": "lottery", "level": 2, "sparsity": 0.91, "test_acc": won, **more},
        ]
    return records


def arms(sparsity=0.91, **values):
    """Records of `arm_condition=[accuracy, ...]`, after a worse one at step 0."""
    records = []
    for key, accuracies in values.items():
        arm, condition = key.split("_")
        for trial, accuracy in enumerate(accuracies):
            label = {"arm": arm, "condition": condition, "trial": trial, "level": 2}
            label["sparsity"] = 0.0 if arm == "dense" else sparsity
            records.append({**label, "step": 0, "test_acc": 10.0})
            records.append({**label, "step": 6000, "test_acc": accuracy})
    return records


def rows(found, trained):
    return {row["claim"]: row for row in verdict(found, trained)}


@pytest.mark.parametrize("n", [2, 3, 10, 31, 40, 100])
def test_the_interval_is_students(n):
    values = np.random.default_rng(n).normal(size=n)
    mean, low, high = interval(values)
    half = stats.t.ppf(0.975, n - 1) * values.std(ddof=1) / np.sqrt(n)
    assert (mean, low, high) == pytest.approx((values.mean(), mean - half, mean + half), rel=2e-3)


def test_claims_that_hold_are_supported_with_their_numbers():
    found = rows(
        search([66, 67, 68], [63, 63, 63]),
        arms(
            dense_fresh=[60, 61, 60], lottery_fresh=[66, 66, 65], random_fresh=[52, 53, 52],
            dense_reinitialized=[60, 60, 60], lottery_reinitialized=[64, 65, 66],
            dense_shuffled=[60, 60, 60], lottery_shuffled=[58, 57, 58],
            dense_flipped=[60, 60, 60], lottery_flipped=[65, 64, 66],
            dense_halves=[60, 60, 60], lottery_halves=[65, 64, 66],
            permuted_reinitialized=[58, 58, 59],
        ),
    )  # fmt: skip
    assert {row["verdict"] for row in found.values()} == {"supported"}
    assert all(row["n"] == 3 for row in found.values())
    assert found["search"]["mean"] == pytest.approx(4)
    assert found["fresh"]["mean"] == pytest.approx(16 / 3)
    assert found["shuffled"]["mean"] == pytest.approx(16 / 3 + 7 / 3)
    assert found["local"]["mean"] == pytest.approx(10.1)
    assert found["places"]["mean"] == pytest.approx(65 - 175 / 3)


def test_what_was_published_stands_beside_each_claim_like_for_like():
    found = {claim: row["published"] for claim, row in rows([], []).items()}
    assert found["fresh"] == {"figure": 6.6, "rerun": 1.65}
    assert found["random"] == {"figure": -6.0, "rerun": -4.25}
    assert found["flipped"] == {"figure": None, "rerun": -0.25}
    assert found["halves"] == {"figure": None, "rerun": -2.25}
    assert found["shuffled"] == {"figure": 7.6, "rerun": 3.05}
    assert found["places"] is None and found["search"] is None


def test_a_trials_gain_is_its_mean_over_the_fresh_data_and_pairs_only_equal_data():
    gains = [[6, 2], [5, 5], [4, 8]]  # of each trial, on fresh data 1 and 2
    made = [
        {**row, "fresh_seed": fresh_seed}
        for fresh_seed in (1, 2)
        for row in arms(
            dense_fresh=[60 + fresh_seed] * 3,
            lottery_fresh=[60 + fresh_seed + of[fresh_seed - 1] for of in gains],
        )
    ]
    found = rows([], made)["fresh"]
    assert (found["n"], found["mean"]) == (3, 5)
    assert found["low"] == pytest.approx(interval([4, 5, 6])[1])
    without = [r for r in made if (r["arm"], r["trial"], r["fresh_seed"]) != ("dense", 2, 2)]
    assert rows([], without)["fresh"]["mean"] == pytest.approx((4 + 5 + 4) / 3)


def test_how_often_three_trials_would_do_is_counted_over_all_choices_of_three():
    sure = arms(dense_fresh=[60] * 4, lottery_fresh=[65, 65.1, 65.2, 65.1])
    assert share_of_threes(sure) == 1
    one_off = arms(dense_fresh=[60] * 4, lottery_fresh=[65, 65.1, 65.2, 50])
    assert share_of_threes(one_off) == 0.25


def test_claims_that_fail_are_not_supported_and_noise_decides_nothing():
    found = rows(
        search([60, 61, 60], [63, 63, 64], p2=0.1),
        arms(
            dense_fresh=[60, 61, 60], lottery_fresh=[40, 60, 80], random_fresh=[70, 71, 70],
            dense_shuffled=[60, 60, 60], lottery_shuffled=[70, 70, 71],
        ),
    )  # fmt: skip
    expected = {
        "search": "not supported", "fresh": "undecided", "random": "not supported",
        "shuffled": "undecided", "shuffled_rest": "not supported", "local": "not supported",
        "flipped": "undecided", "reinitialized": "undecided", "halves": "undecided",
        "places": "undecided",
    }  # fmt: skip
    assert {claim: row["verdict"] for claim, row in found.items()} == expected
    assert found["flipped"]["n"] == 0 and found["flipped"]["mean"] is None


def test_one_trial_decides_nothing_and_a_trial_without_its_dense_does_not_count():
    found = rows(search([66], [63]), arms(dense_fresh=[60], lottery_fresh=[66, 67]))
    assert found["search"]["verdict"] == "undecided" and found["search"]["low"] is None
    assert found["fresh"]["n"] == 1


def test_a_search_that_stopped_far_from_92_percent_says_nothing_of_92_percent():
    early = [record for record in search([66, 67, 68], [63, 63, 63]) if record["level"] < 2]
    found = rows(early, [])
    assert [found[claim]["n"] for claim in ("search", "local")] == [0, 0]
    assert found["search"]["verdict"] == "undecided"


def test_trials_that_have_not_got_to_92_percent_do_not_mix_with_those_that_have():
    mixed = [
        record
        for record in search([66, 67, 68], [63, 63, 63])
        if record["level"] < 2 or record["trial"] < 2
    ]
    found = rows(mixed, [])
    assert (found["search"]["n"], found["search"]["mean"]) == (2, 3.5)
    assert found["local"]["n"] == 2


@pytest.mark.parametrize("sparsity", [0.37, 0.84, 0.98])
def test_arms_of_a_ticket_far_from_92_percent_are_not_judged(sparsity):
    accuracies = {"dense_fresh": [60, 61, 60], "lottery_fresh": [66, 66, 65]}
    assert rows([], arms(sparsity, **accuracies))["fresh"]["n"] == 0
    assert rows([], arms(0.92, **accuracies))["fresh"]["n"] == 3
