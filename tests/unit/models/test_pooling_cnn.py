"""The five CNNs that pool or do not: backprop against numerical gradients, ties, zeros, sizes."""

from typing import Any

import numpy as np
import pytest
from tests.unit.models.gradients import largest_error

from mnist1d_lab import kernels
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.kernels import numpy_ops
from mnist1d_lab.models.pooling_cnn import POOLED, PoolingCNN
from mnist1d_lab.models.pooling_study import BUDGETS, PUBLISHED, SIZES, study_spec
from mnist1d_lab.models.spec import POOLED_LEAST, POOLING, TrainSpec

COUNTS = {"none": 9310, "stride": 3310, "max": 3310, "average": 3310, "l2": 3310}  # as published


def error(pooling, eps, inputs=9):
    model: Any = PoolingCNN(pooling, inputs=inputs, channels=3, outputs=4)
    rng = np.random.default_rng(0)
    x, labels = rng.normal(size=(inputs, 6)), rng.integers(0, 4, 6)
    params = {name: array.astype(np.float64) for name, array in model.init(rng).items()}
    with kernels.using("numpy"):
        return largest_error(model.network(params), x, labels, eps)


@pytest.mark.parametrize("inputs", [8, 9, 11])
@pytest.mark.parametrize("pooling", POOLING.values())
def test_gradients_equal_central_differences(pooling, inputs):
    assert error(pooling, 1e-6, inputs) < 1e-6


@pytest.mark.parametrize("pooling", POOLING.values())
def test_the_gradient_check_itself_fails_where_it_must(pooling):
    assert error(pooling, 1.0) > 1e-2  # no derivative any more


@pytest.mark.parametrize("pooling", POOLED)
def test_the_gradient_check_notices_a_pooling_that_forgets_the_second_neighbour(
    pooling, monkeypatch
):
    def forgets(dy, x, y, out, length, kind):
        backward(dy, x, y, out, length, kind)
        out.reshape(-1, length, out.shape[1])[:, 1::2] = 0

    backward = numpy_ops.pool_backward
    monkeypatch.setattr(numpy_ops, "pool_backward", forgets)
    assert error(pooling, 1e-6) > 1e-2


def run(name, *args):
    kernels.program([kernels.bind(name, *args)])()


@pytest.mark.parametrize("kind", POOLED)
def test_where_both_neighbours_are_zero_the_gradient_is_pytorchs(kind, backend):
    """Checked by hand with torch 2.13: max gives all to the first, l2 nothing and no NaN."""
    x = np.array([[0, 0, 3, 4, 2, 2, 0, 5, 7]], np.float32).T
    dy = np.array([[1, 10, 100, 1000]], np.float32).T
    y, dx = np.empty_like(dy), np.full_like(x, np.nan)
    run("pool", x, y, 9, kind)
    run("pool_backward", dy, x, y, dx, 9, kind)
    root = np.float32(100 / np.sqrt(2))
    by_kind: dict[str, Any] = {
        "max": ([0, 4, 2, 5], [1, 0, 0, 10, 100, 0, 0, 1000, 0]),
        "average": ([0, 3.5, 2, 2.5], [0.5, 0.5, 5, 5, 50, 50, 500, 500, 0]),
        "l2": ([0, 5, np.sqrt(8), 5], [0, 0, 6, 8, root, root, 0, 1000, 0]),
    }
    pooled, gradient = by_kind[kind]
    np.testing.assert_allclose(y.ravel(), pooled, rtol=1e-6)
    np.testing.assert_allclose(dx.ravel(), gradient, rtol=1e-6)


def test_a_network_whose_every_window_is_zero_has_finite_gradients(backend):
    model = PoolingCNN("l2", inputs=8, channels=3)
    params = model.init(np.random.default_rng(0))
    params["conv1.bias"][...] = params["conv2.bias"][...] = -100  # relu lets nothing through
    network = model.network(params)
    network.learn(np.zeros((8, 5), np.float32), np.zeros(5, np.int32))
    assert np.isfinite(network.grads).all()
    grads = network.unpack(network.grads)
    assert (grads["linear.bias"] != 0).all()
    assert not any(grads[f"conv{k}.{part}"].any() for k in (1, 2) for part in ("weight", "bias"))


@pytest.mark.parametrize("pooling", POOLING.values())
def test_parameters_are_counted_and_spread_as_in_the_reference(pooling):
    params = PoolingCNN(pooling).init(np.random.default_rng(0))
    assert sum(array.size for array in params.values()) == COUNTS[pooling]
    for key, array in params.items():
        weight = params[key.replace("bias", "weight")]
        bound = 1 / np.sqrt(np.prod(weight.shape[1:]))
        assert 0.7 * bound < np.abs(array).max() <= bound * (1 + 1e-6), key


@pytest.mark.parametrize("pooling", POOLING.values())
@pytest.mark.parametrize("inputs", [4, 5, 6, 7, 13, 72])
def test_every_resolution_has_its_network(pooling, inputs, backend):
    rng = np.random.default_rng(0)
    model: Any = PoolingCNN(pooling, inputs=inputs)
    network = model.network(model.init(rng))
    network.learn(rng.normal(size=(inputs, 7)).astype(np.float32), rng.integers(0, 10, 7))
    assert np.isfinite(network.grads).all()
    assert (network.grads != 0).any()


def test_what_leaves_nothing_to_pool_is_refused_with_the_reason():
    assert PoolingCNN("max", inputs=POOLED_LEAST).lengths() == [4, 2, 1]
    short = DatasetSpec(final_seq_length=POOLED_LEAST - 1)
    with pytest.raises(ValueError, match=r"^final_seq_length must be at least 4 for max_pool.*3$"):
        TrainSpec(model="max_pool", dataset=short)


def test_the_study_has_the_published_sizes_steps_and_data():
    assert set(PUBLISHED) == set(POOLING)
    for size in SIZES:
        spec = study_spec("l2_pool", size, "steps", BUDGETS["steps"], 0)
        assert spec.dataset.parts == (size, 1000)
        assert (spec.steps, spec.dataset.seed, spec.learning_rate) == (6000, 42, 0.01)
    steps = [study_spec("l2_pool", n, "epochs", BUDGETS["epochs"], 2).steps for n in SIZES]
    assert steps == [600, 1200, 3000, 6000, 12_000, 30_000]
    assert study_spec("l2_pool", 1000, "steps", 10, 2).dataset.seed == 44
