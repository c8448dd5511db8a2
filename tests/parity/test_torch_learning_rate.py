"""Forward mode by hand beside PyTorch's reverse mode through a training; the shipped results."""

import json
from pathlib import Path

import numpy as np
import pytest

from build_steps import make_learning_rate
from mnist1d_lab import jobs, kernels
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.learning_rate import claims
from mnist1d_lab.learning_rate.initial import initial_weights
from mnist1d_lab.learning_rate.spec import UnrolledSpec
from mnist1d_lab.learning_rate.unrolled import Unrolled
from mnist1d_lab.models.split import split_of

HERE = Path(__file__).parent
STORED = json.loads((HERE / "torch_learning_rate.json").read_text(encoding="utf-8"))
SHIPPED = HERE.parents[1] / "static/results/learning-rate.json"
# What float32 costs grows with the rate: at 1.5 two hundred steps double a difference many times.
BOUNDS = {"float64": 1e-5, "float32": 1e-4}


def training(spec, dtype):
    split = split_of(DatasetSpec())
    return Unrolled(spec, split, initial_weights(spec), dtype)


@pytest.mark.parametrize("dtype", BOUNDS)
def test_losses_and_hypergradients_are_pytorchs(dtype, report, compiled):
    worst = 0.0
    for row in [row for row in STORED if row["dtype"] == dtype]:
        spec = UnrolledSpec(steps=row["steps"], batch_size=row["batch_size"])
        with kernels.using("numpy" if dtype == "float64" else "simd"):
            loss, slope = training(spec, np.dtype(dtype).type).measure(row["rate"])
        assert loss == pytest.approx(row["loss"], rel=1e-6)
        error = abs(slope - row["hypergradient"])
        if abs(row["hypergradient"]) > 0.01:
            worst = max(worst, error / abs(row["hypergradient"]))
        else:
            assert error < 1e-6, row  # next to the minimum
    assert worst < BOUNDS[dtype]
    report(f"learning rate, {dtype}: hypergradients within {worst:.1e} of PyTorch's, relative")


def test_hypergradients_are_those_that_were_measured_for_the_project():
    with kernels.using("numpy"):
        made = training(UnrolledSpec(), np.float64)
        assert made.measure(1.5).hypergradient == pytest.approx(0.118492, rel=1e-5)
        assert made.measure(0.15).hypergradient == pytest.approx(-0.806130, rel=1e-5)
        assert made.measure(0.62).hypergradient == pytest.approx(-0.000299, abs=1e-6)


def test_ten_steps_have_pytorchs_losses_weights_and_derivatives():
    with np.load(HERE / "torch_learning_rate.npz") as file:
        stored = dict(file)
    with kernels.using("numpy"):
        sums = [
            training(UnrolledSpec(steps=n), np.float64).measure(1.5).loss * n for n in range(1, 11)
        ]
        made = training(UnrolledSpec(steps=10), np.float64)
        made.measure(1.5)
    np.testing.assert_allclose(np.diff(sums, prepend=0), stored["losses"], rtol=1e-6)
    for half, name in enumerate(("weights", "derivatives")):
        layers = [(layer.weights[half], layer.biases[half]) for layer in (made.first, made.second)]
        ours = np.concatenate([part.ravel() for layer in layers for part in layer])
        np.testing.assert_allclose(ours, stored[name], rtol=1e-5, atol=1e-5 * np.abs(ours).max())


def test_the_shipped_results_are_what_this_code_computes(report, compiled):
    file = json.loads(SHIPPED.read_text(encoding="utf-8"))
    columns = file["records"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in file["records"]["rows"]]
    assert len(rows) == make_learning_rate.SEEDS * (make_learning_rate.SEEDS + 1)
    seed = 7
    own = [row for row in rows if row["seed"] == seed]
    spec = {"weights": "drawn", "seed": seed}
    again = jobs.run("rate_landscape", {**spec, "rates": [row["learning_rate"] for row in own]})
    # The rates are stored to nine digits.
    ours = [row["loss"] for row in again["records"]]
    np.testing.assert_allclose(ours, [row["loss"] for row in own], rtol=2e-7)
    best = claims.best_rates(rows)[seed]
    assert abs(again["records"][seed + 1]["hypergradient"]) < 1e-3, best
    for judged, stored in zip(claims.verdict(rows), file["verdict"], strict=True):
        assert judged["verdict"] == stored["verdict"]
        assert judged["mean"] == pytest.approx(stored["mean"], rel=1e-3)
        span = f"{stored['mean']:.2f} [{stored['low']:.2f}, {stored['high']:.2f}] {stored['unit']}"
        claim = f"{stored['claim']}: {stored['verdict']}, {span}, n = {stored['n']}"
        report(f"one learning rate for all weights, {claim}")
