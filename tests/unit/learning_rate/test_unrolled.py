"""The slope of a whole training: against central differences, one of which must fail; its ends."""

import numpy as np
import pytest

from mnist1d_lab import jobs, kernels
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.kernels import dual_ops
from mnist1d_lab.learning_rate.initial import initial_weights
from mnist1d_lab.learning_rate.outer import learn
from mnist1d_lab.learning_rate.published import LEARNED
from mnist1d_lab.learning_rate.spec import RateSpec, UnrolledSpec
from mnist1d_lab.learning_rate.unrolled import Measured, Unrolled, unrolled
from mnist1d_lab.models.split import split_of

PUBLISHED = initial_weights(UnrolledSpec())


@pytest.fixture(autouse=True)
def bound_anew():
    """What is kept of a training is bound to one backend."""
    unrolled.cache_clear()
    yield
    unrolled.cache_clear()


def exact(spec):
    """A training whose activations are float64, on NumPy."""
    return Unrolled(spec, split_of(DatasetSpec()), initial_weights(spec), np.float64)


def relative_error(eps, rate=0.4, **fields):
    """Of the slope, against the central difference of width eps of the unrolled loss."""
    with kernels.using("numpy"):
        training = exact(UnrolledSpec(steps=30, batch_size=60, **fields))
        slope = training.measure(rate).hypergradient
        high, low = (training.measure(rate + sign * eps).loss for sign in (1, -1))
    numeric = (high - low) / (2 * eps)
    return abs(numeric - slope) / abs(numeric)


@pytest.mark.parametrize("fields", [{}, {"weights": "drawn", "seed": 3}])
def test_the_slope_equals_central_differences_of_the_whole_training(fields, report):
    error = relative_error(1e-5, **fields)
    assert error < 1e-6
    report(f"learning rate: slope against central differences, relative error {error:.1e}")


def test_the_gradient_check_itself_fails_where_it_must(monkeypatch):
    assert relative_error(0.3) > 1e-2  # no derivative any more
    plain = dual_ops.dual_sgd

    def without_hessian(grad, rate, state, weight):
        half = len(grad) // 2
        plain(np.concatenate([0 * grad[:half], grad[half:]]), rate, state, weight)

    monkeypatch.setattr("mnist1d_lab.kernels.numpy_ops.dual_sgd", without_hessian)
    assert relative_error(1e-5) > 1e-2


def test_the_published_weights_are_2560_numbers_spread_as_pytorchs_layers():
    assert sum(array.size for array in PUBLISHED.values()) == 2560
    for name, inputs in (("linear1", 40), ("linear2", 50)):
        for kind in ("weight", "bias"):
            largest = np.abs(PUBLISHED[f"{name}.{kind}"]).max()
            assert 0.8 < largest * inputs**0.5 <= 1 + 1e-6


def test_both_published_runs_come_out_digit_for_digit(report, compiled):
    last = []
    for start, stored in LEARNED.items():
        measure = unrolled(UnrolledSpec()).measure
        rates = [row["updated_rate"] for row in learn(RateSpec(start=start), measure)]
        assert len(rates) == 50
        for step, rate in stored.items():
            digits = 3 if rate >= 1 else 4
            assert abs(round(rates[step], digits) - rate) < 1.1 * 10**-digits, (start, step)
        told = ", ".join(f"{step}: {rates[step]:.4f} ({rate})" for step, rate in stored.items())
        report(f"learning rate from {start}, ours (published): {told}")
        last.append(rates[-1])
    assert abs(last[0] - last[1]) < 0.01


def test_the_order_of_the_log_is_the_published_one():
    asked = []

    def measure(rate):
        asked.append(rate)
        return Measured(rate**2, 2 * rate)

    first, second = learn(RateSpec(start=1.0, outer_rate=0.25, outer_steps=2), measure)
    assert asked == [1.0, 0.5]
    assert (first["learning_rate"], first["loss"], first["updated_rate"]) == (1.0, 1.0, 0.5)
    assert (second["outer_step"], second["loss"], second["updated_rate"]) == (1, 0.25, 0.25)


def test_what_diverges_says_so_and_has_no_numbers(backend):
    made = jobs.run("learn_rate", {"start": 500, "outer_steps": 3})
    assert made["ended"] == "diverged"
    (row,) = made["records"]
    assert (row["loss"], row["hypergradient"], row["updated_rate"]) == (None, None, None)
    left = jobs.run("learn_rate", {"start": 0.1, "steps": 2, "outer_rate": 900, "outer_steps": 5})
    assert left["ended"] == "left"
    assert left["records"][-1]["loss"] > 0
    rows = jobs.run("rate_landscape", {"rates": [0.5, 500]})["records"]
    assert [row["loss"] is None for row in rows] == [False, True]


def test_a_batch_passes_the_end_of_the_data_and_a_training_can_be_measured_again(backend):
    training = unrolled(UnrolledSpec(steps=4, batch_size=1500))
    first = training.measure(0.3)
    assert training.measure(2.0) != first
    assert training.measure(0.3) == first


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ({"start": 0}, "start must be a number greater than 0"),
        ({"steps": 0}, "steps must be a whole number from 1 to 5000, got 0"),
        ({"batch_size": 4001}, "batch_size must be a whole number from 1 to 4000, got 4001"),
        ({"weights": "mine"}, "weights must be 'published' or 'drawn', got 'mine'"),
        ({"seed": 3}, "seed must be left out for the published weights, got 3"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(args, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        jobs.run("learn_rate", args)


@pytest.mark.parametrize("rates", [[], [0.0], [-1], ["a"], [float("nan")], 0.5, [True]])
def test_rates_that_are_none_are_refused(rates):
    with pytest.raises(ValueError, match=r"^rates must be a list of 1 to 1000 numbers"):
        jobs.run("rate_landscape", {"rates": rates})
