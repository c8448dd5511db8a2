"""The trained networks that come with the page are what today's code trains.

`python3 build.py results inside` makes them. A test that fails here after a change of the
arithmetic asks for a new version and new results.
"""

import base64
import json
from pathlib import Path

import pytest

from mnist1d_lab import jobs
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.jobs.session import Session
from mnist1d_lab.models.spec import MODELS, TrainSpec

FOLDER = Path(__file__).resolve().parents[2] / "static" / "results"
FILES = {"inside": "plain", "inside-shuffled": "shuffled"}
MOST = 150_000  # bytes of a file: the page loads it when the figure comes near


def load(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=FILES)
def shipped(request):
    return request.param, load(request.param)


def test_the_networks_are_those_of_the_published_protocol_and_small(shipped, report):
    name, made = shipped
    dataset = DatasetSpec(shuffle_seq=FILES[name] == "shuffled")
    assert TrainSpec.of(made["spec"]) == TrainSpec(steps=6000, eval_every=250, dataset=dataset)
    assert tuple(made["networks"]) == MODELS
    size = (FOLDER / f"{name}.json").stat().st_size
    floats = sum(len(base64.b64decode(one["weights"])) for one in made["networks"].values())
    report(f"{name}.json: {size} bytes, of them {floats} as float32")
    assert size < MOST


@pytest.mark.parametrize("model", MODELS)
def test_a_shipped_network_is_as_good_as_it_says_and_as_its_learning_curve(shipped, model, report):
    name, made = shipped
    network = made["networks"][model]
    args = {**made["spec"], "model": model, "weights": network["weights"]}
    seen = jobs.run("inspect", args)
    answers = seen["probabilities"].reshape(-1, 10).argmax(axis=1)
    accuracy = 100 * (answers == seen["labels"]).mean()
    report(f"{name}, {model}: {accuracy:.1f} % of the test examples")
    assert accuracy == pytest.approx(network["test_acc"])
    curves = load("models")["records"]
    (row,) = [
        row for row in (dict(zip(curves["columns"], one, strict=True)) for one in curves["rows"])
        if (row["arm"], row["condition"], row["trial"], row["step"])
        == (model, FILES[name], 0, made["spec"]["steps"])
    ]  # fmt: skip
    assert row["test_acc"] == float(f"{network['test_acc']:.5g}")


@pytest.mark.parametrize(
    "model",
    [
        "logistic",
        *(pytest.param(model, marks=pytest.mark.slow) for model in MODELS if model != "logistic"),
    ],
)
def test_a_network_trained_again_has_the_shipped_weights(shipped, compiled, model):
    _, made = shipped
    args = {**made["spec"], "model": model}
    state = jobs.run("train", {**args, "until": args["steps"]})["state"]
    weights = Session(TrainSpec.of(args), state).weights()
    assert weights.tobytes() == base64.b64decode(made["networks"][model]["weights"])
