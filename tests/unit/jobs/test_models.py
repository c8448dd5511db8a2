"""Training in parts, and what is refused; the models themselves are tested with their gradients."""

from typing import Any

import pytest

from mnist1d_lab import jobs
from mnist1d_lab.models.spec import MODELS

ARGS: dict[str, Any] = {
    "dataset": {"num_samples": 300},
    "hidden": 12,
    "steps": 40,
    "eval_every": 20,
}


@pytest.mark.parametrize("model", MODELS)
def test_a_training_in_parts_ends_as_one_that_never_stopped(model, backend):
    args = {**ARGS, "model": model}
    whole = jobs.run("train", {**args, "until": 40})
    records: list[Any] = []
    part: dict[str, Any] = {}
    for until in (1, 20, 33, 40):
        part = jobs.run("train", {**args, "until": until, "state": part.get("state")})
        assert part["step"] == until
        records += part["records"]
    assert (part["state"] == whole["state"]).all()
    kept = [record for record in records if record["step"] in (0, 20, 40)]
    assert kept == whole["records"]
    assert [record["arm"] for record in kept] == [model] * 3


def test_a_state_may_come_as_json_has_it():
    part = jobs.run("train", {**ARGS, "until": 5})
    as_bytes, as_list = (
        jobs.run("train", {**ARGS, "until": 9, "state": state})["state"]
        for state in (part["state"].tobytes(), part["state"].tolist())
    )
    assert (as_bytes == as_list).all()


def test_a_state_of_another_network_is_refused():
    state = jobs.run("train", {**ARGS, "model": "gru", "until": 5})["state"]
    with pytest.raises(ValueError, match=r"^state must be the \d+ bytes of a cnn with 40 inputs"):
        jobs.run("train", {**ARGS, "model": "cnn", "state": state.tobytes()})


@pytest.mark.parametrize("until", [4, 41])
def test_a_part_that_ends_before_its_state_or_after_the_training_is_refused(until):
    state = jobs.run("train", {**ARGS, "until": 5})["state"]
    with pytest.raises(ValueError, match=r"^until must be from 5 \(done\) to 40 \(steps\), got"):
        jobs.run("train", {**ARGS, "state": state.tobytes(), "until": until})


def test_an_unknown_model_is_named():
    with pytest.raises(ValueError, match=r"^model must be 'logistic' or .* got 'transformer'"):
        jobs.run("train", {**ARGS, "model": "transformer"})


@pytest.mark.parametrize("model", MODELS)
def test_what_is_seen_inside_is_what_the_training_measured(model, backend):
    args = {**ARGS, "model": model}
    trained = jobs.run("train", {**args, "until": 40})
    seen = jobs.run("inspect", {**args, "state": trained["state"], "example": 3})
    labels, shares = seen["labels"], seen["probabilities"].reshape(-1, 10)
    assert shares.sum(axis=1) == pytest.approx(1, abs=1e-5)
    accuracy = 100 * (shares.argmax(axis=1) == labels).mean()
    assert accuracy == pytest.approx(trained["records"][-1]["test_acc"])
    data = jobs.run("dataset", {**ARGS["dataset"]})
    assert seen["x"] == pytest.approx(data["x_test"].reshape(-1, 40)[3], abs=1e-6)
    sizes = {"logistic": (10, 400), "mlp": (12, 480), "cnn": (25, 125), "gru": (0, 0)}
    assert (seen["rows"], len(seen["weights"])) == sizes[model]
    shapes = [(one["rows"], len(one["values"])) for one in seen["activations"]]
    assert (
        shapes
        == {
            "logistic": [],
            "mlp": [(1, 12), (1, 12)],
            "cnn": [(25, 25 * 19), (25, 25 * 10), (25, 25 * 5)],
            "gru": [(12, 12 * 40)],
        }[model]
    )
    first = jobs.run("inspect", args)["weights"]
    assert model == "gru" or (first != seen["weights"]).any()


def test_an_example_is_seen_beside_the_template_that_was_drawn_for_it():
    plain = jobs.run("inspect", ARGS)
    digit = int(plain["labels"][0])
    drawn = ",".join(f"{point / 20:g}" for point in range(12))
    dataset = {**ARGS["dataset"], "templates": f"{digit}:{drawn}"}
    seen = jobs.run("inspect", {**ARGS, "dataset": dataset})
    assert seen["template"] == pytest.approx([point / 20 for point in range(12)])
    assert plain["template"] != pytest.approx(seen["template"])


def test_an_example_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"^example must be from 0 to 59, .*got 60"):
        jobs.run("inspect", {**ARGS, "example": 60})
