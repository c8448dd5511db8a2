"""Results as a JSON or CSV file, as static/files/write-results.js writes them, and back.

The page tells the kind of each record (static/files/sort-records.js) and leaves out columns that
its kind has not; `arms`, which only the desk has, is beside the records in JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from mnist1d_lab.files.numerals import parsed, spelled, typed
from mnist1d_lab.files.results import FORMAT, Record, Results, columns_of
from mnist1d_lab.validation import RefusedError

SHIPPED = "mnist1d-lab results 1"  # of the results that come with the page: tables of rows
ALLOWED = f"a results file with format {FORMAT!r}"


def _lines(records: Sequence[Record]) -> str:
    """Return a list of records as JSON, one a line: two files are easily compared."""
    compact = {"separators": (",", ":"), "ensure_ascii": False, "allow_nan": False}
    rows = [f"  {json.dumps(spelled(row), **compact)}" for row in records]  # type: ignore[arg-type]
    return "[\n" + ",\n".join(rows) + "\n ]"


def to_json(results: Results) -> bytes:
    """Return results as a JSON file."""
    head = json.dumps(spelled(results.head), indent=1, ensure_ascii=False, allow_nan=False)[:-2]
    arms = f',\n "arms": {_lines(results.arms)}' if results.arms else ""
    return f'{head}{arms},\n "records": {_lines(results.records)}\n}}\n'.encode()


def _rows(value: Any) -> list[Record]:
    """Return the records in a file: a list of them, or a table of columns and rows."""
    if isinstance(value, Mapping):
        columns, rows = value.get("columns"), value.get("rows")
        if not isinstance(columns, list) or not isinstance(rows, list):
            raise RefusedError(ALLOWED)
        value = [dict(zip(columns, row, strict=False)) for row in rows]
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise RefusedError(f"{ALLOWED} and a list of records")
    return [{k: typed(k, v) for k, v in row.items() if v is not None} for row in value]


def from_json(content: bytes) -> Results:
    """Read a JSON file, of the desk, of the page, or one that comes with the page."""
    try:
        file = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise RefusedError("JSON") from None
    if not isinstance(file, dict) or file.get("format") not in (FORMAT, SHIPPED):
        raise RefusedError(ALLOWED)
    spec = file.get("spec")
    if not isinstance(spec, Mapping | None):
        raise RefusedError(f"{ALLOWED} and a spec")
    name, version = str(file.get("name", "search")), str(file.get("version", ""))
    return Results(_rows(file.get("records")), spec, name, version, _rows(file.get("arms", [])))


def _cell(value: Any) -> Any:
    """Return a value as csv writes it; a missing one is an empty cell."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else spelled(value)


def to_csv(results: Results) -> bytes:
    """Return all records as RFC 4180 with a header."""
    rows = results.rows
    names, file = columns_of(rows), io.StringIO(newline="")
    writer = csv.writer(file)  # its lines end with CR LF
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return file.getvalue().encode()


def from_csv(content: bytes) -> Results:
    """Read a CSV file; it says nothing of the spec."""
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (csv.Error, UnicodeDecodeError):
        raise RefusedError("CSV in UTF-8") from None
    header, *rows = [row for row in lines if row] or [[]]
    if not {"arm", "test_acc"} <= set(header) or len(header) != len(set(header)):
        raise RefusedError("CSV whose first row names columns such as arm and test_acc")
    if any(len(row) != len(header) for row in rows):
        raise RefusedError(f"CSV with {len(header)} cells in each row")
    records = [
        {k: parsed(k, text) for k, text in zip(header, row, strict=True) if text} for row in rows
    ]
    return Results.of_rows(records, {})
