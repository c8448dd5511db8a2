"""Adjacent survivors: by hand, and the exact null against many permutations."""

import numpy as np
import pytest

from mnist1d_lab.lottery import adjacency

MASK = np.array([[1, 1, 1, 0, 1], [0, 1, 0, 0, 1]], np.float32)


def test_windows_are_counted_by_hand():
    assert adjacency.together(MASK, 2) == 2 / 8
    assert adjacency.together(MASK, 3) == 1 / 6
    assert adjacency.together(MASK, 4) == 0


def test_the_null_is_the_mean_over_permutations_of_each_row():
    rng = np.random.default_rng(0)
    mask = (rng.random((3, 12)) < [[0.2], [0.5], [0.9]]).astype(np.float32)
    for width in adjacency.WINDOWS:
        draws = [adjacency.together(rng.permuted(mask, axis=1), width) for _ in range(4000)]
        error = np.std(draws) / np.sqrt(len(draws))
        assert adjacency.by_chance(mask, width) == pytest.approx(np.mean(draws), abs=4 * error)


def test_a_full_mask_is_all_together_and_an_input_shorter_than_the_window_is_not():
    assert adjacency.measures(np.ones((2, 9))) == dict.fromkeys(
        ("p2", "p3", "p4", "null2", "null3", "null4"), 1.0
    )
    assert adjacency.measures(np.ones((2, 3)))["p4"] == 0
    assert adjacency.measures(np.ones((2, 3)))["null4"] == 0
