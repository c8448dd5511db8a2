"""Published test errors, in percent, by width: the printed output of the notebook. None of ours.

`deep-double-descent` of github.com/greydanus/mnist1d, one run a width without a seed; its plot
truncates these numbers to whole ones.
"""

from __future__ import annotations

from mnist1d_lab.double_descent.spec import WIDTHS

_CLEAN = (
    68.53, 66.83, 58.27, 61.37, 54.20, 49.33, 50.08, 44.55, 42.63, 41.02,
    41.66, 41.01, 41.24, 39.59, 38.61, 38.58, 38.09, 37.10, 37.25,
)  # fmt: skip
_NOISY = (
    69.59, 67.50, 62.55, 57.45, 54.80, 48.97, 50.28, 47.24, 50.84, 50.69,
    52.80, 54.05, 54.02, 52.08, 50.23, 48.39, 47.88, 46.54, 45.47,
)  # fmt: skip
# By label noise, then by width.
ERRORS = {
    0.0: dict(zip(WIDTHS, _CLEAN, strict=True)),
    0.15: dict(zip(WIDTHS, _NOISY, strict=True)),
}
# The CNN's with label noise, by filters: of its 29 runs those that are trained here too.
CNN_ERRORS = {
    2: 61.20, 4: 35.78, 6: 23.87, 8: 21.95, 10: 19.64, 12: 23.70, 14: 27.74, 16: 27.29, 18: 33.80,
    20: 32.48, 22: 31.34, 24: 32.03, 28: 32.46, 35: 30.17, 50: 28.67, 70: 28.83, 100: 27.66,
}  # fmt: skip
# How far the mean of five seeds may be from a published run, in points: set beforehand.
ACCEPTED = {
    (0.15, 16): 4,
    (0.15, 47): 2,
    (0.15, 104): 2,
    (0.15, 300): 2,
    (0.0, 47): 2,
    (0.0, 300): 2,
}
