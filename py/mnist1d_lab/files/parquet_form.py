"""Results as a Parquet file, and back, by PyArrow: the form that pandas, polars and DuckDB read.

Each column has one type, a missing value is null; what else a file holds is JSON in its schema's
metadata, under `mnist1d-lab`.
"""

from __future__ import annotations

import io
import json
from typing import Any

from mnist1d_lab.files.results import FORMAT, Results, column, columns_of, rows_of
from mnist1d_lab.validation import RefusedError, refuse

KEY = b"mnist1d-lab"
ALLOWED = f"a Parquet file with the metadata 'mnist1d-lab' of format {FORMAT!r}"


def arrow() -> Any:
    """Return PyArrow; raises ValueError if it is not there."""
    try:
        import pyarrow  # a fifth of a second, and an extra of the package
        import pyarrow.parquet
    except ImportError:
        install = 'npz, csv or json, or pip install "mnist1d-lab[desk]" for it'
        raise refuse("the ending of the file", "parquet", install) from None
    return pyarrow


def to_parquet(results: Results, **more: Any) -> bytes:
    """Return results as a Parquet file; `more` is kept in its head too."""
    pa, rows, file = arrow(), results.rows, io.BytesIO()
    table = pa.table({name: pa.array(column(rows, name)) for name in columns_of(rows)})
    head = json.dumps({**results.head, **more})
    pa.parquet.write_table(table.replace_schema_metadata({KEY: head.encode()}), file)
    return file.getvalue()


def from_parquet(content: bytes) -> Results:
    """Read a Parquet file that `to_parquet` made."""
    pa = arrow()
    try:
        table = pa.parquet.read_table(io.BytesIO(content))
        head = json.loads((table.schema.metadata or {})[KEY])
    except (pa.ArrowException, OSError, KeyError, ValueError):
        raise RefusedError(ALLOWED) from None
    return Results.of_rows(rows_of(table.to_pydict()), head)
