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
