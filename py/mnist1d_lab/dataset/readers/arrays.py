"""Reads arrays: NPZ files, and what an NPZ and a pickle have in common. Nothing is unpickled here.

Of a dict of arrays it takes x and y, and x_test and y_test if they are there, by their usual names.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mnist1d_lab.dataset.readers.table import (
    MOST_NUMBERS,
    FileError,
    Table,
    check_count,
    finite,
    labels_of,
)

MOST_MEMBERS = 64  # of an archive
MOST_BYTES = 8 * MOST_NUMBERS  # of one unpacked member
NUMBERS, LABELS = "fiu", "iubfUS"  # kinds of NumPy's types
NAMES: Mapping[str, tuple[str, ...]] = {
    "x": ("x", "X", "x_train", "X_train"),
    "y": ("y", "y_train", "labels"),
    "x_test": ("x_test", "X_test"),
    "y_test": ("y_test", "labels_test"),
}
_END = struct.Struct("<4s4H2LH")  # the record that ends a zip archive


def read_npz(content: bytes) -> Table:
    """Read an NPZ file; what is in it beside its examples is not looked at."""
    _check_archive(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {one.filename.removesuffix(".npy"): one for one in archive.infolist()}
            return take(members, lambda name: _member(archive, members[name], name))
    except FileError:
        raise
    except Exception:  # zipfile and NumPy refuse bytes in a dozen ways
        raise FileError("be a whole NPZ archive: this one is damaged") from None


def _check_archive(content: bytes) -> None:
    """Refuse an archive of many members before they are listed."""
    start = content.rfind(b"PK\5\6", max(0, len(content) - _END.size - 2**16))
    if start < 0 or len(content) - start < _END.size:
        raise FileError("be a whole NPZ archive: the end of this one is missing")
    members, size = _END.unpack_from(content, start)[4:6]
    if members > MOST_MEMBERS or size > MOST_MEMBERS * 2**10:
        raise FileError(f"have at most {MOST_MEMBERS} arrays")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> np.ndarray[Any, Any]:
    """Return one array; what its header claims is compared with what is there."""
    if member.file_size > MOST_BYTES + 2**16:
        raise FileError(f"have at most {MOST_NUMBERS} numbers in {name}")
    with archive.open(member) as packed:
        file = io.BytesIO(packed.read(member.file_size))
    version = np.lib.format.read_magic(file)
    if version not in ((1, 0), (2, 0)):
        raise FileError(f"have arrays as NumPy writes them: {name} is not")
    read = (
        np.lib.format.read_array_header_1_0
        if version == (1, 0)
        else np.lib.format.read_array_header_2_0
    )
    shape, fortran, dtype = read(file)
    values = file.read()
    check_array(name, shape, dtype, len(values))
    return np.frombuffer(values, dtype).reshape(shape, order="F" if fortran else "C")


def check_array(name: str, shape: tuple[int, ...], dtype: np.dtype[Any], size: int) -> None:
    """Refuse an array that is not as many numbers or texts as its bytes are."""
    if dtype.kind not in LABELS or dtype.itemsize == 0:
        raise FileError(f"have numbers or texts in {name}, no Python objects")
    count = 1
    for side in shape:
        count *= side
    check_count(count)
    if count * dtype.itemsize != size:
        raise FileError(f"have as many values in {name} as its shape says")


def take(names: Mapping[str, Any], get: Callable[[str], Any]) -> Table:
    """Return the examples of a dict; `get` gives what stands under a name."""
    found = {
        what: next((one for one in usual if one in names), None) for what, usual in NAMES.items()
    }
    if found["x"] is None or found["y"] is None:
        raise FileError("have the arrays x and y (and x_test and y_test, if it is split)")
    x, labels = _part(get(found["x"]), get(found["y"]), found["x"])
    if found["x_test"] is None or found["y_test"] is None:
        return Table(x, labels)
    x_test, labels_test = _part(get(found["x_test"]), get(found["y_test"]), found["x_test"])
    if x_test.shape[1] != x.shape[1]:
        raise FileError(
            f"have examples of one length: x has {x.shape[1]} each, x_test {x_test.shape[1]}"
        )
    return Table(x, labels, x_test, labels_test)


def _part(x: Any, y: Any, name: str) -> tuple[Any, list[str]]:
    try:
        x, y = np.asarray(x), np.asarray(y)
    except ValueError:  # lists of unequal lengths
        raise FileError(f"have examples of one length in {name}") from None
    if x.ndim == 3 and 1 in x.shape[1:]:  # one channel, which some write down
        x = x.reshape(len(x), -1)
    if y.ndim == 2 and y.shape[1] == 1:
        y = y[:, 0]
    if x.ndim != 2 or x.dtype.kind not in NUMBERS or not x.size:
        raise FileError(f"have numbers in {name}, examples by length (two dimensions)")
    if y.ndim != 1 or y.dtype.kind not in LABELS:
        raise FileError(f"have one label for each example of {name}, in one dimension")
    if len(x) != len(y):
        raise FileError(
            f"have as many labels as examples: {len(x)} examples of {name}, {len(y)} labels"
        )
    values = [one.decode("latin-1") for one in y.tolist()] if y.dtype.kind == "S" else y.tolist()
    with np.errstate(over="ignore"):
        return finite(x.astype(np.float64), name), labels_of(values)
