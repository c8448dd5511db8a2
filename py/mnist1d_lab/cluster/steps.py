"""How far tasks are: optimiser steps since the last report. Shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Record = dict[str, Any]
OnSteps = Callable[[int], None]  # told how many optimiser steps were done since the last call


class StepsSince:
    """Turns the reports of one job, which count from its start, into steps since the last one."""

    def __init__(self, on_steps: OnSteps) -> None:
        """Tell `on_steps`."""
        self.on_steps, self.done = on_steps, 0

    def __call__(self, progress: Record) -> None:
        """Take a report of a job."""
        self.on_steps(progress["done"] - self.done)
        self.done = progress["done"]
