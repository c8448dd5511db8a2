"""Digests of files and texts, and stamps that say what a finished folder was made from."""

import hashlib
from pathlib import Path


def key(*parts: Path | str) -> str:
    """The SHA-256 of files (by content) and strings, as hex digits."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
    return digest.hexdigest()


def matches(stamp: Path, wanted: str) -> bool:
    """Whether the file `stamp`, which a step writes as its last act, has this key in it."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted
