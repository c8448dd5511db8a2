"""Spec fields that know what they allow and say so; the specs are in each folder's spec.py."""

from __future__ import annotations

import dataclasses
import math
import numbers
from collections.abc import Callable, Mapping
from typing import Any, Self

# A check takes a raw value and returns the clean one; a value it refuses raises RefusedError.
Check = Callable[[Any], Any]


class RefusedError(Exception):
    """A value that a check does not take; the message is what would be allowed."""


def refuse(name: str, value: object, allowed: str) -> ValueError:
    """Return the one sentence for a bad field: its name, what is allowed, the value."""
    return ValueError(f"{name} must be {allowed}, got {value!r}")


def checked(default: Any, check: Check) -> Any:
    """Return a dataclass field with a default whose values pass through `check`."""
    return dataclasses.field(default=default, metadata={"check": check})


def integer(default: int, low: int, high: int | None = None) -> Any:
    """Return a field of whole numbers from `low` to `high` (no upper end if None)."""
    allowed = (
        f"a whole number from {low} to {high}"
        if high is not None
        else (f"a whole number of at least {low}")
    )

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, numbers.Integral):
            raise RefusedError(allowed)
        number = int(value)
        if number < low or (high is not None and number > high):
            raise RefusedError(allowed)
        return number

    return checked(default, check)


def real(default: float, low: float, high: float = math.inf, open_ends: bool = False) -> Any:
    """Return a field of finite numbers from `low` to `high`; `open_ends` leaves the ends out."""
    if open_ends:
        allowed = f"a number greater than {low:g}"
        allowed += f" and less than {high:g}" if high < math.inf else ""
    else:
        allowed = f"a number of at least {low:g}"
        allowed += f" and at most {high:g}" if high < math.inf else ""

    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, numbers.Real):
            raise RefusedError(allowed)
        try:
            number = float(value)
        except OverflowError:  # a whole number beyond any float
            raise RefusedError(allowed) from None
        inside = low < number < high if open_ends else low <= number <= high
        if not inside or not math.isfinite(number):
            raise RefusedError(allowed)
        return number

    return checked(default, check)


def flag(default: bool) -> Any:
    """Return a field that is true or false."""

    def check(value: Any) -> bool:
        if not isinstance(value, bool):
            raise RefusedError("true or false")
        return value

    return checked(default, check)


def choice(default: str, *options: str) -> Any:
    """Return a field that is one of a few names."""
    allowed = " or ".join(repr(option) for option in options)

    def check(value: Any) -> str:
        if value not in options:
            raise RefusedError(allowed)
        return str(value)

    return checked(default, check)


class Spec:
    """Base of the frozen dataclasses whose fields are made by the functions above."""

    def __new__(cls, *args: Any, **values: Any) -> Self:
        """Refuse an unknown field with a `ValueError`, before `__init__` has a TypeError for it."""
        names = [field.name for field in dataclasses.fields(cls)]  # type: ignore[arg-type]
        for name, value in values.items():
            if name not in names:
                raise refuse(name, value, f"left out ({cls.__name__} has only {', '.join(names)})")
        return super().__new__(cls)

    def __post_init__(self) -> None:
        """Replace each field by its clean value; a bad one raises a `ValueError` that names it."""
        for field in dataclasses.fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            try:
                clean = field.metadata["check"](value)
            except RefusedError as refusal:
                raise refuse(field.name, value, str(refusal)) from None
            object.__setattr__(self, field.name, clean)

    @classmethod
    def of(cls, source: object) -> Self:
        """Read a spec from a spec, a dict of its fields, or any object with all of them."""
        if isinstance(source, cls):
            return source
        if isinstance(source, Mapping):
            return cls(**source)
        names = [field.name for field in dataclasses.fields(cls)]  # type: ignore[arg-type]
        missing = [name for name in names if not hasattr(source, name)]
        if missing:
            kind = type(source).__name__
            raise refuse(missing[0], None, f"given, in a dict or as an attribute of the {kind}")
        return cls(**{name: getattr(source, name) for name in names})
