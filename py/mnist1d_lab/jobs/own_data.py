"""The jobs of data of one's own: make a file's examples ready to train on, and have them at hand.

Readers are in dataset/readers, what is made of a table in dataset/prepare.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist1d_lab.dataset import own
from mnist1d_lab.dataset.prepare import CENTRINGS, Choices, join, prepare
from mnist1d_lab.dataset.readers import FileError, Table, read_table
from mnist1d_lab.dataset.source import LENGTHS
from mnist1d_lab.dataset.spec import MAX_SEED
from mnist1d_lab.jobs.fields import packed, required_bytes
from mnist1d_lab.jobs.progress import Job, OnProgress
from mnist1d_lab.types import Bytes
from mnist1d_lab.validation import (
    BadValueError,
    RefusedError,
    Spec,
    checked,
    choice,
    integer,
    real,
    refuse,
)

PREVIEWED = 10  # classes of which a preview has an example
LISTED = 200  # columns of a table that a preview names


def _words(most: int) -> Any:
    allowed = f"text of at most {most} letters"

    def check(value: Any) -> str:
        if not isinstance(value, str) or len(value) > most:
            raise RefusedError(allowed)
        return value

    return checked("", check, allowed)


@dataclass(frozen=True)
class PrepareArgs(Spec):
    """A data file, if there is one a second with the test part, and what is made of them."""

    file: Bytes = required_bytes()
    name: str = _words(300)  # of the file
    test_file: Bytes | None = packed()
    test_name: str = _words(300)
    column: str = _words(60)  # of the labels in a text table: its name, or its number from 1
    length: int = integer(0, 0, LENGTHS[1])  # 0: as it is
    centring: str = choice("all", *CENTRINGS)
    split: str = choice("file", "file", "random")
    train_share: float = real(0.8, 0.05, 0.95)
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then that a length is one that a network may have."""
        super().__post_init__()
        if 0 < self.length < LENGTHS[0]:
            raise refuse("length", self.length, f"0 (as it is), or at least {LENGTHS[0]}")


def prepare_data(args: PrepareArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Make data to train on of a file, and put them at hand; return them and what they are like.

    `source` is their name for `DatasetSpec`, `data` their bytes (uint8) for the job `open_data`;
    `names` of the classes, `counts` (classes,) and `counts_test` int32; `length`, `length_before`
    it was resampled; `train`, `test`; `has_test`, whether the file has a test part; of a text table
    its first `columns` and the `column` of the labels, -1 for others; `examples` (k * length,)
    float32, the first of each of the first k = `shown` classes. Raises ValueError, with a sentence
    that says where, for a file that cannot be taken. What stands in the file is never repeated.
    """
    train = _read(args, "file")
    table = train
    if args.test_file is not None:
        test = _read(args, "test_file")
        try:
            table = join(train, test)
        except FileError as error:
            raise _refused(error, "test_file", args.test_file) from None
    choices = Choices(args.length, args.centring, args.split, args.train_share, args.seed)
    try:
        made = prepare(table, choices, args.name)
    except FileError as error:
        raise _refused(error, "file", args.file) from None
    own.keep(made)
    return {**_described(made), **_table_facts(table), "data": np.frombuffer(made.pack(), np.uint8)}


def _read(args: PrepareArgs, field: str) -> Table:
    content: Bytes = getattr(args, field)
    name = args.name if field == "file" else args.test_name
    try:
        return read_table(content.tobytes(), name, args.column)
    except FileError as error:
        raise _refused(error, field, content) from None


def _refused(error: FileError, field: str, content: Bytes) -> BadValueError:
    return refuse(field, content, f"one that can be taken: it must {error}")


def _table_facts(table: Table) -> dict[str, Any]:
    return {
        "length_before": table.x.shape[1],
        "has_test": table.x_test is not None,
        "columns": list(table.columns[:LISTED]),
        "column": table.column,
    }


def _described(made: own.OwnData) -> dict[str, Any]:
    classes = len(made.names)
    shown = min(PREVIEWED, classes)
    first = [int(np.argmax(made.y == label)) for label in range(shown)]
    return {
        "source": made.source,
        "names": list(made.names),
        "counts": np.bincount(made.y, minlength=classes).astype(np.int32),
        "counts_test": np.bincount(made.y_test, minlength=classes).astype(np.int32),
        "length": made.x.shape[1],
        "train": len(made.y),
        "test": len(made.y_test),
        "examples": made.x[first].ravel(),
        "shown": shown,
    }


@dataclass(frozen=True)
class OpenArgs(Spec):
    """Prepared data: bytes that `prepare_data` returned, and the name that they shall have."""

    data: Bytes = required_bytes()
    source: str = _words(200)


def open_data(args: OpenArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Put prepared data at hand, so that specs may name them; return what they are like.

    The result is that of `prepare_data` without what is only known of the file. Raises ValueError
    for other bytes, or for data of another name than `source`, if that is given.
    """
    made = own.unpack(args.data.tobytes())
    if args.source and made.source != args.source:
        raise refuse("source", args.source, f"the name of these data, {made.source}")
    own.keep(made)
    return _described(made)


JOBS = {
    "prepare_data": Job(PrepareArgs, prepare_data),
    "open_data": Job(OpenArgs, open_data),
}
