"""SGD on a learning rate, by the exact slope of a whole training's loss. Measures nothing itself.

The order of the published log: a record has the loss at the rate before the update, and the rate
after it as `updated_rate`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mnist1d_lab.learning_rate.spec import MOST_RATE, RateSpec
from mnist1d_lab.learning_rate.unrolled import Measured

Record = dict[str, Any]
Measure = Callable[[float], Measured]


def row(arm: str, step: int, rate: float, measured: Measured) -> Record:
    """Return a record; a training that diverged has None for what is no number."""
    loss, slope = measured if measured.is_finite else (None, None)
    return {
        "arm": arm, "outer_step": step, "learning_rate": rate,
        "loss": loss, "hypergradient": slope,
    }  # fmt: skip


def learn(spec: RateSpec, measure: Measure) -> Iterator[Record]:
    """Yield a record of each outer step; the last one of a run that cannot go on says why.

    `ended` of a record is "" while all is well, "diverged" where the training has no finite loss or
    slope at the rate, and "left" where the update would make the rate negative, zero or absurd.
    """
    rate = spec.start
    for step in range(spec.outer_steps):
        measured = measure(rate)
        record = row("learned", step, rate, measured)
        if not measured.is_finite:
            yield {**record, "updated_rate": None, "ended": "diverged"}
            return
        updated = rate - spec.outer_rate * measured.hypergradient
        inside = 0 < updated <= MOST_RATE
        yield {**record, "updated_rate": updated, "ended": "" if inside else "left"}
        if not inside:
            return
        rate = updated
