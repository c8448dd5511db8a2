"""Chooses the reader of a file by what the file is, then by its name. It knows no form itself."""

from __future__ import annotations

from mnist1d_lab.dataset.readers.archive_text import read_arff, read_ts
from mnist1d_lab.dataset.readers.arrays import read_npz
from mnist1d_lab.dataset.readers.plain_pickle import read_pickle
from mnist1d_lab.dataset.readers.table import FileError, Table
from mnist1d_lab.dataset.readers.text import read_text

MOST_BYTES = 200 * 2**20
FORMS = "NPZ, CSV, TSV, .ts, .arff or mnist1d_data.pkl"
# Of files that people drop by mistake: how they begin, and what they are.
OTHERS = (
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"%PDF", "a PDF"), (b"\x1f\x8b", "compressed with gzip: unpack it first"),
    (b"\x89HDF", "an HDF5 file"), (b"\x93NUMPY", "one array (.npy): labels are missing"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"PAR1", "a Parquet file"),
)  # fmt: skip


def read_table(content: bytes, name: str, column: str = "") -> Table:
    """Return the examples of a file; FileError with one sentence for what is none.

    `name` is the file's; `column` is where a text table has its labels: see `read_text`.
    """
    if not content:
        raise FileError("have something in it; this one is empty")
    if len(content) > MOST_BYTES:
        raise FileError(f"have at most {MOST_BYTES} bytes")
    for head, what in OTHERS:
        if content.startswith(head):
            raise FileError(f"be {FORMS}: this one is {what}")
    ending = name.lower().rpartition(".")[2]
    if content.startswith(b"PK"):
        return read_npz(content)
    if content[:1] == b"\x80":
        return read_pickle(content)
    if ending in ("pkl", "pickle", "npz"):
        kind = "a pickle of protocol 2 to 5" if ending != "npz" else "an NPZ archive"
        raise FileError(f"be {kind}, as its name says: it does not begin like one")
    if ending == "arff" or content.lstrip()[:9].lower() == b"@relation":
        return read_arff(content)
    if ending == "ts" or content.lstrip()[:1] == b"@":
        return read_ts(content)
    return read_text(content, column)
