"""Views of a signal: what is left out, what is changed, and that they are drawn again alike."""

import numpy as np
import pytest

from mnist1d_lab.self_supervised.spec import ContrastSpec
from mnist1d_lab.self_supervised.views import (
    Changes,
    detrended,
    draw_changes,
    pairs,
    places,
    view,
    views_of,
)


def test_a_detrended_signal_has_neither_mean_nor_slope():
    x = np.random.default_rng(0).normal(size=(40, 30)).astype(np.float32)
    at = np.arange(40)[:, np.newaxis]
    flat = detrended(x)
    assert np.polyfit(at[:, 0], flat, 1) == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(detrended(x + 3 * at - 5), flat, atol=1e-4)


def test_a_view_is_the_signal_rolled_with_its_slope_and_offset():
    flat = np.random.default_rng(0).normal(size=(7, 2)).astype(np.float32)
    roll, slope, offset = np.array([0, 3]), np.array([0, 0.5]), np.array([0.0, 2])
    made = view(flat, Changes(roll, slope, offset))
    np.testing.assert_array_equal(made[:, 0], flat[:, 0])
    expected = np.roll(flat[:, 1], 3) + 0.5 * (np.arange(7) - 3) + 2
    np.testing.assert_allclose(made[:, 1], expected, rtol=1e-6)


def test_changes_are_spread_as_asked_and_differ_between_views_and_epochs():
    spec = ContrastSpec(max_roll=9)
    first, second = draw_changes(spec, 0, 20_000)
    assert set(first.roll.tolist()) == set(range(10))
    assert first.slope.std() == pytest.approx(spec.slope, rel=0.03)
    assert first.offset.std() == pytest.approx(spec.offset, rel=0.03)
    assert (first.roll != second.roll).mean() > 0.85
    again, later = draw_changes(spec, 0, 20_000)[0], draw_changes(spec, 1, 20_000)[0]
    np.testing.assert_array_equal(first.slope, again.slope)
    assert (first.slope != later.slope).all()


def test_pairs_are_two_views_of_the_same_examples():
    flat = detrended(np.random.default_rng(0).normal(size=(12, 50)).astype(np.float32))
    spec = ContrastSpec(max_roll=0, slope=0, offset=0)
    examples = np.array([4, 0, 31])
    both = pairs(views_of(flat, draw_changes(spec, 0, 50)), examples)
    np.testing.assert_array_equal(both, np.concatenate([flat[:, examples]] * 2, axis=1))
    assert places(40).sum() == 0
