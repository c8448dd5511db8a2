"""Bytes and records as arguments of jobs: from the page, from JSON, from a results file."""

from __future__ import annotations

import base64
import binascii
import math
import numbers
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mnist1d_lab.types import Bytes
from mnist1d_lab.validation import LONGEST, RefusedError, checked, is_integer, optional, refuse

AS_BYTES = "bytes (binary, whole numbers from 0 to 255, or base64)"
MOST_RECORDS = 1_000_000  # of a list: a search of 1000 trials and 100 levels has a fifth of it


def read_bytes(value: Any) -> Bytes:
    """Return bytes, a list of them as JSON has it, or base64 text as a uint8 array (n,).

    Raises RefusedError for anything else: also for arrays whose items are not bytes.
    """
    if isinstance(value, str):
        return _from_base64(value)
    if isinstance(value, list | tuple):
        return _from_list(value)
    try:
        view = memoryview(value)
    except TypeError:
        raise RefusedError(AS_BYTES) from None
    if view.format not in ("B", "c") or not view.contiguous:
        raise RefusedError(AS_BYTES)
    return np.frombuffer(view, np.uint8)


def _from_base64(text: str) -> Bytes:
    try:
        return np.frombuffer(base64.b64decode(text, validate=True), np.uint8)
    except (binascii.Error, ValueError):  # ValueError: letters beyond ASCII
        raise RefusedError(AS_BYTES) from None


def _from_list(values: Sequence[Any]) -> Bytes:
    if not all(is_integer(one) and 0 <= one <= 255 for one in values):
        raise RefusedError(AS_BYTES)
    return np.array(values, np.uint8)


def packed() -> Any:
    """Return a field of bytes, which may be left out."""
    return optional(required_bytes())


def required_bytes() -> Any:
    """Return a field of bytes that must be given."""
    return checked(None, read_bytes, AS_BYTES)


# Of each field of a record that is read: what it must be, and how a message says that.
Fields = Mapping[str, tuple[type[Any], str]]
WHOLE = (numbers.Integral, "a whole number")
NUMBER = (numbers.Real, "a finite number")
NAME = (str, f"a name of at most {LONGEST} letters")


def records(fields: Fields, optional_fields: Fields | None = None) -> Any:
    """Return a field of records, none if left out: flat rows with these fields at least."""

    def check(value: Any) -> list[Mapping[str, Any]]:
        if not isinstance(value, list | tuple):
            raise RefusedError("a list of records")
        if len(value) > MOST_RECORDS:
            raise RefusedError(f"a list of at most {MOST_RECORDS} records")
        for record in value:
            _check_record(record, fields, optional_fields or {})
        return list(value)

    names = ", ".join(f"`{name}`" for name in fields)
    return checked((), check, f"a list of records with {names}")


def _check_record(record: Any, fields: Fields, more: Fields) -> None:
    if not isinstance(record, Mapping):
        raise RefusedError("a list of records, each a dict")
    present = {name: kind for name, kind in more.items() if name in record}
    for name, (kind, allowed) in {**fields, **present}.items():
        value = record.get(name)
        if not _fits(value, kind):
            raise refuse(f"{name} of a record", value, allowed)


def _fits(value: Any, kind: type[Any]) -> bool:
    if not isinstance(value, kind) or isinstance(value, bool):
        return False
    if isinstance(value, str):
        return len(value) <= LONGEST
    # Whole numbers too: those beyond any float are no count and no seed.
    return abs(value) < 2**63 and math.isfinite(value)
