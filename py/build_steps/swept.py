"""What a sweep of a grid file found, for the shipped files that are made of it. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnist1d_lab.cluster.folder import ResultsFolder
from mnist1d_lab.cluster.grid_file import Block, Sweep
from mnist1d_lab.cluster.kinds import KINDS
from mnist1d_lab.cluster.tasks import Task, seeds_of
from mnist1d_lab.files import Results, read
from mnist1d_lab.validation import Spec

FORMAT = "mnist1d-lab results 1"
LABELS = ("arm", "condition", "trial", "fresh_seed", "level", "step")
Record = dict[str, Any]


@dataclass(frozen=True)
class Swept:
    """A sweep that is done: its grid file, its folder, and where its searches' levels are kept."""

    sweep: Sweep
    folder: ResultsFolder
    levels: Path

    @property
    def first(self) -> Block:
        """Return the first block, whose settings a shipped file names."""
        return self.sweep.blocks[0]

    @property
    def seeds(self) -> list[int]:
        """Return the seeds of the trials."""
        return list(seeds_of(self.first.seeds))

    @property
    def spec(self) -> Spec:
        """Return the settings that all points of the grid share."""
        return KINDS[self.first.job].spec.of({**self.first.fields({}), "seed": self.seeds[0]})

    def found(self, block: Block | None = None) -> Iterator[tuple[Task, Results]]:
        """Yield what each task found, of one block or of all: trial by trial, in the grid's order.

        Only what a block's tasks are named by is read, so records of another sweep never come in.
        """
        tasks = (block or self.sweep).tasks()
        for task in sorted(tasks, key=lambda task: int(task.labels["trial"])):
            yield task, read(self.folder.file(task))


def table(records: Iterable[Record]) -> Record:
    """Return records as rows of their columns, labels first, numbers to five digits."""
    rows = list(records)
    present = {key for row in rows for key in row}
    columns = [key for key in LABELS if key in present]
    columns += [key for key in rows[0] if key in present and key not in columns]

    def short(value: Any) -> Any:
        return float(f"{value:.5g}") if isinstance(value, float) else value

    return {
        "columns": columns,
        "rows": [[short(row.get(key)) for key in columns] for row in rows],
    }
