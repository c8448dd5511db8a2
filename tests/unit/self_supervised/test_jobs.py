"""The jobs of self-supervised learning: parts, refusals, claims on records with a known answer."""

import numpy as np
import pytest

from mnist1d_lab import jobs

SMALL = {"dataset": {"num_samples": 100, "final_seq_length": 12}, "epochs": 3, "batch_size": 30}


def test_a_training_in_parts_gives_the_bits_of_one_in_one_go(backend):
    whole = jobs.run("contrast", SMALL)
    part = jobs.run("contrast", {**SMALL, "until": 1})
    rest = jobs.run("contrast", {**SMALL, "state": part["state"]})
    np.testing.assert_array_equal(rest["state"], whole["state"])
    assert part["records"] + rest["records"] == whole["records"]
    assert [row["step"] for row in whole["records"]] == [3, 6, 9]
    longer = jobs.run("contrast", {**SMALL, "epochs": 5, "state": whole["state"]})
    assert longer["epoch"] == 5


def test_a_probe_of_weights_is_that_of_the_state_layer_by_layer(backend):
    made = jobs.run("contrast", SMALL)
    probes = jobs.run("probe", {**SMALL, "state": made["state"]})["records"]
    assert [row["layer"] for row in probes] == list(range(6))
    assert probes[0]["features"] == 12
    for layer in (0, 3, 5):
        args = {**SMALL, "weights": made["weights"], "layer": layer}
        assert jobs.run("probe", args)["records"] == [probes[layer]]
    untrained = jobs.run("probe", {**SMALL, "epochs": 0, "layer": 3})["records"]
    assert untrained[0]["arm"] == "untrained"


def test_neighbours_are_of_the_training_part_and_the_nearest_first(backend):
    found = jobs.run("neighbours", {**SMALL, "example": 2, "count": 5})
    assert [layer["name"] for layer in found["layers"]][:2] == ["signal", "conv1"]
    signals = found["layers"][0]["x"].reshape(5, 12)
    distances = ((signals - found["x"]) ** 2).sum(axis=1)
    assert (np.diff(distances) >= 0).all()


@pytest.mark.parametrize(
    ("job", "change", "message"),
    [
        ("contrast", {"until": 4}, "until must be at most epochs"),
        ("contrast", {"state": bytes(100)}, "state must be what this very training returned"),
        ("contrast", {"temperature": 0}, "temperature must be"),
        ("contrast", {"negatives": "few"}, "negatives must be 'all' or 'second'"),
        ("contrast", {"dataset": {"final_seq_length": 2}}, "final_seq_length must be at least 3"),
        ("contrast", {"dataset": {"train_split": 1}}, "train_split must be"),
        ("probe", {"layer": 6}, "layer must be from 0 to 5"),
        ("probe", {"weights": bytes(8)}, "weights must be the .* bytes"),
        ("neighbours", {"example": 20}, "example must be from 0 to 19"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(job, change, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        jobs.run(job, {**SMALL, **change})


def test_weights_that_are_no_numbers_are_refused():
    weights = jobs.run("contrast", {**SMALL, "epochs": 0})["weights"].copy()
    weights.view("<f4")[7] = np.nan
    with pytest.raises(ValueError, match=r"^weights must be finite numbers; number 8 is none"):
        jobs.run("probe", {**SMALL, "weights": weights})


def test_more_than_this_engine_holds_is_refused():
    with pytest.raises(ValueError, match=r"^epochs must be lower"):
        jobs.run("contrast", {"epochs": 100_000, "dataset": {"num_samples": 200_000}})


def records(*arms):
    return [
        {"arm": arm, "trial": trial, "layer": layer, "linear_acc": value + trial}
        for arm, layer, value in arms
        for trial in range(4)
    ]


def test_claims_are_judged_by_their_paired_differences():
    rows = records(
        ("default", 3, 80), ("default", 5, 75), ("none", 3, 50), ("untrained", 3, 85),
        ("mlp", 0, 80),
    )  # fmt: skip
    found = {row["claim"]: row for row in jobs.run("judge_probes", {"records": rows})["rows"]}
    told = {claim: (row["verdict"], row["n"], row["mean"]) for claim, row in found.items()}
    assert told == {
        "projector": ("supported", 4, 5), "without": ("supported", 4, 30),
        "untrained": ("not supported", 4, -5), "supervised": ("not supported", 4, 0),
    }  # fmt: skip
    empty = jobs.run("judge_probes", {"records": []})["rows"]
    assert {(row["verdict"], row["n"], row["mean"]) for row in empty} == {("undecided", 0, None)}
    one = jobs.run("judge_probes", {"records": rows[:1] + rows[4:5]})["rows"][0]
    assert (one["verdict"], one["n"], one["low"]) == ("undecided", 1, None)
