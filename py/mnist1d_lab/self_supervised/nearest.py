"""Nearest neighbours in a layer: how often their majority is right, and which they are."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab import kernels
from mnist1d_lab.types import Array, Labels

NEIGHBOURS = 10  # that vote, as in the reference
BLOCK = 100  # test signals whose distances are computed at a time


def distances(x: Array, x_test: Array) -> Iterator[Array]:
    """Yield squared Euclidean distances (BLOCK, n) of test features to features x (features, n).

    They are the same up to a constant for each test signal, its own length squared: order is all
    that is asked of them.
    """
    count, features = x_test.shape[1], len(x)
    lengths = np.add.reduce(x * x, axis=0)  # row after row: one order on every machine
    for start in range(0, count, BLOCK):
        test = np.ascontiguousarray(x_test[:, start : start + BLOCK].T)
        products = np.zeros((len(test), x.shape[1]), np.float32)
        bias = np.zeros(len(test), np.float32)
        kernels.program([kernels.bind("linear_forward", x, test, bias, products, False)])()
        assert test.shape[1] == features
        yield lengths - 2 * products


def knn_accuracy(x: Array, y: Labels, x_test: Array, y_test: Labels, classes: int = 10) -> float:
    """Return how many test signals, in percent, the majority of their nearest neighbours names.

    Euclidean distance; of equally many votes the lower label wins, as in scikit-learn. All that are
    as near as the last neighbour vote too.
    """
    members = [np.flatnonzero(y == label) for label in range(classes)]
    right, start = 0, 0
    last = min(NEIGHBOURS, x.shape[1]) - 1
    for block in distances(x, x_test):
        near = block <= np.partition(block, last, axis=1)[:, last : last + 1]
        votes = [np.count_nonzero(near[:, member], axis=1) for member in members]
        named = np.argmax(votes, axis=0)
        right += int(np.count_nonzero(named == y_test[start : start + len(block)]))
        start += len(block)
    return 100 * right / len(y_test)


def nearest(x: Array, one: Array, count: int) -> NDArray[np.int64]:
    """Return the places (count,) of the nearest features x (features, n) to `one` (features, 1)."""
    (block,) = distances(x, one)
    return np.argsort(block[0], kind="stable")[:count]
