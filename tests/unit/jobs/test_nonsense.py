"""Nonsense as arguments of every job: it is computed, or refused in one short sentence.

tests/browser/test_nonsense.py gives the same to the page's Python.
"""

import dataclasses
import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mnist1d_lab import jobs
from mnist1d_lab.jobs.registry import job_of
from mnist1d_lab.validation import LONGEST, BadValueError, Spec, names_of

CALLS = 240  # of each of the jobs: more than 5000 in all
# What keeps a call that is let through short; nonsense takes the place of any of it.
SMALL: dict[str, Any] = {"num_samples": 20, "final_seq_length": 8}
TRAINING: dict[str, Any] = {"dataset": SMALL, "steps": 1, "hidden": 2, "batch_size": 4}
SEARCH: dict[str, Any] = {**TRAINING, "trials": 1, "levels": 1}
ARM: dict[str, Any] = {"lottery": SEARCH, "level": 1, "steps": 1, "batch_size": 4}
TICKET: dict[str, Any] = {**ARM, "mask": bytes(7)}
ROWS = "\n".join(f"{i % 2},{'1,2,3,4,' * 2}{i}" for i in range(12))
OWN = {"file": ROWS.encode(), "name": "a.csv"}
CONTRAST: dict[str, Any] = {"dataset": SMALL, "epochs": 1, "batch_size": 4}
MODEST: dict[str, dict[str, Any]] = {
    **dict.fromkeys(("dataset", "digits", "parts", "stages", "overview", "outlines"), SMALL),
    **dict.fromkeys(("export", "code"), SMALL),
    "read_dataset": {"file": b"{}"},
    "prepare_data": OWN,
    "open_data": {"data": jobs.run("prepare_data", OWN)["data"].tobytes()},
    **{job: {**TRAINING, "model": "mlp"} for job in ("train", "inspect")},
    "classify": {**TRAINING, "model": "mlp", "x": [0.0] * 8},
    **dict.fromkeys(("lottery", "plan", "calibrate"), SEARCH),
    **{job: {**TRAINING, "model": "mlp"} for job in ("weights", "weights_code")},
    "read_weights": {"file": b"PK"},
    "presets": {},
    "hooks": {"criterion": "magnitude", "schedule": "linear"},
    "plan_arms": ARM,
    **dict.fromkeys(("arm", "masks", "ticket"), TICKET),
    "adjacency": {"mask": [0, 1], "inputs": 2},
    "verdict": {"search": [], "arms": []},
    "plan_cell": {"hidden": 2},
    "judge_cells": {"records": []},
    **{job: {**CONTRAST} for job in ("contrast", "probe", "neighbours")},
    "judge_probes": {"records": []},
    "learn_rate": {"steps": 1, "outer_steps": 1, "batch_size": 4},
    "rate_landscape": {"steps": 1, "batch_size": 4, "rates": [0.5]},
    "judge_rates": {"records": []},
    "double_descent": {"dataset": SMALL, "width": 2, "epochs": 1, "batch_size": 4},
    "descent_verdict": {"records": []},
}
LONG = {
    "epochs",
    "dataset",
    "steps",
    "outer_steps",
    "levels",
    "trials",
    "hidden",
    "width",
    "num_samples",
    "lottery",
    "datasets",
}

numbers = (
    st.integers(-3, 300) | st.integers() | st.floats() | st.sampled_from([2**31, 2**63, 10**400])
)
plain = (
    numbers | st.booleans() | st.none() | st.text(max_size=12) | st.binary(max_size=12)
    | st.sampled_from(["a" * 10_000_000, b"a" * 5000, np.zeros(3), np.zeros(3, np.uint8), object()])
)  # fmt: skip
nonsense = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def is_short_work(value: Any) -> bool:
    """Whether a valid value of a field that makes work is one that the test can wait for."""
    return not (isinstance(value, int) and not isinstance(value, bool) and value > 300)


@st.composite
def arguments(draw: st.DrawFn, job: str) -> Any:
    """Good arguments of a job with one to three fields replaced, dropped, or strange ones added."""
    args = dict(MODEST[job])
    names = names_of(job_of(job).args)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from([*names, "serach", "cls", "self", ""]))
        value = draw(nonsense)
        if name not in LONG or is_short_work(value):
            args[name] = value
    if isinstance(args.get("dataset"), dict) and draw(st.booleans()):
        inner = draw(
            st.sampled_from(["seed", "padding", "templates", "train_split", "max_translation"])
        )
        args["dataset"] = {**SMALL, inner: draw(nonsense)}
    return args


def refused_shortly(job: str, args: Any) -> bool:
    """Run a job; whether it was refused. Anything but a result or a short refusal raises."""
    try:
        jobs.run(job, args)
    except BadValueError as refusal:
        assert isinstance(refusal.field, str)
        assert len(refusal.field) <= LONGEST
        assert len(refusal.value) <= LONGEST
        assert len(refusal.allowed) <= 400
        assert str(refusal) == f"{refusal.field} must be {refusal.allowed}, got {refusal.value}"
        return True
    return False


@pytest.mark.parametrize("job", jobs.JOBS)
def test_nonsense_is_computed_or_refused_in_one_sentence(job):
    refused = []

    @settings(
        max_examples=CALLS, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(arguments(job))
    def nonsense_calls(args):
        refused.append(refused_shortly(job, args))

    nonsense_calls()
    assert sum(refused) > CALLS / 4  # most of it is nonsense to the job too


def test_the_arguments_that_nonsense_replaces_are_good():
    for job, args in MODEST.items():
        assert refused_shortly(job, args) == (job in ("read_dataset", "read_weights"))
    assert set(MODEST) == set(jobs.JOBS)


@pytest.mark.parametrize("args", [5, "abc", [1], np.zeros(3)])
def test_arguments_that_are_no_dict_are_refused(args):
    assert refused_shortly("train", args)


def test_a_field_that_is_nearly_right_is_named():
    with pytest.raises(
        BadValueError, match=r"^serach must be left out \(.* is it search\?\), got \[\]$"
    ):
        jobs.run("verdict", {"serach": []})
    with pytest.raises(
        BadValueError, match=r"^bogus must be left out \(nothing is taken\), got 1$"
    ):
        jobs.run("presets", {"bogus": 1})


def test_every_argument_is_declared_once_with_its_job():
    for job in jobs.JOBS:
        declared = job_of(job).args
        assert issubclass(declared, Spec)
        assert all("check" in field.metadata for field in dataclasses.fields(declared))  # type: ignore[arg-type]


def test_the_longest_refusal_repeats_little():
    for value in (
        "a" * 10_000_000,
        list(range(10**6)),
        {"b": "c" * 10**6},
        10**10_000,
        b"x" * 10**6,
    ):
        with pytest.raises(BadValueError) as refusal:
            jobs.run("train", {"steps": value})
        assert len(str(refusal.value)) < 200


def test_what_the_issue_named():
    cases: list[tuple[str, dict[str, Any], str]] = [
        ("stages", {"example": True}, "example"),
        ("stages", {"example": 1.5}, "example"),
        ("inspect", {**TRAINING, "example": []}, "example"),
        ("verdict", {"search": 5}, "search"),
        ("verdict", {"search": [{}]}, "arm of a record"),
        ("adjacency", {}, "mask"),
        ("adjacency", {"mask": [0.5, 1], "inputs": 2}, "mask"),
        ("dataset", {"cls": 1}, "cls"),
        ("arm", {**TICKET, "mask": np.zeros(7, np.float32)}, "mask"),
        ("arm", {**TICKET, "mask": 5}, "mask"),
        ("arm", {**TICKET, "mask": "abc"}, "mask"),
        ("train", {"state": "abc"}, "state"),
        ("train", {"model": "cnn", "hidden": 50}, "hidden"),
        ("train", {"learning_rate": math.nan}, "learning_rate"),
        ("lottery", {**SEARCH, "checkpoint": {"level": -1}}, "level"),
        ("lottery", {**SEARCH, "checkpoint": 5}, "checkpoint"),
    ]
    for job, args, field in cases:
        with pytest.raises(BadValueError) as refusal:
            jobs.run(job, args)
        assert refusal.value.field == field, json.dumps(str(refusal.value))
