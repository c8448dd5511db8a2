"""The jobs of a network's weights: as a file with its spec, as lines that load it, and back."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist1d_lab.jobs.fields import required_bytes
from mnist1d_lab.jobs.inside import NetworkArgs
from mnist1d_lab.jobs.progress import Job, OnProgress
from mnist1d_lab.jobs.session import Session, model_of, network_of
from mnist1d_lab.jobs.weights_code import numpy_code, torch_code
from mnist1d_lab.jobs.weights_reader import read_network
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.split import split_of
from mnist1d_lab.types import Bytes, Network
from mnist1d_lab.validation import Spec


def _given(args: NetworkArgs) -> tuple[TrainSpec, Network]:
    """Return the network, and its spec: with the steps that are done, if any are."""
    spec = args.part(TrainSpec)
    if args.state is None:
        return spec, network_of(spec, None, args.weights)
    session = Session(spec, args.state)
    return dataclasses.replace(spec, steps=max(1, session.step)), session.network


def _name(spec: TrainSpec, network: Network) -> str:
    content = json.dumps(dataclasses.asdict(spec), sort_keys=True).encode()
    digest = hashlib.sha256(content + network.values.tobytes()).hexdigest()[:8]
    return f"mnist1d-lab_{spec.model}_{digest}.npz"


def weights(args: NetworkArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return a network as a file: `npz` (bytes, uint8), a `name` for it, and its `test_acc`.

    The archive has each parameter under PyTorch's name and shape, as linear1.weight, float32; the
    `spec` of its training as JSON, whose steps are those that are done; x_test (n, length) float32
    and y_test (n,) int32, on which the network is measured; and test_acc, in percent.
    """
    spec, network = _given(args)
    split = split_of(spec.dataset)
    _, accuracy = network.evaluate(split.x_test, split.y_test)
    arrays: dict[str, Any] = {
        **network.unpack(network.values),
        "spec": np.array(json.dumps(dataclasses.asdict(spec))),
        "x_test": np.ascontiguousarray(split.x_test.T), "y_test": split.y_test,
        "test_acc": np.array(accuracy),
    }  # fmt: skip
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    npz = np.frombuffer(file.getvalue(), np.uint8)
    return {"npz": npz, "name": _name(spec, network), "test_acc": accuracy}


def weights_code(args: NetworkArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return programs that load the file of `weights` and print its accuracy: `numpy`, `torch`.

    They need that file, by its `name`, and nothing else of this package.
    """
    spec, network = _given(args)
    name = _name(spec, network)
    return {"numpy": numpy_code(spec, name), "torch": torch_code(spec, name), "name": name}


@dataclass(frozen=True)
class WeightsFileArgs(Spec):
    """The bytes of a network's file."""

    file: Bytes = required_bytes()


def read_weights(args: WeightsFileArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return the `spec`, checked, and the `weights` of a network's `file` (bytes) of `weights`.

    The weights are bytes, uint8, as `inspect` takes them; `test_acc`, in percent, is measured anew
    on the spec's data. Raises ValueError for any other file, or one whose parameters have another
    shape or dtype than its spec says or are not finite.
    """
    spec, params = read_network(args.file)
    network = model_of(spec).network(params)
    split = split_of(spec.dataset)
    _, accuracy = network.evaluate(split.x_test, split.y_test)
    packed = network.values.astype("<f4").view(np.uint8)
    return {"spec": dataclasses.asdict(spec), "weights": packed, "test_acc": accuracy}


JOBS = {
    "weights": Job(NetworkArgs, weights),
    "weights_code": Job(NetworkArgs, weights_code),
    "read_weights": Job(WeightsFileArgs, read_weights),
}
