"""Finished parts of a long run, kept under the name of their spec, so that it can go on.

A part is JSON beside its own SHA-256: one that has changed, or that other arithmetic made, is not
there. Each name is written by one process at a time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from mnist1d_lab.files.atomic import write_whole


class Kept:
    """Parts below a folder; without a folder nothing is kept."""

    def __init__(self, folder: Path | None, made_by: str) -> None:
        """Keep what `made_by` makes: the version and the arithmetic."""
        self.folder, self.made_by = folder, made_by

    def _path(self, name: str) -> Path | None:
        return self.folder and self.folder / f"{name}.json"

    def load(self, name: str) -> Any:
        """Return a part, None if it is not there."""
        path = self._path(name)
        if path is None:
            return None
        try:
            digest, made_by, content = path.read_bytes().split(b"\n", 2)
        except (OSError, ValueError):  # it is not there, or was cut short
            return None
        if (digest, made_by) != (self._digest(content), self.made_by.encode()):
            return None
        return json.loads(content)

    def save(self, name: str, value: Any) -> None:
        """Keep a part, of plain numbers, texts, lists and dicts."""
        if path := self._path(name):
            content = json.dumps(value).encode()
            write_whole(path, b"\n".join([self._digest(content), self.made_by.encode(), content]))

    def clear(self) -> None:
        """Forget all parts: the results are written."""
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _digest(self, content: bytes) -> bytes:
        return hashlib.sha256(content).hexdigest().encode()
