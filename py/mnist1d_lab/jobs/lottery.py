"""The jobs of the search for tickets: run it, split it into trials, its presets, its time.

The search itself is in lottery/search.py; what takes a ticket apart is in jobs/ticket.py.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist1d_lab.jobs.fields import packed
from mnist1d_lab.jobs.progress import OURS, Hooks, Job, NoArgs, OnProgress, Record, Reporter
from mnist1d_lab.jobs.rebuild import full_masks, model_of, unpack_masks
from mnist1d_lab.lottery import pruning, rules
from mnist1d_lab.lottery.resume import resume
from mnist1d_lab.lottery.search import search
from mnist1d_lab.lottery.spec import PRESET_WORDS, LotterySpec, result_key
from mnist1d_lab.lottery.trial import Level, Trained, Trial
from mnist1d_lab.models.initialisation import initialiser
from mnist1d_lab.models.label_noise import training_split
from mnist1d_lab.models.timing import time_training
from mnist1d_lab.models.train import evaluate_all, make_optimizer, train
from mnist1d_lab.types import Bytes, Masks, Model, Network, Params, Split
from mnist1d_lab.validation import RefusedError, Spec, checked, integer, optional, refuse


class _BestAccuracy:
    """Measures the test examples every so often during a training, and keeps the best."""

    def __init__(self, split: Split, every: int) -> None:
        """Measure each `every` steps."""
        self.split, self.every, self.accuracy = split, every, 0.0

    def measure(self, step: int, network: Network) -> Record | None:
        """Return test_loss and test_acc if this step is one of those to measure."""
        if step % self.every:
            return None
        loss, accuracy = network.evaluate(self.split.x_test, self.split.y_test)
        self.accuracy = max(self.accuracy, accuracy)
        return {"test_loss": loss, "test_acc": accuracy}


class _Run:
    """Trains and measures the networks of a search, and reports how far it is."""

    def __init__(
        self, spec: LotterySpec, kept: Level | None, on_progress: OnProgress, hooks: Hooks = OURS
    ) -> None:
        """Run all levels, or those after the one that is kept."""
        self.spec, self.kept, self.training = spec, kept, spec.training()
        self.split = training_split(self.training, hooks.stage)
        self.model: Model = model_of(spec)
        if hooks.model:
            self.model = hooks.model(spec.dataset.final_seq_length, spec.hidden)
        self.init = self.model.init if hooks.model else initialiser(self.model, spec.init)
        self.make_optimizer = hooks.optimizer or make_optimizer
        self.rules = hooks.rules or rules.OURS
        if self.rules.score:
            self.rules = self.rules._replace(gradient=self.gradient)
        done = sum(spec.steps_at(level) for level in range(kept.level + 1)) if kept else 0
        self.reporter = Reporter(on_progress, spec.total_steps - done)

    def levels(self, number: int) -> Iterator[Level]:
        """Yield the levels of one trial."""
        trial = Trial.of(self.spec, number, self.init, self.train_once, self.rules)
        return resume(trial, self.kept) if self.kept else search(trial)

    def gradient(self, params: Params, masks: Masks) -> Params:
        """Return the gradient of the mean loss over all training examples; 0 for what is pruned."""
        network = self.model.network(params, masks)
        network.learn(self.split.x, self.split.y)
        grads = network.unpack(network.grads)
        return {name: grad * masks.get(name, 1) for name, grad in grads.items()}

    def train_once(self, params: Params, masks: Masks, label: Record, first: int) -> Trained:
        """Train one network, as a Trial wants it."""
        spec, reporter = self.spec, self.reporter
        copies: dict[int, Params] = {0: params}  # by step
        best = _BestAccuracy(self.split, spec.eval_every)
        # The dense network of a search that goes on is no progress: it was counted before.
        counts = self.kept is None or label["level"] > self.kept.level

        def on_step(step: int, network: Network) -> None:
            if step in (spec.score_step, spec.rewind_step):
                copies[step] = {key: np.empty_like(array) for key, array in params.items()}
                network.write(copies[step])
            if measured := best.measure(step, network):
                reporter.current = [{**label, "step": step, **measured}]
            if counts:
                reporter.step()

        network = train(
            self.model, params, self.split, self.training, on_step, masks, first,
            self.make_optimizer,
        )  # fmt: skip
        final = evaluate_all(network, self.split)
        top = max(best.accuracy, final["test_acc"])
        record = {**label, "step": spec.steps, **final, "best_test_acc": top}
        return Trained(record, copies[spec.score_step], copies.get(spec.rewind_step, params))

    def report(self, level: Level) -> None:
        """Report a finished level, with the checkpoint from which a search can go on."""
        packed = None if level.next_masks is None else pruning.pack(level.next_masks)
        self.reporter.current = []
        self.reporter.records.extend(level.records)
        self.reporter.report(
            checkpoint={"level": level.level, "records": level.records, "next_mask": packed}
        )


@dataclass(frozen=True)
class Checkpoint(Spec):
    """Where a search goes on: the `level` that is finished, and the packed mask of the next."""

    level: int = integer(0, 0, 100)
    next_mask: Bytes | None = packed()
    records: Any = checked((), lambda value: value)  # of the level: whoever asks has them


CHECKPOINT = "a dict with level and next_mask"


def _checkpoint(value: Any) -> Checkpoint:
    if isinstance(value, Checkpoint | Mapping):
        return Checkpoint.of(value)
    raise RefusedError(CHECKPOINT)


@dataclass(frozen=True)
class LotteryArgs(LotterySpec):
    """A search, and the `checkpoint` that it goes on from; `found` is an older name of that."""

    checkpoint: Checkpoint | None = optional(checked(None, _checkpoint, CHECKPOINT))
    found: Checkpoint | None = optional(checked(None, _checkpoint, "the same"))

    def __post_init__(self) -> None:
        """Check each field, then that a search of one trial goes on, and from one of its levels."""
        super().__post_init__()
        kept = self.found if self.checkpoint is None else self.checkpoint
        object.__setattr__(self, "checkpoint", kept)
        if kept is None:
            return
        if self.trials != 1:
            raise refuse("trials", self.trials, "1 to go on with a search")
        if kept.level > self.levels:
            raise refuse("level of the checkpoint", kept.level, f"at most {self.levels}")


def lottery_job(args: LotteryArgs, on_progress: OnProgress, hooks: Hooks = OURS) -> dict[str, Any]:
    """Find lottery tickets; return the spec in full and a record per arm, trial and level.

    Progress carries, beside the finished records, the test
    accuracy of the network in training as `current`, measured every `eval_every` steps; and once
    after each level a `checkpoint`: level, records and next_mask (packed bytes, uint8; None after
    the last level). Given a `checkpoint`, a search of one trial goes on after it and returns the
    records of the levels that were left. Raises ValueError for a mask of another network.
    """
    spec = args.part(LotterySpec)
    kept = _kept_level(spec, args.checkpoint)
    run = _Run(spec, kept, on_progress, hooks)
    for trial in range(spec.trials):
        for level in run.levels(trial):
            run.report(level)
    return {"spec": dataclasses.asdict(spec), "records": run.reporter.records}


def _kept_level(spec: LotterySpec, checkpoint: Checkpoint | None) -> Level | None:
    if checkpoint is None:
        return None
    return Level(checkpoint.level, [], unpack_masks(spec, checkpoint.next_mask))


def plan(spec: LotterySpec, on_progress: OnProgress) -> dict[str, Any]:
    """Return how a lottery splits into one lottery a trial: spec, parts and total steps.

    Trials are independent: part t, run anywhere, gives the records of trial t, labelled trial 0.
    A part has its arguments, its levels, and a name: parts with the same name have the same result.
    """
    parts = [
        {"name": result_key(part), "args": dataclasses.asdict(part), "levels": part.levels}
        for part in spec.parts()
    ]
    return {"spec": dataclasses.asdict(spec), "parts": parts, "total": spec.total_steps}


def presets(args: NoArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return each preset: title, a sentence on what it reproduces, and its spec in full."""
    return {
        key: {
            "title": title,
            "sentence": sentence,
            "spec": dataclasses.asdict(LotterySpec.of({"preset": key})),
        }
        for key, (title, sentence) in PRESET_WORDS.items()
    }


def calibrate(spec: LotterySpec, on_progress: OnProgress) -> dict[str, Any]:
    """Measure this machine: `train_seconds` of one training at each level, `trial_seconds`.

    A few levels are timed for a moment each; the others are interpolated between them.
    """
    split, model = training_split(spec.training()), model_of(spec)
    full = full_masks(spec)
    # During a training only the test examples are measured, at its end all examples.
    test_share = len(split.y_test) / (len(split.y) + len(split.y_test))
    evaluations = 1 + spec.steps / spec.eval_every * test_share
    timed = sorted({round(spec.levels * part / 4) for part in range(5)})
    spans = []
    for level in timed:
        masks = pruning.any_masks(spec, level, full)
        cost = time_training(model, split, spec.training(), masks)
        spans.append(cost.total(spec.steps, evaluations))
    seconds = [float(np.interp(level, timed, spans)) for level in range(spec.levels + 1)]
    return {"train_seconds": seconds, "trial_seconds": seconds[0] + 2 * sum(seconds[1:])}


LOTTERY_HOOKS = ("score", "rewind", "schedule", "model", "optimizer", "stage")
JOBS = {
    "lottery": Job(LotteryArgs, lottery_job, hooks=LOTTERY_HOOKS),
    "plan": Job(LotterySpec, plan, whole=False),
    "presets": Job(NoArgs, presets),
    "calibrate": Job(LotterySpec, calibrate),
}
