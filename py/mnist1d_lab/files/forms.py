"""Reads and writes a results file in the form that its ending asks for. The forms are beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mnist1d_lab.files.atomic import write_whole
from mnist1d_lab.files.npz_form import from_npz, to_npz
from mnist1d_lab.files.parquet_form import arrow, from_parquet, to_parquet
from mnist1d_lab.files.results import Results
from mnist1d_lab.files.text_forms import from_csv, from_json, to_csv, to_json
from mnist1d_lab.validation import RefusedError, refuse

FORMS: dict[str, tuple[Callable[[Results], bytes], Callable[[bytes], Results]]] = {
    ".json": (to_json, from_json),
    ".csv": (to_csv, from_csv),
    ".parquet": (to_parquet, from_parquet),
    ".npz": (to_npz, from_npz),
}
ENDINGS = tuple(FORMS)


def require_form(path: str | Path) -> str:
    """Return the ending of a file's name; raises ValueError for one that cannot be written here.

    To be called before the work whose results go there.
    """
    ending = Path(path).suffix.lower()
    if ending not in FORMS:
        raise refuse("the ending of the file", Path(path).name, f"one of {', '.join(ENDINGS)}")
    if ending == ".parquet":
        arrow()
    return ending


def write(path: str | Path, results: Results) -> None:
    """Write results into a file, whole or not at all.

    Raises ValueError for an ending that is no form, OSError if the folder takes no file.
    """
    write_whole(Path(path), FORMS[require_form(path)][0](results))


def read(path: str | Path) -> Results:
    """Read a results file, of the desk or of the page.

    Raises ValueError for another file, in a sentence with its name; OSError if there is none.
    """
    ending = require_form(path)
    try:
        return FORMS[ending][1](Path(path).read_bytes())
    except RefusedError as refusal:
        raise refuse("the file", Path(path).name, str(refusal)) from None
