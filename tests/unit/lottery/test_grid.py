"""The grid of width and sparsity: its cells, their tickets, what records say of each cell."""

from typing import Any

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.intervals import interval
from mnist1d_lab.jobs.rebuild import full_masks, model_of
from mnist1d_lab.lottery import grid, pruning
from mnist1d_lab.lottery.grid import Cell
from mnist1d_lab.lottery.trial import Trained, Trial
from mnist1d_lab.models.split import split_of
from mnist1d_lab.models.train import train


def test_every_width_has_every_sparsity_and_the_matched_cells_that_it_can_have():
    made = grid.cells()
    for hidden in grid.WIDTHS:
        own = [cell for cell in made if cell.hidden == hidden]
        assert [cell.sparsity for cell in own if not cell.survivors] == list(grid.SPARSITIES)
        matched = [cell.survivors for cell in own if cell.survivors]
        assert matched == [n for n in grid.SURVIVORS if n < grid.prunable(hidden)]
    assert len(made) == 5 * 5 + 13


@pytest.mark.parametrize("cell", [cell for cell in grid.cells() if cell.survivors], ids=str)
def test_a_matched_cell_ends_with_that_many_survivors(cell):
    spec = grid.search_spec(cell, 0)
    full = full_masks(spec)
    assert sum(mask.size for mask in full.values()) == grid.prunable(cell.hidden)
    masks = pruning.any_masks(spec, spec.levels, full)
    assert sum(int(mask.sum()) for mask in masks.values()) == pytest.approx(cell.survivors, abs=3)


def small(cell):
    """A cell's search with a dataset and a training of no size."""
    spec = vars(grid.search_spec(cell, 3)) | {"steps": 20, "dataset": {"num_samples": 200}}
    return type(grid.search_spec(cell, 3))(**spec)


def test_one_search_finds_the_tickets_of_all_cells_of_a_width(compiled):
    sparsities = [0.6, 0.8, 0.97]
    spec = small(Cell(20, max(sparsities)))
    split, model = split_of(spec.dataset), model_of(spec)

    def train_once(params, masks, label, first):
        train(model, params, split, spec.training(), lambda step, network: None, masks, first)
        return Trained(label, params, params)

    trial = Trial.of(spec, 0, model.init, train_once)
    for sparsity, masks in grid.tickets(trial, sparsities):
        checkpoints: list[dict[str, Any]] = []

        def on_progress(progress, checkpoints=checkpoints):
            checkpoints.extend([progress["checkpoint"]] if "checkpoint" in progress else [])

        alone = small(Cell(20, sparsity))
        jobs.run("lottery", vars(alone) | {"dataset": vars(alone.dataset)}, on_progress)
        assert (checkpoints[alone.levels - 1]["next_mask"] == pruning.pack(masks)).all()


def record(arm, condition, trial, fresh_seed, test_acc, cell):
    own = cell if arm != "dense" else Cell(cell.hidden, 0.0)
    about = {"arm": arm, "condition": condition, "trial": trial, "fresh_seed": fresh_seed}
    return {**own._asdict(), **about, "test_acc": test_acc}


def records(cell, gains):
    """Records of `gains[trial][fresh_seed - 1]` over a dense network of 60 %."""
    return [
        record(arm, "fresh", trial, fresh_seed, 60 + gain * (arm == "lottery"), cell)
        for trial, of_trial in enumerate(gains)
        for fresh_seed, gain in enumerate(of_trial, 1)
        for arm in ("dense", "lottery")
    ]


def test_a_trials_gain_is_its_mean_over_the_fresh_data_and_trials_are_what_is_counted():
    (row,) = grid.judge(records(Cell(500, 0.9), [(1, 3), (4, 4), (7, 5)]))
    mean, low, high = interval([2, 4, 6])
    assert (row["comparison"], row["n"]) == ("fresh", 3)
    assert (row["mean"], row["low"], row["high"]) == pytest.approx((mean, low, high))


def test_a_dense_network_is_compared_in_all_cells_of_its_width_and_in_no_other():
    made = records(Cell(500, 0.9), [(1,), (2,)])
    made += [row for row in records(Cell(500, 0.8), [(5,), (6,)]) if row["arm"] != "dense"]
    made += [row for row in records(Cell(200, 0.8), [(9,), (9,)]) if row["arm"] != "dense"]
    rows = grid.judge(made)
    assert [(row["hidden"], row["sparsity"], row["mean"]) for row in rows] == [
        (500, 0.8, 5.5), (500, 0.9, 1.5),
    ]  # fmt: skip


def test_one_trial_has_no_interval():
    (row,) = grid.judge(records(Cell(500, 0.9), [(1, 2)]))
    assert row["n"] == 1 and row["low"] is None and row["high"] is None


@pytest.mark.parametrize(
    ("lows", "width"),
    [([-1, 1, 1], 200), ([1, 1, 1], 100), ([1, -1, 1], 500), ([1, 1, -1], None)],
)
def test_a_claim_holds_from_the_narrowest_width_above_which_it_always_does(lows, width):
    made = []
    for hidden, low in zip((100, 200, 500), lows, strict=True):
        gains = np.array([1.0, 1.1, 0.9])
        made += records(Cell(hidden, 0.9), [(gain,) for gain in gains * low])
    assert grid.holds_from(grid.judge(made), "fresh", 0.9) == width
    assert grid.holds_from(grid.judge(made), "fresh", 0.8) is None
