"""What the records say of each published claim: supported, not supported or undecided. No training.

Differences are paired over trials; the interval is Student's, 95 %. A claim that something is above
zero is supported if the whole interval is, not supported if the interval lies at or below zero.
Tickets count only within WITHIN of NEAR: what is far sparser or denser says nothing of the claims.
Published values are in points of test accuracy at about 92 % sparsity: `figure` read off the
published figure, `rerun` from the notebook's stored output (Greydanus & Kobak); they disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Record = dict[str, Any]
Differences = list[float]

NEAR = 0.9  # the sparsity the claims are about
WITHIN = 0.05  # how far from it a ticket may be
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


def _is_near(record: Record) -> bool:
    return bool(abs(record["sparsity"] - NEAR) <= WITHIN)


def _near(records: Sequence[Record]) -> list[Record]:
    """Return one lottery record a trial: that of the level nearest to NEAR, if one is near."""
    nearest: dict[int, Record] = {}
    for record in records:
        if record["arm"] == "lottery" and record["level"] > 0 and _is_near(record):
            best = nearest.setdefault(record["trial"], record)
            if abs(record["sparsity"] - NEAR) < abs(best["sparsity"] - NEAR):
                nearest[record["trial"]] = record
    return list(nearest.values())


def _searched(records: Sequence[Record], arm: str) -> Differences:
    """Test accuracy of an arm at the level near NEAR, minus the dense network's, by trial."""
    accuracy = {(r["arm"], r["trial"], r["level"]): r["test_acc"] for r in records}
    places = [(record["trial"], record["level"]) for record in _near(records)]
    return [
        accuracy[arm, trial, level] - accuracy["dense", trial, 0]
        for trial, level in places
        if (arm, trial, level) in accuracy and ("dense", trial, 0) in accuracy
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


def _judge(mean: float, low: float, high: float, above: bool) -> str:
    if np.isnan(low):
        return "undecided"
    if low > 0:
        return "supported" if above else "not supported"
    if high <= 0:
        return "not supported" if above else "supported"
    return "undecided"


def _row(
    claim: str, text: str, values: Differences,
    published: Callable[[dict[str, float]], float] | None, unit: str = "points", above: bool = True,
) -> Record:  # fmt: skip
    if not values:
        empty = {"verdict": "undecided", "n": 0, "mean": None, "low": None, "high": None}
    else:
        mean, low, high = interval(values)
        ends = {"low": None, "high": None} if len(values) < 2 else {"low": low, "high": high}
        verdict = _judge(mean, low, high, above)
        empty = {"verdict": verdict, "n": len(values), "mean": mean, **ends}
    stated = {"figure": published(FIGURE), "rerun": published(RERUN)} if published else None
    return {"claim": claim, "text": text, **empty, "unit": unit, "published": stated}


def verdict(search: Sequence[Record], arms: Sequence[Record]) -> list[Record]:
    """Return a row for each claim: claim, text, verdict, n, mean, low, high, unit, published.

    `search` are a lottery's records, `arms` those of its analysis (final or whole curves); a claim
    whose records are missing, or of another sparsity than NEAR, is undecided at n = 0.
    """
    arms = [record for record in arms if record["arm"] == "dense" or _is_near(record)]
    fresh, shuffled = gains(arms, "lottery", "fresh"), gains(arms, "lottery", "shuffled")
    lost = [fresh[trial] - shuffled[trial] for trial in fresh if trial in shuffled]
    local = [100 * (record["p2"] - record["null2"]) for record in _near(search)]

    def gain(name: str) -> Callable[[dict[str, float]], float]:
        return lambda stated: round(stated[name] - stated["dense"], 1)

    return [
        _row("search", "At about 90 % sparsity tickets beat the dense network on the data they "
             "were found on", _searched(search, "lottery"), None),
        _row("fresh", "They still do on a fresh dataset", list(fresh.values()), gain("lottery")),
        _row("random", "A random mask of the same sparsity does not beat the dense network",
             list(gains(arms, "random", "fresh").values()), gain("random"), above=False),
        _row("reinitialized", "With new initial weights tickets still beat the dense network",
             list(gains(arms, "lottery", "reinitialized").values()), gain("reinitialized")),
        _row("shuffled", "Shuffling the inputs destroys the gain: this much of it is lost", lost,
             lambda stated: round(stated["lottery"] - stated["shuffled"], 1)),
        _row("shuffled_rest", "Nothing of the gain is left on shuffled inputs",
             list(shuffled.values()), gain("shuffled"), above=False),
        _row("flipped", "Flipping the inputs keeps the gain",
             list(gains(arms, "lottery", "flipped").values()), None),
        _row("local", "Tickets are more local than chance: this much more of their pairs of "
             "adjacent inputs survive than if each unit's survivors sat anywhere", local, None,
             unit="% of pairs"),
    ]  # fmt: skip
