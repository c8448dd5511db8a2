"""Records to and from files: JSON and CSV as the page has them, Parquet and NPZ; by the ending.

`write("a.parquet", Results(records, spec))`, `read("a.parquet")`: every number comes back with its
bits. Parquet needs PyArrow (`pip install "mnist1d-lab[desk]"`). Nothing here trains.
"""

from mnist1d_lab.files.forms import ENDINGS, read, require_form, write
from mnist1d_lab.files.results import Record, Results

__all__ = ["ENDINGS", "Record", "Results", "read", "require_form", "write"]
