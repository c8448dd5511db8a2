"""The generator's jobs: ten digits in parts, one digit step by step, all digits at a glance.

What they return is made by data.py; nothing is generated here.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.dataset import generator as data
from mnist1d_lab.dataset.cache import dealt, made
from mnist1d_lab.dataset.random_draws import Hand, join
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.jobs.progress import OnProgress

Args = Mapping[str, Any]
SHOWN = 24  # examples of a class that `overview` returns


@lru_cache(maxsize=8)
def _hand(spec: DatasetSpec) -> Hand:
    return Hand(spec)


def _labels(spec: DatasetSpec) -> data.Ints:
    return np.repeat(np.arange(10), spec.num_samples // 10)


@lru_cache(maxsize=128)  # a slider's worth of shifts
def _first(spec: DatasetSpec) -> data.Draws:
    """Return the numbers of the first example of each digit in a dataset."""
    hand, labels = Hand(spec), _labels(spec)
    rows = [hand.order[np.argmax(labels[hand.order] == digit)] for digit in range(10)]
    return join([hand.example(int(row)) for row in rows], hand.order, hand.positions)


def parts(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return the first example of each digit in parts that scales and resolution leave alone.

    With L the padded length: signal (10 * L), padded, dilated and shifted, not yet scaled; corr,
    filtered, and iid (10 * L), noise of unit scale; scale and shear (10), uniform in [0, 1);
    template (120); positions of the inputs if they are shuffled, else empty. `final_seq_length` is
    what positions are of. Adding the parts up is `data.transform` within rounding.
    """
    spec = DatasetSpec.of(args)
    draws, templates = _first(dealt(spec)), data.get_templates(spec.templates)["x"]
    signal = data.pad_and_dilate(templates, np.arange(10), draws.pad, spec.padded_length)
    positions = np.arange(0) if draws.positions is None else draws.positions
    return {
        "length": spec.padded_length,
        "signal": data.translate(signal, draws.shift).ravel(),
        "corr": data.correlate(draws.corr_noise).ravel(),
        "iid": draws.iid_noise.ravel(),
        "scale": draws.scale,
        "shear": draws.shear,
        "positions": positions.astype(np.int32),
        "template": templates.ravel(),
    }


def _source(*functions: Callable[..., Any]) -> str:
    """Return the code that runs, without its explanations."""
    texts = (inspect.getsource(function) for function in functions)
    return "\n".join(re.sub(r'    """.*?"""\n', "", text, flags=re.DOTALL) for text in texts)


STAGES: tuple[tuple[str, str, tuple[Callable[..., Any], ...]], ...] = (
    ("template", "Twelve points, drawn by hand.", ()),
    ("pad", "Append a random number of zeros.", (data.pad,)),
    ("dilate", "Stretch it to the padded length: more zeros, a shorter digit.", (data.dilate,)),
    ("scale", "Multiply it by a random factor near one.", (data.scale,)),
    ("translate", "Roll it round by a random number of samples.", (data.translate,)),
    ("correlated noise", "Fill the zeros with smooth noise.", (data.correlate, data.fill)),
    ("iid noise", "Add a little white noise everywhere.", (data.add_noise,)),
    ("shear", "Tilt it by a random slope.", (data.shear,)),
    ("subsample", "Read it off at even points: the numbers a network gets.", (data.resample,)),
)


def stages(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return one example after each stage of the generator, and the code of the stage.

    `digit` and `example` say which: the one with that place among those of its digit. `stages` has
    for each its name, sentence and code; `drawn`, the random numbers it took, in words; `by`, what
    translate rolls it by; and x, its values. They are those of `data.transform`, before the inputs
    are shuffled and all is centred.
    """
    fields = dict(args)
    digit, example = fields.pop("digit", 0), fields.pop("example", 0)
    spec = DatasetSpec.of(fields)
    most = spec.num_samples // 10 - 1
    for name, value, top in (("digit", digit, 9), ("example", example, most)):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= top:
            raise ValueError(f"{name} must be a whole number from 0 to {top}, got {value!r}")
    hand = _hand(dealt(spec))
    of_digit = np.flatnonzero(_labels(spec)[hand.order] == digit)
    draws = hand.example(int(hand.order[of_digit[example]]))
    template = data.get_templates(spec.templates)["x"][digit]
    padded = data.pad(template, int(draws.pad[0]))
    dilated = data.dilate(padded, spec.padded_length)[None]
    scaled = data.scale(dilated, spec.scale_coeff, draws.scale)
    moved = data.translate(scaled, draws.shift)
    filled = data.fill(moved, data.correlate(spec.corr_noise_scale * draws.corr_noise))
    noisy = data.add_noise(filled, spec.iid_noise_scale * draws.iid_noise)
    tilted = data.shear(noisy, spec.shear_scale, draws.shear)
    final = data.resample(tilted, spec.final_seq_length)
    factor, slope = 1 + spec.scale_coeff * (draws.scale[0] - 0.5), draws.shear[0] - 0.5
    values = template, padded, dilated, scaled, moved, filled, noisy, tilted, final
    drawn = (
        f"digit {digit}",
        f"{draws.pad[0]} zeros, drawn from {spec.padding[0]} to {spec.padding[1]}",
        f"{len(padded)} points become {spec.padded_length}",
        f"factor {factor:.3f}",
        f"{draws.shift[0]} samples, drawn from 0 to {spec.max_translation - 1}",
        f"{int((moved == 0).sum())} of {spec.padded_length} values are padding",
        f"standard deviation {spec.iid_noise_scale:g}",
        f"slope {spec.shear_scale * slope:+.3f}",
        f"{spec.final_seq_length} values of example {example} of digit {digit}",
    )
    told = zip(STAGES, values, drawn, strict=True)
    return {
        "stages": [
            {
                "name": name,
                "sentence": sentence,
                "code": _source(*code) if code else _template_code(template),
                "drawn": words,
                "by": int(draws.shift[0]),
                "x": np.array(x, np.float64).ravel(),
            }
            for (name, sentence, code), x, words in told
        ]
    }


def _template_code(template: data.Floats) -> str:
    rows = [", ".join(f"{point:.3f}" for point in template[i : i + 6]) for i in (0, 6)]
    return f"template = np.array([\n    {rows[0]},\n    {rows[1]},\n])\n"


def overview(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return a look at a whole dataset, its inputs in order, and how its shuffled twin has them.

    x (10, k, length) are the first k <= SHOWN examples of each class, flat; mean and spread
    (standard deviation) by class (10, length), flat; `positions` (length) is where the shuffled
    twin takes each input from; counts; `bytes` of all numbers as float32; `middle` and `deviation`
    of the signals before they were centred are those of the twin too.
    """
    spec = DatasetSpec.of(args)

    def report(done: int, total: int) -> None:
        on_progress({"done": done, "total": total, "records": [], "current": []})

    asked = DatasetSpec.of({**vars(spec), "shuffle_seq": False})
    whole = made(asked, report)
    x, y = (
        np.concatenate([whole["x"], whole["x_test"]]),
        np.concatenate([whole["y"], whole["y_test"]]),
    )
    shown = min(SHOWN, spec.num_samples // 10)
    by_class = [x[y == digit] for digit in range(10)]
    twin = _hand(dealt(DatasetSpec.of({**vars(spec), "shuffle_seq": True})))
    return {
        "x": np.concatenate([rows[:shown].ravel() for rows in by_class]),
        "shown": shown,
        "mean": np.concatenate([rows.mean(0) for rows in by_class]),
        "spread": np.concatenate([rows.std(0) for rows in by_class]),
        "positions": np.asarray(twin.positions, np.int32),
        "length": spec.final_seq_length,
        "train": len(whole["y"]),
        "test": len(whole["y_test"]),
        "bytes": x.astype(np.float32).nbytes,
    }


JOBS = {"parts": parts, "stages": stages, "overview": overview}
