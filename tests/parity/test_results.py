"""The shipped results are what today's code computes, and the paper's are PyTorch's.

`python3 build.py results` makes them. A test that fails here after a change of the arithmetic asks
for a new version and new results.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from mnist1d_lab import jobs, kernels, verdict
from mnist1d_lab.specs import LotterySpec

FOLDER = Path(__file__).resolve().parents[2] / "static" / "results"
PRESETS = ("quick", "paper")
COMPARED = (0, 0.5, 0.8, 0.9, 0.92, 0.95, 0.98)


def load(preset):
    return json.loads((FOLDER / f"{preset}.json").read_text(encoding="utf-8"))


def records(table):
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def same(record, shipped):
    for key, value in record.items():
        if isinstance(value, float):
            assert shipped[key] == float(f"{value:.5g}"), (key, shipped)
        elif key != "trial":
            assert shipped[key] == value, (key, shipped)


@pytest.fixture(scope="module")
def quick():
    return load("quick")


@pytest.fixture
def compiled():
    if kernels.backend() != "simd":
        pytest.skip("no compiled library for this machine")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_shipped_set_has_every_record_of_every_trial_of_its_spec(preset):
    made = load(preset)
    spec = LotterySpec.of(made["spec"])
    assert spec == LotterySpec.of({"preset": preset, "trials": len(made["seeds"])})
    assert made["seeds"] == [spec.seed + trial for trial in range(spec.trials)]
    assert spec.trials >= {"quick": 20, "paper": 3}[preset]
    found = {(r["arm"], r["trial"], r["level"]) for r in records(made["records"])}
    assert len(found) == len(made["records"]["rows"]) == spec.trials * (3 + 2 * spec.levels)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_shipped_verdict_follows_from_the_shipped_records(preset):
    made = load(preset)
    arms = records(made["arms"]) if made["arms"] else []
    again = verdict.verdict(records(made["records"]), arms)
    for row, stored in zip(again, made["verdict"], strict=True):
        numbers = {key: row.pop(key) for key in ("mean", "low", "high")}
        for key, value in numbers.items():
            assert stored.pop(key) == pytest.approx(value, abs=1e-3)
        assert row == stored


def test_quick_computed_again_gives_the_shipped_records(quick, compiled):
    shipped = records(quick["records"])
    for trial in (0, len(quick["seeds"]) - 1):
        args = {"trials": 1, "seed": quick["seeds"][trial]}
        for record in jobs.run("lottery", args)["records"]:
            match = [
                r for r in shipped
                if (r["arm"], r["level"], r["trial"]) == (record["arm"], record["level"], trial)
            ]  # fmt: skip
            same(record, match[0])


@pytest.mark.parametrize("arm", ["lottery_flipped", "random_fresh", "lottery_late"])
def test_an_arm_computed_again_gives_the_start_of_the_shipped_curve(quick, compiled, arm):
    network, condition = arm.split("_")
    level = quick["arms"]["spec"]["level"]
    args = {**quick["arms"]["spec"], "arm": network, "condition": condition, "steps": 500}
    mask = quick["masks"][level - 1]
    for record in jobs.run("arm", {**args, "mask": mask})["records"]:
        wanted = network, condition, 0, record["step"]
        shipped = [
            row for row in records(quick["arms"])
            if (row["arm"], row["condition"], row["trial"], row["step"]) == wanted
        ]  # fmt: skip
        record.pop("best_test_acc", None)  # the shipped one is over all 6000 steps
        same(record, shipped[0])


def test_the_paper_search_is_pytorchs_within_the_spread_over_seeds(report):
    """Student's t with the variance within both, at 5 % over all comparisons together."""
    ours = records(load("paper")["records"])
    stored = json.loads(Path(__file__).with_name("torch_lottery.json").read_text())
    theirs = stored["test_acc"]
    share = np.linspace(0, 1, 100)
    pairs = []
    for arm in ("lottery", "random"):
        for sparsity in COMPARED:
            level = int(np.abs(share - sparsity).argmin())
            mine = [r["test_acc"] for r in ours if (r["arm"], r["level"]) == (arm, level)]
            other = [trial[level] for trial in theirs[arm]]
            more = stored["random_98"] if (arm, sparsity) == ("random", 0.98) else []
            pairs.append((arm, share[level], mine, other + more))
    freedom = sum(len(mine) + len(other) - 2 for *_, mine, other in pairs)
    squares = sum(
        len(values) * np.var(values) for *_, mine, other in pairs for values in (mine, other)
    )
    spread = np.sqrt(squares / freedom)
    report("the paper's search, test accuracy: ours / PyTorch's (spread over seeds "
           f"{spread:.2f} points)")  # fmt: skip
    for arm, sparsity, mine, other in pairs:
        report(f"  {arm:8} {100 * sparsity:5.1f} % sparse: {np.mean(mine):.1f} (n = {len(mine)}) / "
               f"{np.mean(other):.1f} (n = {len(other)})")  # fmt: skip
    for arm, sparsity, mine, other in pairs:
        error = spread * np.sqrt(1 / len(mine) + 1 / len(other))
        limit = stats.t.ppf(1 - 0.05 / 2 / len(pairs), freedom) * error
        assert abs(np.mean(mine) - np.mean(other)) < limit, (arm, sparsity)
