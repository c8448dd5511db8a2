"""Parameters in training: dense and sparse agree, survivors alone move, any batch size."""

import numpy as np
import pytest

from mnist1d_lab import kernels
from mnist1d_lab.dataset.generator import make_dataset
from mnist1d_lab.lottery.pruning import full_masks, magnitude, prune, rewind
from mnist1d_lab.models.linear import Dense, Sparse
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.models.network import KEPT_SIZES
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.split import as_split
from mnist1d_lab.models.train import train

MODEL = MLP(hidden=20)
INITIAL = MODEL.init(np.random.default_rng(0))
FULL = full_masks(INITIAL, True)
MASKS = prune(magnitude(INITIAL, FULL), FULL, 0.8)
DATA = as_split(make_dataset({"num_samples": 300}))


def trained(masks, **spec):
    params = rewind(INITIAL, masks)
    train(MODEL, params, DATA, TrainSpec(hidden=20, **spec), lambda *_: None, masks)
    return params


@pytest.fixture(params=[0.0, 2.0], ids=["dense", "sparse"])
def form(request, backend, monkeypatch):
    """The form of all layers."""
    monkeypatch.setitem(kernels.SPARSE_BELOW, backend, request.param)
    return Sparse if request.param else Dense


def test_both_forms_and_both_backends_train_alike(form):
    with kernels.using("numpy"), pytest.MonkeyPatch.context() as patch:
        patch.setitem(kernels.SPARSE_BELOW, "numpy", 0.0)
        expected = trained(MASKS, steps=20)
    for name, array in trained(MASKS, steps=20).items():
        np.testing.assert_allclose(array, expected[name], rtol=1e-3, atol=1e-4)


def test_survivors_move_and_what_is_pruned_stays_at_zero(form):
    for name, array in trained(MASKS, steps=25).items():
        gone = MASKS[name] == 0
        assert gone.any()
        assert (array[gone] == 0).all()
        assert (array[~gone] != INITIAL[name][~gone]).any()


def test_a_layer_takes_the_form_that_its_density_asks_for(backend):
    network = MODEL.network(INITIAL, {"linear2.weight": MASKS["linear2.weight"]})
    forms = [type(layer) for layer in network.layers]
    assert forms == [Dense, Sparse if backend == "simd" else Dense, Dense]


def test_all_pruned_still_trains_the_biases(form):
    none = {name: np.zeros_like(m) for name, m in FULL.items() if name.endswith("weight")}
    params = trained(none, steps=5)
    assert not any(params[name].any() for name in none)
    assert (params["linear3.bias"] != INITIAL["linear3.bias"]).all()


def test_a_batch_at_the_end_of_the_data_is_short_and_sizes_are_forgotten(backend):
    assert len(DATA.y) == 240
    expected = None
    for sizes in (1, KEPT_SIZES):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("mnist1d_lab.models.network.KEPT_SIZES", sizes)
            got = trained(MASKS, steps=12, batch_size=100)
        expected = expected or got
        assert all((got[name] == expected[name]).all() for name in got)


def test_evaluation_does_not_depend_on_how_it_is_cut(backend, monkeypatch):
    network = MODEL.network(INITIAL)
    whole = network.evaluate(DATA.x, DATA.y)
    monkeypatch.setattr("mnist1d_lab.models.network.EVALUATION_BATCH", 7)
    assert network.evaluate(DATA.x, DATA.y) == pytest.approx(whole, rel=1e-6)
