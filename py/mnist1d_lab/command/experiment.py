"""`lottery`, `train` and `arms`: trials here, their records into a file or on stdout.

What is finished is kept beside the file until that is written, so that the same command goes on
after Ctrl-C, a crash or a lost machine.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import mnist1d_lab
from mnist1d_lab.cluster.folder import whole_spec
from mnist1d_lab.cluster.identity import made_by
from mnist1d_lab.cluster.kinds import KINDS
from mnist1d_lab.cluster.local import MOST_WORKERS, run_here
from mnist1d_lab.cluster.run_task import steps_of
from mnist1d_lab.cluster.steps import Record
from mnist1d_lab.cluster.tasks import Task, put, seeds_of, trials
from mnist1d_lab.command import summary
from mnist1d_lab.command.options import add_fields, given_fields
from mnist1d_lab.command.progress import progress, say
from mnist1d_lab.files import ENDINGS, Results, require_form, write
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.files.text_forms import to_json
from mnist1d_lab.validation import refuse

PRESET = {"lottery": "preset", "arms": "lottery.preset"}
NAMES = {"lottery": "search", "train": "training", "arms": "search"}


def add(parser: argparse.ArgumentParser, job: str) -> None:
    """Add the options of one of these commands."""
    out, preset = parser.add_argument_group("results"), PRESET.get(job)
    out.add_argument("--out", type=Path, metavar="FILE", help=f"one of {', '.join(ENDINGS)}; "
                     "without it JSON on stdout")  # fmt: skip
    out.add_argument("--keep", type=Path, metavar="FOLDER", help="keep finished parts there for "
                     "later runs (default: FILE.kept, until FILE is written)")  # fmt: skip
    out.add_argument("--table", action="store_true", help="print accuracies, not JSON")
    if preset:
        parser.add_argument("--preset", metavar="NAME", help="quick, quick-small, paper or "
                            "frankle-carbin (default quick)")  # fmt: skip
    parser.add_argument("--seeds", metavar="A:B", help="a trial for each seed from A to B-1")
    parser.add_argument("--workers", type=workers_of, default=1, metavar="N",
                        help="processes on this machine (default 1)")  # fmt: skip
    taken = (preset or "", "lottery.trials" if job == "arms" else "", "arm", "condition")
    add_fields(parser, KINDS[job].spec, taken)
    parser.set_defaults(run=lambda asked: run(job, asked))


def workers_of(text: str) -> int:
    """Read a number of processes."""
    if not text.isdecimal() or not 1 <= int(text[:4]) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(
            f"must be a whole number from 1 to {MOST_WORKERS}, got {text!r}"
        )
    return int(text)


def tasks_of(job: str, asked: argparse.Namespace) -> list[Task]:
    """Return the trials that a command line asks for."""
    fields = given_fields(asked)
    if getattr(asked, "preset", None):
        put(fields, PRESET[job], asked.preset)
    if asked.seeds is None:
        return trials(job, fields, _own_seeds(job, fields))
    for given in filter(None, (KINDS[job].seed, KINDS[job].trials)):
        *folders, last = given.split(".")
        inner = fields
        for folder in folders:
            inner = inner.get(folder, {})
        if last in inner:
            raise refuse(given, inner[last], "left out beside --seeds, which says it")
    return trials(job, fields, seeds_of(asked.seeds))


def _own_seeds(job: str, fields: dict[str, Any]) -> range:
    """Return the seeds that the spec itself asks for."""
    if job == "arms":  # a ticket is of one trial
        put(fields, "lottery.trials", 1)
    spec: Any = KINDS[job].spec.of(fields)
    spec = spec.lottery if job == "arms" else spec
    return range(spec.seed, spec.seed + getattr(spec, "trials", 1))


def run(job: str, asked: argparse.Namespace) -> int:
    """Run one of these commands; return its exit code."""
    if asked.out:
        require_form(asked.out)
    tasks = tasks_of(job, asked)
    folder = asked.keep or (asked.out and asked.out.with_name(f"{asked.out.name}.kept"))
    kept = Kept(folder, made_by())
    records = _records(tasks, asked.workers, kept)
    about = {"spec": whole_spec(tasks), "name": NAMES[job], "version": mnist1d_lab.__version__}
    results = Results.of_rows(records, about)
    if asked.out:
        write(asked.out, results)
        say(f"{asked.out}: {len(records)} records of {len(tasks)} trials")
        if not asked.keep:
            kept.clear()
    if asked.table:
        print(summary.accuracies(results.records))
    elif not asked.out:
        sys.stdout.write(to_json(results).decode())
    return 0


def _records(tasks: list[Task], workers: int, kept: Kept) -> list[Record]:
    """Return all records in the order of the trials; say what is kept if it is stopped."""
    found: dict[str, list[Record]] = {}
    try:
        with progress(sum(map(steps_of, tasks))) as on_steps:
            for task, records in run_here(tasks, workers, kept, on_steps):
                found[task.name] = records
    except (KeyboardInterrupt, BrokenProcessPool):
        where = f"kept in {kept.folder}; run it again to go on" if kept.folder else "lost"
        say(f"Stopped: {len(found)} of {len(tasks)} trials done, {where}.")
        raise
    return [record for task in tasks for record in found[task.name]]
