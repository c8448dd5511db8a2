"""Results as an NPZ file, which needs NumPy alone, and back: one array a column.

Texts are unicode arrays. Where rows lack a value, `missing.NAME` is 1 and the column holds a zero
or an empty text. `head` is the rest of the file as JSON. Nothing is pickled.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import Any

import numpy as np

from mnist1d_lab.files.results import FORMAT, Results, column, columns_of, rows_of
from mnist1d_lab.validation import RefusedError

MISSING = "missing."
ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError)  # what a mangled archive raises
ALLOWED = f"an NPZ file with a head of format {FORMAT!r} and columns of one length"


def to_npz(results: Results) -> bytes:
    """Return results as an NPZ file."""
    rows, arrays = results.rows, {"head": np.array(json.dumps(results.head))}
    for name in columns_of(rows):
        values = column(rows, name)
        gaps = [value is None for value in values]
        some = next(value for value in values if value is not None)
        arrays[name] = np.array([type(some)() if value is None else value for value in values])
        if any(gaps):
            arrays[MISSING + name] = np.array(gaps, np.uint8)
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]
    return file.getvalue()


def from_npz(content: bytes) -> Results:
    """Read an NPZ file."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        head = json.loads(str(arrays.pop("head")))
        gaps = {name: array for name, array in arrays.items() if name.startswith(MISSING)}
        columns = {name: _values(array, gaps.get(MISSING + name))
                   for name, array in arrays.items() if name not in gaps}  # fmt: skip
        if head["format"] != FORMAT:
            raise RefusedError(ALLOWED)
        return Results.of_rows(rows_of(columns), head)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zlib.error, *ZIP):
        raise RefusedError(ALLOWED) from None


def _values(array: Any, gaps: Any) -> list[Any]:
    """Return a column's values, None where it has none."""
    values = list(array.tolist())
    if gaps is None:
        return values
    return [None if gap else value for value, gap in zip(values, gaps.tolist(), strict=True)]
