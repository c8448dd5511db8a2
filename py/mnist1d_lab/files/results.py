"""What a results file holds, and its records as columns. Reads and writes no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import mnist1d_lab

Record = dict[str, Any]  # a flat row: names to whole numbers, floats, texts, true or false
FORMAT = "mnist1d-lab records 1"  # of static/files/write-results.js

# Where a whole value is a float still: JSON and CSV write 62.0 as the page does, 62.
FLOATS = frozenset((
    "sparsity", "train_loss", "train_acc", "test_loss", "test_acc", "best_test_acc",
    "p2", "p3", "p4", "null2", "null3", "null4",
))  # fmt: skip
TEXTS = frozenset(("arm", "condition", "edited"))  # where digits are a text still


@dataclass(frozen=True)
class Results:
    """The records of one experiment, and what made them.

    `records` are those of a search or a training; `arms` those of the analysis of its tickets, if
    there was one. `spec` is the settings in full, None if a file has none (CSV has none).
    """

    records: list[Record]
    spec: Mapping[str, Any] | None = None
    name: str = "search"
    version: str = mnist1d_lab.__version__
    arms: list[Record] = field(default_factory=list)

    @property
    def head(self) -> Record:
        """Return what is said of the records, as a dict of JSON."""
        return {
            "format": FORMAT, "version": self.version, "name": self.name, "spec": self.spec,
        }  # fmt: skip

    @property
    def rows(self) -> list[Record]:
        """Return all records as one table: those of the analysis have a `condition`."""
        return [*self.records, *self.arms]

    @classmethod
    def of_rows(cls, rows: Iterable[Record], head: Mapping[str, Any]) -> Results:
        """Return results from one table, as `rows` has it, and from what its file says of it."""
        table = list(rows)
        records = [row for row in table if "condition" not in row]
        arms = [row for row in table if "condition" in row]
        spec, name = head.get("spec"), str(head.get("name", "search"))
        return cls(records, spec, name, str(head.get("version", "")), arms)


def columns_of(rows: Sequence[Record]) -> list[str]:
    """Return the names of all fields, in the order in which they come."""
    return list(dict.fromkeys(name for row in rows for name in row))


def column(rows: Sequence[Record], name: str) -> list[Any]:
    """Return a column, one value a row, None where a row has none.

    If one of its numbers is a float all are: a column has one type.
    """
    values = [row.get(name) for row in rows]
    if not any(isinstance(value, float) for value in values):
        return values
    return [float(value) if isinstance(value, int) else value for value in values]


def rows_of(columns: Mapping[str, Sequence[Any]]) -> list[Record]:
    """Return the rows of a table; a value that is None is left out."""
    names = list(columns)
    return [
        {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for values in zip(*columns.values(), strict=True)
    ]
