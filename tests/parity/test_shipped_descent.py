"""The shipped results of the double descent: as published, and what this code computes.

`python3 build.py results double-descent` makes them, and `double-descent-cnn` those of the CNN.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from build_steps import make_double_descent, make_double_descent_cnn
from build_steps.make_double_descent import SQUARED_ERROR
from mnist1d_lab import jobs
from mnist1d_lab.double_descent import claims
from mnist1d_lab.double_descent.published import ACCEPTED, CNN_ERRORS, ERRORS
from mnist1d_lab.double_descent.spec import WIDTHS, CNNDescentSpec, DescentSpec, measured_epochs
from mnist1d_lab.intervals import interval
from mnist1d_lab.jobs.double_descent import double_descent

RESULTS = Path(__file__).resolve().parents[2] / "static" / "results"
EPOCHS = 20  # of a training that is computed again; all are measured epochs of a longer one, too
AGAIN = {"width": 16, "label_noise": 0.15, "seed": 1}
FILTERS = 6

pytestmark = pytest.mark.usefixtures("compiled")


def rows_of(file):
    table = file["records"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


@pytest.fixture(scope="module")
def made():
    return json.loads((RESULTS / "double-descent.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def records(made):
    return rows_of(made)


@pytest.fixture(scope="module")
def cnn():
    return json.loads((RESULTS / "double-descent-cnn.json").read_text(encoding="utf-8"))


def check_whole(records, trainings):
    """Every training has each measured epoch once, and there is no other."""
    epochs = measured_epochs(DescentSpec().epochs)
    names = ("label_noise", "seed", "width", "epoch")
    found = Counter(tuple(record[name] for name in names) for record in records)
    assert found == Counter((*one, epoch) for one in trainings for epoch in epochs)


def first_epochs(records, **training):
    """The shipped records of a training up to EPOCHS."""
    own = [row for row in records if all(row[key] == value for key, value in training.items())]
    return [row for row in own if row["epoch"] <= EPOCHS]


def shipped_as(computed, stored):
    """The computed records, rounded, and the stored ones, both without the name of the loss."""
    columns = [name for name in stored[0] if name != "loss"]
    return (
        [{name: make_double_descent.short(row[name]) for name in columns} for row in computed],
        [{name: row[name] for name in columns} for row in stored],
    )


def test_the_protocol_is_the_published_one_and_the_set_is_whole(made, records):
    assert DescentSpec.of(made["spec"]) == DescentSpec()
    noises, seeds = make_double_descent.NOISES, range(make_double_descent.SEEDS)
    assert made["seeds"] == list(seeds)
    trainings = [
        (noise, seed, width)
        for noise in noises
        for seed in seeds
        for width in make_double_descent.widths_of(noise)
    ]
    check_whole(claims.of_loss(records), trainings)
    squared = claims.of_loss(records, SQUARED_ERROR)
    found = sorted({row["seed"] for row in squared})  # as many whole seeds as there are
    assert found == list(seeds)[: len(found)]
    check_whole(squared, [(0.15, seed, width) for seed in found for width in WIDTHS])


def test_errors_are_the_published_ones(records, report):
    within = 0
    for noise, published in ERRORS.items():
        for width, theirs in published.items():
            errors = claims.errors(claims.of_loss(records), noise, width, None)
            mean, low, high = interval(list(errors.values()))
            report(f"double descent, noise {noise}, width {width}: {mean:.2f} [{low:.2f}, "
                   f"{high:.2f}] %, n = {len(errors)}, published {theirs}")  # fmt: skip
            bound = ACCEPTED.get((noise, width))
            if bound is not None:
                assert mean == pytest.approx(theirs, abs=bound), (noise, width)
                within += 1
    assert within == len(ACCEPTED)


def test_the_verdicts_are_those_of_the_records(made, records, report):
    judged = make_double_descent.verdict(records)
    assert len(judged) == len(made["verdict"])
    for row, stored in zip(judged, made["verdict"], strict=True):
        assert (row["claim"], row["verdict"]) == (stored["claim"], stored["verdict"])
        assert row["n"] == stored["n"]
        # The file's records are rounded, its verdicts are not.
        assert row["mean"] == pytest.approx(stored["mean"], abs=1e-2)
        ends = f"[{stored['low']:.2f}, {stored['high']:.2f}]" if stored["n"] > 1 else ""
        report(f"double descent, {row['claim']}: {row['verdict']}, {stored['mean']:.2f} {ends} "
               f"{row['unit']}, n = {row['n']}")  # fmt: skip
    by_claim = {row["claim"]: row["verdict"] for row in judged}
    for claim in ("rise", "descent", "needs_noise", "threshold"):
        assert by_claim[claim] == "supported", claim


def test_the_first_epochs_computed_again_are_the_shipped_ones(records):
    computed = jobs.run("double_descent", {**AGAIN, "epochs": EPOCHS})["records"]
    ours, theirs = shipped_as(computed, first_epochs(claims.of_loss(records), **AGAIN))
    assert ours == theirs
    assert len(ours) == len(measured_epochs(EPOCHS))
    other = first_epochs(claims.of_loss(records), **{**AGAIN, "seed": 2})
    ours, theirs = shipped_as(computed, other)
    assert ours != theirs  # another seed's


def test_the_cnns_set_is_whole_and_says_what_it_measured(cnn, report):
    assert CNNDescentSpec.of(cnn["spec"]) == CNNDescentSpec()
    records = rows_of(cnn)
    check_whole(records, [(0.15, seed, width) for seed in cnn["seeds"] for width in CNN_ERRORS])
    for width, theirs in CNN_ERRORS.items():
        errors = list(claims.errors(records, 0.15, width, None).values())
        mean, low, high = interval(errors)
        report(f"double descent, CNN, {width} filters: {mean:.2f} [{low:.2f}, {high:.2f}] %, "
               f"n = {len(errors)}, published {theirs}")  # fmt: skip
    judged = make_double_descent_cnn.verdict(records)
    for row, stored in zip(judged, cnn["verdict"], strict=True):
        assert (row["claim"], row["verdict"]) == (stored["claim"], stored["verdict"])
        report(f"double descent, {row['claim']}: {row['verdict']}, mean {row['mean']}, "
               f"n = {row['n']}")  # fmt: skip


def test_the_cnns_first_epochs_computed_again_are_the_shipped_ones(cnn):
    spec = CNNDescentSpec(width=FILTERS, epochs=EPOCHS)
    computed = double_descent(spec, lambda _: None)["records"]
    ours, theirs = shipped_as(computed, first_epochs(rows_of(cnn), width=FILTERS, seed=0))
    assert ours == theirs
    assert len(ours) == len(measured_epochs(EPOCHS))
