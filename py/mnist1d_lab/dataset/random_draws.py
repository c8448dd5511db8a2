"""A dataset's random numbers, all of them or those of a few examples. Makes no signals.

`DrawStream` draws them chunk by chunk, compiled where that is possible, and saves the generator's
state before each chunk: from there a few examples can be drawn again without all the others.

The numbers are those of `generator.draw`, bit for bit, with one exception: the compiled code takes
NumPy's log of whole arrays, whose last bit may differ from the log in NumPy's generator.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab import kernels
from mnist1d_lab.dataset.generator import Draws, Ints, draw_examples
from mnist1d_lab.dataset.spec import DatasetSpec

CHUNK = 100  # examples between two saved states; their numbers fit into the processor's cache
FIELDS = ("pad", "scale", "shift", "corr_noise", "iid_noise", "shear")  # of Draws, by example


def _unpermuted(*numbers: Any) -> Draws:
    """Return examples' numbers, in the order of FIELDS, as Draws in generation order."""
    fields: dict[str, Any] = dict(zip(FIELDS, numbers, strict=True))
    return Draws(**fields, order=np.arange(len(fields["pad"])), positions=None)


@dataclass
class TwisterState:
    """Where a Mersenne Twister stands between two examples (no normal is held back there)."""

    key: NDArray[np.uint32]  # (624,)
    position: NDArray[np.int32]  # (1,)

    @classmethod
    def of(cls, rng: np.random.RandomState) -> TwisterState:
        """Return where a RandomState stands."""
        _, key, position, *_ = rng.get_state(legacy=True)
        return cls(np.array(key, np.uint32), np.array([position], np.int32))

    def copy(self) -> TwisterState:
        """Return the same state, to go on from later."""
        return TwisterState(self.key.copy(), self.position.copy())

    def generator(self) -> np.random.RandomState:
        """Return a RandomState that goes on from here."""
        rng = np.random.RandomState(0)
        rng.set_state(("MT19937", self.key, int(self.position[0]), 0, 0.0))
        return rng


def _draw_with_numpy(
    key: NDArray[np.uint32],
    position: NDArray[np.int32],
    n: int,
    length: int,
    padding: tuple[int, int],
    shifts: int,
    normals: bool,
) -> Any:
    """Draw what the compiled function of this signature draws; `normals` are drawn in any case."""
    state = TwisterState(key, position)
    rng = state.generator()
    numbers = draw_examples(rng, n, length, padding, shifts)
    after = TwisterState.of(rng)
    key[...], position[...] = after.key, after.position
    return numbers


@dataclass
class DrawStream:
    """Draws one dataset's random numbers chunk by chunk, from its first example on."""

    spec: DatasetSpec
    chunk: int = CHUNK  # examples
    saved_states: list[TwisterState] = field(default_factory=list)  # before each chunk

    def __post_init__(self) -> None:
        """Start at the seed."""
        self.state = TwisterState.of(np.random.RandomState(self.spec.seed))
        self.total = self.spec.num_samples // 10 * 10

    def chunks(self, normals: bool = True) -> Iterator[tuple[slice, Draws]]:
        """Yield each chunk's places in generation order, and its numbers (n, …), unpermuted.

        Without `normals` the noise is only passed over where that is faster.
        """
        for start in range(0, self.total, self.chunk):
            self.saved_states.append(self.state.copy())
            n = min(self.chunk, self.total - start)
            yield slice(start, start + n), self._draw(self.state, n, normals)

    def permutations(self) -> tuple[Ints, Ints | None]:
        """Return `order` (n,) and, if inputs are shuffled, `positions`: they are drawn last."""
        rng = self.state.generator()
        order = rng.permutation(self.total)
        spec = self.spec
        return order, rng.permutation(spec.final_seq_length) if spec.shuffle_seq else None

    def redraw(self, row: int) -> Draws:
        """Draw one example again, by its place in generation order."""
        state, before = self.saved_states[row // self.chunk].copy(), row % self.chunk
        return select_rows(self._draw(state, before + 1, True), [before])

    def _draw(self, state: TwisterState, n: int, normals: bool) -> Draws:
        """Draw the next `n` examples' numbers and move the state on."""
        draw = kernels.compiled_or("draw_examples", _draw_with_numpy)
        spec = self.spec
        numbers = draw(
            state.key, state.position, n,
            spec.padded_length, spec.padding, spec.max_translation, normals,
        )  # fmt: skip
        return _unpermuted(*numbers)


def select_rows(draws: Draws, rows: Any) -> Draws:
    """Return the numbers of some examples, unpermuted; `rows` is a list or a slice of places."""
    return _unpermuted(*(getattr(draws, name)[rows] for name in FIELDS))


def concatenate(parts: list[Draws], order: Ints, positions: Ints | None) -> Draws:
    """Return the numbers of several parts as one Draws with these permutations."""
    arrays = (np.concatenate([getattr(part, name) for part in parts]) for name in FIELDS)
    return replace(_unpermuted(*arrays), order=order, positions=positions)


def draw_all(spec: DatasetSpec) -> Draws:
    """Return all random numbers of a dataset, as `generator.draw` does."""
    stream = DrawStream(spec)
    parts = [draws for _, draws in stream.chunks()]
    return concatenate(parts, *stream.permutations())


class ExampleDraws:
    """The random numbers of single examples of one dataset; all the others are not kept."""

    def __init__(self, spec: DatasetSpec) -> None:
        """Draw everything once, but keep only the saved states and the permutations."""
        self.stream = DrawStream(spec)
        for _ in self.stream.chunks(normals=False):
            pass
        self.order, self.positions = self.stream.permutations()

    def example(self, row: int) -> Draws:
        """Return the numbers of one example, by its place in generation order."""
        return self.stream.redraw(row)
