"""What the records say of each published claim: supported, not supported or undecided. No training.

Differences are paired over trials; the interval is Student's, 95 %. A claim that something is above
zero is supported if the whole interval is, not supported if the interval lies at or below zero.
Tickets count only within TOLERANCE of TARGET_SPARSITY: the claims are about no others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab.types import VerdictRow

Record = dict[str, Any]  # a SearchMeasurement or an ArmMeasurement
Differences = list[float]  # one a trial

TARGET_SPARSITY = 0.9  # what the claims are about
TOLERANCE = 0.05  # how far from it a ticket may be
# Published test accuracies in percent at about 92 % sparsity (Greydanus & Kobak): read off the
# figure, and from the notebook's stored output. They disagree.
FIGURE = {"lottery": 70.6, "reinitialized": 67.3, "dense": 64.0, "shuffled": 63.0, "random": 58.0}
RERUN = {"lottery": 65.9, "reinitialized": 65.5, "dense": 63.8, "shuffled": 62.8, "random": 60.5}
# Student's t, two-sided 95 %, for 1 to 30 degrees of freedom; NumPy has no quantiles of it.
T95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


def interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the mean and the ends of its 95 % interval, which are NaN for fewer than 2 values."""
    n, mean = len(values), float(np.mean(values))
    if n < 2:
        return mean, float("nan"), float("nan")
    t = T95[n - 2] if n - 2 < len(T95) else 1.96 + 2.4 / (n - 1)  # right to three digits
    half = t * float(np.std(values, ddof=1)) / n**0.5
    return mean, mean - half, mean + half


def _final(records: Sequence[Record]) -> list[Record]:
    """Return the last record of each training."""
    last: dict[tuple[Any, ...], Record] = {}
    for record in records:
        key = record["arm"], record.get("condition"), record["trial"], record["level"]
        if key not in last or record["step"] >= last[key]["step"]:
            last[key] = record
    return list(last.values())


def _distance(record: Record) -> float:
    """Return how far a record's sparsity is from the one the claims are about."""
    return float(abs(record["sparsity"] - TARGET_SPARSITY))


def _counts(record: Record) -> bool:
    return _distance(record) <= TOLERANCE


def _tickets(records: Sequence[Record]) -> list[Record]:
    """Return one lottery record a trial: that of the level nearest to TARGET_SPARSITY, if any."""
    nearest: dict[int, Record] = {}
    for record in records:
        if record["arm"] == "lottery" and record["level"] > 0 and _counts(record):
            best = nearest.setdefault(record["trial"], record)
            if _distance(record) < _distance(best):
                nearest[record["trial"]] = record
    return list(nearest.values())


def _search_gains(records: Sequence[Record]) -> Differences:
    """Return by trial the ticket's test accuracy minus the dense network's, in the search."""
    accuracy = {(r["arm"], r["trial"], r["level"]): r["test_acc"] for r in records}
    tickets = [(record["trial"], record["level"]) for record in _tickets(records)]
    return [
        accuracy["lottery", trial, level] - accuracy["dense", trial, 0]
        for trial, level in tickets
        if ("dense", trial, 0) in accuracy
    ]


def gains(records: Sequence[Record], arm: str, condition: str) -> dict[int, float]:
    """Return by trial the final test accuracy of an arm minus dense in the same condition."""
    accuracy = {
        (r["arm"], r["trial"]): r["test_acc"]
        for r in _final(records)
        if r["condition"] == condition
    }
    trials = [trial for name, trial in accuracy if name == arm]
    return {t: accuracy[arm, t] - accuracy["dense", t] for t in trials if ("dense", t) in accuracy}


class Evidence(NamedTuple):
    """The records that speak of the claims."""

    search: Sequence[Record]  # those of a search
    arms: Sequence[Record]  # those of its analysis, without tickets that do not count


def _gain(arm: str, condition: str) -> Callable[[Evidence], Differences]:
    """Return what computes the gain over the dense network, by trial."""
    return lambda evidence: list(gains(evidence.arms, arm, condition).values())


def _lost_by_shuffling(evidence: Evidence) -> Differences:
    fresh = gains(evidence.arms, "lottery", "fresh")
    shuffled = gains(evidence.arms, "lottery", "shuffled")
    return [fresh[trial] - shuffled[trial] for trial in fresh if trial in shuffled]


def _more_local(evidence: Evidence) -> Differences:
    return [100 * (record["p2"] - record["null2"]) for record in _tickets(evidence.search)]


class Claim(NamedTuple):
    """A claim, and the differences that decide it."""

    name: str
    text: str
    differences: Callable[[Evidence], Differences]
    published: tuple[str, str] | None = None  # its published value: the first minus the second
    unit: str = "points"
    above: bool = True  # supported if the differences are above zero; else if they are not


CLAIMS = (
    Claim(
        "search",
        "At about 90 % sparsity tickets beat the dense network on the data they were found on",
        lambda evidence: _search_gains(evidence.search),
    ),
    Claim(
        "fresh",
        "They still do on a fresh dataset",
        _gain("lottery", "fresh"),
        ("lottery", "dense"),
    ),
    Claim(
        "random",
        "A random mask of the same sparsity does not beat the dense network",
        _gain("random", "fresh"),
        ("random", "dense"),
        above=False,
    ),
    Claim(
        "reinitialized",
        "With new initial weights tickets still beat the dense network",
        _gain("lottery", "reinitialized"),
        ("reinitialized", "dense"),
    ),
    Claim(
        "shuffled",
        "Shuffling the inputs destroys the gain: this much of it is lost",
        _lost_by_shuffling,
        ("lottery", "shuffled"),
    ),
    Claim(
        "shuffled_rest",
        "Nothing of the gain is left on shuffled inputs",
        _gain("lottery", "shuffled"),
        ("shuffled", "dense"),
        above=False,
    ),
    Claim(
        "flipped",
        "Flipping the inputs keeps the gain",
        _gain("lottery", "flipped"),
    ),
    Claim(
        "local",
        "Tickets are more local than chance: this much more of their pairs of adjacent inputs "
        "survive than if each unit's survivors sat anywhere",
        _more_local,
        unit="% of pairs",
    ),
)


def _judge(low: float, high: float, above: bool) -> str:
    """Judge a claim by the ends of its interval, NaN if there is none."""
    if low > 0:
        return "supported" if above else "not supported"
    if high <= 0:
        return "not supported" if above else "supported"
    return "undecided"


def _row(claim: Claim, values: Differences) -> VerdictRow:
    mean, low, high = interval(values) if values else (None, np.nan, np.nan)
    more, less = claim.published or ("", "")
    figure, rerun = (
        round(source[more] - source[less], 1) if claim.published else 0.0
        for source in (FIGURE, RERUN)
    )
    has_ends = len(values) > 1
    return {
        "claim": claim.name,
        "text": claim.text,
        "verdict": _judge(low, high, claim.above),
        "n": len(values),
        "mean": mean,
        "low": low if has_ends else None,
        "high": high if has_ends else None,
        "unit": claim.unit,
        "published": {"figure": figure, "rerun": rerun} if claim.published else None,
    }


def verdict(search: Sequence[Record], arms: Sequence[Record]) -> list[VerdictRow]:
    """Return what the records say of each claim of CLAIMS.

    `search` are a lottery's records, `arms` those of its analysis (final or whole curves). A claim
    whose records are missing, or of tickets that do not count, is undecided, with n = 0.
    """
    counted = [record for record in arms if record["arm"] == "dense" or _counts(record)]
    evidence = Evidence(search, counted)
    return [_row(claim, claim.differences(evidence)) for claim in CLAIMS]
