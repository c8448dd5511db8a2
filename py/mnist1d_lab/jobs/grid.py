"""The jobs of the grid of width and sparsity: what a cell needs, and what its records say.

Which cells there are and what is compared in them is in lottery/grid.py; the search that finds a
cell's tickets is the job `lottery`, its trainings are those of the job `arm`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.dataset.spec import MAX_SEED
from mnist1d_lab.jobs.fields import NAME, NUMBER, WHOLE, records
from mnist1d_lab.jobs.progress import Job, OnProgress, Record
from mnist1d_lab.jobs.ticket import parts_of
from mnist1d_lab.lottery import grid
from mnist1d_lab.lottery.grid import ARMS, FRESH_SEEDS, Cell
from mnist1d_lab.lottery.spec import ArmSpec
from mnist1d_lab.validation import Spec, integer, real, refuse


@dataclass(frozen=True)
class CellSpec(Spec):
    """A cell of the grid, or any other like it, and how many trials of it.

    With `survivors` its tickets have that many, and `sparsity` is what that makes of its width.
    Trial t draws its initial weights from `seed + t`.
    """

    hidden: int = integer(500, 1, 2000)
    sparsity: float = real(0.9, 0.01, 0.999)
    survivors: int = integer(0, 0)
    trials: int = integer(3, 1, 1000)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then what they must be together."""
        if isinstance(self.survivors, int) and self.survivors:
            object.__setattr__(self, "sparsity", CellSpec.sparsity)  # it follows from the others
        super().__post_init__()
        if self.survivors >= (most := grid.prunable(self.hidden)):
            allowed = f"below {most}, the weights that {self.hidden} hidden units have"
            raise refuse("survivors", self.survivors, allowed)
        if self.seed + self.trials - 1 > MAX_SEED:
            raise refuse("seed", self.seed, f"at most {MAX_SEED} for the last trial")

    @property
    def cell(self) -> Cell:
        """Return the cell."""
        if not self.survivors:
            return Cell(self.hidden, self.sparsity)
        sparsity = 1 - self.survivors / grid.prunable(self.hidden)
        return Cell(self.hidden, sparsity, self.survivors)

    def arms(self, trial: int) -> list[ArmSpec]:
        """Return the trainings of a trial, on each fresh dataset."""
        return [
            grid.arm_spec(self.cell, self.seed + trial, arm, condition, fresh)
            for fresh in FRESH_SEEDS
            for arm, condition in ARMS
        ]


def plan_cell(spec: CellSpec, on_progress: OnProgress) -> dict[str, Any]:
    """Return what a cell needs: the search for its tickets, then trainings on fresh data.

    `cell` is the spec's, with the sparsity that it has. `lottery` are the
    arguments of the job `lottery` for all trials; the tickets are those of `level`. `parts` are
    the trainings as `plan_arms` returns them, each with its `trial`, 0 the first.
    """
    search = dataclasses.replace(grid.search_spec(spec.cell, spec.seed), trials=spec.trials)
    like = grid.arm_spec(spec.cell, 0, "lottery", "fresh", FRESH_SEEDS[0])
    parts = [
        {**part, "trial": trial}
        for trial in range(spec.trials)
        for part in parts_of(spec.arms(trial), like)
    ]
    return {
        "cell": spec.cell._asdict(),
        "lottery": dataclasses.asdict(search),
        "level": search.levels,
        "parts": parts,
    }


@dataclass(frozen=True)
class JudgeArgs(Spec):
    """Finished trainings of cells, as grid.judge has them."""

    records: Sequence[Record] = records(
        {
            "hidden": WHOLE, "survivors": WHOLE, "trial": WHOLE, "fresh_seed": WHOLE,
            "sparsity": NUMBER, "test_acc": NUMBER, "arm": NAME, "condition": NAME,
        }
    )  # fmt: skip


def judge_cells(args: JudgeArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return what `records` say: `rows`, of each comparison in each cell, and `holds`.

    `holds` is from which width on each comparison holds.
    """
    rows = grid.judge(args.records)
    return {"rows": rows, "holds": grid.holds(rows)}


JOBS = {"plan_cell": Job(CellSpec, plan_cell), "judge_cells": Job(JudgeArgs, judge_cells)}
