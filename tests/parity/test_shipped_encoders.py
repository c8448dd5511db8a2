"""The shipped results of self-supervised learning: as published, and what this code computes.

`python3 build.py results self-supervised` makes them.
"""

import json
from pathlib import Path
from statistics import mean, stdev

import pytest

from mnist1d_lab import jobs
from mnist1d_lab.self_supervised import claims, published
from mnist1d_lab.self_supervised.spec import ARMS, ContrastSpec

FILE = Path(__file__).resolve().parents[2] / "static" / "results" / "self-supervised.json"
H = claims.H
# How far the mean of the seeds may be from the published value of one run, in points.
ACCEPTED = {("default", H): 3, ("default", H + 2): 4, ("none", H): 5, ("deep", H + 4): 5}

pytestmark = pytest.mark.usefixtures("compiled")


@pytest.fixture(scope="module")
def made():
    return json.loads(FILE.read_text(encoding="utf-8"))


def rows_of(table):
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


@pytest.fixture(scope="module")
def probes(made):
    return rows_of(made["records"])


def values(probes, arm, layer, kind="linear_acc"):
    return [row[kind] for row in probes if (row["arm"], row["layer"]) == (arm, layer)]


def test_the_protocol_is_the_published_one_and_the_set_is_whole(made, probes):
    assert ContrastSpec.of(made["spec"]) == ContrastSpec()
    seeds = len(made["seeds"])
    assert seeds >= 5
    for arm, projector in {**ARMS, "untrained": 2}.items():
        for layer in range(1 + H + projector):
            assert len(values(probes, arm, layer)) == seeds
    assert len(values(probes, claims.SUPERVISED[0], 0)) == seeds


def test_accuracies_by_layer_are_the_published_ones(probes, report):
    for arm, projector in ARMS.items():
        for layer, theirs in enumerate(published.LINEAR[projector], 1):
            ours = values(probes, arm, layer)
            report(f"self-supervised, {arm}, layer {layer}: {mean(ours):.1f} ± {stdev(ours):.1f} "
                   f"(SD, n = {len(ours)}), published {theirs}")  # fmt: skip
            if (arm, layer) in ACCEPTED:
                assert mean(ours) == pytest.approx(theirs, abs=ACCEPTED[arm, layer])
    assert mean(values(probes, "default", 0)) == pytest.approx(published.RAW_LINEAR, abs=0.5)
    assert mean(values(probes, "default", 0, "knn_acc")) == pytest.approx(59.6, abs=0.1)


def test_the_verdict_follows_from_the_records(made, probes, report):
    judged = jobs.run("judge_probes", {"records": probes})["rows"]
    for row, stored in zip(judged, made["verdict"], strict=True):
        assert row["verdict"] == stored["verdict"]
        assert row["n"] == stored["n"] == len(made["seeds"])
        assert row["mean"] == pytest.approx(stored["mean"], abs=1e-3)
        report(f"self-supervised, {row['claim']}: {row['verdict']}, "
               f"{row['mean']:+.1f} [{row['low']:+.1f}, {row['high']:+.1f}]")  # fmt: skip


def test_the_first_epochs_and_the_untrained_network_are_computed_again(made, probes):
    found = jobs.run("contrast", {**made["spec"], "until": 5})["records"][-1]
    (stored,) = [
        row for row in rows_of(made["losses"])
        if (row["arm"], row["trial"], row["epoch"]) == ("default", 0, 5)
    ]  # fmt: skip
    assert float(f"{found['loss']:.5g}") == stored["loss"]
    (again,) = jobs.run("probe", {**made["spec"], "epochs": 0, "layer": H})["records"]
    (row,) = [
        row for row in probes
        if (row["arm"], row["trial"], row["layer"]) == ("untrained", 0, H)
    ]  # fmt: skip
    for kind in ("train_acc", "linear_acc", "knn_acc"):
        assert float(f"{again[kind]:.5g}") == row[kind]


def test_the_shipped_weights_are_those_of_the_first_seed(made, probes):
    args = {**made["spec"], "weights": made["weights"]["default"]}
    for layer in (H, H + 2):
        (again,) = jobs.run("probe", {**args, "layer": layer})["records"]
        (row,) = [
            row for row in probes
            if (row["arm"], row["trial"], row["layer"]) == ("default", 0, layer)
        ]  # fmt: skip
        assert float(f"{again['linear_acc']:.5g}") == row["linear_acc"]
        assert float(f"{again['knn_acc']:.5g}") == row["knn_acc"]
