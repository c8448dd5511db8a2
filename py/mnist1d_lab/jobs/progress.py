"""What every job is called with: its arguments, and whom to tell how far it is. Knows no job."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from mnist1d_lab.validation import Spec

Record = dict[str, Any]
OnProgress = Callable[[dict[str, Any]], None]


class Job(NamedTuple):
    """A job: the arguments that it takes, which check themselves, and what it does with them."""

    args: type[Spec]
    function: Callable[[Any, OnProgress], dict[str, Any]]
    whole: bool = True  # whether it makes the whole dataset that its arguments ask for


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
