"""A search's rules from texts: score, rewind and schedule, with what they return checked."""

from __future__ import annotations

from typing import Any

import numpy as np

from mnist1d_lab.edits.checks import array, frozen
from mnist1d_lab.edits.errors import EditError
from mnist1d_lab.edits.texts import Names, function, line_of
from mnist1d_lab.lottery.rules import Rewind, Rules, Schedule, Score
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.types import Array


def _score(names: Names) -> Score:
    theirs, line = function("score", names, "score", 4), line_of(names["score"])

    def score(weights: Array, initial: Array, grads: Array | None, masks: Array) -> Array:
        shown = (weights, initial, np.zeros_like(weights) if grads is None else grads, masks)
        value = theirs(*(frozen(one) for one in shown))
        return array("score", "score", value, weights.shape, np.float64, line)

    return score


def _rewind(names: Names) -> Rewind:
    theirs, line = function("rewind", names, "rewind", 3), line_of(names["rewind"])

    def rewind(initial: Array, trained: Array, masks: Array) -> Array:
        value = theirs(*(frozen(one) for one in (initial, trained, masks)))
        return array("rewind", "rewind", value, initial.shape, initial.dtype, line) * masks

    return rewind


def _schedule(names: Names) -> Schedule:
    theirs, line = function("schedule", names, "schedule", 2), line_of(names["schedule"])

    def schedule(level: int, spec: LotterySpec) -> float:
        value: Any = theirs(level, spec)
        if isinstance(value, np.generic):
            value = value.item()
        if not isinstance(value, int | float) or not 0 <= value <= 1:
            got = f"schedule({level}) must return a number from 0 to 1, got {value!r}"
            raise EditError("schedule", "ValueError", got, line)
        return float(value)

    return schedule


def rules_of(names: dict[str, Names]) -> Rules:
    """Return the rules of the texts that are there; the others stay ours."""
    return Rules(
        _score(names["score"]) if "score" in names else None,
        _rewind(names["rewind"]) if "rewind" in names else None,
        _schedule(names["schedule"]) if "schedule" in names else None,
    )
