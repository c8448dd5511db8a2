"""Backprop against numerical gradients, the initial distribution, and overflow."""

import numpy as np
import pytest
from tests.unit.models.gradients import largest_error

from mnist1d_lab import kernels
from mnist1d_lab.kernels import numpy_ops
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.types import Params

MODEL = MLP(inputs=7, hidden=5, outputs=4)
RNG = np.random.default_rng(0)
X, LABELS = RNG.normal(size=(7, 6)), RNG.integers(0, 4, 6)
PARAMS: Params = {name: array.astype(np.float64) for name, array in MODEL.init(RNG).items()}
FORMS = {"dense": 0.0, "sparse": 2.0}  # below which surviving share a layer is sparse
MASKS: Params = {
    name: (RNG.random(array.shape) < 0.5).astype(np.float64)
    for name, array in PARAMS.items()
    if name.endswith("weight")
}


@pytest.fixture(params=FORMS)
def form(request, monkeypatch):
    """The name of a layer's form, which all layers then have; in NumPy, for its float64."""
    monkeypatch.setitem(kernels.SPARSE_BELOW, "numpy", FORMS[request.param])
    with kernels.using("numpy"):
        yield request.param


def error_at(depth: int, eps: float) -> float:
    """Of an MLP of so many hidden layers, dense, in NumPy's float64."""
    model = MLP(inputs=7, hidden=5, outputs=4, depth=depth)
    drawn = model.init(np.random.default_rng(depth))
    params: Params = {name: array.astype(np.float64) for name, array in drawn.items()}
    assert list(params)[-1] == f"linear{depth + 1}.bias"
    with kernels.using("numpy"):
        return largest_error(model.network(params), X, LABELS, eps)


def error(form: str, eps: float) -> float:
    masks = MASKS if form == "sparse" else {}
    network = MODEL.network({k: v * masks.get(k, 1) for k, v in PARAMS.items()}, masks)
    assert len(network.grads) == sum(a.size for a in PARAMS.values()) - sum(
        int((mask == 0).sum()) for mask in masks.values()
    )
    return largest_error(network, X, LABELS, eps)


def test_gradients_equal_central_differences(form):
    assert error(form, 1e-6) < 1e-6


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_gradients_of_every_depth_equal_central_differences(depth):
    assert error_at(depth, 1e-6) < 1e-6


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_a_wrong_gradient_is_noticed_at_every_depth(depth, monkeypatch):
    monkeypatch.setattr(numpy_ops, "relu_backward", lambda dy, y, out: np.copyto(out, dy))
    assert error_at(depth, 1e-6) > 1e-2


def test_the_gradient_check_itself_fails_where_it_must(form):
    assert error(form, 1.0) > 1e-2  # steps so wide that the difference is no derivative


def test_the_gradient_check_notices_a_wrong_gradient(form, monkeypatch):
    # forgets the dead units
    monkeypatch.setattr(numpy_ops, "relu_backward", lambda dy, y, out: np.copyto(out, dy))
    assert error(form, 1e-6) > 1e-2


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


def test_huge_logits_do_not_overflow(backend):
    logits = np.array([[1e4, 0.0], [0.0, 1e4]], np.float32)
    dlogits, sums = np.empty_like(logits), np.zeros(2)
    labels = np.zeros(2, np.int32)
    kernels.program([kernels.bind("softmax_cross_entropy", logits, labels, dlogits, sums)])()
    assert sums.tolist() == [1e4, 1]
    assert dlogits.tolist() == [[0, -0.5], [0, 0.5]]
