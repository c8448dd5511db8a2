"""The jobs of self-supervised learning: train an encoder, probe its layers, look for neighbours.

What they compute is in the folder self_supervised.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist1d_lab.jobs import budget
from mnist1d_lab.jobs.encoder_session import EncoderSession, encoder_network
from mnist1d_lab.jobs.fields import NAME, NUMBER, WHOLE, packed, records
from mnist1d_lab.jobs.progress import Job, OnProgress, Record, Reporter
from mnist1d_lab.models.split import split_of
from mnist1d_lab.self_supervised import claims
from mnist1d_lab.self_supervised.encoder import Encoder
from mnist1d_lab.self_supervised.linear_probe import linear_probe
from mnist1d_lab.self_supervised.nearest import knn_accuracy, nearest
from mnist1d_lab.self_supervised.spec import ARMS, ContrastSpec
from mnist1d_lab.self_supervised.training import steps_per_epoch
from mnist1d_lab.types import Bytes
from mnist1d_lab.validation import Spec, integer, optional, refuse

SIGNAL = "signal"  # the name of layer 0


def arm_of(spec: ContrastSpec) -> str:
    """Return what records call a training: its arm in ARMS, or how long its projector is."""
    names = {projector: name for name, projector in ARMS.items()}
    name = names.get(spec.projector, f"projector {spec.projector}")
    return name if spec.epochs else "untrained"


@dataclass(frozen=True)
class ContrastArgs(ContrastSpec):
    """A training; in parts also `until` which epoch, and the `state` of the part before."""

    state: Bytes | None = packed()
    until: int | None = optional(integer(0, 0))

    def __post_init__(self) -> None:
        """Check each field, then where to stop."""
        super().__post_init__()
        if self.until is not None and self.until > self.epochs:
            raise refuse("until", self.until, f"at most epochs ({self.epochs})")


def contrast(args: ContrastArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Train an encoder without labels; return its spec, and a record with the loss of each epoch.

    Also `epoch`, how many are done, and as bytes (uint8) `state`, the network and its optimiser,
    and `weights`, the network alone.
    With `until` it stops after that epoch; given that `state` it goes on, returns the records of
    the epochs after it, and ends with the same values as without a stop. Raises ValueError for the
    state of another training, and for an `until` that lies before it.
    """
    spec = args.part(ContrastSpec)
    budget.check_contrast(spec)
    session = EncoderSession(spec, args.state)
    until = spec.epochs if args.until is None else args.until
    if until < session.epoch:
        raise refuse("until", until, f"from {session.epoch} (done) to {spec.epochs} (epochs)")
    steps = steps_per_epoch(spec, session.training.examples)
    reporter = Reporter(on_progress, steps * (until - session.epoch))
    for epoch in range(session.epoch, until):
        loss = session.training.epoch(epoch, reporter.step)
        session.epoch = epoch + 1
        about = {"arm": arm_of(spec), "trial": 0, "epoch": session.epoch}
        reporter.record({**about, "step": session.epoch * steps, "loss": loss})
    return {
        "spec": dataclasses.asdict(spec),
        "records": reporter.records,
        "epoch": session.epoch,
        "state": session.state(),
        "weights": session.weights().copy(),
    }


@dataclass(frozen=True)
class EncoderArgs(ContrastSpec):
    """An encoder: from the `state` of its training, from `weights` alone, or before any update.

    The form of both is told in encoder_session.py.
    """

    state: Bytes | None = packed()
    weights: Bytes | None = packed()

    def __post_init__(self) -> None:
        """Check each field, then that at most one network is given."""
        super().__post_init__()
        if self.state is not None and self.weights is not None:
            raise refuse("weights", self.weights, "left out where there is a state")


@dataclass(frozen=True)
class ProbeArgs(EncoderArgs):
    """An encoder, and which of its layers to probe: all, or one, 0 for the signals themselves."""

    layer: int | None = optional(integer(0, 0))


def _names(spec: ContrastSpec) -> list[str]:
    """Return the names of the layers, that of the signals first."""
    return [SIGNAL, *Encoder(spec.dataset.final_seq_length, spec.projector).names]


def probe(args: ProbeArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return what classifiers read off an encoder's layers: spec, and a record of each layer.

    A record has `linear_acc`, of a logistic regression on the training signals' features, and
    `knn_acc`, of their 10 nearest neighbours, both on the test signals and in percent, the
    `train_acc` of the regression and how many `features` the layer has. Raises ValueError for a
    layer that does not exist, or for another network's state or weights.
    """
    spec = args.part(ContrastSpec)
    budget.check_contrast(spec)
    names = _names(spec)
    if args.layer is not None and args.layer >= len(names):
        raise refuse("layer", args.layer, f"from 0 to {len(names) - 1}, the last layer")
    layers = range(len(names)) if args.layer is None else [args.layer]
    network, split = encoder_network(spec, args.state, args.weights), split_of(spec.dataset)
    reporter = Reporter(on_progress, len(layers))
    for layer in layers:
        x, x_test = (network.features(part, layer) for part in (split.x, split.x_test))
        data, classes = (x, split.y, x_test, split.y_test), spec.dataset.classes
        linear = linear_probe(*data, classes)
        about = {"arm": arm_of(spec), "trial": 0, "layer": layer, "name": names[layer]}
        measured = {"train_acc": linear.train_acc, "linear_acc": linear.test_acc}
        measured["knn_acc"] = knn_accuracy(*data, classes)
        reporter.step()
        reporter.record({**about, "features": len(x), **measured})
    return {"spec": dataclasses.asdict(spec), "records": reporter.records}


@dataclass(frozen=True)
class NeighbourArgs(EncoderArgs):
    """An encoder, the place of a test signal, and how many neighbours of it to find."""

    example: int = integer(0, 0)
    count: int = integer(8, 1, 100)


def neighbours(args: NeighbourArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return the training signals that are nearest to a test signal in each layer.

    Returns of the test signal `x` (length,) float32 and its `label`, and `layers`: of each the
    `layer`, its `name`, and of its neighbours, the nearest first, `examples` (count,), their
    `labels` (count,), both int32, and their signals `x` (count * length,) float32. Raises
    ValueError for a signal that does not exist, or for another network's state or weights.
    """
    spec = args.part(ContrastSpec)
    budget.check_contrast(spec)
    network, split = encoder_network(spec, args.state, args.weights), split_of(spec.dataset)
    if args.example >= (count := len(split.y_test)):
        raise refuse("example", args.example, f"from 0 to {count - 1}, the last test example")
    one = np.ascontiguousarray(split.x_test[:, args.example : args.example + 1])
    found = []
    for layer, name in enumerate(_names(spec)):
        x = network.features(split.x, layer)
        places = nearest(x, network.features(one, layer), args.count)
        about = {"layer": layer, "name": name, "examples": places.astype(np.int32)}
        found.append({**about, "labels": split.y[places], "x": split.x[:, places].T.ravel()})
    return {"x": one.ravel(), "label": int(split.y_test[args.example]), "layers": found}


PROBED = {"arm": NAME, "trial": WHOLE, "layer": WHOLE, "linear_acc": NUMBER}


@dataclass(frozen=True)
class JudgeProbesArgs(Spec):
    """Records of `probe`, each with its trial and the name of its arm."""

    records: list[Record] = records(PROBED)


def judge_probes(args: JudgeProbesArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return `rows`, what records of probes say of each claim (see self_supervised/claims.py)."""
    return {"rows": claims.verdict(args.records)}


JOBS = {
    "contrast": Job(ContrastArgs, contrast, whole=False),
    "probe": Job(ProbeArgs, probe, whole=False),
    "neighbours": Job(NeighbourArgs, neighbours, whole=False),
    "judge_probes": Job(JudgeProbesArgs, judge_probes),
}
