"""The jobs of the grid: the plan of a cell, what records say, what is refused."""

import dataclasses
from typing import Any

import pytest

from mnist1d_lab import jobs
from mnist1d_lab.jobs.grid import CellSpec
from mnist1d_lab.lottery import grid
from mnist1d_lab.lottery.grid import ARMS, FRESH_SEEDS, Cell
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec, result_key

CELL = {"hidden": 100, "sparsity": 0.8, "trials": 2, "seed": 7}


@pytest.fixture(scope="module")
def plan():
    return jobs.run("plan_cell", CELL)


def test_a_plan_searches_as_the_shipped_cells_were_searched(plan):
    assert plan["cell"] == {"hidden": 100, "sparsity": 0.8, "survivors": 0}
    for trial, spec in enumerate(LotterySpec.of(plan["lottery"]).parts()):
        assert spec == grid.search_spec(Cell(100, 0.8), 7 + trial)
    assert plan["level"] == plan["lottery"]["levels"] == 4


def test_a_plan_has_every_training_of_every_trial_on_every_fresh_dataset(plan):
    found = {
        (part["trial"], part["fresh_seed"], part["arm"], part["condition"])
        for part in plan["parts"]
    }
    wanted = {(t, fresh, *pair) for t in (0, 1) for fresh in FRESH_SEEDS for pair in ARMS}
    assert found == wanted and len(plan["parts"]) == len(wanted)
    for part in plan["parts"]:
        cell = Cell(100, 0.6 if part["arm"] == "dense" else 0.8)
        training = (part["arm"], part["condition"], part["fresh_seed"])
        spec = grid.arm_spec(cell, 7 + part["trial"], *training)
        assert part["name"] == result_key(spec)
        assert ArmSpec.of(part["args"]) == spec
        assert part["seconds"] > 0


def test_dense_networks_are_shared_by_all_cells_of_a_width():
    def names(arm, **cell):
        parts = jobs.run("plan_cell", {**CELL, **cell})["parts"]
        return [part["name"] for part in parts if (part["arm"] == "dense") == (arm == "dense")]

    assert names("dense") == names("dense", survivors=5000)
    assert not set(names("sparse")) & set(names("sparse", survivors=5000))


@pytest.mark.parametrize("cell", grid.cells(), ids=str)
def test_every_cell_can_be_planned(cell):
    assert CellSpec.of(cell._asdict()).cell == cell


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"hidden": 0}, "hidden must be a whole number from 1 to 2000, got 0"),
        ({"sparsity": 1}, "sparsity must be a number of at least 0.01 and at most 0.999, got 1"),
        ({"survivors": -1}, "survivors must be a whole number of at least 0, got -1"),
        ({"survivors": True}, "survivors must be a whole number of at least 0, got True"),
        (
            {"hidden": 100, "survivors": 20_000},
            "survivors must be below 15210, the weights that 100 hidden units have, got 20000",
        ),
        ({"trials": 0}, "trials must be a whole number from 1 to 1000, got 0"),
        ({"seed": -1}, "seed must be a whole number from 0 to 4294967295, got -1"),
        ({"seed": 2**32 - 1, "trials": 2}, "seed must be at most 4294967295 for the last trial"),
        ({"width": 5}, "width must be left out"),
    ],
)
def test_a_wrong_field_is_named_with_what_is_allowed(fields, message):
    with pytest.raises(ValueError) as error:
        jobs.run("plan_cell", fields)
    assert str(error.value).startswith(message)


def records(cell, gains):
    """Records of all trainings, the ticket's `gains[trial]` points above the others."""
    return [
        {**cell._asdict(), "arm": arm, "condition": condition, "trial": trial,
         "fresh_seed": fresh, "test_acc": 60 + gain * (arm == "lottery")}
        for trial, gain in enumerate(gains) for fresh in FRESH_SEEDS for arm, condition in ARMS
    ]  # fmt: skip


def test_the_judgement_is_that_of_the_shipped_file():
    made = records(Cell(100, 0.9), [1, -1]) + records(Cell(300, 0.9), [2, 3, 4])
    made += records(Cell(500, 0.98, 5000), [3, 4, 5]) + records(Cell(300, 0.95, 5000), [1, 2])
    judged = jobs.run("judge_cells", {"records": made})
    assert judged["rows"] == grid.judge(made)
    found = {
        (line["comparison"], line["sparsity"], line["survivors"]): line for line in judged["holds"]
    }
    assert len(found) == len(judged["holds"]) == 2 * len(grid.COMPARISONS)
    for one in grid.COMPARISONS:
        line = found[one.name, 0.9, 0]
        assert (line["hidden"], line["widths"], line["of"]) == (300, [300], [100, 300])
        matched = found[one.name, None, 5000]
        assert (matched["hidden"], matched["widths"], matched["of"]) == (500, [500], [300, 500])
        assert grid.holds_from(judged["rows"], one.name, 0.9) == 300


def test_where_the_widest_fails_a_claim_holds_from_no_width_on():
    made = records(Cell(100, 0.9), [2, 3, 4]) + records(Cell(300, 0.9), [1, -1])
    line = jobs.run("judge_cells", {"records": made})["holds"][0]
    assert (line["hidden"], line["widths"]) == (None, [100])


def test_no_records_say_nothing():
    assert jobs.run("judge_cells", {}) == {"rows": [], "holds": []}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"test_acc": float("nan")}, "test_acc of a record must be a finite number, got nan"),
        ({"trial": 0.5}, "trial of a record must be a whole number, got 0.5"),
        ({"arm": None}, "arm of a record must be a name of at most 60 letters, got None"),
    ],
)
def test_a_wrong_record_is_refused(change, message):
    made = records(Cell(100, 0.9), [1])
    with pytest.raises(ValueError, match=message):
        jobs.run("judge_cells", {"records": [made[0] | change]})
    with pytest.raises(ValueError, match="records must be a list"):
        wrong: Any = "records"
        jobs.run("judge_cells", {"records": wrong})


def test_the_spec_says_what_it_is_by_default():
    assert dataclasses.asdict(CellSpec()) == {
        "hidden": 500, "sparsity": 0.9, "survivors": 0, "trials": 3, "seed": 0,
    }  # fmt: skip
