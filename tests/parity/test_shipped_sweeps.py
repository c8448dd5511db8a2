"""The shipped results are sweeps of grid files: their records give the files, their tasks the rows.

Trainings take hours, so each file's own rows go back into a sweep's folder as its tasks would have
written them, and a few tasks of each grid file are run again.
"""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from build_steps import make_results
from mnist1d_lab.cluster.identity import made_by
from mnist1d_lab.cluster.names import name_of
from mnist1d_lab.cluster.run_task import run_task
from mnist1d_lab.cluster.tasks import trials
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.jobs.ticket import PlanArmsArgs
from mnist1d_lab.lottery import grid
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.models.spec import TrainSpec

FOLDER = Path(__file__).resolve().parents[2] / "static" / "results"
NOTHING = Kept(None, "")


def load(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def rows_of(table):
    return [
        {k: v for k, v in zip(table["columns"], row, strict=True) if v is not None}
        for row in table["rows"]
    ]


def place(task):
    """What of a shipped row says which task it is of."""
    labels = task.labels
    if task.job == "cells":
        return labels["trial"], labels["hidden"]
    if task.job == "arms":
        return (labels["trial"],)
    if "block" in labels:
        field = labels["block"]
        return labels["trial"], labels["model"], field, labels[f"dataset.{field}"]
    return labels["trial"], labels["model"], labels["dataset.shuffle_seq"]


def place_of(name, row):
    """The same of the row."""
    if name == "grid":
        return row["trial"], row["hidden"]
    if name in ("quick", "paper"):
        return (row["trial"],)
    if name == "sweeps":
        return row["trial"], row["arm"], row["field"], row["value"]
    return row["trial"], row["arm"], row["condition"] == "shuffled"


def whole(name, row):
    """A row of the file as the task's record had it: what the file has in words is a label."""
    if name == "grid" and row["survivors"]:  # its sparsity is not a number of five digits
        return {**row, "sparsity": 1 - row["survivors"] / grid.prunable(row["hidden"])}
    if name == "models":
        row = {k: v for k, v in row.items() if k != "condition"}
    return row


def written(name, shipped, folder):
    """A sweep's folder with the shipped records in it."""
    swept = make_results.swept(name, folder)
    by_task: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    tables = [shipped["records"], *([shipped["arms"]] if name in ("quick", "paper") else [])]
    for row in (row for table in tables for row in rows_of(table)):
        by_task.setdefault(place_of(name, row), []).append(whole(name, row))
    for task in swept.sweep.tasks():
        swept.folder.write(task, by_task.pop(place(task)))
        if name == "quick" and task.labels["trial"] == 0:
            search = name_of("lottery", PlanArmsArgs.of(task.args).lottery)
            for level, mask in enumerate(shipped["masks"]):
                Kept(swept.levels, made_by()).save(f"{search}/level-{level}", {"next_mask": mask})
    assert not by_task
    return swept


@pytest.mark.parametrize("name", make_results.FILES)
def test_the_shipped_records_as_a_sweep_give_the_shipped_file(name, tmp_path, report):
    shipped = load(name)
    made = make_results.FILES[name][0](written(name, shipped, tmp_path))
    made = json.loads(json.dumps(made))
    assert list(made) == list(shipped)
    for part in made:
        if part == "spec":  # fields that came after the file
            kind = TrainSpec if "model" in made[part] else LotterySpec
            assert kind.of(shipped[part]) == kind.of(made[part])
        elif part == "arms":
            assert {**made[part], "spec": 0} == {**shipped[part], "spec": 0}
        elif part == "verdict":  # of numbers of five digits
            for row, stored in zip(made[part], shipped[part], strict=True):
                numbers = {one: row.pop(one) for one in ("mean", "low", "high")}
                for one, value in numbers.items():
                    assert stored.pop(one) == pytest.approx(value, abs=1e-3)
                assert row == stored
        else:
            assert json.dumps(made[part]) == json.dumps(shipped[part]), part
    for one in (made, shipped):
        one.get("arms", {}).pop("spec", None)
    same = sum(len(json.dumps(made[part])) for part in made if made[part] == shipped[part])
    report(f"{name}.json of its sweep: {same} of {(FOLDER / f'{name}.json').stat().st_size} bytes "
           "in equal parts")  # fmt: skip


def test_tasks_of_the_grid_files_run_again_give_the_shipped_rows(compiled):
    """One training of models.json and of sweeps.json, and one cell of grid.json."""
    chosen = (("models", (19, "logistic", True)), ("sweeps", (4, "mlp", "max_translation", 1)))
    for name, at in chosen:
        tasks = make_results.swept(name, Path()).sweep.tasks()
        (task,) = [one for one in tasks if place(one) == at]
        shipped = [row for row in rows_of(load(name)["records"]) if place_of(name, row) == at]
        assert shipped
        same(run_task(task, NOTHING)[-len(shipped) :], shipped)
    asked = {"hidden": 100, "sparsities": [0.6], "survivors": []}
    (task,) = trials("cells", asked, [9])
    shipped = [
        row for row in rows_of(load("grid")["records"])
        if (row["hidden"], row["trial"]) == (100, 9) and row["sparsity"] in (0, 0.6)
    ]  # fmt: skip
    found = run_task(dataclasses.replace(task, labels={"trial": 9}), NOTHING)
    assert len(found) == 15
    same(found, shipped)


def same(found, shipped):
    """Every number of a shipped row is that of the record, to five digits."""
    for record, row in zip(found, shipped, strict=True):
        for name in row.keys() & record.keys() - {"trial"}:
            value = record[name]
            assert row[name] == (float(f"{value:.5g}") if isinstance(value, float) else value)
