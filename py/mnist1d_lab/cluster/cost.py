"""What a large sweep costs: measured on this machine, then multiplied. Nothing here is a guess.

Time of a trial, bytes of its records, what the scheduler adds to a task, and how much faster two
processes are than one; from these, how long many trials take on many machines.
"""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from mnist1d_lab import jobs
from mnist1d_lab.cluster.dask_run import local_cluster, run_on
from mnist1d_lab.cluster.local import run_here
from mnist1d_lab.cluster.tasks import Task, trials
from mnist1d_lab.files import Results
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.files.parquet_form import to_parquet
from mnist1d_lab.lottery.spec import LotterySpec

MACHINES = (1, 10, 100)
EMPTY = {"hidden": 1, "steps": 1, "levels": 1, "dataset": {"num_samples": 20}}  # next to no work
EMPTY_TASKS = 300
WORK = {"hidden": 200, "steps": 1500, "levels": 3}  # several seconds each
WORK_TASKS = 8
Say = Callable[[str], None]


@dataclass(frozen=True)
class Costs:
    """What was measured: seconds, bytes, and counts."""

    trial_seconds: float  # of one trial on one core
    records: int  # of a trial
    record_bytes: float  # in Parquet
    overhead: float  # seconds that Dask adds to a task, one after the other
    speedup: float  # of two workers over one
    task_seconds: float  # of the tasks by which that was measured, on one worker

    def seconds(self, count: int, machines: int, cores: int) -> float:
        """Return how long so many trials take on so many machines of so many cores.

        Trials are whole: the last round may be a short one. The scheduler's work for one task
        goes on beside others' trials, so it counts only where it takes longer than they do.
        """
        rounds = -(-count // (machines * cores))
        return max(rounds * self.trial_seconds, count * self.overhead)


def _seconds(runs: Iterable[Any]) -> float:
    began = time.perf_counter()
    for _ in runs:
        pass
    return time.perf_counter() - began


def _on_dask(tasks: list[Task], workers: int) -> float:
    """Return how long tasks take on a cluster whose workers are there, and have computed once."""
    with local_cluster(workers) as address:
        warm = trials("lottery", EMPTY, range(10_000, 10_000 + 4 * workers))
        _seconds(run_on(address, warm))
        return _seconds(run_on(address, tasks))


def measure(preset: str, say: Say) -> Costs:
    """Measure this machine, in a minute or two, for a preset of the search."""
    spec = LotterySpec.of({"preset": preset, "trials": 1})
    say(f"timing the trainings of {preset}")
    trial = jobs.run("calibrate", dataclasses.asdict(spec))["trial_seconds"]
    short = dataclasses.asdict(dataclasses.replace(spec, steps=2, score_step=1, eval_every=1))
    found = jobs.run("lottery", short)
    content = to_parquet(Results(found["records"], found["spec"]))
    nothing, work = (
        trials("lottery", EMPTY, range(EMPTY_TASKS)),
        trials("lottery", WORK, range(WORK_TASKS)),
    )
    say(f"{EMPTY_TASKS} tasks with next to no work, without and with Dask")
    alone = _seconds(run_here(nothing, 1, Kept(None, "")))
    overhead = max(0.0, _on_dask(nothing, 1) - alone) / EMPTY_TASKS
    say(f"{WORK_TASKS} tasks of several seconds, on one worker and on two")
    one, two = _on_dask(work, 1), _on_dask(work, 2)
    count = len(found["records"])
    return Costs(trial, count, len(content) / count, overhead, one / two, one / WORK_TASKS)


def duration(seconds: float) -> str:
    """Return a span of time in the unit in which it is read."""
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.1f} {unit}"
    return f"{seconds:.1f} s"


def report(costs: Costs, preset: str, count: int, cores: int) -> str:
    """Return what was measured, and a table of machines, as Markdown."""
    total = costs.records * costs.record_bytes * count
    lines = [
        f"One trial of {preset}: {duration(costs.trial_seconds)} on a core, {costs.records} "
        f"records of {costs.record_bytes:.0f} bytes in Parquet.",
        f"Dask adds {1000 * costs.overhead:.1f} ms to a task. Two workers are "
        f"{costs.speedup:.2f} times as fast as one (of {os.cpu_count()} cores here), "
        f"in {WORK_TASKS} tasks of {duration(costs.task_seconds)} each.",
        f"{count} trials, {total / 1e9:.2f} GB, on machines of {cores} cores:",
        "", "| machines | time | of it the scheduler's |", "| --- | --- | --- |",
    ]  # fmt: skip
    for machines in MACHINES:
        seconds = costs.seconds(count, machines, cores)
        share = min(1.0, count * costs.overhead / seconds)
        lines.append(f"| {machines} | {duration(seconds)} | {100 * share:.1f} % |")
    return "\n".join(lines)
