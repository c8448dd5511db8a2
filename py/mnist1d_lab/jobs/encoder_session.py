"""An encoder in training as jobs need it: from its seed, its state or its weights. No job."""

from __future__ import annotations

import dataclasses
import hashlib
import json

import numpy as np

from mnist1d_lab.models.split import split_of
from mnist1d_lab.self_supervised.encoder import EncoderNetwork
from mnist1d_lab.self_supervised.spec import ContrastSpec
from mnist1d_lab.self_supervised.training import Contrast, encoder_of
from mnist1d_lab.types import Array, Bytes
from mnist1d_lab.validation import refuse

IDENTITY = 32  # bytes
# Of a state: float64 numbers (epochs done, the optimiser's scalars), then float32 vectors: the
# network's values and the optimiser's.


def _identity(spec: ContrastSpec, rest: Bytes) -> Bytes:
    """Return 32 bytes that only this training's network at this epoch has, however long it goes."""
    fields = {**dataclasses.asdict(spec), "epochs": None}
    text = json.dumps(fields, sort_keys=True).encode()
    return np.frombuffer(hashlib.sha256(text + rest.tobytes()).digest(), np.uint8)


class EncoderSession:
    """An encoder, its optimiser and the epochs done: what a training needs to go on."""

    def __init__(self, spec: ContrastSpec, state: Bytes | None) -> None:
        """Start from the seed, or from `state`; ValueError if that is another training's."""
        self.spec = spec
        self.training = Contrast(spec, split_of(spec.dataset).x)
        self.network, self.epoch = self.training.network, 0
        if state is not None:
            self._restore(state)

    def _vectors(self) -> tuple[Array, ...]:
        return self.network.values, *self.training.optimizer.vectors()

    def _restore(self, state: Bytes) -> None:
        identity, rest = state[:IDENTITY], state[IDENTITY:].copy()  # a copy is aligned
        if not np.array_equal(identity, _identity(self.spec, rest)):
            raise refuse("state", state, "what this very training returned, unchanged")
        count = 1 + len(self.training.optimizer.scalars())
        head = rest[: 8 * count].view(np.float64).tolist()
        self.epoch = int(head[0])
        self.training.optimizer.set_scalars(head[1:])
        parts = np.split(rest[8 * count :].view(np.float32), len(self._vectors()))
        for vector, part in zip(self._vectors(), parts, strict=True):
            vector[...] = part

    def state(self) -> Bytes:
        """Return all of it as bytes, uint8, in this machine's byte order, with its identity."""
        head = np.array([self.epoch, *self.training.optimizer.scalars()], np.float64)
        rest = np.concatenate([part.view(np.uint8) for part in (head, *self._vectors())])
        return np.concatenate([_identity(self.spec, rest), rest])

    def weights(self) -> Bytes:
        """Return the network alone as bytes, uint8, of its parameters: see `encoder_network`."""
        return self.network.values.astype("<f4").view(np.uint8)


def encoder_network(
    spec: ContrastSpec, state: Bytes | None, weights: Bytes | None
) -> EncoderNetwork:
    """Return the encoder of a training's `state`, of `weights` alone, or else before any update.

    `weights` are float32, the lowest byte first; layer by layer, of each its weights, row by row,
    then its biases. Raises ValueError for those of another network.
    """
    if weights is None:
        return encoder_of(spec) if state is None else EncoderSession(spec, state).network
    network = encoder_of(spec)
    if weights.nbytes != (size := network.values.nbytes):
        raise refuse("weights", weights, f"the {size} bytes of an encoder of these settings")
    values = weights.copy().view("<f4")
    if not np.isfinite(values).all():
        place = int(np.flatnonzero(~np.isfinite(values))[0])
        raise refuse("weights", float(values[place]), f"finite numbers; number {place + 1} is none")
    network.values[...] = values
    return network
