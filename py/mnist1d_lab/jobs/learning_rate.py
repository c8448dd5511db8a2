"""The jobs of the learned learning rate: learn it, measure its landscape, judge many seeds."""

from __future__ import annotations

import dataclasses
import numbers
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.jobs.fields import NUMBER, WHOLE, records
from mnist1d_lab.jobs.progress import Job, OnProgress, Record, Reporter
from mnist1d_lab.learning_rate import claims, outer
from mnist1d_lab.learning_rate.spec import MOST_RATE, RateSpec, UnrolledSpec
from mnist1d_lab.learning_rate.unrolled import unrolled
from mnist1d_lab.validation import RefusedError, Spec, checked

MOST_RATES = 1000
RATES = f"a list of 1 to {MOST_RATES} numbers greater than 0 and at most {MOST_RATE:g}"


def learn_rate(spec: RateSpec, on_progress: OnProgress) -> dict[str, Any]:
    """Learn a learning rate; return the spec in full and a record of each outer step.

    A record has the rate, the loss and the slope (`hypergradient`) at it, and the rate after the
    update. `ended` is "" for a run of all its steps; "diverged" if the training at the last rate
    had no finite loss or slope, which are None then; "left" if the last update led to no rate.
    """
    training, reporter = unrolled(spec.part(UnrolledSpec)), Reporter(on_progress, spec.outer_steps)
    ended = ""
    for record in outer.learn(spec, training.measure):
        ended = record.pop("ended")
        reporter.step()
        reporter.record(record)
    return {"spec": dataclasses.asdict(spec), "records": reporter.records, "ended": ended}


def _rates(value: Any) -> tuple[float, ...]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_RATES:
        raise RefusedError(RATES)
    if not all(_is_rate(one) for one in value):
        raise RefusedError(RATES)
    return tuple(float(one) for one in value)


def _is_rate(value: Any) -> bool:
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return is_number and 0 < value <= MOST_RATE and float(value) > 0


@dataclass(frozen=True)
class LandscapeArgs(UnrolledSpec):
    """A training, and the learning rates to run it with."""

    rates: Sequence[float] = checked((0.62,), _rates, RATES)


def rate_landscape(args: LandscapeArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return the mean loss of a training at each of the `rates`, and its slope there.

    Where the training diverges, loss and slope are None.
    """
    training = unrolled(args.part(UnrolledSpec))
    reporter = Reporter(on_progress, len(args.rates))
    for rate in args.rates:
        measured = training.measure(rate)
        reporter.step()
        reporter.record(outer.row("landscape", 0, rate, measured))
    return {"spec": dataclasses.asdict(args.part(UnrolledSpec)), "records": reporter.records}


@dataclass(frozen=True)
class JudgeRatesArgs(Spec):
    """Trainings of seeds, each with its own best rate and with those of others: see claims.py."""

    records: Sequence[Record] = records(
        {"seed": WHOLE, "rate_of": WHOLE, "learning_rate": NUMBER, "loss": NUMBER}
    )


def judge_rates(args: JudgeRatesArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return `rows`, what trainings with seeds' own and others' rates say of each claim."""
    return {"rows": claims.verdict(args.records)}


JOBS = {
    "learn_rate": Job(RateSpec, learn_rate),
    "rate_landscape": Job(LandscapeArgs, rate_landscape),
    "judge_rates": Job(JudgeRatesArgs, judge_rates),
}
