"""What is seen inside a network, what it says to a signal, and what is refused."""

import base64
from typing import Any

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.jobs.session import Session
from mnist1d_lab.models.spec import MODELS, TrainSpec
from mnist1d_lab.validation import BadValueError

PLAIN: dict[str, Any] = {"dataset": {"num_samples": 300}, "steps": 40, "eval_every": 20}
ARGS: dict[str, Any] = {**PLAIN, "hidden": 12}


def args_of(model):
    """The arguments of a model's training; hidden units are the MLP's alone."""
    return {**(ARGS if model == "mlp" else PLAIN), "model": model}


def trained(model, **more):
    """The arguments of a trained network: its state, and its weights in base64."""
    args = {**args_of(model), **more}
    state = jobs.run("train", {**args, "until": 40})["state"]
    weights = Session(TrainSpec.of(args), state).weights()
    return args, state, base64.b64encode(weights.tobytes()).decode()


@pytest.mark.parametrize("model", MODELS)
def test_what_is_seen_inside_is_what_the_training_measured(model, backend):
    args = args_of(model)
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


def equal(one, other):
    """Whether two results of a job are the same bits, arrays and all."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(equal(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(equal, one, other))
    return np.array_equal(one, other)


@pytest.mark.parametrize("model", MODELS)
def test_a_network_of_its_weights_alone_is_the_one_of_its_state(model, backend):
    args, state, weights = trained(model)
    seen, untrained = (
        jobs.run("inspect", {**args, **more}) for more in ({"weights": weights}, {"state": None})
    )
    assert equal(seen, jobs.run("inspect", {**args, "state": state}))
    assert not equal(seen, untrained)


@pytest.mark.parametrize("model", MODELS)
def test_an_example_given_as_a_signal_gets_the_answer_that_it_gets_among_all(model, backend):
    args, state, weights = trained(model, dataset={"num_samples": 300, "final_seq_length": 33})
    seen = jobs.run("inspect", {**args, "state": state, "example": 7})
    said = jobs.run("classify", {**args, "weights": weights, "x": seen["x"]})
    assert said["probabilities"] == pytest.approx(seen["probabilities"][70:80], abs=1e-5)
    assert equal(said["activations"], seen["activations"])
    other = jobs.run("classify", {**args, "weights": weights, "x": (-seen["x"]).tolist()})
    assert not equal(other["probabilities"], said["probabilities"])


@pytest.mark.parametrize(
    ("x", "got"),
    [
        (None, r"one for each input, got None"),
        ("abc", r"one for each input, got 'abc'"),
        (["1"] * 40, r"one for each input, got \['1', '1', "),
        ([True] * 40, r"one for each input, got \[True, True, "),
        ([[0.0] * 40], r"one for each input, got \[\[0.0, 0.0, "),
        ([0.0] * 39 + [1001], r"one for each input; number 40 is wrong, got 1001.0"),
        ([0.0, float("nan")] + [0.0] * 38, r"one for each input; number 2 is wrong, got nan"),
        ([0.0, [1]] * 20, r"one for each input, got \[0.0, \[1\]"),
    ],
)
def test_a_signal_that_no_network_gets_is_refused(x, got):
    with pytest.raises(BadValueError, match=rf"^x must be numbers from -1000 to 1000, {got}"):
        jobs.run("classify", {**ARGS, "x": x})


def test_a_signal_of_another_length_is_refused():
    with pytest.raises(BadValueError, match=r"^x must be 40 numbers, .* got '39 numbers'$"):
        jobs.run("classify", {**ARGS, "x": [0.0] * 39})


@pytest.mark.parametrize(
    ("weights", "got"),
    [
        (b"1234", "the 3112 bytes of a mlp with 40 inputs, got 4 bytes"),
        ([256], "bytes (binary, whole numbers from 0 to 255, or base64), got [256]"),
        ([0.5] * 3112, "bytes (binary, whole numbers from 0 to 255, or base64), got [0.5, "),
        ("a" * 41, f"whole numbers from 0 to 255, or base64), got '{'a' * 40}"),
        (7, "whole numbers from 0 to 255, or base64), got 7"),
        (np.zeros(778, np.float32), "whole numbers from 0 to 255, or base64), got 3112 bytes"),
        (np.full(778, np.nan, "<f4").tobytes(), "finite numbers; number 1 is none, got nan"),
    ],
)
@pytest.mark.parametrize("job", ["inspect", "classify"])
def test_weights_of_another_network_are_refused(job, weights, got):
    with pytest.raises(BadValueError, match=r"^weights must be ") as refusal:
        jobs.run(
            job, {**ARGS, "weights": weights, **({"x": [0] * 40} if job == "classify" else {})}
        )
    assert got in str(refusal.value)


def test_a_state_and_weights_at_once_are_refused():
    args, state, weights = trained("mlp")
    with pytest.raises(ValueError, match=r"^weights must be left out where there is a state"):
        jobs.run("inspect", {**args, "state": state, "weights": weights})
