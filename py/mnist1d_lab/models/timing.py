"""How long a training will take on this machine: a part of it, timed. Not a benchmark."""

from __future__ import annotations

import dataclasses
import time
from typing import NamedTuple

import numpy as np

from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.train import evaluate_all, train
from mnist1d_lab.types import Masks, Model, Network, Split

TIMED = 0.1  # seconds of training that are timed
LEAST, MOST = 6, 150  # steps that are timed, whatever the machine does in that time


class Cost(NamedTuple):
    """What parts of a training take, in seconds."""

    step: float  # one optimiser step
    evaluation: float  # one measurement of all examples

    def total(self, steps: int, evaluations: float) -> float:
        """Return the seconds of a training of so many steps and evaluations."""
        return steps * self.step + evaluations * self.evaluation


def time_training(model: Model, split: Split, spec: TrainSpec, masks: Masks) -> Cost:
    """Return what a training of `spec` with these masks takes on this machine.

    The first half of the timed steps is left out: in later steps more units are 0 for all
    examples, which makes them faster.
    """
    times: list[float] = []
    kept: list[Network] = []

    def on_step(step: int, network: Network) -> None:
        times.append(time.perf_counter())
        kept[:] = [network]

    steps, each = LEAST, 0.0
    for _ in range(2):  # first to see how many steps TIMED seconds hold
        times.clear()
        params = model.init(np.random.default_rng(0))
        train(model, params, split, dataclasses.replace(spec, steps=steps), on_step, masks)
        half = times[len(times) // 2 :]
        each = (half[-1] - half[0]) / (len(half) - 1)
        steps = int(min(MOST, max(LEAST, TIMED / max(each, 1e-6))))
    began = time.perf_counter()
    evaluate_all(kept[0], split)
    return Cost(each, time.perf_counter() - began)
