"""Reads .ts and .arff, the text forms of time-series archives: a header, then an example a row."""

from __future__ import annotations

import csv
import re

import numpy as np

from mnist1d_lab.dataset.readers.table import FileError, Table, check_count, labels_of, place
from mnist1d_lab.dataset.readers.text import decoded

_ATTRIBUTE = re.compile(r"@attribute\s+('[^']*'|\"[^\"]*\"|\S+)\s+(.+)", re.IGNORECASE)


def _parts(content: bytes) -> tuple[list[str], list[str]]:
    """Return the lines before @data and after it, without blanks and comments."""
    lines = [line.strip() for line in decoded(content).splitlines()]
    lines = [line for line in lines if line and line[0] not in "#%"]
    for at, line in enumerate(lines):
        if line.lower() == "@data":
            return lines[:at], lines[at + 1 :]
    raise FileError("have a line @data before its examples")


def _examples(rows: list[list[str]], labels: list[str]) -> Table:
    """Return rows of texts as a table of numbers of one length."""
    if not rows:
        raise FileError("have examples after @data; this one has none")
    length = len(rows[0])
    check_count(length * len(rows))
    for row, cells in enumerate(rows):
        if len(cells) != length:
            raise FileError(
                f"have examples of one length: the first has {length} numbers, "
                f"row {row + 1} has {len(cells)}"
            )
        for column, cell in enumerate(cells):
            _check_number(cell, row, column)
    return Table(np.array(rows, np.float64).reshape(len(rows), length), labels_of(labels))


def _check_number(cell: str, row: int, column: int) -> None:
    if cell.strip().lower() in ("?", "", "nan"):
        where = place(row, column)
        raise FileError(f"have a number everywhere: {where} has none (a missing value)")
    try:
        number = float(cell)
    except ValueError:
        number = np.nan
    if not np.isfinite(number):
        raise FileError(f"have a finite number in {place(row, column)} of its data")


def read_ts(content: bytes) -> Table:
    """Read a .ts file: a row is numbers, a colon and the label."""
    head, lines = _parts(content)
    said = {key.lower(): rest.strip().lower() for key, _, rest in (h.partition(" ") for h in head)}
    if said.get("@timestamps") == "true":
        raise FileError("have evenly spaced values: this one has a time beside each value")
    if said.get("@univariate") == "false":
        raise FileError("have one signal an example: this one has several channels")
    if not said.get("@classlabel", "").startswith("true"):
        raise FileError("have labels (@classLabel true): this one has none")
    rows, labels = [], []
    for row, line in enumerate(lines):
        values, *more = line.split(":")
        if len(more) != 1:
            channels = "no label" if not more else f"{len(more)} channels"
            raise FileError(
                f"have numbers, a colon and a label in each row: row {row + 1} has {channels}"
            )
        rows.append(values.split(","))
        labels.append(more[0])
    return _examples(rows, labels)


def read_arff(content: bytes) -> Table:
    """Read an .arff file of numbers and one nominal attribute, the label."""
    head, lines = _parts(content)
    kinds = []
    for line in head:
        if line.lower().startswith("@attribute"):
            found = _ATTRIBUTE.match(line)
            kinds.append(found[2].strip().lower() if found else "?")
    nominal = [at for at, kind in enumerate(kinds) if kind.startswith("{") or kind == "string"]
    strange = [at for at, kind in enumerate(kinds) if kind.split()[0] == "relational"]
    if strange or "relational" in " ".join(kinds):
        raise FileError("have one signal an example: this one has several channels")
    if len(nominal) != 1:
        raise FileError(f"have one attribute of classes, the label; this one has {len(nominal)}")
    rows, labels = [], []
    for row, line in enumerate(lines):
        if line.startswith("{"):
            raise FileError(f"name no values by their place: row {row + 1} is sparse")
        cells = _cells(line, row)
        if len(cells) != len(kinds):
            raise FileError(
                f"have {len(kinds)} values in each row, as its header says: "
                f"row {row + 1} has {len(cells)}"
            )
        labels.append(cells.pop(nominal[0]))
        rows.append(cells)
    return _examples(rows, labels)


def _cells(line: str, row: int) -> list[str]:
    quote = "'" if "'" in line else '"'
    try:
        (cells,) = csv.reader([line], quotechar=quote, skipinitialspace=True)
    except (csv.Error, ValueError):
        raise FileError(f"have readable cells in row {row + 1} of its data") from None
    return cells
