"""The jobs that take a ticket apart: its analysis, its masks, its file, what the records say.

What an arm and a condition are is in lottery/arms.py; the search is in jobs/lottery.py.
"""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from mnist1d_lab.jobs.progress import Args, OnProgress, Reporter, split_args
from mnist1d_lab.jobs.read_bytes import read_bytes
from mnist1d_lab.jobs.rebuild import dense_params, full_masks, model_of, split_of, unpack_masks
from mnist1d_lab.lottery import adjacency, arms, claims, pruning
from mnist1d_lab.lottery.spec import ArmSpec, result_key
from mnist1d_lab.models.timing import time_training
from mnist1d_lab.models.train import evaluate_all, train
from mnist1d_lab.types import Masks, Network, Split
from mnist1d_lab.validation import Spec, integer


@lru_cache(maxsize=4)
def _arm_seconds(spec: ArmSpec) -> dict[str, float]:
    """Return how long a dense and a sparse arm take; measured once for all trials of a search."""
    split, model = split_of(spec.lottery.dataset), model_of(spec.lottery)
    training, full = spec.training(spec.lottery.dataset), full_masks(spec.lottery)
    seconds = {}
    for arm, masks in (
        ("dense", full),
        ("random", pruning.any_masks(spec.lottery, spec.level, full)),
    ):
        cost = time_training(model, split, training, masks)
        seconds[arm] = cost.total(spec.steps, 1 + spec.steps / spec.eval_every)
    return seconds


def plan_arms(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return the arms of the analysis of one ticket: spec, and parts for the job `arm`.

    `args` are ArmSpec's fields, and `datasets`, the number of fresh datasets that each arm is
    trained on (1 if left out). A part has name (equal names have equal results), args, arm,
    condition, fresh_seed, and the seconds it will take on this machine, measured.
    """
    fields, (datasets,) = split_args(args, "datasets")
    spec = ArmSpec.of(fields)
    count = _Datasets() if datasets is None else _Datasets(datasets)
    parts = parts_of(arms.analysis(spec, count.datasets), spec)
    return {"spec": dataclasses.asdict(spec), "parts": parts}


def parts_of(specs: Iterable[ArmSpec], like: ArmSpec) -> list[dict[str, Any]]:
    """Return trainings as a plan has them, with the seconds of one, measured as `like` has it."""
    first_trial = dataclasses.replace(like.lottery, seed=0)
    # The arm and its condition change no time, and equal specs are measured once.
    plain = dataclasses.replace(
        like, lottery=first_trial, arm="lottery", condition="fresh", fresh_seed=1
    )
    seconds = _arm_seconds(plain)
    return [
        {
            "name": result_key(spec), "args": dataclasses.asdict(spec), "arm": spec.arm,
            "condition": spec.condition, "fresh_seed": spec.fresh_seed,
            "seconds": seconds["dense" if spec.arm == "dense" else "random"],
        }
        for spec in specs
    ]  # fmt: skip


@dataclass(frozen=True)
class _Datasets(Spec):
    """On how many fresh datasets a ticket is taken apart."""

    datasets: int = integer(1, 1, 100)


def arm(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Train one arm of the analysis; return the spec and its learning curve, the last row final.

    `args` are ArmSpec's fields, and `mask` (packed bytes): the ticket of the level, or a drawn one
    for the arm `drawn`. Raises ValueError if the arm needs a mask and there is none.
    """
    fields, (packed,) = split_args(args, "mask")
    spec = ArmSpec.of(fields)
    masks = _arm_masks(spec, packed)
    model, dataset = model_of(spec.lottery), arms.dataset(spec)
    split = arms.reorder(split_of(dataset), arms.input_order(spec))
    start = arms.weights(spec, model.init, partial(dense_params, spec.lottery))
    params, first = pruning.rewind(start, masks), arms.first_step(spec)
    curve = _Curve(spec, split, masks, Reporter(on_progress, spec.steps - first))
    curve.measure(first, model.network(params, masks))
    train(model, params, split, spec.training(dataset), curve.on_step, masks, first)
    return {"spec": dataclasses.asdict(spec), "records": curve.reporter.records}


class _Curve:
    """The learning curve of one arm: a record each `eval_every` steps, and at the end."""

    def __init__(self, spec: ArmSpec, split: Split, masks: Masks, reporter: Reporter) -> None:
        self.spec, self.split, self.reporter = spec, split, reporter
        self.best = 0.0  # test accuracy, percent
        self.label = {
            "arm": spec.arm, "condition": spec.condition, "trial": 0, "level": spec.level,
            "fresh_seed": spec.fresh_seed, "sparsity": pruning.sparsity(masks),
        }  # fmt: skip

    def on_step(self, step: int, network: Network) -> None:
        """Count a step, and measure if it is time."""
        self.reporter.step()
        if step % self.spec.eval_every == 0 or step == self.spec.steps:
            self.measure(step, network)

    def measure(self, step: int, network: Network) -> None:
        """Add a record; the last one has the best accuracy too."""
        measured = evaluate_all(network, self.split)
        self.best = max(self.best, measured["test_acc"])
        best = {"best_test_acc": self.best} if step == self.spec.steps else {}
        self.reporter.record({**self.label, "step": step, **measured, **best})


def _arm_masks(spec: ArmSpec, packed: Any) -> Masks:
    return arms.masks(spec, full_masks(spec.lottery), unpack_masks(spec.lottery, packed))


def masks(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return the first layers of the ticket, the random mask and a permuted one, and its weights.

    `args` are ArmSpec's fields, and `mask` (packed bytes). lottery, random and permuted are uint8
    (hidden * inputs,), unit by unit; `weights`, float32 (hidden * inputs,), are the values its
    training started from, before any mask; `survivors` counts, for each of the three, what its
    mask leaves of each parameter, by name.
    """
    fields, (packed,) = split_args(args, "mask")
    spec = ArmSpec.of(fields)
    made = {
        arm: _arm_masks(dataclasses.replace(spec, arm=arm), packed)
        for arm in ("lottery", "random", "permuted")
    }
    start = dense_params(spec.lottery, spec.lottery.rewind_step)
    return {
        **{arm: pruning.first_layer(one).astype(np.uint8).ravel() for arm, one in made.items()},
        "weights": next(iter(start.values())).flatten(),
        "survivors": {arm: pruning.survivors(one) for arm, one in made.items()},
    }


def adjacency_job(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return how local a first layer is: p2 to p4 and null2 to null4 (see adjacency.measures).

    `mask` are hidden * inputs entries of 0 and 1, unit by unit; `inputs` their number in a unit.
    Raises ValueError if it does not divide the mask.
    """
    inputs, mask = args.get("inputs"), read_bytes(args["mask"])
    if not isinstance(inputs, int) or inputs < 1 or mask.size % inputs:
        allowed = f"a whole number that divides the mask's {mask.size} entries"
        raise ValueError(f"inputs must be {allowed}, got {inputs!r}")
    return dict(adjacency.measures(mask.reshape(-1, inputs).astype(np.float32)))


def ticket(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return a ticket as a file: `npz` (bytes, uint8) and a `name` for it.

    `args` are ArmSpec's fields, and `mask` (packed bytes). For each parameter, as
    `linear1.weight`, the archive has initial.linear1.weight float32, where its training started
    (with a rewind_step: after those updates), and, if it can be pruned, mask.linear1.weight uint8;
    and the spec as JSON in `spec`.
    """
    fields, (packed,) = split_args(args, "mask")
    spec = ArmSpec.of(fields)
    start = dense_params(spec.lottery, spec.lottery.rewind_step)
    arrays: dict[str, Any] = {f"initial.{key}": array for key, array in start.items()}
    for key, mask in _arm_masks(spec, packed).items():
        arrays[f"mask.{key}"] = mask.astype(np.uint8)
    arrays["spec"] = np.array(json.dumps(dataclasses.asdict(spec)))
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    name = f"ticket-{result_key(spec.lottery)}-level-{spec.level}.npz"
    return {"npz": np.frombuffer(file.getvalue(), np.uint8), "name": name}


def verdict(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return `rows`, what the records `search` and `arms` say of each claim (see claims.py).

    And the sparsities, `least` to `most`, between which a ticket counts for that.
    """
    rows = claims.verdict(args.get("search") or [], args.get("arms") or [])
    target, tolerance = claims.TARGET_SPARSITY, claims.TOLERANCE
    return {"rows": rows, "least": target - tolerance, "most": target + tolerance}


JOBS = {
    "plan_arms": plan_arms,
    "arm": arm,
    "masks": masks,
    "adjacency": adjacency_job,
    "ticket": ticket,
    "verdict": verdict,
}
