"""Finished parts of results with scripts of their own, kept so that a stopped set goes on."""

import json
from pathlib import Path
from typing import Any

from build_steps import cached


def load(path: Path) -> Any:
    """Return what `keep` wrote there; None if nothing did, or if it has changed since."""
    content = cached.read(path)
    return None if content is None else json.loads(content)


def keep(path: Path, value: Any) -> None:
    """Keep a finished part as JSON, in a folder that only this process writes into."""
    cached.write(path, json.dumps(value).encode())
