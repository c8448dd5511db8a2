"""How much of the labels a linear classifier reads off features: logistic regression, converged.

The objective of scikit-learn's `LogisticRegression` with C = 1 after `StandardScaler`: the sum of
the training cross-entropies plus half the sum of squares of the weights, biases left out. It is
minimised with L-BFGS (Liu & Nocedal 1989) until no entry of the gradient of its mean is above
TOLERANCE; the reference stops at 1e-2, long before that. L-BFGS begins with the inverse of a matrix
like the Hessian, since features are strongly correlated: that takes a fifth of the iterations.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.types import Array, Labels

TOLERANCE = 1e-5
MOST_ITERATIONS = 1000
MEMORY = 10  # pairs of steps and gradients that L-BFGS keeps
ENOUGH = 1e-4  # share of the promised descent that a step has to give (Armijo)
CURVATURE = 0.05  # of the cross-entropy by a logit: p (1 - p) of a class at a typical example
HALVINGS = 30  # of a step, before the search is taken as finished: the arithmetic has no more


class Probe(NamedTuple):
    """What a fitted linear classifier gets right, in percent, and what it took."""

    train_acc: float
    test_acc: float
    iterations: int
    gradient: float  # largest entry, absolute, of the gradient where it stopped


def standardize(x: Array, x_test: Array) -> tuple[Array, Array]:
    """Return features (features, n) of both parts, scaled by the training part's mean and SD.

    What does not vary is only centred.
    """
    mean = np.add.reduce(x.astype(np.float64), axis=1, keepdims=True) / x.shape[1]
    centred = x - mean
    deviation = np.sqrt(np.add.reduce(centred * centred, axis=1, keepdims=True) / x.shape[1])
    scale = np.where(deviation > 1e-7, deviation, 1)
    return (centred / scale).astype(np.float32), ((x_test - mean) / scale).astype(np.float32)


class Objective:
    """The mean penalised cross-entropy of weights and biases (classes * (features + 1),)."""

    def __init__(self, x: Array, y: Labels, classes: int) -> None:
        """Bind the kernels to features x (features, n) and labels y (n,)."""
        features, self.count = x.shape
        self.weights = classes * features
        self.values, self.grads = np.zeros((2, self.weights + classes), np.float32)
        (weight, bias), (dweight, dbias) = self._split(self.values), self._split(self.grads)
        logits, dlogits = np.zeros((2, classes, self.count), np.float32)
        self.sums = np.zeros(2)
        self._run = kernels.program(
            [
                kernels.bind("linear_forward", x, weight, bias, logits, False),
                kernels.bind("softmax_cross_entropy", logits, y, dlogits, self.sums),
                kernels.bind("linear_backward", dlogits, x, dweight, dbias),
            ]
        )
        self.classes = classes

    def _split(self, flat: Array) -> tuple[Array, Array]:
        weight, bias = flat[: self.weights], flat[self.weights :]
        return weight.reshape(len(bias), -1), bias

    def __call__(self, theta: Array) -> tuple[float, Array]:
        """Return the objective and its gradient, float64, at theta."""
        self.values[...] = theta
        self.sums[:] = 0
        self._run()
        weights = theta[: self.weights]
        gradient = self.grads.astype(np.float64)
        gradient[: self.weights] += weights / self.count
        penalty = float(np.add.reduce(weights * weights)) / (2 * self.count)
        return float(self.sums[0]) / self.count + penalty, gradient


def inverse(matrix: Array) -> Array:
    """Return the inverse of a symmetric positive definite matrix (n, n): Gauss-Jordan, float64.

    Element by element, so with the same bits on every machine; LAPACK's differ.
    """
    work = matrix.astype(np.float64)
    for at in range(len(work)):
        pivot, column = work[at, at], work[:, at].copy()
        row = work[at] / pivot
        row[at] = 1 / pivot
        column[at] = 0
        work[:, at] = 0
        work -= column[:, np.newaxis] * row
        work[at] = row
    return work


class Preconditioner:
    """The inverse of (CURVATURE x x' + 1) / n, with which each class's gradient is multiplied."""

    def __init__(self, x: Array, classes: int) -> None:
        """Invert for features x (features, n)."""
        features, count = x.shape
        gram, rest = np.zeros((features, features), np.float32), np.zeros(features, np.float32)
        kernels.program([kernels.bind("linear_backward", x, x, gram, rest)])()
        penalised = CURVATURE * gram.astype(np.float64) + np.eye(features)
        self.matrix = (inverse(penalised) * count).astype(np.float32)
        self.bias, self.weights = 1 / CURVATURE, classes * features
        self.columns, self.out = np.zeros((2, features, classes), np.float32)
        args = self.columns, self.matrix, rest * 0, self.out, False
        self._run = kernels.program([kernels.bind("linear_forward", *args)])

    def __call__(self, gradient: Array) -> Array:
        """Return a gradient (classes * (features + 1),) multiplied, float64."""
        scale = float(np.abs(gradient).max()) or 1.0  # float32 has no room for the smallest
        weight = gradient[: self.weights] / scale
        self.columns[...] = weight.reshape(self.out.shape[1], -1).T
        self._run()
        return np.concatenate([self.out.T.ravel() * scale, gradient[self.weights :] * self.bias])


def minimize(
    objective: Callable[[Array], tuple[float, Array]],
    precondition: Callable[[Array], Array],
    theta: Array,
) -> tuple[Array, int, float]:
    """Return where a smooth convex objective is least, the iterations, and the largest gradient."""
    pairs: deque[tuple[Array, Array, float]] = deque(maxlen=MEMORY)
    value, gradient = objective(theta)
    for iteration in range(MOST_ITERATIONS):
        largest = float(np.abs(gradient).max())
        if largest <= TOLERANCE:
            return theta, iteration, largest
        direction = -_inverse_hessian(pairs, precondition, gradient)
        slope, size = _dot(direction, gradient), 1.0
        for _ in range(HALVINGS):
            step = size * direction
            next_value, next_gradient = objective(theta + step)
            if next_value <= value + ENOUGH * size * slope:
                break
            size /= 2
        else:
            return theta, iteration, largest
        change = next_gradient - gradient
        if (curvature := _dot(step, change)) > 0:
            pairs.append((step, change, 1 / curvature))
        theta, value, gradient = theta + step, next_value, next_gradient
    return theta, MOST_ITERATIONS, float(np.abs(gradient).max())


def _dot(a: Array, b: Array) -> float:
    # Not `a @ b`, which libraries add up in different orders.
    return float(np.add.reduce(a * b))


def _inverse_hessian(
    pairs: deque[tuple[Array, Array, float]],
    precondition: Callable[[Array], Array],
    gradient: Array,
) -> Array:
    """Return the gradient times L-BFGS's inverse Hessian: the two-loop recursion."""
    result, factors = gradient.copy(), []
    for step, change, inverse_curvature in reversed(pairs):
        factors.append(inverse_curvature * _dot(step, result))
        result -= factors[-1] * change
    result = precondition(result)
    if pairs:
        step, change, inverse_curvature = pairs[-1]
        result *= 1 / (inverse_curvature * _dot(change, precondition(change)))
    for step, change, inverse_curvature in pairs:
        result += step * (factors.pop() - inverse_curvature * _dot(change, result))
    return result


def linear_probe(x: Array, y: Labels, x_test: Array, y_test: Labels, classes: int = 10) -> Probe:
    """Fit on features x (features, n) with labels y (n,); measure on both parts."""
    train, test = standardize(x, x_test)
    objective = Objective(train, y, classes)
    start = np.zeros(len(objective.values))
    theta, iterations, gradient = minimize(objective, Preconditioner(train, classes), start)
    objective.values[...] = theta
    weight, bias = objective._split(objective.values)
    return Probe(
        _accuracy(weight, bias, train, y), _accuracy(weight, bias, test, y_test),
        iterations, gradient,
    )  # fmt: skip


def _accuracy(weight: Array, bias: Array, x: Array, y: Labels) -> float:
    logits, sums = np.zeros((len(bias), x.shape[1]), np.float32), np.zeros(2)
    kernels.program(
        [
            kernels.bind("linear_forward", x, weight, bias, logits, False),
            kernels.bind("softmax_cross_entropy", logits, y, None, sums),
        ]
    )()
    return 100 * float(sums[1]) / len(y)
