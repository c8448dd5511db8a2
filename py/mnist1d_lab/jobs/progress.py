"""Tells whoever runs a job how far it is. Knows no job."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
OnProgress = Callable[[dict[str, Any]], None]

PROGRESS_SECONDS = 0.1  # between two reports: often enough for the eye, too seldom to cost


class Reporter:
    """Tells the caller how far a run is, at most every `PROGRESS_SECONDS`, and of its end."""

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

    def due(self) -> bool:
        """Return whether the last report is long enough ago."""
        return time.perf_counter() - self.last >= PROGRESS_SECONDS

    def record(self, record: Record) -> None:
        """Keep a finished measurement and report it."""
        self.records.append(record)
        if self.done == self.total or self.due():
            self.report()

    def report(self, **more: Any) -> None:
        """Send done, total, the records so far, what is in training, and what else is given."""
        self.last = time.perf_counter()
        now = {"done": self.done, "total": self.total}
        self.on_progress({**now, "records": self.records, "current": self.current, **more})
