"""Makes data to train on of a file's table: resampled, centred, split. It reads no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.dataset.generator import resample
from mnist1d_lab.dataset.own import OwnData
from mnist1d_lab.dataset.readers import FileError, Table
from mnist1d_lab.dataset.source import CLASSES, LEAST, LENGTHS, MOST, file_name

Floats = NDArray[np.float64]
LARGEST = 1e30  # absolute value of a number: float32 holds more, its square does not
# How the numbers are centred and scaled, and what that is called.
CENTRINGS = ("all", "each", "none")


@dataclass(frozen=True)
class Choices:
    """What is asked before a file's examples become data."""

    length: int = 0  # to which each example is resampled; 0: as it is
    centring: str = "all"  # all numbers together, each example by itself, or not at all
    split: str = "file"  # as the file or the two files have it, or 'random'
    train_share: float = 0.8  # of each class, if the split is random
    seed: int = 0  # of the split and of the order of the examples


def join(train: Table, test: Table) -> Table:
    """Return the tables of two files as one whose test part is the second file."""
    if train.x.shape[1] != test.x.shape[1]:
        lengths = f"{test.x.shape[1]} numbers each, the other file's {train.x.shape[1]}"
        raise FileError(f"have examples as long as the other file's: it has {lengths}")
    return train._replace(x_test=test.x, labels_test=test.labels)


def prepare(table: Table, choices: Choices, name: str) -> OwnData:
    """Return data to train on; FileError if there is nothing to be made of this table."""
    labels = [*table.labels, *(table.labels_test or ())]
    names = class_names(labels)
    places = {label: place for place, label in enumerate(names)}
    y = np.array([places[label] for label in labels], np.int32)
    x = table.x if table.x_test is None else np.concatenate([table.x, table.x_test])
    if np.abs(x).max() > LARGEST:
        raise FileError(f"have numbers of at most {LARGEST:g}: one is larger")
    x = _centred(_of_length(x, choices.length), choices.centring)
    rng = np.random.RandomState(choices.seed)
    if choices.split == "file" and table.x_test is not None:
        train = rng.permutation(len(table.labels))
        test = np.arange(len(table.labels), len(labels))
    else:
        train, test = random_split(y, choices.train_share, rng)
    missing = int((np.bincount(y[train], minlength=len(names)) == 0).sum())
    if missing:
        raise FileError(
            f"have examples of every class to train on: those of {missing} classes "
            "are all in the test part"
        )
    x32 = x.astype(np.float32)
    parts = x32[train], y[train], x32[test], y[test]
    return OwnData(*parts, names=tuple(names), file=file_name(name))


def class_names(labels: Sequence[str]) -> list[str]:
    """Return the classes in order, numbers as numbers; FileError for too few or too many."""
    names = sorted(set(labels))
    try:
        names.sort(key=float)
    except ValueError:
        names.sort()
    if not LEAST <= len(labels) <= MOST:
        raise FileError(f"have from {LEAST} to {MOST} examples; it has {len(labels)}")
    if not CLASSES[0] <= len(names) <= CLASSES[1]:
        hint = "; is its label column another one?" if len(names) > CLASSES[1] else ""
        allowed = f"have from {CLASSES[0]} to {CLASSES[1]} classes; it has {len(names)}"
        raise FileError(allowed + hint)
    return names


def _of_length(x: Floats, length: int) -> Floats:
    if length and x.shape[1] > 1:
        x = resample(x, length)
    low, high = LENGTHS
    if not low <= x.shape[1] <= high:
        raise FileError(
            f"have from {low} to {high} numbers an example, or be resampled; it has {x.shape[1]}"
        )
    return x


def _centred(x: Floats, centring: str) -> Floats:
    """Return numbers with mean 0 and standard deviation 1, of all together or of each example."""
    if centring == "none":
        return x
    axis = None if centring == "all" else 1
    mean, deviation = x.mean(axis=axis, keepdims=True), x.std(axis=axis, keepdims=True)
    return np.asarray((x - mean) / np.where(deviation == 0, 1, deviation))


def random_split(
    y: NDArray[np.int32], share: float, rng: np.random.RandomState
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the places of a training and of a test part: of each class about this share to train.

    Each class has at least one example to train on; both parts are in random order.
    """
    train, test = [], []
    for label in range(y.max() + 1):
        places = rng.permutation(np.flatnonzero(y == label))
        count = min(max(1, round(share * len(places))), max(1, len(places) - 1))
        train.append(places[:count])
        test.append(places[count:])
    both = rng.permutation(np.concatenate(train)), rng.permutation(np.concatenate(test))
    if not len(both[1]):
        raise FileError("have a class with two examples at least, one of them to test")
    return both
