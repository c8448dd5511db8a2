"""The compiled draws against their twin, and examples drawn again against the whole draw."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from mnist1d_lab.dataset import cache
from mnist1d_lab.dataset.generator import draw
from mnist1d_lab.dataset.random_draws import FIELDS, DrawStream, ExampleDraws, draw_all
from mnist1d_lab.dataset.spec import DatasetSpec

SPECS: list[dict[str, Any]] = [
    {"num_samples": 1230},
    {"num_samples": 90, "max_translation": 1, "shuffle_seq": True},
    {"num_samples": 200, "max_translation": 33, "padding": (0, 21), "template_len": 12},
    {"num_samples": 10, "seed": 2**32 - 1, "padding": (5, 5), "max_translation": 17},
]  # fmt: skip


def equal(ours, theirs):
    """Bit for bit, but for the normals: see the head of random_draws.py."""
    for name in ("pad", "scale", "shift", "shear"):
        assert (getattr(ours, name) == getattr(theirs, name)).all(), name
    for name in ("corr_noise", "iid_noise"):
        np.testing.assert_array_max_ulp(getattr(ours, name), getattr(theirs, name), 2)


@pytest.mark.parametrize("fields", SPECS)
def test_the_compiled_draws_are_the_twins(backend, fields):
    spec = DatasetSpec(**fields)
    ours, theirs = draw_all(spec), draw(spec)
    equal(ours, theirs)
    assert (ours.order == theirs.order).all()
    assert (ours.positions is None) == (theirs.positions is None)
    assert ours.positions is None or (ours.positions == theirs.positions).all()


@pytest.mark.parametrize("fields", SPECS)
def test_an_example_drawn_again_has_the_bits_of_the_whole_draw(backend, fields):
    spec = DatasetSpec(**fields)
    whole, examples = draw_all(spec), ExampleDraws(spec)
    assert (examples.order == whole.order).all()
    for row in {0, 9, len(whole.pad) // 2, len(whole.pad) - 1}:
        again = examples.example(row)
        for name in FIELDS:
            assert (getattr(again, name)[0] == getattr(whole, name)[row]).all()


@pytest.mark.usefixtures("compiled")
def test_the_size_of_a_chunk_changes_no_bit():
    spec = DatasetSpec(num_samples=250)
    for name in FIELDS:
        one, many = (
            np.concatenate([getattr(part, name) for _, part in DrawStream(spec, size).chunks()])
            for size in (250, 7)
        )
        assert (one == many).all()


KNOBS: dict[str, Any] = {
    "train_split": 0.3,
    "scale_coeff": 1.7,
    "corr_noise_scale": 0.6,
    "iid_noise_scale": 0.2,
    "shear_scale": 0.1,
    "final_seq_length": 17,
    "templates": "3:0,0.1,0.2,0.3,0.3,0.3,0.3,0.3,0.2,0.1,0,0",
}


@pytest.mark.parametrize("shuffled", [False, True])
@pytest.mark.parametrize("knob", KNOBS)
def test_reused_draws_give_the_bits_of_a_fresh_build(backend, knob, shuffled):
    before = DatasetSpec(num_samples=300, shuffle_seq=shuffled)
    after = dataclasses.replace(before, **{knob: KNOBS[knob]})
    cache._draws.cache_clear()
    cache.cached_dataset(before)
    reused = cache.cached_dataset(after)
    counts = cache._draws.cache_info()
    assert counts.misses == (2 if shuffled and knob == "final_seq_length" else 1)
    cache._draws.cache_clear()
    fresh = cache.cached_dataset(after)
    for name in ("x", "x_test", "y", "y_test", "t"):
        assert (reused[name] == fresh[name]).all()


@pytest.mark.usefixtures("compiled")
def test_a_dataset_made_as_it_is_drawn_has_the_bits_of_one_that_is_kept(monkeypatch):
    spec = DatasetSpec(num_samples=2500, shuffle_seq=True)
    kept = cache.cached_dataset(spec)
    monkeypatch.setattr(cache, "KEPT", 0)
    told = []
    streamed = cache.cached_dataset(spec, lambda done, total: told.append((done, total)))
    assert told == [(1000, 2500), (2000, 2500), (2500, 2500)]
    for name in ("x", "x_test", "y", "t"):
        assert (kept[name] == streamed[name]).all()
