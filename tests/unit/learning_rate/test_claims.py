"""What made-up trainings of seeds say of the two claims, and that other numbers say otherwise."""

import pytest

from mnist1d_lab import jobs


def trainings(rates, loss):
    """Records of seeds with these best rates, each trained with all of them and with 0.15."""
    return [
        {"seed": seed, "rate_of": of, "learning_rate": rate, "loss": loss(rate - best)}
        for seed, best in enumerate(rates)
        for of, rate in enumerate([0.15, *rates], -1)
    ]


def test_rates_that_are_close_are_supported_and_rates_that_are_not_are_not():
    rows = jobs.run("judge_rates", {"records": trainings([0.6, 0.61, 0.62, 0.6], lambda d: d * d)})
    assert [row["verdict"] for row in rows["rows"]] == ["supported"] * 2
    assert [row["n"] for row in rows["rows"]] == [4, 4]
    far = trainings([0.2, 1.0, 0.25, 1.1], lambda d: d * d)
    assert jobs.run("judge_rates", {"records": far})["rows"][0]["verdict"] == "not supported"


def test_the_share_lost_is_that_of_the_gain():
    rows = jobs.run("judge_rates", {"records": trainings([0.5, 0.7], lambda d: abs(d))})["rows"]
    # Seed 0 gains 0.35 and loses 0.2 with the other's rate; seed 1 gains 0.55 and loses 0.2.
    assert rows[1]["mean"] == pytest.approx(100 * (0.2 / 0.35 + 0.2 / 0.55) / 2)
    assert rows[0]["mean"] == pytest.approx(100 * 0.1 / 0.6)


def test_without_records_nothing_is_decided():
    rows = jobs.run("judge_rates", {})["rows"]
    assert [(row["verdict"], row["n"], row["mean"]) for row in rows] == [("undecided", 0, None)] * 2
