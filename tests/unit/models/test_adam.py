"""Adam's memory fades to 0, not to denormal numbers, which processors compute very slowly."""

import numpy as np

from mnist1d_lab import kernels


def test_what_has_no_gradient_any_more_leaves_no_denormal_numbers(backend):
    param, grad, mean, square = (np.full(6, value, np.float32) for value in (0.1, 1e-3, 0, 0))
    rates = np.array([0.01, 1], np.float32)
    step = kernels.program(
        [kernels.bind("adam", param, grad, None, mean, square, rates, 0.9, 0.999, 1e-8)]
    )
    smallest = np.finfo(np.float32).smallest_normal
    for steps, value in ((20, 1e-3), (1000, 0), (20, 1e-19)):
        grad[:] = value
        for _ in range(steps):
            step()
            assert not ((mean != 0) & (np.abs(mean) < smallest)).any()
            assert not ((square != 0) & (np.abs(square) < smallest)).any()
    assert mean.max() < 1e-18  # the last gradients are followed, but
    np.testing.assert_array_equal(square, square[0])
    assert square[0] > 0
