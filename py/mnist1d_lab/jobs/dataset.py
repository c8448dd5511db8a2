"""The generator's jobs: a dataset; ten digits whole, in parts or still; one digit step by step.

All values are made by dataset/generator.py; nothing is generated here.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.dataset import generator
from mnist1d_lab.dataset.cache import cached_dataset, draw_key, labels_of
from mnist1d_lab.dataset.random_draws import ExampleDraws, concatenate
from mnist1d_lab.dataset.spec import DatasetSpec, require_generator
from mnist1d_lab.jobs.progress import OURS, Hooks, Job, OnProgress, count_examples
from mnist1d_lab.validation import integer, refuse

SHOWN = 24  # examples of a class that `overview` returns


@lru_cache(maxsize=8)
def _example_draws(key: DatasetSpec) -> ExampleDraws:
    return ExampleDraws(key)


def dataset(spec: DatasetSpec, on_progress: OnProgress, hooks: Hooks = OURS) -> dict[str, Any]:
    """Return a whole dataset.

    x (n_train * length,) and x_test (n_test * length,) float64, row by row; y (n_train,) and y_test
    (n_test,) int32; t (length,) float64, the positions; `shape` is x's [n_train, length].
    """
    made = cached_dataset(spec, count_examples(on_progress), hooks.stage)
    return {
        "x": made["x"].ravel(),
        "y": made["y"].astype(np.int32),
        "x_test": made["x_test"].ravel(),
        "y_test": made["y_test"].astype(np.int32),
        "t": made["t"],
        "shape": list(made["x"].shape),
    }


def digits(spec: DatasetSpec, on_progress: OnProgress, hooks: Hooks = OURS) -> dict[str, Any]:
    """Return the first example of each digit in a dataset, and the ten templates, all float64.

    x (10 * length,), digit by digit, t (length,); template_x (10 * 12,), template_t (12,). Of data
    of one's own: the first example of each class, and in place of templates the classes' means.
    """
    made = cached_dataset(spec, stage=hooks.stage)
    x, y = np.concatenate([made["x"], made["x_test"]]), np.concatenate([made["y"], made["y_test"]])
    first = [int(np.argmax(y == digit)) for digit in range(spec.classes)]
    return {
        "x": x[first].ravel(),
        "t": made["t"],
        "template_x": made["templates"]["x"].ravel(),
        "template_t": made["t"] if spec.source else made["templates"]["t"],
    }


@lru_cache(maxsize=128)  # as many as a slider has shifts
def _first_draws(key: DatasetSpec) -> generator.Draws:
    """Return the numbers of the first example of each digit in a dataset, (10, …)."""
    draws, labels = ExampleDraws(key), labels_of(key)
    rows = [draws.order[np.argmax(labels[draws.order] == digit)] for digit in range(10)]
    return concatenate([draws.example(int(row)) for row in rows], draws.order, draws.positions)


def parts(spec: DatasetSpec, on_progress: OnProgress) -> dict[str, Any]:
    """Return the first example of each digit in parts that no scale and no resolution changes.

    With L the padded length, float64 but for the positions: signal (10 * L,), padded, dilated and
    shifted, not yet scaled; corr, filtered, and iid (10 * L,), noise of unit scale; scale and shear
    (10,), uniform in [0, 1); template (120,); positions of the inputs, int32 (final_seq_length,) if
    they are shuffled, else empty. Adding the parts up is `generator.transform` within rounding.
    """
    require_generator(spec)
    draws, templates = _first_draws(draw_key(spec)), generator.get_templates(spec.templates)["x"]
    signal = generator.pad_and_dilate(templates, np.arange(10), draws.pad, spec.padded_length)
    positions = np.arange(0) if draws.positions is None else draws.positions
    return {
        "length": spec.padded_length,
        "signal": generator.translate(signal, draws.shift).ravel(),
        "corr": generator.correlate(draws.corr_noise).ravel(),
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
    ("pad", "Append a random number of zeros.", (generator.pad,)),
    (
        "dilate",
        "Stretch it to the padded length: more zeros, a shorter digit.",
        (generator.dilate,),
    ),
    ("scale", "Multiply it by a random factor near one.", (generator.scale,)),
    (
        "translate",
        "Shift it by a random number of samples; its end comes in at the start.",
        (generator.translate,),
    ),
    (
        "correlated noise",
        "Fill the zeros with smooth noise.",
        (generator.correlate, generator.fill),
    ),
    ("iid noise", "Add a little white noise everywhere.", (generator.add_noise,)),
    ("shear", "Tilt it by a random slope.", (generator.shear,)),
    (
        "subsample",
        "Sample it at evenly spaced points: the numbers a network gets.",
        (generator.resample,),
    ),
)


@dataclass(frozen=True)
class StagesArgs(DatasetSpec):
    """A dataset, a digit of it, and the place of an example among those of its digit."""

    digit: int = integer(0, 0, 9)
    example: int = integer(0, 0)

    def __post_init__(self) -> None:
        """Check each field, then that the example exists."""
        super().__post_init__()
        if self.example > (last := self.num_samples // 10 - 1):
            raise refuse("example", self.example, f"a whole number from 0 to {last}")


def stages(args: StagesArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return one example after each stage of the generator, and the code of the stage.

    `stages` has for each stage its name, sentence and code; `drawn`, the random
    numbers it used, in words; `by`, how far translate rolls it; and its values x, float64, which
    are those of `generator.transform`, before the inputs are shuffled and all is centred.
    """
    spec, digit, example = args.part(DatasetSpec), args.digit, args.example
    require_generator(spec)
    whole = _example_draws(draw_key(spec))
    of_digit = np.flatnonzero(labels_of(spec)[whole.order] == digit)
    draws = whole.example(int(whole.order[of_digit[example]]))
    template = generator.get_templates(spec.templates)["x"][digit]
    values = _stage_values(spec, template, draws)
    words = [
        f"digit {digit}",
        *_drawn_words(spec, draws, values),
        f"{spec.final_seq_length} values of example {example} of digit {digit}",
    ]
    return {
        "stages": [
            {
                "name": name,
                "sentence": sentence,
                "code": _source(*code) if code else _template_code(template),
                "drawn": drawn,
                "by": int(draws.shift[0]),
                "x": np.array(x, np.float64).ravel(),
            }
            for (name, sentence, code), x, drawn in zip(STAGES, values, words, strict=True)
        ]
    }


def _stage_values(
    spec: DatasetSpec, template: generator.Floats, draws: generator.Draws
) -> list[Any]:
    """Return an example after each of STAGES; `draws` are those of this example alone."""
    padded = generator.pad(template, int(draws.pad[0]))
    dilated = generator.dilate(padded, spec.padded_length)[None]
    scaled = generator.scale(dilated, spec.scale_coeff, draws.scale)
    moved = generator.translate(scaled, draws.shift)
    noise = generator.correlate(spec.corr_noise_scale * draws.corr_noise)
    filled = generator.fill(moved, noise)
    noisy = generator.add_noise(filled, spec.iid_noise_scale * draws.iid_noise)
    tilted = generator.shear(noisy, spec.shear_scale, draws.shear)
    final = generator.resample(tilted, spec.final_seq_length)
    return [template, padded, dilated, scaled, moved, filled, noisy, tilted, final]


def _drawn_words(spec: DatasetSpec, draws: generator.Draws, values: list[Any]) -> list[str]:
    """Return the random numbers of the stages from `pad` to `shear`, in words."""
    _, padded, _, _, moved, *_ = values
    factor, slope = 1 + spec.scale_coeff * (draws.scale[0] - 0.5), draws.shear[0] - 0.5
    return [
        f"{draws.pad[0]} zeros, drawn from {spec.padding[0]} to {spec.padding[1]}",
        f"{len(padded)} points become {spec.padded_length}",
        f"factor {factor:.3f}",
        f"{draws.shift[0]} samples, drawn from 0 to {spec.max_translation - 1}",
        f"{int((moved == 0).sum())} of {spec.padded_length} values are padding",
        f"standard deviation {spec.iid_noise_scale:g}",
        f"slope {spec.shear_scale * slope:+.3f}",
    ]


def _template_code(template: generator.Floats) -> str:
    rows = [", ".join(f"{point:.3f}" for point in template[i : i + 6]) for i in (0, 6)]
    return f"template = np.array([\n    {rows[0]},\n    {rows[1]},\n])\n"


def overview(spec: DatasetSpec, on_progress: OnProgress) -> dict[str, Any]:
    """Return a summary of a whole dataset, its inputs in order, and how to shuffle them.

    x (classes * k * length,) float64 are the first k = `shown` examples
    of each class; mean and spread (standard deviation) of each class (classes * length,);
    `positions` (length,) int32 is from where the shuffled dataset of the same seed takes each
    input; `train` and `test` are the numbers of examples; `bytes` those of all values as float32.
    """
    in_order = dataclasses.replace(spec, shuffle_seq=False)
    made = cached_dataset(in_order, count_examples(on_progress))
    x, y = np.concatenate([made["x"], made["x_test"]]), np.concatenate([made["y"], made["y_test"]])
    by_class = [x[y == digit] for digit in range(spec.classes)]
    shown = min(SHOWN, *(len(rows) for rows in by_class))
    return {
        "x": np.concatenate([rows[:shown].ravel() for rows in by_class]),
        "shown": shown,
        "mean": np.concatenate([rows.mean(0) for rows in by_class]),
        "spread": np.concatenate([rows.std(0) for rows in by_class]),
        "positions": np.asarray(_positions(spec), np.int32),
        "length": spec.final_seq_length,
        "train": len(made["y"]),
        "test": len(made["y_test"]),
        "bytes": x.astype(np.float32).nbytes,
    }


def _positions(spec: DatasetSpec) -> generator.Ints | None:
    """Return from where the shuffled dataset of the same seed takes each input."""
    if spec.source:
        from mnist1d_lab.dataset.own import positions_of  # which no start of the page needs

        return positions_of(spec)
    return _example_draws(draw_key(dataclasses.replace(spec, shuffle_seq=True))).positions


def outlines(spec: DatasetSpec, on_progress: OnProgress) -> dict[str, Any]:
    """Return each digit as a network would get it without noise, tilt and chance, float64.

    Padding and shift are the middle of what the spec allows, and
    the numbers are centred and scaled as the dataset is: x (10 * length,), digit by digit, in the
    order of the inputs. template (10 * 12,) are the templates. Of data of one's own both are the
    classes' means.
    """
    if spec.source:
        means = cached_dataset(spec)["templates"]["x"].ravel()
        return {"x": means, "template": means}
    made, templates = cached_dataset(spec), generator.get_templates(spec.templates)["x"]
    still = dataclasses.replace(spec, corr_noise_scale=0.0, iid_noise_scale=0.0, shear_scale=0.0)
    middle, none = np.full(10, 0.5), np.zeros((10, spec.padded_length))
    pad = np.full(10, sum(spec.padding) // 2)
    shift = np.full(10, spec.max_translation // 2)
    draws = generator.Draws(pad, middle, shift, none, none, middle, np.arange(10), None)
    x = generator.transform(still, templates, np.arange(10), draws)
    x = (x - made["mean"]) / made["deviation"]
    if spec.shuffle_seq:
        x = x[:, _example_draws(draw_key(spec)).positions]
    return {"x": x.ravel(), "template": templates.ravel()}


JOBS = {
    "dataset": Job(DatasetSpec, dataset, hooks=("stage",)),
    "digits": Job(DatasetSpec, digits, hooks=("stage",)),
    "parts": Job(DatasetSpec, parts, whole=False),
    "stages": Job(StagesArgs, stages, whole=False),
    "overview": Job(DatasetSpec, overview),
    "outlines": Job(DatasetSpec, outlines),
}
