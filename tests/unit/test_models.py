"""Backprop against numerical gradients, the initial distribution, and overflow."""

import numpy as np
import pytest

from mnist1d_lab import ops
from mnist1d_lab.interfaces import Params
from mnist1d_lab.models import MLP

MODEL = MLP(inputs=7, hidden=5, outputs=4)
RNG = np.random.default_rng(0)
X, LABELS = RNG.normal(size=(6, 7)), RNG.integers(0, 4, 6)
PARAMS: Params = {name: array.astype(np.float64) for name, array in MODEL.init(RNG).items()}


def largest_error(eps: float) -> float:
    """Largest relative difference between backprop and central differences of width eps."""
    _, grads = MODEL.loss_and_grads(PARAMS, X, LABELS)
    worst = 0.0
    for name, array in PARAMS.items():
        for index in np.ndindex(*array.shape):
            losses = []
            for sign in (1, -1):
                moved = {**PARAMS, name: array.copy()}
                moved[name][index] += sign * eps
                losses.append(MODEL.loss_and_grads(moved, X, LABELS)[0])
            numeric = (losses[0] - losses[1]) / (2 * eps)
            ours = float(grads[name][index])
            worst = max(worst, abs(numeric - ours) / max(abs(numeric), abs(ours), 1e-3))
    return worst


def test_gradients_equal_central_differences():
    assert largest_error(1e-6) < 1e-6


def test_the_gradient_check_itself_fails_where_it_must():
    assert largest_error(1.0) > 1e-2  # steps so wide that the difference is no derivative


def test_the_gradient_check_notices_a_wrong_gradient(monkeypatch):
    monkeypatch.setattr(ops, "relu_backward", lambda dy, y: dy)  # forgets the dead units
    assert largest_error(1e-6) > 1e-2


def test_parameters_are_named_counted_and_spread_as_in_the_reference():
    params = MLP().init(np.random.default_rng(0))
    assert sum(array.size for array in params.values()) == 15_210
    assert {array.dtype for array in params.values()} == {np.dtype(np.float32)}
    for name, inputs in (("linear1", 40), ("linear2", 100), ("linear3", 100)):
        bound = 1 / np.sqrt(inputs)
        weight = params[f"{name}.weight"]
        assert np.abs(weight).max() <= bound
        assert weight.std() == pytest.approx(bound / np.sqrt(3), rel=0.05)
        assert np.abs(params[f"{name}.bias"]).max() <= bound


def test_huge_logits_do_not_overflow():
    loss, probabilities = ops.softmax_cross_entropy_forward(
        np.array([[1e4, 0.0], [0.0, 1e4]], np.float32), np.array([0, 0])
    )
    assert loss == pytest.approx(5e3)
    assert np.isfinite(probabilities).all()
