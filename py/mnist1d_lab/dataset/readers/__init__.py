"""Readers of data files: a function a form, from any bytes to a table or to one refusal."""

from mnist1d_lab.dataset.readers.read import read_table
from mnist1d_lab.dataset.readers.table import FileError, Table

__all__ = ["FileError", "Table", "read_table"]
