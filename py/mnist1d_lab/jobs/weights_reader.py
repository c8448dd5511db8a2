"""Reads a network out of its file, whatever bytes that has. It trains and measures nothing.

What a file claims of itself is compared with what its spec asks for before it is believed; nothing
is executed or unpickled.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np

from mnist1d_lab.jobs import budget
from mnist1d_lab.jobs.dataset_reader import NotOursError, read_spec
from mnist1d_lab.jobs.session import model_of
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.types import Array, Bytes, Params
from mnist1d_lab.validation import refuse

OURS = "a network as this page saves it (NPZ, with its spec)"
HEADER = 512  # bytes of a .npy file before its numbers, at most


def read_network(file: Bytes) -> tuple[TrainSpec, Params]:
    """Return the spec, checked, and the parameters, float32, of a file that `weights` made.

    Raises ValueError for any other file: it says what does not fit.
    """
    content = file.tobytes()
    if not content.startswith(b"PK"):
        raise refuse("file", file, OURS)
    try:
        fields = read_spec(content)
    except NotOursError:
        raise refuse("file", file, OURS) from None
    if "model" not in fields:  # the spec of a dataset
        raise refuse("file", file, OURS)
    spec = TrainSpec.of(fields)
    budget.check(spec)
    wanted = model_of(spec).init(np.random.default_rng(0))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return spec, {name: _array(archive, name, like) for name, like in wanted.items()}


def _array(archive: zipfile.ZipFile, name: str, like: Array) -> Array:
    """Return one parameter; it must have the shape and dtype that the spec's model has."""
    what = f"{name} of the file"
    allowed = f"float32 {like.shape}, as its spec says"
    try:
        member = archive.getinfo(f"{name}.npy")
    except KeyError:
        raise refuse(what, None, allowed) from None
    if member.file_size > like.nbytes + HEADER:
        raise refuse(what, f"{member.file_size} bytes", allowed)
    try:
        with archive.open(member) as opened:
            shape, dtype, values = _npy(opened.read(like.nbytes + HEADER))
    except Exception:  # NumPy and zipfile refuse bytes in a dozen ways
        raise refuse(what, "what NumPy cannot read", allowed) from None
    if shape != like.shape or dtype != np.dtype("<f4") or len(values) != like.nbytes:
        raise refuse(what, f"{dtype} {shape}", allowed)
    array: Array = np.frombuffer(values, dtype).reshape(shape).astype(np.float32)
    if not np.isfinite(array).all():
        wrong = array[~np.isfinite(array)]
        raise refuse(what, float(wrong[0]), "finite numbers")
    return array


def _npy(member: bytes) -> tuple[tuple[int, ...], np.dtype[Any], bytes]:
    """Return shape, dtype and the bytes of the numbers of a .npy file in C order."""
    file = io.BytesIO(member)
    if np.lib.format.read_magic(file) != (1, 0):
        raise NotOursError
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
    if fortran and len(shape) > 1:
        raise NotOursError
    return shape, dtype, file.read()
