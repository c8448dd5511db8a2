"""Searches for lottery tickets, tickets, and what takes them apart, as Python objects.

Each function runs the job that the page runs, and returns its records as they are.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab import jobs
from mnist1d_lab.cluster.identity import made_by
from mnist1d_lab.cluster.local import MOST_WORKERS, run_here
from mnist1d_lab.cluster.tasks import searches_of
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.jobs.fields import read_bytes
from mnist1d_lab.jobs.rebuild import dense_params, full_masks, unpack_masks
from mnist1d_lab.lottery import arms, pruning
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec
from mnist1d_lab.types import Bytes, Params, VerdictRow
from mnist1d_lab.validation import is_integer, refuse

if TYPE_CHECKING:
    import pandas

Record = dict[str, Any]
Survivors = dict[str, NDArray[np.bool_]]  # "linear1.weight" -> (outputs, inputs), True if it stays
# Gets `done` and `total` (optimiser steps), `records` and `current`, several times a second.
OnProgress = Callable[[dict[str, Any]], None]


def _silent(progress: dict[str, Any]) -> None:
    """Tell nobody."""


@dataclass(frozen=True, eq=False)
class Ticket:
    """Which weights of a network survive, and what it started from: a level of one trial.

    `lottery` is the spec of that trial alone, `masks` has a bool array for each weight and bias
    that can be pruned, under PyTorch's name and in its shape.
    """

    lottery: LotterySpec
    trial: int
    level: int
    masks: Survivors

    @property
    def sparsity(self) -> float:
        """Return the share of prunable weights that are pruned, 0 to 1."""
        return pruning.sparsity(self.masks)  # type: ignore[arg-type]  # it only counts

    @property
    def packed(self) -> Bytes:
        """Return the masks as jobs take them, a bit a weight, uint8 (ceil(n / 8),)."""
        return pruning.pack(self.masks)  # type: ignore[arg-type]  # it only asks what is above 0

    @property
    def weights(self) -> Params:
        """Return what its training started from, before any mask, float32, named like `masks`."""
        start = dense_params(self.lottery, self.lottery.rewind_step)
        return {name: array.copy() for name, array in start.items()}

    def save(self, path: str | Path) -> Path:
        """Write masks, initial weights and spec to an NPZ file; return its path.

        Its arrays are `mask.linear1.weight` uint8, `initial.linear1.weight` float32 and so on, and
        `spec`, JSON. Raises OSError if it cannot be written.
        """
        args = {"lottery": self.lottery, "level": self.level, "mask": self.packed}
        Path(path).write_bytes(jobs.run("ticket", args)["npz"].tobytes())
        return Path(path)


@dataclass(frozen=True, eq=False)
class TicketSearch:
    """What a search found: its `spec` in full, its `records`, and its `tickets`.

    A record is a SearchMeasurement (see types.py): losses in nats, accuracies in percent, sparsity
    0 to 1. Tickets go trial by trial, each level by level from 1.
    """

    spec: LotterySpec
    records: list[Record]
    tickets: list[Ticket]

    @property
    def masks(self) -> dict[tuple[int, int], Survivors]:
        """Return the masks of each ticket by (trial, level)."""
        return {(ticket.trial, ticket.level): ticket.masks for ticket in self.tickets}

    def ticket(self, level: int | None = None, trial: int = 0) -> Ticket:
        """Return a ticket, without a level the last one. Raises BadValueError if there is none."""
        wanted = self.spec.levels if level is None else level
        for ticket in self.tickets:
            if (ticket.trial, ticket.level) == (trial, wanted):
                return ticket
        if not 0 <= trial < self.spec.trials:
            raise refuse("trial", trial, f"a whole number from 0 to {self.spec.trials - 1}")
        raise refuse("level", level, f"a whole number from 1 to {self.spec.levels}")

    def to_frame(self) -> pandas.DataFrame:
        """Return the records as a pandas DataFrame. Raises ImportError without pandas."""
        try:
            import pandas
        except ImportError:
            raise ImportError(
                "to_frame() needs pandas: pip install 'mnist1d-lab[frames]'"
            ) from None
        return pandas.DataFrame(self.records)


def find_tickets(
    spec: LotterySpec | Mapping[str, Any] | str = "quick",
    *,
    workers: int = 1,
    on_progress: OnProgress = _silent,
    **fields: Any,
) -> TicketSearch:
    """Search for lottery tickets by iterative magnitude pruning with rewinding.

    Args:
        spec: A LotterySpec, a dict of its fields, or the name of a preset.
        workers: Processes of this machine, 1 to 512, that share the trials; the records are the
            same bits with any number. In a script the call must then be under
            `if __name__ == "__main__":`, since processes import it.
        on_progress: Is told how far it is; with several workers of `done` and `total` alone.
        fields: Of LotterySpec, in place of those of `spec`.

    Raises BadValueError, a ValueError with `field`, `value` and `allowed`, before anything runs,
    and BrokenProcessPool if a worker dies. The records are those of the job `lottery`, bit for bit.
    Source: Frankle & Carbin 2019, "The Lottery Ticket Hypothesis".

    >>> from mnist1d_lab import find_tickets
    >>> found = find_tickets("quick-small", trials=1, levels=2, steps=20, hidden=20)
    >>> [(ticket.level, round(ticket.sparsity, 2)) for ticket in found.tickets]
    [(1, 0.37), (2, 0.6)]
    >>> found.masks[0, 1]["linear1.weight"].shape
    (20, 40)
    >>> len(found.records)
    7
    """
    whole = _spec(spec, fields)
    if not is_integer(workers) or not 1 <= workers <= MOST_WORKERS:
        raise refuse("workers", workers, f"a whole number from 1 to {MOST_WORKERS}")
    if workers > 1 and whole.trials > 1:
        return _by_processes(whole, workers, on_progress)
    return _here(whole, on_progress)


def _here(whole: LotterySpec, on_progress: OnProgress) -> TicketSearch:
    """Search in this process, trial by trial."""
    parts, tickets = whole.parts(), list[Ticket]()
    trial = -1

    def tell(progress: dict[str, Any]) -> None:
        nonlocal trial
        if checkpoint := progress.get("checkpoint"):
            trial += checkpoint["level"] == 0  # with which each trial begins
            if checkpoint["next_mask"] is not None:
                level = checkpoint["level"] + 1
                masks = _survivors(parts[trial], checkpoint["next_mask"])
                tickets.append(Ticket(parts[trial], trial, level, masks))
        on_progress(progress)

    records = jobs.run("lottery", dataclasses.asdict(whole), tell)["records"]
    return TicketSearch(whole, records, tickets)


def _by_processes(whole: LotterySpec, workers: int, on_progress: OnProgress) -> TicketSearch:
    """Search in processes, a trial a task; they hand levels over as files of a folder."""
    tasks, done, total = searches_of(whole), 0, whole.total_steps

    def on_steps(count: int) -> None:
        nonlocal done
        done += count
        on_progress({"done": done, "total": total})

    records, tickets = list[Record](), list[Ticket]()
    with TemporaryDirectory() as folder:
        kept = Kept(Path(folder), made_by())
        found = {task.name: rows for task, rows in run_here(tasks, workers, kept, on_steps)}
        for trial, (task, part) in enumerate(zip(tasks, whole.parts(), strict=True)):
            records += found[task.name]
            for level in range(1, whole.levels + 1):
                mask = read_bytes(kept.load(f"{task.name}/level-{level - 1}")["next_mask"])
                tickets.append(Ticket(part, trial, level, _survivors(part, mask)))
    return TicketSearch(whole, records, tickets)


def _spec(spec: LotterySpec | Mapping[str, Any] | str, fields: Mapping[str, Any]) -> LotterySpec:
    if isinstance(spec, LotterySpec):
        return dataclasses.replace(spec, **fields)
    if isinstance(spec, str):
        spec = {"preset": spec}
    if not isinstance(spec, Mapping):
        raise refuse("spec", spec, "a LotterySpec, a dict of its fields or the name of a preset")
    return LotterySpec.of({**spec, **fields})


def _survivors(spec: LotterySpec, packed: Bytes) -> Survivors:
    masks = unpack_masks(spec, packed) or full_masks(spec)
    return {name: mask > 0 for name, mask in masks.items()}


def take_apart(
    ticket: Ticket, *, datasets: int = 1, on_progress: OnProgress = _silent, **fields: Any
) -> list[Record]:
    """Train a ticket, and what it is compared with, on fresh data and under each condition.

    Args:
        ticket: Of `find_tickets`.
        datasets: How many fresh datasets there are; each arm is trained on each.
        on_progress: Is told how far the arm in training is.
        fields: Of ArmSpec: `steps`, `batch_size`, `learning_rate`, `eval_every`, `late_step`.

    Returns the learning curves of all arms, an ArmMeasurement a row (see types.py), labelled with
    the ticket's trial; those of the job `arm`, bit for bit. Raises BadValueError.
    Source: Greydanus & Kobak, the analysis of the notebook lottery-tickets, with more controls.

    >>> from mnist1d_lab import find_tickets, take_apart
    >>> found = find_tickets("quick-small", trials=1, levels=1, steps=10, hidden=10)
    >>> records = take_apart(found.ticket(), steps=2, batch_size=50)
    >>> sorted({record["arm"] for record in records})
    ['dense', 'lottery', 'permuted', 'random']
    """
    base = {"lottery": ticket.lottery, "level": ticket.level, **fields}
    plan = {**base, "datasets": datasets}
    asked = jobs.registry.job_of("plan_arms").args.of(plan)  # which checks both
    records: list[Record] = []
    for spec in arms.analysis(asked.part(ArmSpec), datasets):
        args = {**dataclasses.asdict(spec), "mask": ticket.packed}
        found = jobs.run("arm", args, on_progress)["records"]
        records += [{**record, "trial": ticket.trial} for record in found]
    return records


def judge(records: TicketSearch | Iterable[Mapping[str, Any]]) -> list[VerdictRow]:
    """Say what records say of each published claim: supported, not supported or undecided.

    `records` are those of searches and of `take_apart`, in one list in any order: the latter have a
    `condition`. Only tickets near 92 % sparsity count; `mean`, `low` and `high` (a 95 % interval)
    are in points of test accuracy, or as `unit` says, over `n` trials. Raises BadValueError for a
    record that lacks a field. The rows are those of the job `verdict`.

    >>> from mnist1d_lab import find_tickets, judge
    >>> found = find_tickets("quick", trials=2, steps=20, hidden=20)
    >>> [row["n"] for row in judge(found) if row["claim"] == "search"]
    [2]
    """
    rows = list(records.records if isinstance(records, TicketSearch) else records)
    of_arms = [row for row in rows if "condition" in row]
    of_search = [row for row in rows if "condition" not in row]
    verdict: list[VerdictRow] = jobs.run("verdict", {"search": of_search, "arms": of_arms})["rows"]
    return verdict
