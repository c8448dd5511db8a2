"""A dataset's random numbers by the compiled kernels, where there are any; `data.draw` is the twin.

Numbers are dealt in chunks of examples. The generator's state before each chunk is a bookmark:
from it a few examples can be dealt again without the others. Here log is NumPy's of whole arrays,
whose last bit may differ from that in its generator; everything else is bit for bit the twin's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from mnist1d_lab import kernels
from mnist1d_lab.dataset.generator import Draws, Ints, draw
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.kernels import simd_ops as simd

CHUNK = 100  # examples of a chunk: between bookmarks, and in the processor's cache


NAMES = ("pad", "scale", "shift", "corr_noise", "iid_noise", "shear")  # one entry an example


def _draws(*numbers: Any) -> Draws:
    """Return examples' numbers, in the order of NAMES, as Draws that are not permuted."""
    fields: dict[str, Any] = dict(zip(NAMES, numbers, strict=True))
    return Draws(**fields, order=np.arange(len(fields["pad"])), positions=None)


@dataclass
class State:
    """Where a Mersenne Twister stands."""

    key: np.ndarray[Any, Any]  # (624,) uint32
    position: np.ndarray[Any, Any]  # (1,) int32

    @classmethod
    def of(cls, seed: int) -> State:
        """Return the state that RandomState starts in."""
        _, key, position, *_ = np.random.RandomState(seed).get_state(legacy=True)
        return cls(np.array(key, np.uint32), np.array([position], np.int32))

    def copy(self) -> State:
        """Return the same state, to go on from later."""
        return State(self.key.copy(), self.position.copy())

    def generator(self) -> np.random.RandomState:
        """Return a RandomState that goes on from here."""
        rng = np.random.RandomState(0)
        rng.set_state(("MT19937", self.key, int(self.position[0]), 0, 0.0))
        return rng


def _deal(spec: DatasetSpec, state: State, count: int, normals: bool) -> Draws:
    """Deal the next `count` examples and move the state on; `order` is theirs, unpermuted."""
    length = spec.padded_length
    pad, shift = np.empty(count, np.int32), np.empty(count, np.int32)
    scale, shear = np.empty(count), np.empty(count)
    noise = np.empty((count, 2 * length)) if normals else None
    squares = np.empty((count, length)) if normals else None
    call = simd.deal(
        state.key, state.position, (pad, shift), (scale, shear), noise, squares,
        length, spec.padding, spec.max_translation,
    )  # fmt: skip
    simd.program([call])()
    if noise is None or squares is None:
        noise = np.empty((count, 0))
    else:
        factor = np.sqrt(-2.0 * np.log(squares) / squares)
        noise[:, ::2] *= factor
        noise[:, 1::2] *= factor
    half = noise.shape[1] // 2
    zeros, rolled = pad.astype(np.int64), shift.astype(np.int64)
    return _draws(zeros, scale, rolled, noise[:, :half], noise[:, half:], shear)


@dataclass
class Dealer:
    """Deals one dataset chunk by chunk, from its first example on."""

    spec: DatasetSpec
    size: int = CHUNK
    bookmarks: list[State] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start at the seed."""
        self.state = State.of(self.spec.seed)
        self.total = self.spec.num_samples // 10 * 10

    def chunks(self, normals: bool = True) -> Iterator[tuple[slice, Draws]]:
        """Yield the places and the numbers of each chunk, in generation order."""
        for start in range(0, self.total, self.size):
            self.bookmarks.append(self.state.copy())
            count = min(self.size, self.total - start)
            yield slice(start, start + count), _deal(self.spec, self.state, count, normals)

    def ends(self) -> tuple[Ints, Ints | None]:
        """Return the permutations, dealt last: of the examples and, if shuffled, of the inputs."""
        rng = self.state.generator()
        order = rng.permutation(self.total)
        spec = self.spec
        return order, rng.permutation(spec.final_seq_length) if spec.shuffle_seq else None

    def again(self, row: int) -> Draws:
        """Deal one example again, by its place in generation order."""
        state, before = self.bookmarks[row // self.size].copy(), row % self.size
        return pick(_deal(self.spec, state, before + 1, True), [before])


def pick(draws: Draws, rows: Any) -> Draws:
    """Return the numbers of some examples, given by a list or a slice of places, unpermuted."""
    return _draws(*(getattr(draws, name)[rows] for name in NAMES))


def join(parts: list[Draws], order: Ints, positions: Ints | None) -> Draws:
    """Return several parts as one, with these permutations."""
    joined = _draws(*(np.concatenate([getattr(part, name) for part in parts]) for name in NAMES))
    return replace(joined, order=order, positions=positions)


def deal(spec: DatasetSpec) -> Draws:
    """Return all random numbers of a dataset, as `data.draw` does."""
    if kernels.backend() != "simd":
        return draw(spec)
    dealer = Dealer(spec)
    parts = [draws for _, draws in dealer.chunks()]
    return join(parts, *dealer.ends())


class Hand:
    """A dataset's random numbers, of which single examples can be had without the others."""

    def __init__(self, spec: DatasetSpec) -> None:
        """Deal all of them once; only where they begin is kept, if kernels can deal them again."""
        self.dealer = Dealer(spec) if kernels.backend() == "simd" else None
        if self.dealer:
            for _ in self.dealer.chunks(normals=False):
                pass
            self.order, self.positions = self.dealer.ends()
        else:
            self.draws = draw(spec)
            self.order, self.positions = self.draws.order, self.draws.positions

    def example(self, row: int) -> Draws:
        """Return the numbers of one example, by its place in generation order."""
        return self.dealer.again(row) if self.dealer else pick(self.draws, [row])
