"""A process that answers calls: JSON lines in, JSON lines out. Knows no benchmark itself."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any


def answer(calls: Mapping[str, Callable[..., Any]]) -> None:
    """Answer `[name, arguments]` lines with what the function of that name returns."""
    for line in sys.stdin:
        name, arguments = json.loads(line)
        print(json.dumps(calls[name](**arguments)), flush=True)
