"""The MNIST-1D generator, equal to the reference `mnist1d.data.make_dataset`; no training here.

All randomness is drawn first, in the reference's order (`draw`), then applied to all examples at
once (`transform`): each step is a small function, most on arrays of shape (examples, length).
Source: Greydanus & Kobak 2024, "Scaling Down Deep Learning with MNIST-1D"; PyPI mnist1d 0.0.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.dataset.spec import DatasetSpec, read_templates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EPSILON = 1e-8  # added to the template so that an exact zero means "padding"
FILTER_SIGMA = 2  # of the Gaussian filter that correlates the noise, in samples
FILTER_RADIUS = 8  # 4 sigma, as scipy.ndimage.gaussian_filter truncates

_DIGITS = [
    [5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5],
    [5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5],
    [5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5],
    [5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5],
    [5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5],
    [5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5],
    [5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5],
    [5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5],
    [5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5],
    [5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5],
]


@dataclass(frozen=True)
class Draws:
    """Every random number of one dataset, in generation order (n examples, padded length L)."""

    pad: Ints  # (n,) zeros appended to the template
    scale: Floats  # (n,) uniform in [0, 1)
    shift: Ints  # (n,) samples to roll by
    corr_noise: Floats  # (n, L) standard normal, not yet filtered
    iid_noise: Floats  # (n, L) standard normal
    shear: Floats  # (n,) uniform in [0, 1)
    order: Ints  # (n,) permutation of the examples
    positions: Ints | None  # (final_seq_length,) permutation of the inputs, if shuffled


def get_templates(drawn: str = "") -> dict[str, Any]:
    """Return the ten digit templates: x (10, 12), t (12,), y (10,), as the reference does.

    `drawn` replaces some of them: text as in `DatasetSpec.templates`. x is in units of the height
    of an unpadded template, t in the reference's units of position, y are the digits.
    """
    x = np.array(_DIGITS, dtype=np.float64)
    x -= x.mean(1, keepdims=True)
    x /= x.std(1, keepdims=True)
    x -= x[:, :1]  # the signal starts and ends at 0
    x /= 6.0
    for digit, points in read_templates(drawn).items():
        x[digit] = points
    return {"x": x, "t": np.linspace(-5, 5, x.shape[1]) / 6.0, "y": np.arange(10)}


def draw(spec: DatasetSpec) -> Draws:
    """Draw all of a dataset's random numbers from its seed, in the reference's order."""
    rng = np.random.RandomState(spec.seed)
    n = spec.num_samples // 10 * 10  # the reference rounds down to whole classes
    numbers = draw_examples(rng, n, spec.padded_length, spec.padding, spec.max_translation)
    order = rng.permutation(n)
    positions = rng.permutation(spec.final_seq_length) if spec.shuffle_seq else None
    return Draws(*numbers, order, positions)


def draw_examples(
    rng: np.random.RandomState, n: int, length: int, padding: tuple[int, int], shifts: int
) -> tuple[Ints, Floats, Ints, Floats, Floats, Floats]:
    """Draw the random numbers of the next `n` examples of padded length `length`.

    Returns the first six fields of Draws: zeros from `padding` (both ends included), scale, shift
    from 0 to shifts - 1, corr_noise, iid_noise, shear.
    """
    rand, randint, randn = rng.random_sample, rng.randint, rng.standard_normal  # look up once
    low, high = padding
    pad, shift = np.empty(n, np.int64), np.empty(n, np.int64)
    scale, shear = np.empty(n), np.empty(n)
    corr_noise, iid_noise = np.empty((n, length)), np.empty((n, length))
    for i in range(n):
        pad[i] = low + int(rand() * (high - low + 1))
        scale[i] = rand()
        shift[i] = randint(shifts)  # the same stream as the reference's choice()
        corr_noise[i] = randn(length)
        iid_noise[i] = randn(length)
        shear[i] = rand()
    return pad, scale, shift, corr_noise, iid_noise, shear


def pad(template: Floats, zeros: int) -> Floats:
    """Append zeros to one template: (12,) to (12 + zeros,)."""
    return np.concatenate([template + EPSILON, np.zeros(zeros)])


def dilate(padded: Floats, length: int) -> Floats:
    """Stretch one padded template to `length` even points: (12 + zeros,) to (length,).

    `np.interp` is what scipy's `interp1d` runs for a one-dimensional signal, so zeros stay exact.
    """
    return np.interp(np.linspace(0, 1, length), np.linspace(0, 1, len(padded)), padded)


def pad_and_dilate(templates: Floats, labels: Ints, zeros: Ints, length: int) -> Floats:
    """Pad template `labels[i]` with `zeros[i]` zeros and stretch it: (10, 12) to (n, length)."""
    kinds, kind = np.unique(np.stack([labels, zeros]), axis=1, return_inverse=True)  # few differ
    made = [dilate(pad(templates[label], count), length) for label, count in kinds.T.tolist()]
    return np.array(made)[kind]


def scale(x: Floats, coeff: float, uniform: Floats) -> Floats:
    """Multiply each signal by a factor in 1 ± coeff/2: (n, L) to (n, L)."""
    return np.asarray(x * (1 + coeff * (uniform - 0.5))[:, None])


def translate(x: Floats, shift: Ints) -> Floats:
    """Roll each signal `shift[i]` samples to the right, round the end: (n, L) to (n, L)."""
    length = x.shape[1]
    columns = (np.arange(length) - shift[:, None]) % length
    return np.asarray(np.take_along_axis(x, columns, axis=1))


def correlate(noise: Floats) -> Floats:
    """Smooth each row of white noise with a Gaussian: (n, L) to (n, L).

    Equals `scipy.ndimage.gaussian_filter(row, 2)` (mode "reflect", truncated at 4 sigma).
    """
    offsets = np.arange(FILTER_RADIUS + 1)
    weights = np.exp(-0.5 / FILTER_SIGMA**2 * offsets**2)
    weights /= weights[0] + 2 * weights[1:].sum()
    length = noise.shape[1]
    wide = np.pad(noise, ((0, 0), (FILTER_RADIUS, FILTER_RADIUS)), mode="symmetric")
    out: Floats = weights[0] * noise
    for offset, weight in zip(offsets[1:].tolist(), weights[1:].tolist(), strict=True):
        left = wide[:, FILTER_RADIUS - offset : FILTER_RADIUS - offset + length]
        right = wide[:, FILTER_RADIUS + offset : FILTER_RADIUS + offset + length]
        out += weight * (left + right)
    return out


def fill(x: Floats, corr_noise: Floats) -> Floats:
    """Put correlated noise where the padding is, that is at exact zeros: (n, L) to (n, L)."""
    return np.where(x != 0, x, corr_noise)


def add_noise(x: Floats, iid_noise: Floats) -> Floats:
    """Add white noise everywhere: (n, L) to (n, L)."""
    return x + iid_noise


def shear(x: Floats, coeff: float, uniform: Floats) -> Floats:
    """Tilt each signal by a slope in ± coeff/2 over its length: (n, L) to (n, L)."""
    slope = coeff * (uniform - 0.5)
    return x - slope[:, None] * np.linspace(-0.5, 0.5, x.shape[1])


def resample(x: Floats, length: int) -> Floats:
    """Interpolate each signal linearly at `length` even points: (n, L) to (n, length)."""
    old, new = np.linspace(0, 1, x.shape[1]), np.linspace(0, 1, length)
    left = np.clip(np.searchsorted(old, new, side="right") - 1, 0, x.shape[1] - 2)
    x_left = x[:, left]
    slope = (x[:, left + 1] - x_left) / (old[left + 1] - old[left])
    return np.asarray(slope * (new - old[left]) + x_left)


def transform(spec: DatasetSpec, templates: Floats, labels: Ints, draws: Draws) -> Floats:
    """Make the examples of these labels: (10, 12) to (n, final_seq_length), not yet shuffled."""
    x = pad_and_dilate(templates, labels, draws.pad, spec.padded_length)
    x = scale(x, spec.scale_coeff, draws.scale)
    x = translate(x, draws.shift)
    x = fill(x, correlate(spec.corr_noise_scale * draws.corr_noise))
    x = add_noise(x, spec.iid_noise_scale * draws.iid_noise)
    x = shear(x, spec.shear_scale, draws.shear)
    return resample(x, spec.final_seq_length)


def last_stage(x: Floats, rng: np.random.Generator, spec: DatasetSpec) -> Floats:
    """Change all examples once more: (n, final_seq_length) to the same; the reference does not.

    In order of their digits, not yet shuffled and centred; `rng` is for numbers of its own.
    """
    return x


def assemble(spec: DatasetSpec, x: Floats, order: Ints, positions: Ints | None) -> dict[str, Any]:
    """Shuffle, centre and split all examples; see `make_dataset` for what is returned.

    x (n, final_seq_length) is in generation order; `order` (n,) and `positions` (final_seq_length,)
    permute the examples and, if given, the inputs.
    """
    templates = get_templates(spec.templates)
    labels = np.repeat(templates["y"], spec.num_samples // 10)
    x = x[order]
    if positions is not None:
        x = x[:, positions]
    y = labels[order]
    t = resample(resample(templates["t"][None], spec.padded_length), spec.final_seq_length)[0]
    mean, deviation = x.mean(), x.std()
    x = (x - mean) / deviation
    split = int(len(y) * spec.train_split)
    return {
        "x": x[:split],
        "x_test": x[split:],
        "y": y[:split],
        "y_test": y[split:],
        "t": t / deviation,
        "templates": templates,
        "mean": float(mean),
        "deviation": float(deviation),
    }


def make_dataset(spec: object = None) -> dict[str, Any]:
    """Return the dataset of a spec (None: the published one).

    Matches the reference `mnist1d.data.make_dataset(args)` within 1e-12. `spec` is a DatasetSpec, a
    dict of its fields, or any object with those attributes, such as the reference's own arguments.
    Returns x (n_train, length) and x_test float64 with mean 0 and standard deviation 1 over both,
    y and y_test int64 labels 0-9, t (length,) positions, templates, and the mean and deviation that
    were taken out of x. Raises ValueError naming the field of a spec that makes no sense. The
    global random state is not touched.

    >>> data = make_dataset({"num_samples": 100, "seed": 7})
    >>> data["x"].shape, data["x_test"].shape
    ((80, 40), (20, 40))
    """
    checked = DatasetSpec() if spec is None else DatasetSpec.of(spec)
    draws, templates = draw(checked), get_templates(checked.templates)
    labels = np.repeat(templates["y"], checked.num_samples // 10)
    x = transform(checked, templates["x"], labels, draws)
    return assemble(checked, x, draws.order, draws.positions)
