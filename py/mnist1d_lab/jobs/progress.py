"""What every job is called with: its arguments, and whom to tell how far it is. Knows no job."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from mnist1d_lab.validation import Spec

if TYPE_CHECKING:
    from mnist1d_lab.dataset.cache import Stage
    from mnist1d_lab.lottery.rules import Rules
    from mnist1d_lab.models.train import MakeOptimizer
    from mnist1d_lab.types import Model

Record = dict[str, Any]
OnProgress = Callable[[dict[str, Any]], None]


class Job(NamedTuple):
    """A job: the arguments that it takes, which check themselves, and what it does with them."""

    args: type[Spec]
    function: Callable[..., dict[str, Any]]  # (args, on_progress), and (…, hooks) if it takes any
    whole: bool = True  # whether it makes the whole dataset that its arguments ask for
    hooks: tuple[str, ...] = ()  # what somebody else's code may do in it: see jobs/hooks.py


class Hooks(NamedTuple):
    """What somebody else's code does in a job; None stands for ours."""

    stage: Stage | None = None
    model: Callable[[int, int], Model] | None = None  # of inputs and hidden units
    optimizer: MakeOptimizer | None = None
    rules: Rules | None = None


OURS = Hooks()


@dataclass(frozen=True)
class NoArgs(Spec):
    """The arguments of a job that takes none."""


PROGRESS_SECONDS = 0.1  # between two reports: often enough to see, too seldom to cost time


def count_examples(on_progress: OnProgress) -> Callable[[int, int], None]:
    """Return what reports how many examples of a dataset are made, of how many."""
    return lambda done, total: on_progress(
        {"done": done, "total": total, "records": [], "current": []}
    )


class Reporter:
    """Reports how far a run is, at most every `PROGRESS_SECONDS`, and its end."""

    def __init__(self, on_progress: OnProgress, total: int) -> None:
        """Report `total` optimiser steps in all."""
        self.on_progress, self.total = on_progress, total
        self.done, self.last = 0, -PROGRESS_SECONDS
        self.records: list[Record] = []
        self.current: list[Record] = []

    def step(self) -> None:
        """Count one optimiser step."""
        self.done += 1
        if self.due():
            self.report()

    def skip(self, steps: int) -> None:
        """Count steps that need no update."""
        self.done += steps

    def due(self) -> bool:
        """Return whether the last report is long enough ago."""
        return time.perf_counter() - self.last >= PROGRESS_SECONDS

    def record(self, record: Record) -> None:
        """Keep a finished measurement and report it."""
        self.records.append(record)
        if self.done == self.total or self.due():
            self.report()

    def report(self, **more: Any) -> None:
        """Send done, total, the records so far, those in training (`current`), and `more`."""
        self.last = time.perf_counter()
        now = {"done": self.done, "total": self.total}
        self.on_progress({**now, "records": self.records, "current": self.current, **more})
