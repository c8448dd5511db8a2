"""The jobs that take a ticket apart: its analysis, its masks, its file, what the records say.

What an arm and a condition are is in lottery/arms.py; the search is in jobs/lottery.py.
"""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np

from mnist1d_lab.jobs.fields import NAME, NUMBER, WHOLE, packed, records, required_bytes
from mnist1d_lab.jobs.progress import Job, OnProgress, Record, Reporter
from mnist1d_lab.jobs.rebuild import dense_params, full_masks, model_of, unpack_masks
from mnist1d_lab.lottery import adjacency, arms, claims, pruning
from mnist1d_lab.lottery.spec import ArmSpec, result_key
from mnist1d_lab.models.initialisation import initialiser
from mnist1d_lab.models.label_noise import training_split
from mnist1d_lab.models.timing import time_training
from mnist1d_lab.models.train import evaluate_all, train
from mnist1d_lab.types import Bytes, Masks, Network, Split
from mnist1d_lab.validation import Spec, integer, refuse


@lru_cache(maxsize=4)
def _arm_seconds(spec: ArmSpec) -> dict[str, float]:
    """Return how long a dense and a sparse arm take; measured once for all trials of a search."""
    training, full = spec.training(spec.lottery.dataset), full_masks(spec.lottery)
    split, model = training_split(training), model_of(spec.lottery)
    seconds = {}
    for arm, masks in (
        ("dense", full),
        ("random", pruning.any_masks(spec.lottery, spec.level, full)),
    ):
        cost = time_training(model, split, training, masks)
        seconds[arm] = cost.total(spec.steps, 1 + spec.steps / spec.eval_every)
    return seconds


@dataclass(frozen=True)
class PlanArmsArgs(ArmSpec):
    """A ticket, and the number of fresh datasets that each arm is trained on."""

    datasets: int = integer(1, 1, 100)


def plan_arms(args: PlanArmsArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return the arms of the analysis of one ticket: spec, and parts for the job `arm`.

    A part has name (equal names have equal results), args, arm,
    condition, fresh_seed, and the seconds it will take on this machine, measured.
    """
    spec = args.part(ArmSpec)
    parts = parts_of(arms.analysis(spec, args.datasets), spec)
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
class TicketArgs(ArmSpec):
    """A training of the analysis, and the packed `mask` that it needs: the ticket of the level.

    For the arm `drawn` it is a drawn one.
    """

    mask: Bytes | None = packed()


def arm(args: TicketArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Train one arm of the analysis; return the spec and its learning curve, the last row final.

    Raises ValueError if the arm needs a mask and there is none.
    """
    spec = args.part(ArmSpec)
    masks = _arm_masks(spec, args.mask)
    model, dataset = model_of(spec.lottery), arms.dataset(spec)
    training = spec.training(dataset)
    split = arms.reorder(training_split(training), arms.input_order(spec))
    init = initialiser(model, spec.lottery.init)
    start = arms.weights(spec, init, partial(dense_params, spec.lottery))
    params, first = pruning.rewind(start, masks), arms.first_step(spec)
    curve = _Curve(spec, split, masks, Reporter(on_progress, spec.steps - first))
    curve.measure(first, model.network(params, masks))
    train(model, params, split, training, curve.on_step, masks, first)
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


def _arm_masks(spec: ArmSpec, packed: Bytes | None) -> Masks:
    return arms.masks(spec, full_masks(spec.lottery), unpack_masks(spec.lottery, packed))


def masks(args: TicketArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return the first layers of the ticket, the random mask and a permuted one, and its weights.

    lottery, random and permuted are uint8
    (hidden * inputs,), unit by unit; `weights`, float32 (hidden * inputs,), are the values its
    training started from, before any mask; `survivors` counts, for each of the three, what its
    mask leaves of each parameter, by name.
    """
    spec = args.part(ArmSpec)
    made = {
        arm: _arm_masks(dataclasses.replace(spec, arm=arm), args.mask)
        for arm in ("lottery", "random", "permuted")
    }
    start = dense_params(spec.lottery, spec.lottery.rewind_step)
    return {
        **{arm: pruning.first_layer(one).astype(np.uint8).ravel() for arm, one in made.items()},
        "weights": next(iter(start.values())).flatten(),
        "survivors": {arm: pruning.survivors(one) for arm, one in made.items()},
    }


@dataclass(frozen=True)
class AdjacencyArgs(Spec):
    """A first layer: hidden * inputs entries of 0 and 1, unit by unit, and how many a unit has."""

    mask: Bytes = required_bytes()
    inputs: int = integer(40, 1)

    def __post_init__(self) -> None:
        """Check each field, then that the units are whole."""
        super().__post_init__()
        if not self.mask.size or self.mask.max() > 1:
            raise refuse("mask", self.mask, "entries of 0 and 1, at least one")
        if self.mask.size % self.inputs:
            allowed = f"a whole number that divides the mask's {self.mask.size} entries"
            raise refuse("inputs", self.inputs, allowed)


def adjacency_job(args: AdjacencyArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return how local a first layer is: p2 to p4 and null2 to null4 (see adjacency.measures)."""
    return dict(adjacency.measures(args.mask.reshape(-1, args.inputs).astype(np.float32)))


def ticket(args: TicketArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return a ticket as a file: `npz` (bytes, uint8) and a `name` for it.

    For each parameter, as
    `linear1.weight`, the archive has initial.linear1.weight float32, where its training started
    (with a rewind_step: after those updates), and, if it can be pruned, mask.linear1.weight uint8;
    and the spec as JSON in `spec`.
    """
    spec = args.part(ArmSpec)
    start = dense_params(spec.lottery, spec.lottery.rewind_step)
    arrays: dict[str, Any] = {f"initial.{key}": array for key, array in start.items()}
    for key, mask in _arm_masks(spec, args.mask).items():
        arrays[f"mask.{key}"] = mask.astype(np.uint8)
    arrays["spec"] = np.array(json.dumps(dataclasses.asdict(spec)))
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    name = f"ticket-{result_key(spec.lottery)}-level-{spec.level}.npz"
    return {"npz": np.frombuffer(file.getvalue(), np.uint8), "name": name}


_MEASURED = {
    "arm": NAME, "trial": WHOLE, "level": WHOLE, "step": WHOLE, "sparsity": NUMBER,
    "test_acc": NUMBER,
}  # fmt: skip


@dataclass(frozen=True)
class VerdictArgs(Spec):
    """The records of a search, and those of the analysis of its tickets."""

    search: Sequence[Record] = records(_MEASURED, {"p2": NUMBER, "null2": NUMBER})
    arms: Sequence[Record] = records({**_MEASURED, "condition": NAME}, {"fresh_seed": WHOLE})


def verdict(args: VerdictArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return `rows`, what the records `search` and `arms` say of each claim (see claims.py).

    And the sparsities, `least` to `most`, between which a ticket counts for that.
    """
    rows = claims.verdict(args.search, args.arms)
    target, tolerance = claims.TARGET_SPARSITY, claims.TOLERANCE
    return {"rows": rows, "least": target - tolerance, "most": target + tolerance}


JOBS = {
    "plan_arms": Job(PlanArmsArgs, plan_arms),
    "arm": Job(TicketArgs, arm),
    "masks": Job(TicketArgs, masks),
    "adjacency": Job(AdjacencyArgs, adjacency_job),
    "ticket": Job(TicketArgs, ticket),
    "verdict": Job(VerdictArgs, verdict),
}
