"""What the records say of each published claim: supported, not supported or undecided. No training.

Differences are paired over trials and fresh datasets, and averaged over a trial's datasets; the
interval is Student's over trials, 95 %. A claim that something is above zero is supported if the
whole interval is, not supported if the interval lies at or below zero. Tickets count only within
TOLERANCE of TARGET_SPARSITY: the claims are about no others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab.intervals import interval
from mnist1d_lab.lottery import published
from mnist1d_lab.types import Published, VerdictRow

Record = dict[str, Any]  # a SearchMeasurement or an ArmMeasurement
Differences = list[float]  # one a trial
Accuracies = Mapping[tuple[int, int], float]  # by trial and fresh dataset, percent
Training = tuple[str, str]  # arm, condition

TARGET_SPARSITY = published.SPARSITY  # what the claims are about
TOLERANCE = 0.05  # how far from it a ticket may be


def _final(records: Sequence[Record]) -> list[Record]:
    """Return the last record of each training."""
    last: dict[tuple[Any, ...], Record] = {}
    for record in records:
        names = ("arm", "condition", "trial", "level", "fresh_seed")
        key = tuple(record.get(name) for name in names)
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


def by_trial(more: Accuracies, less: Accuracies) -> Differences:
    """Return `more` - `less` of what is in both: one value a trial, the mean over its data."""
    trials: dict[int, list[float]] = {}
    for trial, fresh_seed in sorted(more.keys() & less.keys()):
        difference = more[trial, fresh_seed] - less[trial, fresh_seed]
        trials.setdefault(trial, []).append(difference)
    return [sum(values) / len(values) for values in trials.values()]


def accuracies(records: Sequence[Record], training: Training) -> dict[tuple[int, int], float]:
    """Return the final test accuracies of an arm in a condition."""
    return {
        (r["trial"], r.get("fresh_seed", 1)): r["test_acc"]
        for r in _final(records)
        if (r["arm"], r["condition"]) == training
    }


class Evidence(NamedTuple):
    """The records that speak of the claims."""

    search: Sequence[Record]  # those of a search
    arms: Sequence[Record]  # those of its analysis, without tickets that do not count


def _gain(arm: str, condition: str, less: str = "dense") -> Callable[[Evidence], Differences]:
    """Return what computes the gain over another arm in the same condition, by trial."""

    def gains(evidence: Evidence) -> Differences:
        more = accuracies(evidence.arms, (arm, condition))
        return by_trial(more, accuracies(evidence.arms, (less, condition)))

    return gains


def _over_dense(evidence: Evidence, condition: str) -> dict[tuple[int, int], float]:
    ticket = accuracies(evidence.arms, ("lottery", condition))
    dense = accuracies(evidence.arms, ("dense", condition))
    return {key: ticket[key] - dense[key] for key in ticket.keys() & dense.keys()}


def _lost_by_shuffling(evidence: Evidence) -> Differences:
    return by_trial(_over_dense(evidence, "fresh"), _over_dense(evidence, "shuffled"))


def _more_local(evidence: Evidence) -> Differences:
    return [100 * (record["p2"] - record["null2"]) for record in _tickets(evidence.search)]


class Claim(NamedTuple):
    """A claim, and the differences that decide it."""

    name: str
    text: str
    differences: Callable[[Evidence], Differences]
    published: Callable[[str], float | None] | None = None  # the published value of a source
    unit: str = "points"
    above: bool = True  # supported if the differences are above zero; else if they are not


CLAIMS = (
    Claim(
        "search",
        "At about 92 % sparsity tickets beat the dense network on the data they were found on",
        lambda evidence: _search_gains(evidence.search),
    ),
    Claim(
        "fresh",
        "They still do on fresh data",
        _gain("lottery", "fresh"),
        published.gain_in("lottery", "fresh"),
    ),
    Claim(
        "random",
        "A random mask of the same sparsity does not beat the dense network",
        _gain("random", "fresh"),
        published.gain_in("random", "fresh"),
        above=False,
    ),
    Claim(
        "reinitialized",
        "Reinitialised tickets still beat the dense network",
        _gain("lottery", "reinitialized"),
        published.gain_in("lottery", "reinitialized"),
    ),
    Claim(
        "places",
        "The places of the surviving weights matter: reinitialised tickets beat reinitialised "
        "permuted masks",
        _gain("lottery", "reinitialized", less="permuted"),
    ),
    Claim(
        "shuffled",
        "Shuffling the inputs destroys the gain: this much of it is lost",
        _lost_by_shuffling,
        published.lost_by_shuffling,
    ),
    Claim(
        "shuffled_rest",
        "Nothing of the gain is left on shuffled inputs",
        _gain("lottery", "shuffled"),
        published.gain_in("lottery", "shuffled"),
        above=False,
    ),
    Claim(
        "flipped",
        "Flipping the inputs keeps the gain",
        _gain("lottery", "flipped"),
        published.gain_in("lottery", "flipped"),
    ),
    Claim(
        "halves",
        "Swapping the two halves of the inputs keeps the gain",
        _gain("lottery", "halves"),
        published.gain_in("lottery", "halves"),
    ),
    Claim(
        "local",
        "Tickets are more local than chance: this much more of their pairs of adjacent inputs "
        "survive than with each unit's survivors at random inputs",
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


def _published(claim: Claim) -> Published | None:
    """Return the published values of a claim, by source, in points; None if there are none."""
    if claim.published is None:
        return None
    return {"figure": claim.published("figure"), "rerun": claim.published("rerun")}


def _row(claim: Claim, values: Differences) -> VerdictRow:
    mean, low, high = interval(values) if values else (None, np.nan, np.nan)
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
        "published": _published(claim),
    }


def share_of_threes(arms: Sequence[Record]) -> float:
    """Return the share of all choices of three trials that alone show a gain on fresh data.

    That is: whose 95 % interval of ticket minus dense is above zero. `arms` as in `verdict`.
    """
    gains = _gain("lottery", "fresh")(Evidence([], arms))
    chosen = list(combinations(gains, 3))
    return sum(interval(three)[1] > 0 for three in chosen) / len(chosen)


def verdict(search: Sequence[Record], arms: Sequence[Record]) -> list[VerdictRow]:
    """Return what the records say of each claim of CLAIMS.

    `search` are a lottery's records, `arms` those of its analysis (final or whole curves). A claim
    whose records are missing, or of tickets that do not count, is undecided, with n = 0.
    """
    counted = [record for record in arms if record["arm"] == "dense" or _counts(record)]
    evidence = Evidence(search, counted)
    return [_row(claim, claim.differences(evidence)) for claim in CLAIMS]
