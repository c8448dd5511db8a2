"""Reads tables as text: CSV, TSV, numbers between blanks; with a header or without one.

The UCR archive's .tsv and .txt files are such tables, with the label first.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.dataset.readers.table import (
    FileError,
    Table,
    check_count,
    finite,
    label_text,
    labels_of,
    place,
)

MOST_COLUMNS = 20_000
MISSING = {"", "?", "na", "nan", "n/a", "null", "none", "-"}
LABELS = ("label", "labels", "class", "target", "y", "digit", "category")  # usual names
PART = "part"  # the column that says train or test; this page writes it


def decoded(content: bytes) -> str:
    """Return a file's text: UTF-8, or UTF-16 with its mark. FileError for anything else."""
    utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = content.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise FileError("be text in UTF-8, or another form that is taken") from None
    if "\0" in text:
        raise FileError("be text without zero bytes, or another form that is taken")
    return text


def read_text(content: bytes, column: str) -> Table:
    """Read a table; `column` is the name or number (from 1) of the labels' column, or '': guess."""
    text = decoded(content)
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        raise FileError("have at least one row; this one is empty")
    rows = _rows(lines)
    width = len(rows[0])
    if width < 2:
        raise FileError("have several columns, split by commas, semicolons, tabs or blanks")
    if width > MOST_COLUMNS:
        raise FileError(f"have at most {MOST_COLUMNS} columns; this one has {width}")
    check_count(width * len(rows))
    for row, cells in enumerate(rows):
        if len(cells) != width:
            raise FileError(f"have {width} columns in every row: row {row + 1} has {len(cells)}")
    head = _head(rows)
    return _table(rows[1:] if head else rows, head, column, 1 if head else 0)


def _rows(lines: list[str]) -> list[list[str]]:
    """Split lines at the mark that the first of them has most of."""
    mark = max(",;\t", key=lines[0].count)
    if mark not in lines[0]:
        return [line.split() for line in lines]
    try:
        rows = list(csv.reader(lines, delimiter=mark))
    except csv.Error:
        raise FileError("be a table whose quoted cells end; one cell is too long") from None
    return [[cell.strip() for cell in row] for row in rows]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _head(rows: list[list[str]]) -> list[str]:
    """Return the names in the first row; none if it has numbers as the second has."""
    if len(rows) < 2:
        return []
    first, second = ([_is_number(cell) for cell in row] for row in rows[:2])
    likely = sum(second) > len(second) / 2 and sum(first) < sum(second) / 2
    return [label_text(cell) for cell in rows[0]] if likely else []


def _column(rows: list[list[str]], head: Sequence[str], wanted: str) -> int:
    """Return the place of the labels' column."""
    width = len(rows[0])
    if wanted:
        if wanted in head:
            return list(head).index(wanted)
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 and 1 <= int(wanted) <= width:
            return int(wanted) - 1
        raise FileError(f"have the label column that was chosen; it has {width} columns")
    for place_, name in enumerate(head):
        if name.lower() in LABELS:
            return place_
    ends = (0, width - 1)
    for end in ends:  # text can be nothing else
        if not _is_number(rows[0][end]):
            return end
    # The end whose values repeat more; in doubt the first, as the UCR archive has it.
    return min(ends, key=lambda end: len({row[end] for row in rows}))


def _table(rows: list[list[str]], head: list[str], wanted: str, before: int) -> Table:
    if not rows:
        raise FileError("have rows below its header; this one has none")
    label = _column(rows, head, wanted)
    names = [name.lower() for name in head]
    part = names.index(PART) if PART in names and names.index(PART) != label else -1
    kept = [place_ for place_ in range(len(rows[0])) if place_ not in (label, part)]
    if not kept:
        raise FileError("have columns of numbers beside its labels; this one has none")
    x = _numbers(rows, kept, before)
    labels = labels_of([row[label] for row in rows])
    columns = head or [f"column {place_ + 1}" for place_ in range(len(rows[0]))]
    if part < 0:
        return Table(x, labels, columns=columns, column=label)
    test = np.array([row[part].lower() == "test" for row in rows])
    pick = {
        which: list(itertools.compress(labels, mask)) for which, mask in ((0, ~test), (1, test))
    }
    if not (pick[0] and pick[1]):
        return Table(x, labels, columns=columns, column=label)
    return Table(x[~test], pick[0], x[test], pick[1], columns, label)


def _numbers(rows: list[list[str]], kept: list[int], before: int) -> NDArray[np.float64]:
    """Return the cells of these columns; FileError says which is missing or is no number."""
    try:
        return finite(np.array([[float(row[k]) for k in kept] for row in rows]))
    except (ValueError, FileError):
        pass
    for row, cells in enumerate(rows):
        for k in kept:
            if cells[k].lower() in MISSING:
                where = place(row + before, k)
                raise FileError(f"have a number everywhere: {where} has none (a missing value)")
            if not _is_number(cells[k]) or not np.isfinite(float(cells[k])):
                where = place(row + before, k)
                raise FileError(f"have a finite number in {where}, or labels in that column")
    raise AssertionError("a row of numbers was refused")
