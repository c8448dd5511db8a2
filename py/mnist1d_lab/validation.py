"""Fields that know what they allow and say so, and the specs made of them.

Specs are in each folder's spec.py, what a job takes beside its spec in its module of `jobs`. Every
value from outside passes one of the checks below; what is refused is a `BadValueError`.
"""

from __future__ import annotations

import dataclasses
import math
import numbers
import reprlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Self, TypeVar

LONGEST = 60  # letters of a refused value that a message repeats

# A check takes a raw value and returns the clean one; a value it refuses raises RefusedError.
Check = Callable[[Any], Any]
S = TypeVar("S", bound="Spec")


class RefusedError(Exception):
    """A value that a check does not take; the message is what would be allowed."""


class BadValueError(ValueError):
    """A value from outside that makes no sense: of which `field`, the `value`, what is `allowed`.

    `value` is text of at most LONGEST letters, whatever came.
    """

    def __init__(self, field: str, value: object, allowed: str) -> None:
        """Make the one sentence of it."""
        self.field, self.value, self.allowed = field, shortened(value), allowed
        super().__init__(f"{field} must be {allowed}, got {self.value}")


class _Short(reprlib.Repr):
    """Writes a value with an effort that does not grow with it."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = self.maxlong = LONGEST
        self.maxlist = self.maxtuple = self.maxset = self.maxdict = 6
        self.maxlevel = 3

    def repr_int(self, x: int, level: int) -> str:
        # Python refuses to write out a whole number of thousands of digits.
        return repr(x) if abs(x) < 10**LONGEST else f"a number of {x.bit_length()} bits"

    def repr_instance(self, x: Any, level: int) -> str:
        if isinstance(x, bytes | bytearray | memoryview) or hasattr(x, "nbytes"):
            return f"{memoryview(x).nbytes} bytes"
        return super().repr_instance(x, level)

    repr_bytes = repr_bytearray = repr_memoryview = repr_ndarray = repr_instance


def shortened(value: object) -> str:
    """Return a value as a message repeats it."""
    text = _Short().repr(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def refuse(name: str, value: object, allowed: str) -> BadValueError:
    """Return the one sentence for a bad field: its name, what is allowed, the value."""
    return BadValueError(name, value, allowed)


class Limits(NamedTuple):
    """The ends of a number's range, None for no end; `open` leaves the ends themselves out."""

    low: float
    high: float | None
    open: bool = False


def checked(default: Any, check: Check, allowed: str = "", limits: Limits | None = None) -> Any:
    """Return a dataclass field with a default whose values pass through `check`.

    `allowed` says in a table what the check takes; the page takes `limits` for its own controls.
    """
    metadata = {"check": check, "allowed": allowed, "limits": limits}
    return dataclasses.field(default=default, metadata=metadata)


def optional(field: Any) -> Any:
    """Return the same field, but one that may be left out: then it is None."""
    check: Check = field.metadata["check"]
    allowed: str = field.metadata["allowed"]
    return checked(None, lambda value: None if value is None else check(value), allowed)


def is_integer(value: Any) -> bool:
    """Return whether it is a whole number, and no truth value."""
    return isinstance(value, numbers.Integral) and not isinstance(value, bool)


def integer(default: int, low: int, high: int | None = None) -> Any:
    """Return a field of whole numbers from `low` to `high` (no upper end if None)."""
    allowed = (
        f"a whole number from {low} to {high}"
        if high is not None
        else (f"a whole number of at least {low}")
    )

    def check(value: Any) -> int:
        if not is_integer(value) or value < low or (high is not None and value > high):
            raise RefusedError(allowed)
        return int(value)

    return checked(default, check, allowed, Limits(low, high))


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

    end = high if math.isfinite(high) else None
    return checked(default, check, allowed, Limits(low, end, open_ends))


def flag(default: bool) -> Any:
    """Return a field that is true or false."""

    def check(value: Any) -> bool:
        if not isinstance(value, bool):
            raise RefusedError("true or false")
        return value

    return checked(default, check, "true or false")


def choice(default: str, *options: str) -> Any:
    """Return a field that is one of a few names."""
    allowed = " or ".join(repr(option) for option in options)

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in options:
            raise RefusedError(allowed)
        return str(value)

    return checked(default, check, allowed)


class Spec:
    """Base of the frozen dataclasses whose fields are made by the functions above."""

    def __new__(cls, *args: Any, **values: Any) -> Self:
        """Refuse an unknown field before `__init__` has a TypeError for it."""
        for name in values.keys() - names_of(cls):
            raise unknown(name, values[name], names_of(cls))
        return super().__new__(cls)

    def __post_init__(self) -> None:
        """Replace each field by its clean value; a bad one raises a `BadValueError`."""
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
            for name in source:
                if not isinstance(name, str):
                    raise refuse("the name of a field", name, "text")
            # As a dict: a field may be called like an argument of `__new__`.
            if strange := [name for name in source if name not in names_of(cls)]:
                raise unknown(strange[0], source[strange[0]], names_of(cls))
            return cls(**source)
        missing = [name for name in names_of(cls) if not hasattr(source, name)]
        if missing:
            kind = type(source).__name__
            raise refuse(missing[0], None, f"given, in a dict or as an attribute of the {kind}")
        return cls(**{name: getattr(source, name) for name in names_of(cls)})

    def part(self, kind: type[S]) -> S:
        """Return the spec of `kind`, a base of this one's class, with the same values."""
        return kind(**{name: getattr(self, name) for name in names_of(kind)})


def names_of(kind: type[Spec]) -> list[str]:
    """Return the names of a spec's fields, in their order."""
    return [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]


def unknown(name: str, value: object, known: list[str]) -> BadValueError:
    """Refuse a field that does not exist; says the nearest one that does."""
    import difflib  # which no start of the page needs

    near = difflib.get_close_matches(name[:LONGEST], known, n=1)
    hint = f"it is unknown; is it {near[0]}?" if near else f"known are {', '.join(known)}"
    return refuse(name[:LONGEST], value, f"left out ({hint if known else 'nothing is taken'})")
