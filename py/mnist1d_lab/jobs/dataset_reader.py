"""Reads the spec out of a dataset's file, whatever bytes it has. It makes no dataset.

One function a form, each from bytes to a spec's fields. What a file claims about itself, such as a
length, is compared with what is there before it is believed. Nothing is executed or unpickled.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
from typing import Any

import numpy as np

FORMAT = "mnist1d-lab dataset 1"
MOST_TEXT = 200 * 2**20  # bytes of a JSON file; ours has 80 MB for 100 000 examples
MOST_SPEC = 2**16  # bytes of a spec as text; the longest, with ten drawn templates, has 3000
MOST_MEMBERS = 64  # of an archive; ours has six
DEEPEST = 16  # brackets within brackets; ours has three
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_END = struct.Struct("<4s4H2LH")  # the record that ends a zip archive


class NotOursError(Exception):
    """Not a dataset's file as this package writes it."""


def read_spec(content: bytes) -> dict[str, Any]:
    """Return the fields of the spec in a file that the job `export` made, not yet checked.

    Raises NotOursError for any other bytes.
    """
    content = content.removeprefix(BYTE_ORDER_MARK)  # spreadsheets put it before a CSV
    read = {b"PK": _npz, b"# ": _csv}.get(content[:2], _json)
    try:
        spec = read(content)
    except Exception as error:  # NumPy, zipfile and json refuse bytes in a dozen ways
        raise NotOursError from error
    if not isinstance(spec, dict):
        raise NotOursError
    return spec


def _npz(content: bytes) -> object:
    _check_archive(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo("spec.npy")
        if member.file_size > 8 * MOST_SPEC:
            raise NotOursError
        with archive.open(member) as file:
            return _parse(_text_of_npy(file.read(8 * MOST_SPEC)))


def _check_archive(content: bytes) -> None:
    """Refuse an archive of many members before they are listed."""
    start = content.rfind(b"PK\5\6", max(0, len(content) - _END.size - 2**16))
    _, _, _, _, members, size, _, _ = _END.unpack_from(content, start)
    large = content[max(0, start - 20) :].startswith(b"PK\6\7")  # its real numbers stand elsewhere
    if start < 0 or large or members > MOST_MEMBERS or size > MOST_MEMBERS * 2**10:
        raise NotOursError


def _text_of_npy(member: bytes) -> str:
    """Return the one text of a .npy file: <U…, no dimensions."""
    file = io.BytesIO(member)
    if np.lib.format.read_magic(file) != (1, 0):
        raise NotOursError
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    values = file.read()
    if shape != () or dtype.kind != "U" or dtype.itemsize != len(values):
        raise NotOursError
    return str(np.frombuffer(values, dtype)[0])


def _csv(content: bytes) -> object:
    line, *_ = content[: MOST_SPEC + 1].splitlines()
    head = f"# {FORMAT} ".encode()
    if len(line) > MOST_SPEC or not line.startswith(head):
        raise NotOursError
    return _parse(line.removeprefix(head).decode())


def _json(content: bytes) -> object:
    if len(content) > MOST_TEXT:
        raise NotOursError
    file = _parse(content.decode())
    if not isinstance(file, dict) or file.get("format") != FORMAT:
        raise NotOursError
    return file.get("spec")


def _parse(text: str) -> Any:
    """Read JSON. What is nested deeply would take Python itself down, so it is not begun."""
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            raise NotOursError
    return json.loads(text)
