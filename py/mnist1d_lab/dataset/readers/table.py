"""What each reader returns, and what all of them check. It reads no bytes.

A message says where something is wrong and what would be right; what stands there it never repeats.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_NUMBERS = 20_000_000  # of a file: 160 MB as float64
MOST_LETTERS = 40  # of a label as it is shown
MOST_LABEL = 1000  # letters of a label as it is read


class FileError(Exception):
    """A file that cannot be taken; the message completes “file must …”, in at most 300 letters."""


class Table(NamedTuple):
    """Examples of one length, each with a label; and a test part if the file has one."""

    x: NDArray[np.float64]  # (n, length), finite
    labels: list[str]  # n
    x_test: NDArray[np.float64] | None = None  # (n_test, length), finite
    labels_test: list[str] | None = None
    columns: Sequence[str] = ()  # of a table with columns: their names
    column: int = -1  # the one the labels stand in, from 0


def place(row: int, column: int) -> str:
    """Return where something stands, counted from 1, as a message names it."""
    return f"row {row + 1}, column {column + 1}"


def finite(x: NDArray[np.float64], what: str = "") -> NDArray[np.float64]:
    """Return numbers (n, length) as they are; FileError names the first that is missing."""
    wrong = np.argwhere(~np.isfinite(x))
    if len(wrong):
        row, column = wrong[0].tolist()
        where = f"{what} {place(row, column)}".strip()
        raise FileError(f"have a finite number everywhere: {where} has none")
    return x


def label_text(value: Any) -> str:
    """Return a label as text: 1, 1.0 and "1" are the same class. Control characters go."""
    text = str(value).strip()[:MOST_LABEL]
    try:
        number = float(text)
    except ValueError:
        number = np.nan
    if np.isfinite(number) and number == int(number) and abs(number) < 2**53:
        text = str(int(number))
    shown = "".join(letter if letter.isprintable() else "·" for letter in text)
    return shown if len(shown) <= MOST_LETTERS else f"{shown[: MOST_LETTERS - 1]}…"


def labels_of(values: Sequence[Any]) -> list[str]:
    """Return labels as texts; FileError names the first that is missing."""
    texts = [label_text(value) for value in values]
    for row, text in enumerate(texts):
        if text in ("", "?", "nan", "NaN", "None"):
            raise FileError(f"have a label in every row: row {row + 1} has none")
    return texts


def check_count(numbers: int) -> None:
    """Refuse more numbers than any training here can use, before there is memory for them."""
    if numbers > MOST_NUMBERS:
        raise FileError(f"have at most {MOST_NUMBERS} numbers; this one has {numbers}")
