"""What made-up curves say of each claim, and that other curves say otherwise."""

from typing import Any

import pytest

from mnist1d_lab import jobs
from mnist1d_lab.double_descent import claims, loss_claims
from mnist1d_lab.double_descent.model import PlainMLP
from mnist1d_lab.double_descent.spec import WIDTHS

SEEDS = range(5)


def curves(error, noise=0.15, fits=47, seeds=SEEDS, **more):
    """Records of trainings with these last errors by width, which fit the labels from a width."""
    return [
        {
            "width": width, "seed": seed, "epoch": epoch, "label_noise": noise, **more,
            "train_error": 0.1 if width >= fits else 20.0,
            "test_error": error(width) + 0.1 * seed - (10 if epoch == claims.EARLY else 0),
        }
        for seed in seeds
        for width in WIDTHS
        for epoch in (claims.EARLY, 500)
    ]  # fmt: skip


def peaked(width, at=47):
    return 50 - abs(WIDTHS.index(width) - WIDTHS.index(at))


def falling(width):
    return 60 - WIDTHS.index(width)


def verdicts(records):
    rows = jobs.run("descent_verdict", {"records": records})["verdict"]
    return {row["claim"]: row["verdict"] for row in rows}


def test_a_peak_with_noise_alone_supports_all_and_its_opposite_none():
    found = verdicts([*curves(peaked), *curves(falling, noise=0.0)])
    assert found == dict.fromkeys(("rise", "descent", "needs_noise", "early", "threshold"),
                                  "supported")  # fmt: skip
    found = verdicts([*curves(falling, fits=104), *curves(peaked, noise=0.0)])
    assert found["rise"] == found["needs_noise"] == found["threshold"] == "not supported"


def test_few_seeds_or_no_records_decide_nothing():
    cases: list[Any] = [[], curves(peaked, seeds=range(4))]
    for records in cases:
        assert set(verdicts(records).values()) == {"undecided"}


def test_differences_are_paired_and_those_of_the_last_epoch():
    rise: Any = claims.verdict(curves(peaked))[0]
    assert (rise["mean"], rise["n"]) == (pytest.approx(4), 5)
    assert rise["high"] - rise["low"] == pytest.approx(0, abs=1e-9)  # seeds differ, pairs do not


def test_squared_error_changes_no_claim_about_cross_entropy():
    records = curves(peaked)
    other = curves(falling, fits=230, loss="squared_error")
    assert claims.verdict([*records, *other]) == claims.verdict(records)


@pytest.mark.parametrize(
    ("at", "more", "tenfold"),
    [(47, "not supported", "not supported"), (80, "supported", "not supported"),
     (177, "supported", "supported")],
)  # fmt: skip
def test_where_the_threshold_is_with_squared_error(at, more, tenfold):
    other = curves(lambda width: peaked(width, at), fits=at, loss="squared_error")
    rows: Any = {row["claim"]: row for row in loss_claims.verdict([*curves(peaked), *other])}
    for name in ("fits", "peak"):
        assert rows[f"squared_{name}_more"]["verdict"] == more
        assert rows[f"squared_{name}_tenfold"]["verdict"] == tenfold
        ratio = PlainMLP(hidden=at).parameters / PlainMLP(hidden=47).parameters
        assert 10 ** rows[f"squared_{name}_more"]["mean"] == pytest.approx(ratio)


def test_a_curve_without_a_peak_has_none():
    assert loss_claims.peaks(curves(falling)) == {}
    assert set(loss_claims.peaks(curves(peaked)).values()) == {47}
    rows = loss_claims.verdict([*curves(peaked), *curves(falling, loss="squared_error", fits=999)])
    assert {(row["verdict"], row["n"]) for row in rows} == {("undecided", 0)}
