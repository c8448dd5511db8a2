"""Training in parts, and what is refused; the models themselves are tested with their gradients."""

from typing import Any

import pytest

from mnist1d_lab import jobs
from mnist1d_lab.models.spec import MODELS
from mnist1d_lab.validation import BadValueError

PLAIN: dict[str, Any] = {"dataset": {"num_samples": 300}, "steps": 40, "eval_every": 20}
ARGS: dict[str, Any] = {**PLAIN, "hidden": 12}


def args_of(model):
    """The arguments of a model's training; hidden units are the MLP's alone."""
    return {**(ARGS if model == "mlp" else PLAIN), "model": model}


@pytest.mark.parametrize("model", MODELS)
def test_a_training_in_parts_ends_as_one_that_never_stopped(model, backend):
    args = args_of(model)
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


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 8},
        {"learning_rate": 0.02},
        {"batch_size": 7},
        {"dataset": {**ARGS["dataset"], "seed": 1}},
        {"dataset": {**ARGS["dataset"], "final_seq_length": 39}},
    ],
)
def test_the_state_of_another_training_is_refused(other):
    state = jobs.run("train", {**ARGS, "until": 5})["state"].tobytes()
    with pytest.raises(BadValueError, match=r"^state must be what this very training returned"):
        jobs.run("train", {**ARGS, **other, "state": state})


@pytest.mark.parametrize("place", [0, 32, 40, 56, 200, -1])
def test_a_state_that_was_changed_is_refused(place):
    state = jobs.run("train", {**ARGS, "until": 5})["state"]
    state[place] ^= 1
    with pytest.raises(BadValueError, match=r"^state must be what this very training returned"):
        jobs.run("train", {**ARGS, "state": state})


def test_a_state_goes_on_to_more_steps_than_were_planned():
    state = jobs.run("train", {**ARGS, "until": 5})["state"]
    longer = {**ARGS, "steps": 60, "eval_every": 30}
    assert jobs.run("train", {**longer, "state": state})["records"] == [
        record for record in jobs.run("train", longer)["records"] if record["step"] > 5
    ]


@pytest.mark.parametrize(
    ("until", "message"),
    [
        (4, r"from 5 \(done\) to 40 \(steps\), got 4"),
        (41, r"at most steps \(40\), got 41"),
        (-1, "a whole number of at least 0"),
        (20.9, "a whole number of at least 0"),
        ("20", "a whole number of at least 0"),
        (False, "a whole number of at least 0"),
        ([], "a whole number of at least 0"),
    ],
)
def test_a_part_that_ends_where_it_cannot_is_refused(until, message):
    state = jobs.run("train", {**ARGS, "until": 5})["state"]
    with pytest.raises(BadValueError, match=f"^until must be {message}"):
        jobs.run("train", {**ARGS, "state": state.tobytes(), "until": until})


def test_until_0_trains_no_step():
    part = jobs.run("train", {**ARGS, "until": 0})
    assert part["step"] == 0
    assert [record["step"] for record in part["records"]] == [0]


def test_an_unknown_model_is_named():
    with pytest.raises(ValueError, match=r"^model must be 'logistic' or .* got 'transformer'"):
        jobs.run("train", {**ARGS, "model": "transformer"})
