"""Estimators learn what the job `train` learns, and are scikit-learn's in all that it checks."""

import json
import subprocess
import sys
import warnings
from typing import Any

import numpy as np
import pandas
import pytest
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from mnist1d_lab import CNN, GRU, MLP, Logistic, jobs, make_dataset
from mnist1d_lab.api.estimators import Classifier
from mnist1d_lab.jobs.session import network_of
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.validation import BadValueError

DATASET = {"num_samples": 150, "seed": 5}
SHORT: dict[str, Any] = {"steps": 12, "eval_every": 5, "seed": 3, "learning_rate": 0.02}
KINDS = (Logistic, MLP, CNN, GRU)


# No failure is expected. So many updates, because a check wants 83 % right.
@parametrize_with_checks(
    [
        Logistic(steps=150),
        MLP(steps=60, hidden=20),
        CNN(steps=60),
        GRU(steps=80, learning_rate=0.03),
    ]
)
def test_scikit_learns_checks(estimator, check):
    check(estimator)


@pytest.mark.parametrize("kind", KINDS)
def test_an_estimator_learns_what_the_job_learns_bit_for_bit(kind, backend):
    more = {
        "batch_order": "shuffled",
        "optimizer": "sgd",
        "init": "kaiming_normal",
        "batch_size": 70,
    }
    for settings in (SHORT, {**SHORT, **more}):
        args = {"model": kind._name, "dataset": DATASET, **settings}
        done = jobs.run("train", {**args, "until": SHORT["steps"]})
        data = make_dataset(DATASET)
        model = kind(**settings).fit(data["x"], data["y"], data["x_test"], data["y_test"])
        assert model.records_ == done["records"]
        network = network_of(TrainSpec.of(args), done["state"], None)
        weights = network.unpack(network.values)
        assert list(model.weights_) == list(weights)
        assert all(np.array_equal(model.weights_[name], weights[name]) for name in weights)
        assert 100 * model.score(data["x_test"], data["y_test"]) == pytest.approx(
            done["records"][-1]["test_acc"], abs=1e-9
        )


def test_without_test_examples_the_same_is_learned_and_less_is_measured():
    data = make_dataset(DATASET)
    both = MLP(**SHORT).fit(data["x"], data["y"], data["x_test"], data["y_test"])
    alone = MLP(**SHORT).fit(data["x"], data["y"])
    kept = [{k: v for k, v in row.items() if "test" not in k} for row in both.records_]
    assert alone.records_ == kept
    assert np.array_equal(alone.predict_proba(data["x"]), both.predict_proba(data["x"]))


def test_an_answer_does_not_depend_on_what_else_is_asked(backend):
    data = make_dataset(DATASET)
    model = GRU(steps=10).fit(data["x"], data["y"])
    whole = model.predict_proba(data["x_test"])
    one_by_one = [model.predict_proba(row[None])[0] for row in data["x_test"][:20]]
    assert np.allclose(one_by_one, whole[:20], rtol=1e-6, atol=0)
    assert np.allclose(whole.sum(1), 1)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"steps": 0}, "steps must be a whole number from 1 to"),
        ({"learning_rate": -1}, "learning_rate must be a number greater than 0"),
        ({"optimizer": "lion"}, "optimizer must be 'adam' or 'momentum' or 'sgd', got 'lion'"),
        ({"momentum": 0.5}, "momentum must be left out for adam"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused_in_one_sentence(settings, sentence):
    with pytest.raises(BadValueError, match=sentence):
        MLP(**settings).fit(np.zeros((10, 40)), np.arange(10))


def test_test_labels_that_training_has_not_are_refused():
    x, y = np.eye(4), ["a", "b", "a", "b"]
    with pytest.raises(ValueError, match="a class that is not in y"):
        Logistic(steps=1).fit(x, y, x, ["a", "b", "a", "c"])
    with pytest.raises(ValueError, match="Valid parameters are"):
        Logistic().set_params(hidden=3)


def test_an_estimator_is_searched_over_in_a_pipeline_of_frames():
    data = make_dataset({"num_samples": 300})
    frame = pandas.DataFrame(data["x"], columns=[f"t{t}" for t in range(40)])
    names = np.array(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    )
    search = GridSearchCV(
        make_pipeline(StandardScaler().set_output(transform="pandas"), MLP(steps=40)),
        {"mlp__hidden": [1, 60]},
        cv=2,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        search.fit(frame, names[data["y"]])
        assert search.score(frame, names[data["y"]]) > 0.8
    assert search.best_params_ == {"mlp__hidden": 60}
    assert list(search.best_estimator_[-1].feature_names_in_) == list(frame.columns)
    assert isinstance(search.best_estimator_[-1], Classifier)


def test_nothing_of_scikit_learn_is_imported():
    code = (
        "import json, sys, numpy, mnist1d_lab as m; x = numpy.eye(4);"
        "m.CNN(steps=2).fit(x, [0, 1, 0, 1]).predict(x);"
        "print(json.dumps([*{'sklearn', 'pandas', 'scipy', 'torch'} & {*sys.modules}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": "py", "PATH": ""})  # fmt: skip
    assert json.loads(done.stdout) == []
