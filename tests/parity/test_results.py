"""The shipped results are what today's code computes, and the paper's are PyTorch's.

`python3 build.py results` makes them. A test that fails here after a change of the arithmetic asks
for a new version and new results.
"""

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

from mnist1d_lab import jobs
from mnist1d_lab.lottery import claims, grid, published
from mnist1d_lab.lottery.arms import ANALYSIS
from mnist1d_lab.lottery.grid import Cell
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
    assert spec.trials >= {"quick": 20, "paper": 5}[preset]
    found = {(r["arm"], r["trial"], r["level"]) for r in records(made["records"])}
    assert len(found) == len(made["records"]["rows"]) == spec.trials * (3 + 2 * spec.levels)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_shipped_verdict_follows_from_the_shipped_records(preset):
    made = load(preset)
    again = claims.verdict(records(made["records"]), records(made["arms"]))
    for row, stored in zip(map(dict, again), made["verdict"], strict=True):
        numbers = {key: row.pop(key) for key in ("mean", "low", "high")}
        for key, value in numbers.items():
            assert stored.pop(key) == pytest.approx(value, abs=1e-3)
        assert row == stored


@pytest.mark.slow
def test_quick_computed_again_gives_the_shipped_records(quick, compiled):
    shipped = records(quick["records"])
    trial = len(quick["seeds"]) - 1
    for record in jobs.run("lottery", {"trials": 1, "seed": quick["seeds"][trial]})["records"]:
        match = [
            r for r in shipped
            if (r["arm"], r["level"], r["trial"]) == (record["arm"], record["level"], trial)
        ]  # fmt: skip
        same(record, match[0])


@pytest.mark.parametrize("fresh_seed", [1, 2])
@pytest.mark.parametrize("arm", ["lottery_flipped", "random_fresh", "permuted_reinitialized"])
def test_an_arm_computed_again_gives_the_start_of_the_shipped_curve(
    quick, compiled, arm, fresh_seed
):
    network, condition = arm.split("_")
    spec = quick["arms"]["spec"]
    more = {"arm": network, "condition": condition, "steps": 250, "fresh_seed": fresh_seed}
    mask = quick["masks"][spec["level"] - 1]
    for record in jobs.run("arm", {**spec, **more, "mask": mask})["records"]:
        wanted = network, condition, 0, fresh_seed, record["step"]
        names = ("arm", "condition", "trial", "fresh_seed", "step")
        (shipped,) = [
            row for row in records(quick["arms"]) if tuple(row[n] for n in names) == wanted
        ]  # fmt: skip
        record.pop("best_test_acc", None)  # the shipped one is over all steps of the arm
        same(record, shipped)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_ticket_was_taken_apart_in_all_its_arms(preset):
    made = load(preset)
    spec, rows = made["arms"]["spec"], records(made["arms"])
    data = {row["fresh_seed"] for row in rows}
    ended = [row for row in rows if row["step"] == spec["steps"]]
    found = {(r["arm"], r["condition"], r["trial"], r["fresh_seed"]) for r in ended}
    assert len(found) == len(ended) == len(ANALYSIS) * len(made["seeds"]) * len(data)
    assert {row["level"] for row in rows} == {spec["level"]}


def test_the_papers_tickets_are_of_the_published_sparsity_and_training():
    made = load("paper")
    spec = made["arms"]["spec"]
    sparsity = {row["sparsity"] for row in records(made["arms"]) if row["arm"] == "lottery"}
    assert list(sparsity) == [pytest.approx(published.SPARSITY, abs=1e-3)]
    settings = {**spec, "hidden": made["spec"]["hidden"]}
    assert {name: settings[name] for name in published.SETTINGS} == published.SETTINGS


def test_three_trials_of_quick_show_the_gain_on_fresh_data(quick, report):
    share = claims.share_of_threes(records(quick["arms"]))
    report(f"of all choices of three seeds of quick, {100 * share:.0f} % have an interval above "
           "zero for ticket minus dense on fresh data")  # fmt: skip
    assert share > 0.5


# The grid of width and sparsity


@pytest.fixture(scope="module")
def shipped_grid():
    return load("grid")


def test_the_grid_has_every_training_of_every_cell(shipped_grid):
    rows, seeds = records(shipped_grid["records"]), len(shipped_grid["seeds"])
    data = len(shipped_grid["fresh_seeds"])
    networks = len(grid.cells()) * 3 + len(grid.WIDTHS) * 2  # a cell's tickets, a width's dense
    assert len(rows) == networks * seeds * data
    assert (seeds, data) == (10, 3)


def test_the_grids_rows_and_sentences_follow_from_its_records(shipped_grid):
    again = grid.judge(records(shipped_grid["records"]))
    assert len(again) == len(shipped_grid["rows"]) == 3 * len(grid.cells())
    for row, stored in zip(again, shipped_grid["rows"], strict=True):
        assert stored == {key: pytest.approx(value, abs=1e-3) for key, value in row.items()} | {
            "comparison": row["comparison"]
        }


@pytest.mark.slow
@pytest.mark.parametrize("cell", [Cell(100, 0.6), Cell(200, 0.9)])
def test_a_cell_computed_again_gives_the_shipped_records(shipped_grid, compiled, cell):
    seed = shipped_grid["seeds"][0]
    found: list[dict[str, Any]] = []
    spec = grid.search_spec(cell, seed)
    jobs.run("lottery", dataclasses.asdict(spec), found.append)
    checkpoints = [told["checkpoint"] for told in found if "checkpoint" in told]
    mask = checkpoints[spec.levels - 1]["next_mask"]
    rows = records(shipped_grid["records"])
    for arm, condition in grid.ARMS:
        args = dataclasses.asdict(grid.arm_spec(cell, seed, arm, condition, 2))
        final = jobs.run("arm", {**args, "mask": mask})["records"][-1]
        own = cell.sparsity if arm != "dense" else 0.0
        (shipped,) = [
            row["test_acc"] for row in rows
            if (row["hidden"], row["arm"], row["condition"], row["trial"], row["fresh_seed"])
            == (cell.hidden, arm, condition, 0, 2) and row["sparsity"] == pytest.approx(own)
        ]  # fmt: skip
        assert shipped == float(f"{final['test_acc']:.5g}"), (arm, condition)


# Beside PyTorch


def test_the_papers_arms_are_pytorchs_within_the_spread_over_seeds(report):
    """Each arm of two seeds by Student's t with the spread over our seeds, at 5 % over all arms."""
    ours = [row for row in records(load("paper")["arms"]) if row["step"] == 6000]
    theirs = json.loads(Path(__file__).with_name("torch_arms.json").read_text())["rows"]
    arms = list(dict.fromkeys((arm, condition) for arm, condition, *_ in theirs))
    report("the paper's arms, test accuracy over the same two seeds: ours / PyTorch's")
    for name, condition in arms:
        mine = {r["trial"]: r["test_acc"] for r in ours
                if (r["arm"], r["condition"]) == (name, condition)}  # fmt: skip
        other = {seed: accuracy for arm, of, seed, accuracy in theirs
                 if (arm, of) == (name, condition)}  # fmt: skip
        assert len(other) >= 2
        means = [float(np.mean([of[seed] for seed in other])) for of in (mine, other)]
        spread = float(np.std(list(mine.values()), ddof=1))
        report(f"  {name:8} {condition:14} {means[0]:.1f} / {means[1]:.1f} (n = {len(other)}; "
               f"spread over {len(mine)} seeds {spread:.1f})")  # fmt: skip
        limit = stats.t.ppf(1 - 0.05 / 2 / len(arms), len(mine) - 1)
        assert abs(means[0] - means[1]) < limit * spread, (name, condition)


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
        for condition, stated in zip(CONDITIONS, PUBLISHED[model], strict=True):
            ours, torch = finals(models, model, condition), stored[model][condition]
            assert len(torch) >= 3
            half = stats.t.ppf(0.975, len(ours) - 1) * stats.sem(ours)
            report(f"  {model:8} {condition:8}: {np.mean(ours):.1f} ± {half:.1f} ({len(ours)}) / "
                   f"{np.mean(torch):.1f} ({len(torch)}) / {stated}")  # fmt: skip
            assert min(abs(np.mean(ours) - other) for other in (stated, np.mean(torch))) <= CLOSE


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
