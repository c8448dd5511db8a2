"""Encoder and InfoNCE: sizes as published, gradients against central differences, one must fail."""

from typing import Any

import numpy as np
import pytest

from mnist1d_lab import kernels
from mnist1d_lab.self_supervised import info_nce
from mnist1d_lab.self_supervised.encoder import Encoder
from mnist1d_lab.self_supervised.spec import NEGATIVES, ContrastSpec
from mnist1d_lab.self_supervised.training import Contrast

COUNTS = {2: 21_716, 0: 3_950, 4: 53_216}  # as published, by layers of the projector


@pytest.mark.parametrize("projector", COUNTS)
def test_parameters_are_counted_and_spread_as_in_the_reference(projector):
    encoder = Encoder(projector=projector)
    params = encoder.init(np.random.default_rng(0))
    network = encoder.network(params)
    assert network.values.size == COUNTS[projector]
    assert [layer.outputs for layer in network.layers] == encoder.sizes
    assert encoder.sizes[:3] == [475, 250, 125]
    for key, array in params.items():
        weight = params[key.replace("bias", "weight")]
        bound = 1 / np.sqrt(np.prod(weight.shape[1:]))
        assert 0.7 * bound < np.abs(array).max() <= bound * (1 + 1e-6), key


def largest_error(eps, projector=2, negatives="all"):
    """Largest relative difference between backprop and central differences of width eps."""
    rng = np.random.default_rng(0)
    encoder = Encoder(13, projector, filters=4)
    params: Any = {name: one.astype(np.float64) for name, one in encoder.init(rng).items()}
    x, worst = rng.normal(size=(13, 10)), 0.0
    with kernels.using("numpy"):
        network = encoder.network(params)
        spec = ContrastSpec(negatives=negatives)
        training = Contrast(spec, np.zeros((13, 4), np.float32), network)
        training.learn(x)
        grads = network.grads.copy()
        assert (np.abs(grads) > 1e-6).mean() > 0.5  # not a dead network's
        for index, ours in enumerate(grads):
            losses = []
            for sign in (1, -1):
                kept = network.values[index]
                network.values[index] += sign * eps
                losses.append(training.learn(x))
                network.values[index] = kept
            numeric = (losses[0] - losses[1]) / (2 * eps)
            worst = max(worst, abs(numeric - ours) / max(abs(numeric), abs(ours), 1e-3))
    return worst


@pytest.mark.parametrize("negatives", NEGATIVES)
@pytest.mark.parametrize("projector", [0, 1, 2])
def test_gradients_equal_central_differences(projector, negatives):
    assert largest_error(1e-6, projector, negatives) < 1e-5


def test_the_gradient_check_itself_fails_where_it_must(monkeypatch):
    assert largest_error(1.0) > 1e-2  # no derivative any more
    monkeypatch.setattr(info_nce, "normalize_backward", lambda du, u, lengths: du / lengths)
    assert largest_error(1e-6) > 1e-2


@pytest.mark.parametrize("inputs", [3, 8, 13, 40, 72])
def test_every_resolution_has_its_encoder(inputs, backend):
    encoder = Encoder(inputs)
    network = encoder.network(encoder.init(np.random.default_rng(0)))
    x = np.random.default_rng(0).normal(size=(inputs, 250)).astype(np.float32)
    for layer, size in enumerate([inputs, *encoder.sizes]):
        features = network.features(x, layer)
        assert features.shape == (size, 250)
        assert np.isfinite(features).all()
    assert network.features(x[:, :3], 3) == pytest.approx(network.features(x, 3)[:, :3], abs=1e-5)


def test_the_loss_of_equal_views_is_what_its_formula_says(backend):
    z = np.eye(4, dtype=np.float32)
    for negatives, others in (("second", 3), ("all", 6)):
        loss, _ = info_nce.InfoNCE(4, 4, 0.5, negatives)(np.concatenate([z, z], axis=1))
        assert loss == pytest.approx(np.log(np.exp(2) + others) - 2, rel=1e-6)


def test_sums_along_the_first_axis_add_row_after_row():
    """Bits are the same on every machine only if NumPy adds so."""
    x = np.random.default_rng(0).normal(size=(475, 203)).astype(np.float32)
    total = x[0].copy()
    for row in x[1:]:
        total += row
    np.testing.assert_array_equal(np.add.reduce(x, axis=0), total)
