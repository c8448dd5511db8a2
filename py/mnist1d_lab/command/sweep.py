"""`sweep`: all trials of a grid file, here or on a cluster, into a folder of Parquet files."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from mnist1d_lab.cluster.dask_run import Done, local_cluster, run_on
from mnist1d_lab.cluster.folder import ResultsFolder
from mnist1d_lab.cluster.grid_file import Sweep, read_grid
from mnist1d_lab.cluster.identity import made_by
from mnist1d_lab.cluster.local import run_here
from mnist1d_lab.cluster.run_task import steps_of
from mnist1d_lab.cluster.steps import OnSteps
from mnist1d_lab.cluster.tasks import Task
from mnist1d_lab.command.experiment import workers_of
from mnist1d_lab.command.progress import progress, say
from mnist1d_lab.files import ENDINGS
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.validation import refuse


def add(parser: argparse.ArgumentParser) -> None:
    """Add its options."""
    parser.add_argument("grid", type=Path, metavar="GRID", help="a grid file, YAML or JSON")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER",
                        help="where the records go; what is finished there is skipped")  # fmt: skip
    parser.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler, like "
                        "tcp://host:8786, or local for a Dask cluster on this machine; "
                        "without it processes of this machine")  # fmt: skip
    parser.add_argument("--workers", type=workers_of, default=1, metavar="N",
                        help="processes on this machine (default 1)")  # fmt: skip
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep levels and masks of "
                        "searches there (default: until all is done, in --out)")  # fmt: skip
    parser.add_argument("--patience", type=float, default=600, metavar="SECONDS",
                        help="wait for a scheduler that is lost (default 600)")  # fmt: skip
    parser.add_argument("--mixed", action="store_true",
                        help="take workers with other versions or kernels too")  # fmt: skip
    parser.add_argument("--list", action="store_true", help="print the tasks, run none")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Run what is not finished; return the exit code."""
    if asked.out.suffix in ENDINGS:
        raise refuse("--out", str(asked.out), "a folder: each trial has a file in it")
    sweep = read_grid(asked.grid)
    tasks, folder = sweep.tasks(), ResultsFolder(asked.out, made_by())
    left = [task for task in tasks if not folder.has(task)]
    if asked.list:
        print("\n".join(f"{task.name} {task.labels}" for task in left))
        return 0
    say(f"{len(tasks)} tasks, {len(tasks) - len(left)} of them finished before")
    _work(asked, sweep, tasks, left, folder)
    for file in folder.finish(tasks):
        say(f"for the page: {file}")
    return 0


def _work(
    asked: argparse.Namespace, sweep: Sweep, tasks: list[Task], left: list[Task],
    folder: ResultsFolder,
) -> None:  # fmt: skip
    """Run these tasks, and write each one's records as they come."""
    folder.begin(sweep, tasks)
    kept, done = Kept(asked.keep or folder.path / "kept", folder.made_by), 0
    try:
        with progress(sum(map(steps_of, left))) as on_steps:
            for task, records in _done(asked, left, kept, on_steps):
                folder.write(task, records)
                done += 1
    except BaseException:
        say(f"Stopped: {done} of {len(left)} tasks done; run it again to go on.")
        raise
    if not asked.keep:
        kept.clear()


def _done(
    asked: argparse.Namespace, tasks: list[Task], kept: Kept, on_steps: OnSteps
) -> Iterator[Done]:
    """Yield tasks as they are done, wherever."""
    if not asked.scheduler:
        yield from run_here(tasks, asked.workers, kept, on_steps)
    elif asked.scheduler == "local":
        with local_cluster(asked.workers) as address:
            yield from _on_cluster(asked, address, tasks, on_steps)
    else:
        yield from _on_cluster(asked, asked.scheduler, tasks, on_steps)


def _on_cluster(
    asked: argparse.Namespace, address: str, tasks: list[Task], on_steps: OnSteps
) -> Iterator[Done]:
    for task, records in run_on(address, tasks, say, asked.patience, asked.mixed):
        on_steps(steps_of(task))
        yield task, records
