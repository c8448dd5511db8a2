"""Numbers as the page's files write them, and back. Bits survive the way there and back."""

from __future__ import annotations

import math
import re
from typing import Any

from mnist1d_lab.files.results import FLOATS, TEXTS

UNBOUNDED = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
NAMES = {math.inf: "Infinity", -math.inf: "-Infinity"}
EXACT = 2**53  # JavaScript writes whole numbers below it without a point, Python floats with one
WHOLE = re.compile(r"[+-]?\d+")


def spelled(value: Any) -> Any:
    """Return a value for JSON as the page writes it: 62.0 as 62, NaN and infinities by name."""
    if isinstance(value, dict):
        return {name: spelled(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [spelled(one) for one in value]
    if not isinstance(value, float):
        return value
    if not math.isfinite(value):
        return NAMES.get(value, "NaN")
    minus_zero = value == 0 and math.copysign(1, value) < 0
    whole = value.is_integer() and abs(value) < EXACT and not minus_zero
    return int(value) if whole else value


def typed(name: str, value: Any) -> Any:
    """Return a value of JSON as its column has it: floats that were whole, names of numbers."""
    if name not in FLOATS:
        return value
    if isinstance(value, str) and value in UNBOUNDED:
        return UNBOUNDED[value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def parsed(name: str, text: str) -> Any:
    """Return a cell's value: a number where it is one, true or false, else its text."""
    if name in TEXTS:
        return text
    if text in UNBOUNDED:
        return UNBOUNDED[text]
    if text in ("true", "false"):
        return text == "true"
    if WHOLE.fullmatch(text):
        return typed(name, int(text))
    try:
        return float(text)
    except ValueError:
        return text
