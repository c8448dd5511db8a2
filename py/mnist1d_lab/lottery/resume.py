"""Going on with a search after a level that is kept: the same records as if it never stopped."""

from __future__ import annotations

from collections.abc import Iterator

from mnist1d_lab.lottery.search import rounds
from mnist1d_lab.lottery.trial import Level, Trial


def resume(trial: Trial, kept: Level) -> Iterator[Level]:
    """Yield the levels of a trial after the one that is kept.

    The dense network's weights at `rewind_step` are not kept: for them it is trained again.
    """
    if kept.next_masks is None:  # the kept level was the last: nothing is left to do
        return
    origin = trial.initial
    if trial.spec.rewind_step:
        origin = trial.origin(trial.train("dense", 0, trial.initial, trial.full))
    yield from rounds(trial, origin, kept.next_masks, kept.level + 1)
