"""The folder of a sweep's results: one Parquet file a task, and files that the page opens.

    results/sweep.json                           what was asked for, and what computed it
    results/records/setting=…/lottery-….parquet  tidy records of one trial, with the grid's values
    results/page/….json                          all trials of one picture, as the page opens them

A task's file is there whole or not at all, so that a sweep that was stopped goes on. A folder is of
one sweep, which may grow: all that is in `records` belongs together, and no trial is there twice.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import mnist1d_lab
from mnist1d_lab.cluster.grid_file import Sweep
from mnist1d_lab.cluster.identity import identity
from mnist1d_lab.cluster.kinds import KINDS
from mnist1d_lab.cluster.tasks import Task, setting_of
from mnist1d_lab.files import Record, Results, read
from mnist1d_lab.files.atomic import write_whole
from mnist1d_lab.files.parquet_form import KEY, arrow, to_parquet
from mnist1d_lab.files.text_forms import to_json
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.models.spec import SWEEPS
from mnist1d_lab.validation import refuse

FORMAT = "mnist1d-lab sweep 1"
NO_SOURCE = ("source", "")  # jobs leave it out of their specs too: see jobs/registry.py


class ResultsFolder:
    """Where the records of a sweep go."""

    def __init__(self, path: Path, made_by: str) -> None:
        """Take what `made_by` made for finished, and nothing else."""
        self.path, self.made_by = path, made_by

    def file(self, task: Task) -> Path:
        """Return the path of a task's records."""
        return self.path / "records" / f"setting={task.setting}" / f"{task.name}.parquet"

    def has(self, task: Task) -> bool:
        """Return whether a task is finished, by this arithmetic, under these labels."""
        pa, file = arrow(), self.file(task)
        if not file.is_file():
            return False
        try:
            head = json.loads(pa.parquet.read_schema(file).metadata[KEY])
        except (pa.ArrowException, OSError, KeyError, TypeError, ValueError):
            return False
        return (head.get("made_by"), head.get("labels")) == (self.made_by, _plain(task.labels))

    def write(self, task: Task, records: list[Record]) -> None:
        """Write a task's records."""
        results = Results.of_rows(
            records, {"spec": task.args, "name": task.name, "version": mnist1d_lab.__version__}
        )
        more = {"made_by": self.made_by, "labels": task.labels}
        write_whole(self.file(task), to_parquet(results, **more))

    def begin(self, sweep: Sweep, tasks: Sequence[Task]) -> None:
        """Write what is asked for. Raises ValueError if the folder has trials of another sweep."""
        strangers = set((self.path / "records").rglob("*.parquet")) - set(map(self.file, tasks))
        if strangers:
            allowed = f"another folder: this one has {len(strangers)} trials that are not asked for"
            raise refuse("--out", str(self.path), allowed)
        blocks = [dataclasses.asdict(block) for block in sweep.blocks]
        asked = blocks[0] if len(blocks) == 1 else {"blocks": blocks}
        about = {"format": FORMAT, **asked, "tasks": len(tasks), "made_by": identity()}
        write_whole(self.path / "sweep.json", json.dumps(about, indent=1).encode())

    def finish(self, tasks: Iterable[Task]) -> list[Path]:
        """Write one file for the page for each picture that it draws of them; return their paths.

        That is each setting; but trainings that a figure of the page sets side by side are one.
        """
        tasks = list(tasks)
        together = drawn_together(tasks)
        pictures: dict[str, list[Task]] = {}
        for task in tasks:
            apart = {k: v for k, v in task.labels.items() if k not in {"trial", *together}}
            pictures.setdefault(setting_of(apart), []).append(task)
        files = []
        for picture, members in pictures.items():
            if "dataset" not in members[0].args:
                continue  # cells, whose trainings are of several specs: the page opens no such file
            file = self.path / "page" / f"{picture}.json"
            write_whole(file, to_json(self._joined(members, together)))
            files.append(file)
        return files

    def _joined(self, tasks: Sequence[Task], together: frozenset[str]) -> Results:
        """Return the results of the trials of one picture."""
        found = [read(self.file(task)) for task in tasks]
        labels = {k: v for k, v in tasks[0].labels.items() if k not in {"trial", *together}}
        about = ", ".join(f"{name} {value}" for name, value in labels.items())
        return Results(
            [row for one in found for row in one.records],
            whole_spec(tasks),
            about or ("training" if tasks[0].job == "train" else "search"),
            arms=[row for one in found for row in one.arms],
        )


def drawn_together(tasks: Sequence[Task]) -> frozenset[str]:
    """Return the varied fields whose trainings the page draws in one picture.

    The model, whether the inputs are shuffled, and the first setting of the data that is moved
    through its range.
    """
    if not tasks or tasks[0].job != "train":
        return frozenset()
    moved = [name for field in SWEEPS if (name := f"dataset.{field}") in tasks[0].labels]
    return frozenset(("model", "dataset.shuffle_seq", *moved[:1]))


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def whole_spec(tasks: Sequence[Task]) -> dict[str, Any]:
    """Return the settings of all trials of one setting: of a search with the number of them."""
    first = tasks[0]
    spec = first.args
    if (path := KINDS[first.job].search) is not None:
        search = LotterySpec.of(spec[path] if path else spec)
        spec = dataclasses.asdict(dataclasses.replace(search, trials=len(tasks)))
    data = {name: value for name, value in spec["dataset"].items() if (name, value) != NO_SOURCE}
    return {**spec, "dataset": data}
