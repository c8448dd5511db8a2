"""Where do tickets win? The cells of width and sparsity, their tickets, and what is compared.

A cell is a network of `hidden` units and a share of its weights that is pruned. Some cells are
matched instead: whatever the width, their tickets have the same number of survivors. Trains
nothing itself: the search is `Trial`'s, the trainings on fresh data are the arms of arms.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from mnist1d_lab.intervals import interval
from mnist1d_lab.lottery.claims import Accuracies, Training, by_trial
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec
from mnist1d_lab.lottery.trial import Trial
from mnist1d_lab.types import GridHolds, GridRow, Masks

Record = Mapping[str, Any]

WIDTHS = (100, 200, 300, 500, 800)
SPARSITIES = (0.6, 0.8, 0.9, 0.95, 0.98)
SURVIVORS = (5_000, 20_000, 27_000)
FRESH_SEEDS = (1, 2, 3)  # the fresh datasets that each ticket is tried on
ARM = {"steps": 500, "batch_size": 100}  # what is gained no longer changes after that


class Comparison(NamedTuple):
    """Two trainings (arm, condition) whose difference is measured, and what it shows if above 0."""

    name: str
    text: str
    more: Training
    less: Training


COMPARISONS = (
    Comparison(
        "fresh",
        "a ticket beats the dense network on fresh data",
        ("lottery", "fresh"),
        ("dense", "fresh"),
    ),
    Comparison(
        "reinitialized",
        "a reinitialised ticket still does",
        ("lottery", "reinitialized"),
        ("dense", "reinitialized"),
    ),
    Comparison(
        "places",
        "the places of the surviving weights help: they beat the same numbers of weights at "
        "random inputs, both reinitialised",
        ("lottery", "reinitialized"),
        ("permuted", "reinitialized"),
    ),
)
# The trainings that a cell needs, each once.
ARMS = tuple(dict.fromkeys(pair for one in COMPARISONS for pair in (one.less, one.more)))


class Cell(NamedTuple):
    """A width and a sparsity (0 to 1); `survivors` if it is matched on their number, else 0."""

    hidden: int
    sparsity: float
    survivors: int = 0


def prunable(hidden: int) -> int:
    """Return how many weights and biases a network of 40 inputs and 10 classes has."""
    return (40 + 1) * hidden + (hidden + 1) * hidden + (hidden + 1) * 10


def cells() -> list[Cell]:
    """Return all cells, width by width."""
    return [cell for hidden in WIDTHS for cell in cells_of(hidden, SPARSITIES, SURVIVORS)]


def cells_of(hidden: int, sparsities: Sequence[float], survivors: Sequence[int]) -> list[Cell]:
    """Return the cells of a width; a matched one only if the network has that many weights."""
    most = prunable(hidden)
    matched = [Cell(hidden, 1 - count / most, count) for count in survivors if count < most]
    return [*(Cell(hidden, sparsity) for sparsity in sparsities), *matched]


def search_spec(cell: Cell, seed: int) -> LotterySpec:
    """Return the search of one trial that ends with the cell's ticket: that of its last level.

    The rounds are those of `quick`; the last one prunes only as far as the cell's sparsity.
    """
    rate = LotterySpec().prune_fraction
    levels = math.ceil(math.log(1 - cell.sparsity) / math.log(1 - rate))
    return LotterySpec(
        hidden=cell.hidden, levels=levels, final_sparsity=cell.sparsity, trials=1, seed=seed
    )


def arm_spec(cell: Cell, seed: int, arm: str, condition: str, fresh_seed: int) -> ArmSpec:
    """Return one training of a cell; its last record counts, so only that is measured.

    A dense network has no ticket: its training is the same, under the same name, in all cells of
    its width.
    """
    lottery = search_spec(cell if arm != "dense" else Cell(cell.hidden, SPARSITIES[0]), seed)
    return ArmSpec(
        lottery=lottery,
        level=lottery.levels,
        arm=arm,
        condition=condition,
        fresh_seed=fresh_seed,
        eval_every=ARM["steps"],
        **ARM,
    )


def tickets(trial: Trial, sparsities: Sequence[float]) -> Iterator[tuple[float, Masks]]:
    """Search once, and yield for each sparsity the ticket of a search that ends there.

    Sparsities from 0 to 1 come out in ascending order. The trial's spec must not end before the
    highest. The same masks as from `search` with each cell's `search_spec`, without its control.
    """
    trained, masks, level = trial.train("dense", 0, trial.initial, trial.full), trial.full, 0
    for sparsity in sorted(sparsities):
        while trial.spec.sparsity(level + 1) < sparsity:
            level += 1
            masks = trial.prune(level, masks, trained)
            trained = trial.train("lottery", level, trial.initial, masks)
        yield sparsity, trial.prune_to(sparsity, masks, trained)


def _accuracies(records: Sequence[Record], cell: Cell, training: Training) -> Accuracies:
    """Return a cell's test accuracies of an arm in a condition, by trial and fresh dataset."""
    return {
        (record["trial"], record["fresh_seed"]): record["test_acc"]
        for record in records
        if (record["arm"], record["condition"]) == training
        and (_cell(record) == cell or training[0] == "dense")
        and record["hidden"] == cell.hidden
    }


def judge(records: Sequence[Record]) -> list[GridRow]:
    """Return each comparison in each cell that has records: the mean gain and its 95 % interval.

    A record is a finished training: hidden, sparsity and survivors of its Cell (a dense network's
    count for all cells of its width), arm, condition, trial, fresh_seed and test_acc in percent.
    The interval is Student's over trials; a trial's gain is its mean over the fresh datasets.
    """
    rows: list[GridRow] = []
    for cell in sorted({_cell(record) for record in records if record["arm"] != "dense"}):
        for one in COMPARISONS:
            more, less = (_accuracies(records, cell, one_of) for one_of in (one.more, one.less))
            if gains := by_trial(more, less):
                mean, low, high = interval(gains)
                ends = (low, high) if len(gains) > 1 else (None, None)
                rows.append({
                    "hidden": cell.hidden, "sparsity": cell.sparsity, "survivors": cell.survivors,
                    "comparison": one.name, "n": len(gains),
                    "mean": mean, "low": ends[0], "high": ends[1],
                })  # fmt: skip
    return rows


def _cell(record: Record) -> Cell:
    return Cell(record["hidden"], record["sparsity"], record["survivors"])


def holds_from(
    rows: Sequence[GridRow], comparison: str, sparsity: float | None, survivors: int = 0
) -> int | None:
    """Return the width from which on the whole interval is above zero, or None.

    Of the rows at a sparsity; or, if `survivors` are given, of those matched on their number.
    """
    at = _above_zero(rows, comparison, _line(sparsity, survivors))
    held = None
    for hidden in sorted(at, reverse=True):
        if not at[hidden]:
            break
        held = hidden
    return held


def holds(rows: Sequence[GridRow]) -> list[GridHolds]:
    """Return for each comparison at each sparsity, then survivor count, from where on it holds."""
    made: list[GridHolds] = []
    lines = {_line(row["sparsity"], row["survivors"]) for row in rows}
    for sparsity, survivors in sorted(lines, key=lambda line: (line[1], line[0] or 0)):
        for one in COMPARISONS:
            if at := _above_zero(rows, one.name, (sparsity, survivors)):
                made.append({
                    "comparison": one.name, "sparsity": sparsity, "survivors": survivors,
                    "hidden": holds_from(rows, one.name, sparsity, survivors),
                    "widths": sorted(hidden for hidden in at if at[hidden]), "of": sorted(at),
                })  # fmt: skip
    return made


def _line(sparsity: float | None, survivors: int) -> tuple[float | None, int]:
    """Return what a row's cell has in common with those of other widths."""
    return (None, survivors) if survivors else (sparsity, 0)


def _above_zero(
    rows: Sequence[GridRow], comparison: str, line: tuple[float | None, int]
) -> dict[int, bool]:
    """Return by width whether the whole interval is above zero."""
    return {
        row["hidden"]: row["low"] is not None and row["low"] > 0
        for row in rows
        if row["comparison"] == comparison and _line(row["sparsity"], row["survivors"]) == line
    }
