"""When a training gives up: its test accuracy has not risen for a while. Measures nothing."""

from __future__ import annotations

from collections.abc import Sequence


class EarlyStop:
    """Counts measurements since the best one; with a `patience` of 0 it never stops."""

    def __init__(self, patience: int) -> None:
        """Stop after so many measurements in a row that are not above the best before them."""
        self.patience, self.best, self.waited = patience, -1.0, 0
        self.step = -1  # at which it stopped; -1 while it has not

    def look(self, step: int, accuracy: float) -> None:
        """Take the test accuracy, in percent, that was measured at a step."""
        if not self.patience or self.stopped:
            return
        self.waited = 0 if accuracy > self.best else self.waited + 1
        self.best = max(self.best, accuracy)
        if self.waited >= self.patience:
            self.step = step

    @property
    def stopped(self) -> bool:
        """Return whether no more updates are to be made."""
        return self.step >= 0

    def seen(self) -> tuple[float, ...]:
        """Return all that it needs to go on; nothing if it never stops."""
        return (self.best, self.waited, self.step) if self.patience else ()

    def set_seen(self, seen: Sequence[float]) -> None:
        """Go on from what `seen` returned."""
        if self.patience:
            self.best, self.waited, self.step = seen[0], int(seen[1]), int(seen[2])
