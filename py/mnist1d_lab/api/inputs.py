"""Checks of the arrays that estimators get, in scikit-learn's words. Trains nothing.

scikit-learn need not be there. Where it is loaded, its own classes of errors and warnings are used,
so that code that catches them catches ours.
"""

from __future__ import annotations

import sys
import warnings
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Examples = NDArray[np.float32]


class NotFittedError(ValueError, AttributeError):
    """A method was called that needs `fit` before it."""


class DataConversionWarning(UserWarning):
    """An array had another shape than is wanted, and was taken nevertheless."""


def _sklearns(ours: type[Any]) -> type[Any]:
    """Return scikit-learn's class of the same name if that is loaded, else ours."""
    found: type[Any] = getattr(sys.modules.get("sklearn.exceptions"), ours.__name__, ours)
    return found


def not_fitted(estimator: object) -> Exception:
    """Return the error for an estimator that has learned nothing yet."""
    name = type(estimator).__name__
    error: Exception = _sklearns(NotFittedError)(
        f"This {name} instance is not fitted yet: call fit(X, y) first."
    )
    return error


def examples(X: ArrayLike, expected: int | None = None, name: str = "estimator") -> Examples:  # noqa: N803
    """Return X as float32 (n, length), checked.

    `expected` is the length that the estimator called `name` was fitted with. Raises ValueError, or
    TypeError for what is no dense array of numbers.
    """
    if hasattr(X, "toarray"):
        raise TypeError("Sparse data were passed for X; dense data are required: X.toarray().")
    array = np.asarray(X)
    if array.dtype.kind == "c":
        raise ValueError(f"Complex data not supported: X has dtype {array.dtype}.")
    if array.ndim != 2:
        raise ValueError(
            f"Expected 2D array, got {array.ndim}D array instead. Reshape your data: "
            "X.reshape(1, -1) for one example, X.reshape(-1, 1) for examples of one number."
        )
    for count, what in zip(array.shape, ("sample", "feature"), strict=True):
        if not count:
            raise ValueError(
                f"Found array with 0 {what}(s) (shape={array.shape}) while a minimum of 1 is "
                "required."
            )
    if expected is not None and array.shape[1] != expected:
        raise ValueError(
            f"X has {array.shape[1]} features, but {name} is expecting {expected} features as input"
        )
    with np.errstate(over="ignore"):
        single = array.astype(np.float64).astype(np.float32)
    _require_finite(single, "X", "float32")
    return single


def _require_finite(array: NDArray[Any], name: str, dtype: str) -> None:
    if np.isnan(array).any():
        raise ValueError(f"Input {name} contains NaN.")
    if not np.isfinite(array).all():
        raise ValueError(
            f"Input {name} contains infinity or a value too large for dtype('{dtype}')."
        )


def labels(y: ArrayLike | None, count: int) -> NDArray[Any]:
    """Return y as an array of labels (count,), checked; labels are numbers, truth values or text.

    Raises ValueError for anything else.
    """
    if y is None:
        raise ValueError("fit requires y to be passed, but the target y is None")
    array = np.asarray(y)
    if array.ndim == 2 and array.shape[1] == 1:
        warnings.warn(
            "A column-vector y was passed when a 1d array was expected. Please change the shape of "
            "y to (n_samples,), for example using ravel().",
            _sklearns(DataConversionWarning),
            stacklevel=3,
        )
        array = array.ravel()
    if array.ndim != 1:
        raise ValueError(f"y should be a 1d array, got an array of shape {array.shape} instead.")
    if len(array) != count:
        raise ValueError(
            f"Found input variables with inconsistent numbers of samples: {[count, len(array)]}"
        )
    if array.dtype.kind == "f":
        _require_finite(array, "y", array.dtype.name)
        if (array != np.floor(array)).any():
            raise ValueError(
                "Unknown label type: continuous. y must be whole numbers or text, one a class."
            )
    return array


def feature_names(X: object) -> NDArray[Any] | None:  # noqa: N803
    """Return the names of a frame's columns, (length,) objects; None if they are not all text."""
    columns = getattr(X, "columns", None)
    if columns is None or not all(isinstance(name, str) for name in columns):
        return None
    return np.array([str(name) for name in columns], object)


def check_names(estimator: Any, X: object) -> None:  # noqa: N803
    """Refuse a frame whose columns are not those of `fit`; warn if only one of both was a frame."""
    before, now = getattr(estimator, "feature_names_in_", None), feature_names(X)
    name = type(estimator).__name__
    if before is None and now is not None:
        warnings.warn(
            f"X has feature names, but {name} was fitted without feature names", stacklevel=3
        )
    elif before is not None and now is None:
        warnings.warn(
            f"X does not have valid feature names, but {name} was fitted with feature names",
            stacklevel=3,
        )
    elif before is not None and now is not None and list(before) != list(now):
        raise ValueError(_other_names(list(before), list(now)))


def _other_names(before: list[str], now: list[str]) -> str:
    """Return what is said of other columns, in the lines that scikit-learn has for it."""
    unseen, missing = sorted(set(now) - set(before)), sorted(set(before) - set(now))
    lines = ["The feature names should match those that were passed during fit."]
    for head, names in (
        ("Feature names unseen at fit time:", unseen),
        ("Feature names seen at fit time, yet now missing:", missing),
    ):
        lines += [head, *(f"- {name}" for name in names)] if names else []
    if not unseen and not missing:
        lines.append("Feature names must be in the same order as they were in fit.")
    return "\n".join(lines) + "\n"
