"""Reads bytes as jobs get them: from the page, from JSON, or from a results file. Knows no job."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np

from mnist1d_lab.types import Bytes


def read_bytes(value: Any) -> Bytes:
    """Return bytes, a list of them as JSON has it, or base64 text as a uint8 array (n,)."""
    if isinstance(value, str):
        value = base64.b64decode(value)
    if isinstance(value, list | np.ndarray):
        return np.asarray(value, np.uint8)
    return np.frombuffer(value, np.uint8)
