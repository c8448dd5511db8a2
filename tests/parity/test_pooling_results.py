"""The shipped comparison of pooling: what today's code computes, beside the published one."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from build_steps import make_pooling
from mnist1d_lab import jobs
from mnist1d_lab.models.pooling_study import BUDGETS, PUBLISHED, SIZES, study_spec
from mnist1d_lab.models.spec import POOLING

FILE = Path(__file__).resolve().parents[2] / "static" / "results" / "pooling.json"
ENOUGH = 3  # trials of every size


@pytest.fixture(scope="module")
def shipped():
    return json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rows(shipped):
    table = shipped["records"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def accuracies(rows, protocol, size, model):
    wanted = protocol, size, model
    return [r["test_acc"] for r in rows if (r["protocol"], r["value"], r["arm"]) == wanted]


def test_every_size_has_its_trials_under_both_protocols(shipped, rows):
    assert shipped["budgets"] == BUDGETS
    for protocol in BUDGETS:
        for size in SIZES:
            counts = {len(accuracies(rows, protocol, size, model)) for model in POOLING}
            assert counts == {make_pooling.TRIALS[size]}, (protocol, size)
            assert min(counts) >= ENOUGH
    same = [[r for r in rows if (r["protocol"], r["value"]) == (p, 10_000)] for p in BUDGETS]
    assert [{**row, "protocol": ""} for row in same[0]] == [{**r, "protocol": ""} for r in same[1]]


@pytest.mark.parametrize("model", POOLING)
@pytest.mark.usefixtures("compiled")
def test_a_training_computed_again_is_the_shipped_one(rows, model):
    spec = study_spec(model, 1000, "epochs", BUDGETS["epochs"], trial=1)
    last = jobs.run("train", dataclasses.asdict(spec))["records"][-1]
    wanted = "epochs", 1000, model, 1
    (row,) = [r for r in rows if (r["protocol"], r["value"], r["arm"], r["trial"]) == wanted]
    assert row["steps"] == spec.steps == 600
    for name in make_pooling.MEASURED:
        assert row[name] == float(f"{last[name]:.5g}")


def test_accuracies_are_the_published_ones_within_the_spread_over_seeds(rows, report):
    for at, size in enumerate(SIZES):
        for model, stored in PUBLISHED.items():
            found = accuracies(rows, "steps", size, model)
            mean, spread = np.mean(found), np.std(found, ddof=1)
            report(
                f"pooling, {size} examples, {model}: {mean:.1f}, deviation {spread:.1f}, "
                f"n = {len(found)}; published {stored[at]}"
            )
            # One published run, on other weights: within 2 points and three deviations of a run.
            assert abs(mean - stored[at]) < 2 + 3 * spread, (size, model)


def test_the_verdicts_are_those_of_the_rows(shipped, rows, report):
    for line in make_pooling.told(shipped):
        report(f"pooling, {line}")
    leads = make_pooling.lead(rows, "steps", 1000)
    first = [r for r in rows if (r["protocol"], r["value"], r["trial"]) == ("steps", 1000, 0)]
    by_arm = {row["arm"]: row["test_acc"] for row in first}
    assert leads[0] == pytest.approx(by_arm["max_pool"] - by_arm["no_pool"])
    assert min(leads) > 0  # with few examples pooling helps, in every trial
