"""Data of one's own, prepared: their form as bytes, and those that this engine has at hand.

They are float32, named by their content, and never change: a job that needs others names others.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.dataset.source import HASH, Source, read_source
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.validation import refuse

KEPT = 3  # prepared data at hand
MOST_BYTES = 256 * 2**20  # of one of them, unpacked
FILE_SPLIT = DatasetSpec.seed  # the seed that asks for the split as it was prepared
ARRAYS = ("x", "y", "x_test", "y_test")


@dataclass(frozen=True)
class OwnData:
    """Prepared data: x (train, length), x_test (test, length) float32, y, y_test int32."""

    x: NDArray[np.float32]
    y: NDArray[np.int32]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.int32]
    names: tuple[str, ...]  # of the classes
    file: str  # where they are from: letters, digits, '.', '_', '-'

    @property
    def source(self) -> str:
        """Return their name, which has the hash of their content."""
        hashed = hashlib.sha256(json.dumps(self.names).encode())
        for name in ARRAYS:
            array = getattr(self, name)
            hashed.update(array.astype(array.dtype.newbyteorder("<")).tobytes())
        train, length = self.x.shape
        sizes = len(self.names), length, train, len(self.y_test)
        return str(Source(self.file, *sizes, hashed.hexdigest()[:HASH]))

    def pack(self) -> bytes:
        """Return them as an NPZ file that `unpack` and `numpy.load` read."""
        file = io.BytesIO()
        arrays: dict[str, Any] = {name: getattr(self, name) for name in ARRAYS}
        text = np.array(json.dumps({"names": self.names, "file": self.file}))
        np.savez_compressed(file, **arrays, own=text)
        return file.getvalue()


def unpack(content: bytes) -> OwnData:
    """Return what `pack` packed. Raises ValueError for anything else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
                raise ValueError(MOST_BYTES)
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            own = json.loads(str(arrays["own"]))
            x, y, x_test, y_test = (arrays[name] for name in ARRAYS)
        made: OwnData | None = OwnData(x, y, x_test, y_test, tuple(own["names"]), own["file"])
    except Exception:  # NumPy, zipfile and json refuse bytes in a dozen ways
        made = None
    if made is not None and _is_whole(made):
        return made
    raise refuse("data", content, "what `prepare_data` returned, unchanged")


def _is_whole(own: OwnData) -> bool:
    """Whether shapes, types and labels are those that networks may be trained on."""
    said, classes = read_source(own.source), len(own.names)
    pairs = ((own.x, own.y), (own.x_test, own.y_test))
    return said is not None and all(
        x.dtype == np.float32
        and y.dtype == np.int32
        and x.shape == (len(y), said.length)
        and bool(np.isfinite(x).all())
        and 0 <= y.min() <= y.max() < classes
        for x, y in pairs
    )


_at_hand: OrderedDict[str, OwnData] = OrderedDict()


def keep(own: OwnData) -> str:
    """Put data at hand, in place of those that were used longest ago; return their name."""
    source = own.source
    _at_hand[source] = own
    while len(_at_hand) > KEPT:
        _at_hand.popitem(last=False)
    return source


def find(source: str) -> OwnData:
    """Return the data of a name. Raises ValueError if they are not at hand."""
    if source not in _at_hand:
        said = read_source(source)
        name = said.name if said else "it was made from"
        raise refuse("source", source, f"of data that are open here: open the file {name}")
    _at_hand.move_to_end(source)
    return _at_hand[source]


def dataset_of(spec: DatasetSpec) -> dict[str, Any]:
    """Return data of one's own as `generator.make_dataset` returns a dataset.

    They are split as they were prepared. Another seed than the usual one draws another split of the
    same sizes, which is what a fresh dataset is here; with `shuffle_seq` it orders the inputs too.
    x and x_test are float64; templates are the classes' mean training examples.
    """
    own = find(spec.source)
    x, y = np.concatenate([own.x, own.x_test]), np.concatenate([own.y, own.y_test])
    rng = np.random.RandomState(spec.seed)
    order = np.arange(len(y)) if spec.seed == FILE_SPLIT else rng.permutation(len(y))
    x, y = x[order].astype(np.float64), y[order].astype(np.int64)
    if spec.shuffle_seq:
        x = x[:, positions_of(spec)]
    train = len(own.y)
    return {
        "x": x[:train],
        "y": y[:train],
        "x_test": x[train:],
        "y_test": y[train:],
        "t": np.arange(x.shape[1], dtype=np.float64),
        "templates": {"x": class_means(x[:train], y[:train], len(own.names))},
        "mean": 0.0,
        "deviation": 1.0,
    }


def positions_of(spec: DatasetSpec) -> NDArray[np.int64]:
    """Return from where shuffled data take each input, (length,)."""
    return np.random.RandomState(spec.seed).permutation(spec.final_seq_length)


def class_means(x: NDArray[np.float64], y: NDArray[np.int64], classes: int) -> NDArray[np.float64]:
    """Return the mean of each class's examples, (classes, length); 0 for a class that has none."""
    rows = [x[y == label].mean(0) if (y == label).any() else 0 * x[0] for label in range(classes)]
    return np.stack(rows)
