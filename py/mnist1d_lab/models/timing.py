"""How long a training will take on this machine: a moment of it, timed. Not a benchmark."""

from __future__ import annotations

import dataclasses
import time
from typing import NamedTuple

import numpy as np

from mnist1d_lab.dataset.spec import TrainSpec
from mnist1d_lab.models.train import measure, train
from mnist1d_lab.types import Masks, Model, Network, Split

MOMENT = 0.1  # seconds of training that are timed
LEAST, MOST = 6, 150  # steps, whatever a moment holds


class Cost(NamedTuple):
    """Seconds."""

    step: float  # one optimiser step
    look: float  # one measurement of all examples

    def of(self, steps: int, looks: float) -> float:
        """Return the seconds of a training of so many steps and looks."""
        return steps * self.step + looks * self.look


def cost(model: Model, split: Split, spec: TrainSpec, masks: Masks) -> Cost:
    """Return what a training of `spec` with these masks costs.

    The first steps are left out: units that close for good make later ones faster.
    """
    times: list[float] = []
    kept: list[Network] = []

    def on_step(step: int, network: Network) -> None:
        times.append(time.perf_counter())
        kept[:] = [network]

    steps, each = LEAST, 0.0
    for _ in range(2):  # first to see how many steps a moment holds
        times.clear()
        params = model.init(np.random.default_rng(0))
        train(model, params, split, dataclasses.replace(spec, steps=steps), on_step, masks)
        half = times[len(times) // 2 :]
        each = (half[-1] - half[0]) / (len(half) - 1)
        steps = int(min(MOST, max(LEAST, MOMENT / max(each, 1e-6))))
    began = time.perf_counter()
    measure(kept[0], split)
    return Cost(each, time.perf_counter() - began)
