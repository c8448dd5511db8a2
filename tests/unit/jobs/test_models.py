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


LATER: dict[str, Any] = {
    "momentum": {"optimizer": "momentum", "momentum": 0.8, "weight_decay": 0.01, "depth": 3},
    "sgd": {"optimizer": "sgd", "init": "xavier_uniform", "batch_order": "shuffled"},
    "adam": {"weight_decay": 0.01, "batch_order": "with_replacement", "label_noise": 0.2},
}


@pytest.mark.parametrize("kind", LATER)
def test_every_later_setting_goes_on_where_it_stopped(kind, backend):
    args = {**ARGS, "batch_size": 50, **LATER[kind]}
    whole = jobs.run("train", {**args, "until": 40})
    part: dict[str, Any] = {}
    for until in (1, 20, 33, 40):
        part = jobs.run("train", {**args, "until": until, "state": part.get("state")})
    assert (part["state"] == whole["state"]).all()
    assert part["records"][-1] == whole["records"][-1]
    assert whole["spec"].items() >= LATER[kind].items()


def test_an_early_stop_ends_updates_and_says_where_in_one_go_or_in_parts():
    args = {**ARGS, "steps": 400, "eval_every": 10, "learning_rate": 0.1, "early_stop": 3}
    whole = jobs.run("train", {**args, "until": 400})
    tests = [record["test_acc"] for record in whole["records"]]
    stopped = whole["stopped"]
    assert 0 < stopped < 400
    at = stopped // 10
    assert max(tests[: at - 2]) >= max(
        tests[at - 2 : at + 1]
    )  # three in a row, none above the best
    assert all(max(tests[k - 2 : k + 1]) > max(tests[: k - 2]) for k in range(3, at))
    assert {tuple(r.values())[5:] for r in whole["records"][at:]} == {
        tuple(whole["records"][at].values())[5:]
    }
    same = jobs.run("train", {**args, "early_stop": 0, "steps": stopped})["records"]
    assert same == whole["records"][: at + 1]
    part: dict[str, Any] = {}
    for until in (10, 25, stopped, stopped + 5, 400):
        part = jobs.run("train", {**args, "until": until, "state": part.get("state")})
    assert part["stopped"] == stopped
    assert (part["state"] == whole["state"]).all()


def test_a_training_that_gets_better_is_not_stopped():
    assert jobs.run("train", {**ARGS, "early_stop": 1000})["stopped"] is None
    assert "stopped" not in jobs.run("train", ARGS)


@pytest.mark.parametrize("depth", [1, 3, 4])
def test_a_search_prunes_all_layers_of_a_deeper_or_shallower_network(depth):
    args: dict[str, Any] = {
        "dataset": {"num_samples": 300}, "hidden": 12, "steps": 30, "levels": 2, "trials": 1,
        "depth": depth, "optimizer": "momentum", "init": "kaiming_normal", "label_noise": 0.1,
    }  # fmt: skip
    reports: list[Any] = []
    made = jobs.run("lottery", args, reports.append)
    kept = next(r["checkpoint"] for r in reports if r.get("checkpoint", {}).get("level") == 0)
    assert [row["level"] for row in made["records"] if row["arm"] == "lottery"] == [0, 1, 2]
    seen = jobs.run("masks", {"lottery": args, "level": 1, "mask": kept["next_mask"]})["survivors"]
    assert list(seen["lottery"])[-1] == f"linear{depth + 1}.bias"
    again = jobs.run("lottery", {**args, "checkpoint": kept})["records"]
    assert again == made["records"][-4:]
    arm = {"lottery": args, "level": 1, "mask": kept["next_mask"], "condition": "search"}
    trained = jobs.run("arm", {**arm, "steps": 30, "batch_size": 100, "eval_every": 30})
    assert trained["records"][-1]["test_acc"] == again[0]["test_acc"]
