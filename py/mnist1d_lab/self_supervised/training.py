"""The training of an encoder: epoch by epoch, with one hook; it can stop and go on. No labels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.batches import Batch, batches
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.self_supervised.encoder import Encoder, EncoderNetwork
from mnist1d_lab.self_supervised.info_nce import InfoNCE
from mnist1d_lab.self_supervised.spec import ContrastSpec
from mnist1d_lab.self_supervised.views import detrended, draw_changes, pairs, views_of
from mnist1d_lab.types import Array

OnStep = Callable[[], None]


def encoder_of(spec: ContrastSpec) -> EncoderNetwork:
    """Return the encoder of a spec as it is drawn, before any update."""
    encoder = Encoder(spec.dataset.final_seq_length, spec.projector)
    return encoder.network(encoder.init(np.random.default_rng(spec.seed)))


def batches_of(spec: ContrastSpec, examples: int) -> Batch:
    """Return what gives the examples of each step: each epoch has an order of its own."""
    fields = {name: getattr(spec, name) for name in ("dataset", "batch_size", "seed")}
    return batches(TrainSpec(batch_order="shuffled", **fields), examples)


def steps_per_epoch(spec: ContrastSpec, examples: int) -> int:
    """Return how many batches an epoch has; the last may be short."""
    return -(-examples // spec.batch_size)


class Contrast:
    """An encoder in training on signals x (length, n), and its optimiser."""

    def __init__(self, spec: ContrastSpec, x: Array, network: EncoderNetwork | None = None) -> None:
        """Start at epoch 0, from the seed or from this network."""
        self.spec, self.network = spec, network or encoder_of(spec)
        self.flat, self.examples = detrended(x), x.shape[1]
        self.optimizer = Adam(self.network.values, self.network.grads, None, spec.learning_rate)
        self.batch = batches_of(spec, self.examples)
        self._losses: dict[int, InfoNCE] = {}

    def learn(self, x: Array) -> float:
        """Set the gradients for a batch of views x (length, 2 B); return its loss in nats."""
        batch = self.network.program(x.shape[1])
        batch.x[...] = x
        batch.forward()
        z, size = batch.outs[-1], x.shape[1] // 2
        if size not in self._losses:
            how = self.spec.temperature, self.spec.negatives, z.dtype.type
            self._losses[size] = InfoNCE(len(z), size, *how)
        loss, batch.dz[...] = self._losses[size](z)
        batch.backward()
        return loss

    def epoch(self, number: int, on_step: OnStep = lambda: None) -> float:
        """Make the updates of an epoch, counted from 0; return the mean of its steps' losses."""
        views = views_of(self.flat, draw_changes(self.spec, number, self.examples))
        losses = 0.0
        steps = steps_per_epoch(self.spec, self.examples)
        for step in range(number * steps, (number + 1) * steps):
            losses += self.learn(pairs(views, self.batch(step)))
            self.optimizer.step()
            on_step()
        return losses / steps
