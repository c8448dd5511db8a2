"""The shipped results are what today's code computes, and the paper's are PyTorch's.

`python3 build.py results` makes them. A test that fails here after a change of the arithmetic asks
for a new version and new results.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from mnist1d_lab import jobs
from mnist1d_lab.lottery import claims
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.models.spec import MODELS, TrainSpec

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
    again = claims.verdict(records(made["records"]), arms)
    for row, stored in zip(map(dict, again), made["verdict"], strict=True):
        numbers = {key: row.pop(key) for key in ("mean", "low", "high")}
        for key, value in numbers.items():
            assert stored.pop(key) == pytest.approx(value, abs=1e-3)
        assert row == stored


@pytest.mark.slow
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
        record.pop("best_test_acc", None)  # the shipped one is over all steps of the arm
        same(record, shipped[0])


def test_the_arms_took_the_steps_their_spec_says(quick):
    steps = quick["arms"]["spec"]["steps"]
    assert max(row["step"] for row in records(quick["arms"])) == steps
    assert f"The arms are trained for {steps} steps" in quick["reduced"]


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


# The four models


CONDITIONS = ("plain", "shuffled")
# S. Greydanus and D. Kobak (2024), figure 2: test accuracy, %.
PUBLISHED = {
    "logistic": (32, 32),
    "mlp": (68, 68),
    "cnn": (94, 56),
    "gru": (91, 57),
}
CLOSE = 3  # points


@pytest.fixture(scope="module")
def models():
    return load("models")


def finals(models, arm, condition):
    return [
        row["test_acc"]
        for row in records(models["records"])
        if (row["arm"], row["condition"]) == (arm, condition)
        and row["step"] == models["spec"]["steps"]
    ]


def test_the_models_have_every_record_of_every_seed(models):
    spec = TrainSpec.of(models["spec"])
    assert spec == TrainSpec(steps=6000, eval_every=250)
    assert len(models["seeds"]) >= 10
    found = {(r["arm"], r["condition"], r["trial"], r["step"]) for r in records(models["records"])}
    looks = spec.steps // spec.eval_every + 1
    assert len(found) == len(MODELS) * len(CONDITIONS) * len(models["seeds"]) * looks
    assert len(models["records"]["rows"]) == len(found)


@pytest.mark.parametrize("model", MODELS)
def test_a_model_computed_again_gives_the_start_of_the_shipped_curve(models, compiled, model):
    shipped = records(models["records"])
    seed = models["seeds"][-1]
    for condition in CONDITIONS:
        dataset = {"shuffle_seq": condition == "shuffled"}
        args = {**models["spec"], "model": model, "seed": seed, "dataset": dataset, "until": 250}
        for record in jobs.run("train", args)["records"]:
            wanted = model, condition, len(models["seeds"]) - 1, record["step"]
            match = [
                r for r in shipped if (r["arm"], r["condition"], r["trial"], r["step"]) == wanted
            ]
            measured = {key: record[key] for key in record if key.startswith(("train_", "test_"))}
            same(measured, match[0])


def test_each_model_is_as_published_or_as_pytorch_on_the_same_data(models, report):
    """Within 3 points of the published number, or else of PyTorch's mean of at least 3 seeds."""
    stored = json.loads(Path(__file__).with_name("torch_models.json").read_text())["test_acc"]
    report("four models, test accuracy: ours ± 95 % interval (n) / PyTorch's (n) / published")
    for model in MODELS:
        for condition, published in zip(CONDITIONS, PUBLISHED[model], strict=True):
            ours, torch = finals(models, model, condition), stored[model][condition]
            assert len(torch) >= 3
            half = stats.t.ppf(0.975, len(ours) - 1) * stats.sem(ours)
            report(f"  {model:8} {condition:8}: {np.mean(ours):.1f} ± {half:.1f} ({len(ours)}) / "
                   f"{np.mean(torch):.1f} ({len(torch)}) / {published}")  # fmt: skip
            assert min(abs(np.mean(ours) - other) for other in (published, np.mean(torch))) <= CLOSE


def test_each_model_is_pytorchs_within_the_spread_over_seeds(models):
    """Welch's t, at 5 % over all comparisons together."""
    stored = json.loads(Path(__file__).with_name("torch_models.json").read_text())["test_acc"]
    for model in MODELS:
        for condition in CONDITIONS:
            ours, torch = finals(models, model, condition), stored[model][condition]
            test = stats.ttest_ind(ours, torch, equal_var=False)
            small = abs(np.mean(ours) - np.mean(torch)) < 0.3  # the linear model hardly spreads
            assert small or test.pvalue > 0.05 / 8, (model, condition, test)


def test_the_page_quotes_the_same_published_numbers():
    text = (FOLDER.parent / "models" / "published.js").read_text(encoding="utf-8")
    for model, (plain, shuffled) in PUBLISHED.items():
        assert f"{model}: {{ plain: {plain}, shuffled: {shuffled} }}" in text


def test_a_sweep_computed_again_gives_the_shipped_accuracy(compiled):
    sweeps = load("sweeps")
    rows = records(sweeps["records"])
    for wanted in (("logistic", "max_translation", 1, 0), ("mlp", "final_seq_length", 72, 1)):
        row = next(r for r in rows if (r["arm"], r["field"], r["value"], r["trial"]) == wanted)
        args = {
            **sweeps["spec"],
            "model": row["arm"],
            "seed": sweeps["seeds"][row["trial"]],
            "dataset": {row["field"]: row["value"]},
        }
        last = jobs.run("train", args)["records"][-1]
        same({key: last[key] for key in ("train_acc", "test_acc", "test_loss")}, row)
