"""The lottery's jobs: find tickets, and take them apart.

Plain dict in, plain arrays and records out. Part of the door of jobs.py; what an experiment is,
is in lottery.py and controls.py.
"""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mnist1d_lab.dataset.cache import made
from mnist1d_lab.dataset.spec import PRESET_WORDS, ArmSpec, LotterySpec, name
from mnist1d_lab.jobs.progress import OnProgress, Record, Reporter
from mnist1d_lab.jobs.read_bytes import read_bytes
from mnist1d_lab.lottery import adjacency as adjacent
from mnist1d_lab.lottery import arms as controls
from mnist1d_lab.lottery import claims as verdict
from mnist1d_lab.lottery import pruning
from mnist1d_lab.lottery import search as lottery
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.models.timing import cost
from mnist1d_lab.models.train import as_split, measure, train
from mnist1d_lab.types import Masks, Network, Params, Split

Args = Mapping[str, Any]


def _model(spec: LotterySpec) -> MLP:
    return MLP(spec.dataset.final_seq_length, spec.hidden)


def _initial(spec: LotterySpec) -> Params:
    return _model(spec).init(np.random.default_rng(spec.seed))


@lru_cache(maxsize=2)
def _dense(spec: LotterySpec, steps: int) -> Params:
    """Return the dense network after the search's first `steps` updates; only to be read."""
    params = _initial(spec)
    if steps:
        early = dataclasses.replace(spec.training(), steps=steps)
        data = as_split(made(spec.dataset))
        train(_model(spec), params, data, early, lambda step, network: None)
    return params


def _full(spec: LotterySpec) -> Masks:
    return pruning.full_masks(_initial(spec), spec.prune_biases)


def _masks(spec: LotterySpec, packed: Any) -> Masks | None:
    return None if packed is None else pruning.unpack(read_bytes(packed), _full(spec))


def _without(args: Args, *names: str) -> tuple[dict[str, Any], list[Any]]:
    """Return the fields of the spec, and the arguments beside them (None where not given)."""
    rest = {key: value for key, value in args.items() if key not in names}
    return rest, [args.get(key) for key in names]


class _Best:
    """Measures the test examples every so often during a training, and keeps the best."""

    def __init__(self, split: Split, every: int) -> None:
        self.split, self.every, self.accuracy = split, every, 0.0

    def look(self, step: int, network: Network) -> Record | None:
        """Return test_loss and test_acc if it is time for them."""
        if step % self.every:
            return None
        loss, accuracy = network.evaluate(self.split.x_test, self.split.y_test)
        self.accuracy = max(self.accuracy, accuracy)
        return {"test_loss": loss, "test_acc": accuracy}


def lottery_job(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Find lottery tickets; return the spec in full and a record per arm, trial and level.

    Progress carries, beside the finished records, the test accuracy of the network in training as
    `current`, measured every `eval_every` steps; and once after each level a `checkpoint`: level,
    records and next_mask (packed, None after the last). Given a checkpoint as `found`, a search of
    one trial goes on after it and returns the records of the levels that were left.
    """
    fields, (found,) = _without(args, "found")
    spec = LotterySpec.of(fields)
    if found is not None and spec.trials != 1:
        raise ValueError(f"trials must be 1 to go on with a search, got {spec.trials}")
    after = _found(spec, found)
    split, model = as_split(made(spec.dataset)), _model(spec)
    done = sum(spec.steps_at(level) for level in range(after.level + 1)) if after else 0
    reporter = Reporter(on_progress, spec.total_steps - done)

    def train_once(params: Params, masks: Masks, label: Record, first: int) -> lottery.Trained:
        kept: dict[int, Params] = {0: params}
        best = _Best(split, spec.eval_every)
        counts = after is None or label["level"] > after.level  # else: an earlier level, again

        def on_step(step: int, network: Network) -> None:
            if step in (spec.score_step, spec.rewind_step):
                kept[step] = {key: np.empty_like(array) for key, array in params.items()}
                network.write(kept[step])
            if measured := best.look(step, network):
                reporter.current = [{**label, "step": step, **measured}]
            if counts:
                reporter.step()

        network = train(model, params, split, spec, on_step, masks, first)
        final = measure(network, split)
        top = max(best.accuracy, final["test_acc"])
        record = {**label, "step": spec.steps, **final, "best_test_acc": top}
        return lottery.Trained(record, kept[spec.score_step], kept.get(spec.rewind_step, params))

    for trial in range(spec.trials):
        for level in lottery.search(spec, trial, model.init, train_once, after):
            reporter.current = []
            reporter.records.extend(level.records)
            packed = None if level.next_masks is None else pruning.pack(level.next_masks)
            kept = {"level": level.level, "records": level.records, "next_mask": packed}
            reporter.report(checkpoint=kept)
    return {"spec": dataclasses.asdict(spec), "records": reporter.records}


def _found(spec: LotterySpec, found: Args | None) -> lottery.Level | None:
    if found is None:
        return None
    return lottery.Level(int(found["level"]), [], _masks(spec, found["next_mask"]))


def plan(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return how a lottery splits into one lottery a trial: spec, parts and total steps.

    Trials are independent: part t, run anywhere, gives the records of trial t, labelled trial 0.
    A part has its arguments, its levels, and a name: parts with the same name have the same result.
    """
    spec = LotterySpec.of(args)
    parts = [
        {"name": name(part), "args": dataclasses.asdict(part), "levels": part.levels}
        for part in spec.parts()
    ]
    return {"spec": dataclasses.asdict(spec), "parts": parts, "total": spec.total_steps}


def presets(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return each preset: title, a sentence on what it reproduces, and its spec."""
    return {
        key: {"title": title, "sentence": sentence, "spec": dataclasses.asdict(_preset(key))}
        for key, (title, sentence) in PRESET_WORDS.items()
    }


def _preset(key: str) -> LotterySpec:
    return LotterySpec.of({"preset": key})


def calibrate(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Measure this machine: `train_seconds` of one training at each level, `trial_seconds`.

    A few levels are timed for a moment each, the others lie on the line between their neighbours.
    """
    spec = LotterySpec.of(args)
    split, model = as_split(made(spec.dataset)), _model(spec)
    full = _full(spec)
    # Every so often the test examples alone are measured, in the end all examples are.
    tests = len(split.y_test) / (len(split.y) + len(split.y_test))
    looks = 1 + spec.steps / spec.eval_every * tests
    timed = sorted({round(spec.levels * part / 4) for part in range(5)})
    spans = []
    for level in timed:
        scores = pruning.random_scores(np.random.default_rng(level), full)
        masks = pruning.prune(scores, full, spec.sparsity(level), spec.scope)
        spans.append(cost(model, split, spec.training(), masks).of(spec.steps, looks))
    seconds = [float(np.interp(level, timed, spans)) for level in range(spec.levels + 1)]
    return {"train_seconds": seconds, "trial_seconds": seconds[0] + 2 * sum(seconds[1:])}


@lru_cache(maxsize=4)
def _arm_seconds(spec: ArmSpec) -> dict[str, float]:
    """Return what a dense and a sparse arm will take; measured once for all trials of a search."""
    split, model = as_split(made(spec.lottery.dataset)), _model(spec.lottery)
    training = spec.training(spec.lottery.dataset)
    full = _full(spec.lottery)
    spans = {}
    for arm in ("dense", "random"):
        masks = controls.masks(dataclasses.replace(spec, arm=arm), full, None)
        spent = cost(model, split, training, masks)
        spans[arm] = spent.of(spec.steps, 1 + spec.steps / spec.eval_every)
    return spans


def arms(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return the arms of the analysis of one ticket: spec, and parts for the job `arm`.

    A part has name, args, arm, condition, and the seconds it will take on this machine, measured.
    """
    spec = ArmSpec.of(args)
    spans = _arm_seconds(
        dataclasses.replace(spec, lottery=dataclasses.replace(spec.lottery, seed=0))
    )
    parts = []
    for arm, condition in controls.ANALYSIS:
        part = dataclasses.replace(spec, arm=arm, condition=condition)
        fields = {"name": name(part), "args": dataclasses.asdict(part)}
        seconds = spans["dense" if arm == "dense" else "random"]
        parts.append({**fields, "arm": arm, "condition": condition, "seconds": seconds})
    return {"spec": dataclasses.asdict(spec), "parts": parts}


def arm(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Train one arm of the analysis; return the spec and its learning curve, the last row final.

    `mask`, packed, is the ticket of the level, or what somebody drew for the arm `drawn`.
    """
    fields, (packed,) = _without(args, "mask")
    spec = ArmSpec.of(fields)
    searched, model = spec.lottery, _model(spec.lottery)
    masks = controls.masks(spec, _full(searched), _masks(searched, packed))
    data = as_split(made(controls.dataset(spec)))
    split = controls.reorder(data, controls.input_order(spec))
    training = spec.training(controls.dataset(spec))
    first = controls.first_step(spec)
    reporter = Reporter(on_progress, spec.steps - first)
    best = _Best(split, spec.eval_every)

    def train_dense(steps: int) -> Params:
        return _dense(searched, steps)

    params = pruning.rewind(controls.weights(spec, model.init, train_dense), masks)
    label = {"arm": spec.arm, "condition": spec.condition, "trial": 0, "level": spec.level}
    label["sparsity"] = pruning.sparsity(masks)

    def record(step: int, network: Network) -> None:
        measured = measure(network, split)
        best.accuracy = max(best.accuracy, measured["test_acc"])
        top = {"best_test_acc": best.accuracy} if step == spec.steps else {}
        reporter.record({**label, "step": step, **measured, **top})

    def on_step(step: int, network: Network) -> None:
        reporter.step()
        if step % spec.eval_every == 0 or step == spec.steps:
            record(step, network)

    record(first, model.network(params, masks))
    train(model, params, split, training, on_step, masks, first)
    return {"spec": dataclasses.asdict(spec), "records": reporter.records}


def look(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return the first layers of the ticket, the random mask and a permuted one, and its weights.

    lottery, random and permuted are uint8 (hidden * inputs), unit by unit; `weights`, float32, are
    the values its training started from, before any mask.
    """
    fields, (packed,) = _without(args, "mask")
    spec = ArmSpec.of(fields)
    full, ticket = _full(spec.lottery), _masks(spec.lottery, packed)
    layers = {
        arm: controls.first_layer(controls.masks(dataclasses.replace(spec, arm=arm), full, ticket))
        for arm in ("lottery", "random", "permuted")
    }
    start = _dense(spec.lottery, spec.lottery.rewind_step)
    return {
        **{arm: layer.astype(np.uint8).ravel() for arm, layer in layers.items()},
        "weights": next(iter(start.values())).flatten(),
    }


def adjacency(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return p2 to p4 and null2 to null4 of a first layer's `mask` (hidden * inputs) of 0 and 1."""
    inputs, mask = args.get("inputs"), read_bytes(args["mask"])
    if not isinstance(inputs, int) or inputs < 1 or mask.size % inputs:
        allowed = f"a whole number that divides the mask's {mask.size} entries"
        raise ValueError(f"inputs must be {allowed}, got {inputs!r}")
    return dict(adjacent.measures(mask.reshape(-1, inputs).astype(np.float32)))


def ticket(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return a ticket as a file: `npz` (bytes, uint8) and a `name` for it.

    For each parameter, as `linear1.weight`, the archive has initial.linear1.weight float32, where
    its training started (with a rewind_step: after those updates), and, if it can be pruned,
    mask.linear1.weight uint8; and the spec as JSON in `spec`.
    """
    fields, (packed,) = _without(args, "mask")
    spec = ArmSpec.of(fields)
    masks = controls.masks(spec, _full(spec.lottery), _masks(spec.lottery, packed))
    start = _dense(spec.lottery, spec.lottery.rewind_step)
    arrays: dict[str, Any] = {f"initial.{key}": array for key, array in start.items()}
    arrays |= {f"mask.{key}": mask.astype(np.uint8) for key, mask in masks.items()}
    arrays["spec"] = np.array(json.dumps(dataclasses.asdict(spec)))
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    title = f"ticket-{name(spec.lottery)}-level-{spec.level}.npz"
    return {"npz": np.frombuffer(file.getvalue(), np.uint8), "name": title}


def verdict_job(args: Args, on_progress: OnProgress) -> dict[str, Any]:
    """Return `rows`, what the records `search` and `arms` say of each claim (see verdict.py).

    And the sparsities, `least` to `most`, at which a ticket counts for that.
    """
    rows = verdict.verdict(args.get("search") or [], args.get("arms") or [])
    near, within = verdict.NEAR, verdict.WITHIN
    return {"rows": rows, "least": near - within, "most": near + within}


JOBS = {
    "lottery": lottery_job,
    "plan": plan,
    "presets": presets,
    "calibrate": calibrate,
    "arms": arms,
    "arm": arm,
    "look": look,
    "adjacency": adjacency,
    "ticket": ticket,
    "verdict": verdict_job,
}
