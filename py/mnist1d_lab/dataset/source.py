"""The name of data of one's own, which says what is in them: NAME-CLASSES-LENGTH-TRAIN-TEST-HASH.

Such a name is a spec's field `source`; a spec without it is of the generator. It holds no data.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LENGTHS = (8, 1024)  # numbers of an example
CLASSES = (2, 100)
LEAST = 10  # examples in both parts
MOST = 1_000_000
HASH = 32  # hex digits of the SHA-256 of the data

_FORM = re.compile(r"([A-Za-z0-9._-]{1,40})-(\d{1,3})-(\d{1,4})-(\d{1,7})-(\d{1,7})-([0-9a-f]{32})")
ALLOWED = (
    "'' for the generator, or the name of data of one's own as `prepare_data` gives it: "
    f"NAME-CLASSES-LENGTH-TRAIN-TEST and {HASH} hex digits"
)


class Source(NamedTuple):
    """What the name of data of one's own says."""

    name: str  # of the file
    classes: int
    length: int  # of an example
    train: int  # examples
    test: int
    hash: str

    def __str__(self) -> str:
        """Return the name that `read_source` reads."""
        return "-".join(str(part) for part in self)


def read_source(text: str) -> Source | None:
    """Return what a name says; None if it is no such name."""
    found = _FORM.fullmatch(text)
    if not found:
        return None
    classes, length, train, test = (int(part) for part in found.groups()[1:5])
    source = Source(found[1], classes, length, train, test, found[6])
    within = (
        CLASSES[0] <= classes <= CLASSES[1]
        and LENGTHS[0] <= length <= LENGTHS[1]
        and min(train, test) >= 1
        and LEAST <= train + test <= MOST
    )
    return source if within and str(source) == text else None


def file_name(name: str) -> str:
    """Return a file's name as a source may have it."""
    return re.sub(r"[^A-Za-z0-9._]+", "_", name)[-40:].strip("_") or "data"
