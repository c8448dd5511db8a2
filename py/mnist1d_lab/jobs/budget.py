"""What a job would cost in memory and in work, told from its arguments before it begins.

Both are estimates, a little too high, of arrays and of multiplications; nothing is measured here.
A job that this engine cannot hold is refused instead of taking the engine down.
"""

from __future__ import annotations

import os
import sys
from typing import Any, NamedTuple

from mnist1d_lab.validation import BadValueError, Spec, refuse

MEGABYTE = 2**20
WASM_MEMORY = 2048 * MEGABYTE  # WebAssembly has 4096; the other half is for Python and for copies
MOST_WORK = 10**16  # multiplications: weeks on one core
DOUBLE, SINGLE = 8, 4  # bytes of a number
KEPT = 10_000  # examples up to which dataset/cache.py keeps the random numbers
BLOCK = 1000  # examples that it transforms at a time
COPIES = 10  # of a network's parameters: in training, in the optimiser, initial, scored, masks
BATCHES = 3  # sizes of batches that have buffers at once; those of evaluations have 100 examples
# Models by name, since the page's first digits must not wait for `models` to be imported.
POOLED = ("max_pool", "avg_pool", "l2_pool")
CONVOLVE = ("cnn", "gru", "no_pool", "stride_2", *POOLED)  # each uses a parameter many times
# By model: numbers in the buffers of one example, and parameters. N is the number of inputs, h of
# hidden units, d of hidden layers, c of classes. tests/unit/jobs/test_budget.py compares them with
# the networks.
FEATURES = {
    "logistic": lambda n, h, d=2, c=10: n + 2 * c + 1,
    "mlp": lambda n, h, d=2, c=10: n + 2 * c + 1 + (2 * d + 1) * h,
    "cnn": lambda n, h, d=2, c=10: 104 * n + 2 * (c - 10),
    "gru": lambda n, h, d=2, c=10: 73 * n + 2 * c + 1,
    **dict.fromkeys(POOLED, lambda n, h, d=2, c=10: 158 * n + 2 * c + 1),
    "no_pool": lambda n, h, d=2, c=10: 208 * n + 2 * c + 1,
    "stride_2": lambda n, h, d=2, c=10: 65 * n + 2 * c + 1,
}
PARAMETERS = {
    "logistic": lambda n, h, d=2, c=10: c * n + c,
    "mlp": lambda n, h, d=2, c=10: (n + (d - 1) * h + d + c) * h + c,
    "cnn": lambda n, h, d=2, c=10: (33 + 4 * max(0, c - 10)) * n + 4000 + 30 * c,
    "gru": lambda n, h, d=2, c=10: 12 * c * n + 390 + c,
    **dict.fromkeys(("stride_2", *POOLED), lambda n, h, d=2, c=10: 5 * c * (n + 3) + 1300 + c),
    "no_pool": lambda n, h, d=2, c=10: 20 * c * n + 1300 + c,
}


class Cost(NamedTuple):
    """Bytes, and the field to make smaller."""

    bytes: int
    field: str
    value: object
    what: str


def limit() -> int:
    """Return how many bytes the arrays of a job may take here: half of the memory."""
    if sys.platform == "emscripten":
        return WASM_MEMORY
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, OSError, ValueError):  # not on every system
        return 4 * WASM_MEMORY


def dataset_cost(spec: Any) -> Cost:
    """Return what it takes to make a dataset and to have it as training wants it."""
    examples, length = spec.num_samples, spec.final_seq_length
    values = examples * length * (3 * DOUBLE + SINGLE)
    drawn = min(examples, KEPT) * 2 * spec.padded_length * DOUBLE
    working = min(examples, BLOCK) * 6 * max(spec.padded_length, length) * DOUBLE
    what = f"{examples} examples of {length} numbers"
    return Cost(values + drawn + working, "num_samples", examples, what)


def training_cost(spec: Any, model: str) -> list[Cost]:
    """Return what the network and its buffers take."""
    inputs = spec.dataset.final_seq_length
    batch = min(spec.batch_size, spec.dataset.num_samples)
    sizes = inputs, spec.hidden, spec.depth, spec.dataset.classes
    features, parameters = FEATURES[model](*sizes), PARAMETERS[model](*sizes)
    buffers = (batch + 100) * BATCHES * features * SINGLE
    return [
        Cost(buffers, "batch_size", spec.batch_size, f"the buffers of {batch} examples"),
        Cost(parameters * COPIES * SINGLE, "hidden", spec.hidden, f"{parameters} parameters"),
    ]


def work(spec: Any, model: str) -> int:
    """Return the multiplications of a training: forward, and twice that backward."""
    inputs = spec.dataset.final_seq_length
    batch = min(spec.batch_size, spec.dataset.num_samples)
    uses = 25 if model in CONVOLVE else 1  # of a parameter, in one example
    parameters = PARAMETERS[model](inputs, spec.hidden, spec.depth, spec.dataset.classes)
    return int(3 * spec.steps * batch * uses * parameters)


def check(args: Spec) -> None:
    """Refuse arguments of a job that this engine cannot hold, or that would take weeks."""
    spec: Any = getattr(args, "lottery", args)  # an arm's training is that of its search, longer
    dataset = getattr(spec, "dataset", spec)
    if not hasattr(dataset, "num_samples"):
        return
    costs = [dataset_cost(dataset)]
    if dataset is not spec:
        costs += training_cost(spec, getattr(spec, "model", "mlp"))
    total, most = sum(cost.bytes for cost in costs), limit()
    if total > most:
        raise _too_much(max(costs), total, most)
    if dataset is not spec and work(spec, getattr(spec, "model", "mlp")) > MOST_WORK:
        raise refuse("steps", spec.steps, "lower: so many steps would take weeks")


def check_contrast(spec: Any) -> None:
    """Refuse a self-supervised training that this engine cannot hold, or that would take weeks."""
    examples, length = spec.dataset.num_samples, spec.dataset.final_seq_length
    features, parameters = 12 * length, 6000 + 800 * length + spec.projector * (4 * length) ** 2
    # Of a layer: features of all examples, standardised ones of both precisions, and their squares.
    probed = examples * features * (2 * SINGLE + 2 * DOUBLE)
    batch = min(spec.batch_size, examples)
    buffers = 2 * batch * BATCHES * 120 * length * SINGLE + 2 * batch * batch * SINGLE
    costs = [
        dataset_cost(spec.dataset),
        Cost(probed, "num_samples", examples, f"{features} features of {examples} examples"),
        Cost(buffers, "batch_size", spec.batch_size, f"the buffers of {batch} pairs"),
        Cost(parameters * COPIES * SINGLE, "projector", spec.projector, f"{parameters} parameters"),
    ]
    total, most = sum(cost.bytes for cost in costs), limit()
    if total > most:
        raise _too_much(max(costs), total, most)
    if 6 * spec.epochs * examples * parameters * 10 > MOST_WORK:
        raise refuse("epochs", spec.epochs, "lower: so many epochs would take weeks")


def _too_much(cost: Cost, total: int, most: int) -> BadValueError:
    needed, there = round(total / MEGABYTE), most // MEGABYTE
    allowed = f"lower: {cost.what} and the rest take {needed} MB, and {there} MB are at hand"
    return refuse(cost.field, cost.value, allowed)
