"""Prints static/from-python.js: what the page and the Python package must agree on.

Run with the project's Python, as `python -m build_steps.from_python`; generate.py does that. Tables
become constants, specs and records become JSDoc types. It decides nothing: a value is changed in
the Python module that has it.
"""

import collections.abc
import dataclasses
import json
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from mnist1d_lab import jobs
from mnist1d_lab import types as ours
from mnist1d_lab.dataset import generator
from mnist1d_lab.dataset.cache import UNTOUCHED, UNTOUCHED_IN_ORDER
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.double_descent import published as published_descent
from mnist1d_lab.double_descent import spec as descent
from mnist1d_lab.double_descent.claims import FITTED
from mnist1d_lab.double_descent.spec import DescentSpec
from mnist1d_lab.jobs.dataset import STAGES
from mnist1d_lab.jobs.lottery import Checkpoint
from mnist1d_lab.jobs.registry import job_of
from mnist1d_lab.learning_rate.published import LEARNED as LEARNED_RATES
from mnist1d_lab.learning_rate.spec import RateSpec
from mnist1d_lab.lottery import claims, grid, published
from mnist1d_lab.lottery.arms import ANALYSIS
from mnist1d_lab.lottery.spec import CONDITIONS, YOUNGER, ArmSpec, LotterySpec
from mnist1d_lab.models import pooling_study
from mnist1d_lab.models.spec import MODELS, POOLING, SWEEPS, TrainSpec
from mnist1d_lab.self_supervised import published as published_layers
from mnist1d_lab.self_supervised.claims import H
from mnist1d_lab.self_supervised.spec import ARMS as CONTRAST_ARMS
from mnist1d_lab.self_supervised.spec import ContrastSpec

HEAD = """\
// Made from the Python package by py/build_steps/generate.py, in each build and check: do not edit.
// @ts-check
"""


def limits() -> dict[str, dict[str, Any]]:
    """Return the ranges of the numbers of the specs that the page has settings of, by group."""
    groups = {"dataset": DatasetSpec, "train": TrainSpec, "lottery": LotterySpec, "arms": ArmSpec}
    groups["rate"] = RateSpec
    groups["contrast"] = ContrastSpec
    groups["descent"] = DescentSpec
    ranges = {
        group: {one.name: one.metadata["limits"] for one in dataclasses.fields(kind)}
        for group, kind in groups.items()
    }
    return {
        group: {name: one._asdict() for name, one in found.items() if one}
        for group, found in ranges.items()
    }


# The JSDoc, the name, the value.
CONSTANTS: tuple[tuple[str, str, Any], ...] = (
    ("The four models, in the order in which to show them.", "MODELS", MODELS),
    ("The values that each swept setting of the data goes through.", "SWEEP_VALUES", SWEEPS),
    ("The CNNs of the comparison of pooling, in their order.", "POOLING", tuple(POOLING)),
    ("The sizes of the training set that they are compared over.", "SIZES", pooling_study.SIZES),
    ("Examples of the test set in that comparison.", "TESTED", pooling_study.TESTED),
    (
        "Steps or epochs of the shipped trainings of that comparison, by what is held equal.",
        "POOLING_BUDGETS",
        pooling_study.BUDGETS,
    ),
    (
        "Published test accuracies of that comparison in percent, by size; one run each.",
        "PUBLISHED_POOLING",
        pooling_study.PUBLISHED,
    ),
    (
        "The ten published templates, twelve points each.",
        "TEMPLATES",
        generator.get_templates()["x"].tolist(),
    ),
    ("The presets of the lottery: title, sentence, spec.", "PRESETS", jobs.run("presets")),
    ("What each condition of the analysis changes.", "CONDITIONS", CONDITIONS),
    ("The arms and conditions that the analysis of a ticket runs.", "ANALYSIS", ANALYSIS),
    ("The sparsity that the claims are about.", "TARGET_SPARSITY", claims.TARGET_SPARSITY),
    ("How far from it a ticket may be to count.", "TOLERANCE", claims.TOLERANCE),
    (
        "Published test accuracies on fresh data, in percent: of an arm and of its dense network.",
        "PUBLISHED_ARMS",
        [arm._asdict() for arm in published.PUBLISHED],
    ),
    ("The settings of the published analysis.", "PUBLISHED_SETTINGS", published.SETTINGS),
    (
        "Where two stored runs of one published dense network end, in percent.",
        "RERUN_DENSE_TWICE",
        published.RERUN_DENSE_TWICE,
    ),
    (
        "Pairs of adjacent survivors, as published: the ticket's number through a random mask's.",
        "PUBLISHED_ADJACENT_RATIO",
        published.ADJACENT_RATIO,
    ),
    (
        "The comparisons of the grid of width and sparsity.",
        "COMPARISONS",
        [one._asdict() for one in grid.COMPARISONS],
    ),
    ("The cells of that grid.", "CELLS", [cell._asdict() for cell in grid.cells()]),
    ("The fresh datasets that a cell is tried on.", "FRESH_SEEDS", grid.FRESH_SEEDS),
    (
        "Fields younger than some links, with the value that asks for what was always done.",
        "YOUNGER",
        YOUNGER,
    ),
    (
        "Published learning rates after outer steps counted from 0, by where they started.",
        "PUBLISHED_RATES",
        [{"start": start, "learned": rows} for start, rows in LEARNED_RATES.items()],
    ),
    (
        "The widths of the double descent, in units of a hidden layer.",
        "DESCENT_WIDTHS",
        descent.WIDTHS,
    ),
    (
        "The sizes of its data: of all examples, and the share to train on.",
        "DESCENT_DATA",
        {name: getattr(descent.DATASET, name) for name in ("num_samples", "train_split")},
    ),
    (
        "Published test errors of it in percent, in the order of the widths, by label noise.",
        "PUBLISHED_ERRORS",
        [
            {"label_noise": noise, "errors": list(errors.values())}
            for noise, errors in published_descent.ERRORS.items()
        ],
    ),
    (
        "The same of its CNN with label noise, by the filters of a convolution.",
        "PUBLISHED_CNN_ERRORS",
        published_descent.CNN_ERRORS,
    ),
    ("Percent of training error below which a network fits its data.", "FITTED", FITTED),
    (
        "Self-supervised networks: how many linear layers a projector has.",
        "PROJECTORS",
        CONTRAST_ARMS,
    ),
    ("The layer of an encoder that is called H, counted from 1.", "ENCODER_LAYERS", H),
    (
        "Published linear accuracies by layer, in percent, by the projector's linear layers.",
        "PUBLISHED_LINEAR",
        published_layers.LINEAR,
    ),
    (
        "The same of the signals themselves, linear and nearest neighbours, and of a last layer.",
        "PUBLISHED_SIGNAL",
        {
            "linear_acc": published_layers.RAW_LINEAR,
            "knn_acc": published_layers.RAW_KNN,
            "last_knn_acc": published_layers.LAST_KNN,
        },
    ),
    ("The range of each number that a spec has: see validation.Limits.", "LIMITS", limits()),
    ("How many stages the generator has.", "STAGE_COUNT", len(STAGES)),
    ("Settings of the data that no random number depends on.", "UNTOUCHED", UNTOUCHED),
    ("The same, while the inputs are in order.", "UNTOUCHED_IN_ORDER", UNTOUCHED_IN_ORDER),
)
SPECS = (
    DatasetSpec, TrainSpec, LotterySpec, ArmSpec, Checkpoint, RateSpec, ContrastSpec,
    DescentSpec,
)  # fmt: skip
ARGUMENTS = {name: job_of(name).args for name in jobs.JOBS}
RECORDS = (
    ours.Measurement, ours.SearchMeasurement, ours.ArmMeasurement, ours.Published, ours.VerdictRow,
    ours.GridRow, ours.GridHolds,
)  # fmt: skip
NAMES = {
    int: "number",
    float: "number",
    bool: "boolean",
    str: "string",
    type(None): "null",
    Any: "any",
}


def js_type(hint: Any) -> str:
    """Return a Python type as one of JSDoc."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Required, typing.NotRequired):
        return js_type(args[0])
    if origin in (typing.Union, types.UnionType):
        return " | ".join(js_type(one) for one in args)
    if origin is np.ndarray:  # what the page sends for it
        return "Uint8Array | string" if hint == ours.Bytes else "ArrayLike<number>"
    if origin in (list, collections.abc.Sequence):
        return f"{js_type(args[0])}[]"
    if origin is dict:
        return "object"
    if origin is tuple:
        return f"[{', '.join(js_type(one) for one in args)}]"
    return NAMES.get(hint) or str(hint.__name__)


def fields_of(kind: type) -> Iterator[tuple[str, str]]:
    """Yield name and JSDoc type of each field of a spec or a record; a `?` ends optional names."""
    hints = typing.get_type_hints(kind, include_extras=True)
    optional: frozenset[str] = getattr(kind, "__optional_keys__", frozenset())
    is_spec = dataclasses.is_dataclass(kind)
    for name in [one.name for one in dataclasses.fields(kind)] if is_spec else hints:
        yield name + ("?" if name in optional else ""), js_type(hints[name])


def typedef(kind: type) -> str:
    """Return a spec's or a record's JSDoc typedef, with the first sentence of its docstring."""
    sentence = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
    lines = [f" * {sentence}", f" * @typedef {{object}} {kind.__name__}"]
    lines += [f" * @property {{{hint}}} {_name(name)}" for name, hint in fields_of(kind)]
    return "\n".join(["/**", *lines, " */", ""])


def arguments() -> str:
    """Return the typedefs of what each job takes, and one of them all by the job's name."""
    own = dict.fromkeys(kind for kind in ARGUMENTS.values() if kind not in SPECS)
    lines = [
        "/**",
        " * What each job takes; all of it may be left out.",
        " * @typedef {object} JobArguments",
    ]
    lines += [
        f" * @property {{Partial<{kind.__name__}>}} {name}" for name, kind in ARGUMENTS.items()
    ]
    return "\n".join([*(typedef(kind) for kind in own), "\n".join([*lines, " */", ""])])


def _name(name: str) -> str:
    return f"[{name[:-1]}]" if name.endswith("?") else name


def constant(text: str, name: str, value: Any) -> str:
    """Return one exported constant."""
    written = json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        rows = (f"  {json.dumps(key)}: {json.dumps(one)}" for key, one in value.items())
        written = "{\n" + ",\n".join(rows) + ",\n}"
    return f"/** {text} */\nexport const {name} = {written};\n"


def text() -> str:
    """Return the whole file."""
    constants = [constant(*one) for one in CONSTANTS]
    return "\n".join(
        [HEAD, *constants, *(typedef(kind) for kind in (*SPECS, *RECORDS)), arguments()]
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(text())
