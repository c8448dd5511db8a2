"""What a dataset can be asked for: its checked fields and published defaults. Generates nothing."""

from __future__ import annotations

import dataclasses
import numbers
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from mnist1d_lab.dataset.source import ALLOWED, Source, read_source
from mnist1d_lab.validation import (
    RefusedError,
    Spec,
    checked,
    flag,
    integer,
    real,
    refuse,
)

MAX_SEED = 2**32 - 1  # what NumPy's RandomState takes
MAX_SCALE = 1000.0  # far beyond use, far within float64
MOST_STEPS = 10**9  # optimiser steps: far beyond use, far within a double
MOST_IN_BATCH = 10**6  # examples: as many as a dataset may have
MAX_LENGTH = 10_000  # of padding, a template, an example


def _padding(value: Any) -> tuple[int, int]:
    allowed = f"two whole numbers, low then high, with 0 <= low <= high <= {MAX_LENGTH}"
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise RefusedError(allowed)
    low, high = value
    for end in value:
        if isinstance(end, bool) or not isinstance(end, numbers.Integral):
            raise RefusedError(allowed)
    if not 0 <= low <= high <= MAX_LENGTH:
        raise RefusedError(allowed)
    return int(low), int(high)


POINTS = 12  # of one template
HIGHEST = 10.0  # absolute value of a template's points; the published ones stay within 0.5


def read_templates(text: str) -> dict[int, tuple[float, ...]]:
    """Read a spec's templates: digit -> its 12 points, for the digits that are drawn by hand.

    Text as "3:0,0.5,…;7:…"; '' has none. Raises RefusedError for any other text.
    """
    allowed = (
        f"templates as digit:{POINTS} numbers from {-HIGHEST:g} to {HIGHEST:g}, joined by commas, "
        f"each digit once and split by semicolons, such as '1:{','.join('0' * POINTS)}', "
        f"or 10 rows of {POINTS} numbers"
    )
    found: dict[int, tuple[float, ...]] = {}
    for part in text.split(";") if text.strip() else []:
        label, colon, row = part.strip().partition(":")
        try:
            digit, points = int(label), tuple(float(point) for point in row.split(","))
        except ValueError:
            raise RefusedError(allowed) from None
        inside = len(points) == POINTS and all(abs(point) <= HIGHEST for point in points)
        if not (colon and inside and 0 <= digit <= 9 and digit not in found):  # NaN is not inside
            raise RefusedError(allowed)
        found[digit] = points
    return found


def _row(digit: int, points: Iterable[float]) -> str:
    return f"{digit}:{','.join(repr(float(point)).removesuffix('.0') for point in points)}"


def _drawn(value: Any) -> str:
    """Return templates as text; takes 10 rows of numbers too, as the reference has them."""
    if value is None:
        return ""
    if not isinstance(value, str):
        try:
            rows = [[float(point) for point in row] for row in value]
        except (TypeError, ValueError):
            rows = []
        value = ";".join(_row(digit, row) for digit, row in enumerate(rows)) or "?"
        value = value if len(rows) == 10 else "?"  # which read_templates refuses
    return ";".join(_row(*drawing) for drawing in sorted(read_templates(value).items()))


def _source(value: Any) -> str:
    if not isinstance(value, str) or (value and read_source(value) is None):
        raise RefusedError(ALLOWED)
    return str(value)


LATER = ("templates", "source")  # fields that the reference does not have
CLASSES = 10  # of the generator's digits
OF_ANY_DATA = ("seed", "shuffle_seq", "source")  # fields that count for data of one's own too


@dataclass(frozen=True)
class DatasetSpec(Spec):
    """The knobs of the generator: names, meanings and defaults of the reference `get_dataset_args`.

    Lengths are in samples of the padded signal, scales in units of the unpadded template's height.
    With a `source` the data are one's own: sizes are theirs, and what only the generator has is
    reset, so that equal data have equal specs.

    >>> DatasetSpec(num_samples=1000).parts
    (800, 200)
    """

    num_samples: int = integer(5000, 10, 1_000_000)
    train_split: float = real(0.8, 0, 1)
    template_len: int = integer(12, 1, MAX_LENGTH)
    padding: tuple[int, int] = checked((36, 60), _padding, "two whole numbers, low then high")
    scale_coeff: float = real(0.4, 0, MAX_SCALE)
    max_translation: int = integer(48, 1, 2 * MAX_LENGTH)
    corr_noise_scale: float = real(0.25, 0, MAX_SCALE)
    iid_noise_scale: float = real(0.02, 0, MAX_SCALE)
    shear_scale: float = real(0.75, 0, MAX_SCALE)
    shuffle_seq: bool = flag(False)
    final_seq_length: int = integer(40, 2, MAX_LENGTH)
    seed: int = integer(42, 0, MAX_SEED)
    templates: str = checked("", _drawn, "templates drawn by hand: see `read_templates`")
    source: str = checked("", _source, "the name of data of one's own: see source.py")

    def __post_init__(self) -> None:
        """Check each field, then what they must be together."""
        super().__post_init__()
        if own := self.own:
            self._reset(own)
        if self.padded_length < 2:
            raise refuse("padding", self.padding, "long enough to make template_len + high >= 2")
        if self.max_translation > self.padded_length:
            allowed = (
                f"a whole number from 1 (no shift) to {self.padded_length} "
                "(the padded length, template_len + padding)"
            )
            raise refuse("max_translation", self.max_translation, allowed)

    @classmethod
    def of(cls, source: object) -> Self:
        """Read a spec as `Spec.of` does; the reference's arguments have no field of LATER."""
        if isinstance(source, cls | Mapping):
            return super().of(source)
        names = [field.name for field in dataclasses.fields(cls)]
        given = [name for name in names if hasattr(source, name)]
        if not set(names) - set(given) <= set(LATER):
            return super().of(source)
        return cls(**{name: getattr(source, name) for name in given})

    def _reset(self, own: Source) -> None:
        usual = {one.name: one.default for one in dataclasses.fields(self)}
        sizes = {"num_samples": own.train + own.test, "final_seq_length": own.length}
        for name, value in {**usual, **sizes}.items():
            if name not in OF_ANY_DATA:
                object.__setattr__(self, name, value)

    @property
    def own(self) -> Source | None:
        """What the name of the data says; None if they are the generator's."""
        return read_source(self.source) if self.source else None

    @property
    def classes(self) -> int:
        """How many classes the data have."""
        return self.own.classes if self.own else CLASSES

    @property
    def parts(self) -> tuple[int, int]:
        """How many examples there are to train on, and to test."""
        if self.own:
            return self.own.train, self.own.test
        examples = self.num_samples // CLASSES * CLASSES  # the reference: whole classes
        train = int(examples * self.train_split)
        return train, examples - train

    @property
    def padded_length(self) -> int:
        """Length every signal is stretched to after padding (72 for the published settings)."""
        return self.template_len + self.padding[1]


def require_generator(spec: DatasetSpec) -> None:
    """Refuse data of one's own where the generator itself is shown."""
    if spec.source:
        raise refuse(
            "source", spec.source, "'' here: only the generator's digits are made in stages"
        )
