"""Read what a step expects to be there; a file that is not so stops the build with its name."""

import json as standard
from pathlib import Path
from typing import Any

from build_steps.console import BuildError


def text(path: Path) -> str:
    """The text of a file in UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        at = f"byte {error.object[error.start]:#04x} at position {error.start}"
        raise BuildError(f"{path}: expected text in UTF-8, got {at}.") from error
    except OSError as error:
        raise BuildError(f"{path}: expected a file to read, got: {error.strerror}.") from error


def json(path: Path) -> Any:
    """The content of a JSON file."""
    try:
        return standard.loads(text(path))
    except standard.JSONDecodeError as error:
        raise BuildError(f"{path}: expected JSON, got: {error}.") from error


def only(folder: Path, pattern: str) -> Path:
    """The one file below a folder that matches."""
    found = sorted(folder.rglob(pattern))
    if len(found) != 1:
        raise BuildError(f"{folder}: expected one {pattern}, got {len(found)}.")
    return found[0]
