"""Digests of files and texts, and stamps that say what a finished folder was made from."""

import hashlib
from pathlib import Path


def key(*parts: Path | str) -> str:
    """Digest of files (by content) and strings: changes when what we install from changes."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
    return digest.hexdigest()


def matches(stamp: Path, wanted: str) -> bool:
    """True if the stamp was written, as the last act of a finished step, with this key."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted
