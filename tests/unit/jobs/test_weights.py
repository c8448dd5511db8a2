"""A network taken away: the copied lines measure it alike, it comes back, mangled files do not."""

import ast
import io
import json
import re
import subprocess
import sys
import zipfile
from typing import Any

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.models.spec import POOLING, TrainSpec
from mnist1d_lab.validation import BadValueError

PLAIN: dict[str, Any] = {"dataset": {"num_samples": 300}, "steps": 60, "eval_every": 60}
NETWORKS: dict[str, dict[str, Any]] = {
    "logistic": {"model": "logistic"},
    "mlp": {"hidden": 12},
    "deep mlp": {"hidden": 12, "depth": 4, "optimizer": "momentum", "label_noise": 0.1},
    "shallow mlp": {"hidden": 12, "depth": 1, "init": "kaiming_normal"},
    "cnn": {"model": "cnn"},
    "gru": {"model": "gru"},
    **{name: {"model": name} for name in POOLING},
}


@pytest.fixture(scope="module", params=NETWORKS)
def saved(request):
    """The arguments that name a trained network, its last record, its file."""
    args = {**PLAIN, **NETWORKS[request.param]}
    part = jobs.run("train", {**args, "until": args["steps"]})
    args = {**args, "state": part["state"].tobytes()}
    return args, part["records"][-1], jobs.run("weights", args)


def test_the_numpy_lines_print_the_accuracy_of_the_record(saved, tmp_path):
    args, record, file = saved
    (tmp_path / file["name"]).write_bytes(file["npz"].tobytes())
    lines = jobs.run("weights_code", args)["numpy"]
    assert len(lines.splitlines()) <= 20
    alone = subprocess.run(  # without this package: -I reads no PYTHONPATH
        [sys.executable, "-I", "-c", lines],
        cwd=tmp_path, capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert alone.stdout == f"{record['test_acc']:.2f} % of the test examples right\n"
    assert alone.stderr == ""


def test_the_torch_lines_load_every_parameter_by_its_name(saved):
    args, _, file = saved
    lines = jobs.run("weights_code", args)["torch"]
    ast.parse(lines)
    assert f'np.load("{file["name"]}")' in lines
    with np.load(io.BytesIO(file["npz"].tobytes())) as arrays:
        layers = {name.partition(".")[0] for name in arrays.files if "." in name}
    made = set(re.findall(r"self\.(\w+) = nn\.", lines))
    if "setattr" in lines:  # conv1, conv2, … and linear1, linear2, …
        made |= {layer for layer in layers if f'f"{layer[:-1]}{{k}}"' in lines}
    assert made == layers


def test_a_file_has_the_names_and_shapes_of_pytorch_and_comes_back(saved):
    args, record, file = saved
    with np.load(io.BytesIO(file["npz"].tobytes())) as arrays:
        spec = TrainSpec.of(json.loads(str(arrays["spec"])))
        assert {arrays[name].dtype for name in arrays.files if "." in name} == {np.dtype("<f4")}
        assert float(arrays["test_acc"]) == record["test_acc"] == file["test_acc"]
        shapes = {name: arrays[name].shape for name in arrays.files if "." in name}
    if args.get("depth") == 4:
        assert shapes["linear1.weight"] == (12, 40)
        assert shapes["linear5.weight"] == (10, 12)
        assert len(shapes) == 10
    back = jobs.run("read_weights", {"file": file["npz"]})
    assert TrainSpec.of(back["spec"]) == spec
    assert back["test_acc"] == record["test_acc"]
    seen, expected = (
        jobs.run("inspect", one)
        for one in ({**back["spec"], "weights": back["weights"].tobytes()}, args)
    )
    assert (seen["probabilities"] == expected["probabilities"]).all()


def test_a_paused_training_is_saved_with_the_steps_that_are_done():
    part = jobs.run("train", {**PLAIN, "hidden": 5, "until": 7})
    file = jobs.run("weights", {**PLAIN, "hidden": 5, "state": part["state"].tobytes()})
    assert jobs.run("read_weights", {"file": file["npz"]})["spec"]["steps"] == 7


# ---- mangled files ----------------------------------------------------------------------------

SMALL = {**PLAIN, "hidden": 5}
NOT_OURS = r"file must be a network as this page saves it \(NPZ, with its spec\), got \d+ bytes"


def arrays_of(**changes: Any) -> dict[str, Any]:
    with np.load(io.BytesIO(jobs.run("weights", SMALL)["npz"].tobytes())) as file:
        arrays = {**file, **changes}
    return {name: array for name, array in arrays.items() if array is not None}


def packed(arrays: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def spec_with(**changes: Any) -> Any:
    return np.array(json.dumps({**json.loads(str(arrays_of()["spec"])), **changes}))


def with_member(name: str, content: bytes) -> bytes:
    """The file with one member replaced by these bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(arrays_of()))) as old, zipfile.ZipFile(file, "w") as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return file.getvalue()


WEIGHT = "linear2.weight"
MANGLED: dict[str, tuple[Any, str]] = {
    "empty": (lambda: b"", NOT_OURS),
    "text": (lambda: b"hello", NOT_OURS),
    "a zip that is cut": (lambda: packed(arrays_of())[:-30], NOT_OURS),
    "a dataset": (lambda: jobs.run("export", {"num_samples": 20})["file"].tobytes(), NOT_OURS),
    "a dataset as JSON": (
        lambda: jobs.run("export", {"num_samples": 20, "form": "json"})["file"].tobytes(),
        NOT_OURS,
    ),
    "without a spec": (lambda: packed(arrays_of(spec=None)), NOT_OURS),
    "a spec that is no JSON": (lambda: packed(arrays_of(spec=np.array("{"))), NOT_OURS),
    "a pickled spec": (
        lambda: packed(arrays_of(spec=np.array({"model": "mlp"}, object))),
        NOT_OURS,
    ),
    "a spec of another width": (
        lambda: packed(arrays_of(spec=spec_with(hidden=6))),
        r"linear1.weight of the file must be float32 \(6, 40\), as its spec says, .* \(5, 40\)'?",
    ),
    "a spec of another model": (
        lambda: packed(arrays_of(spec=spec_with(model="gru", hidden=100))),
        r"gru.weight_ih_l0 of the file must be float32 \(18, 1\), as its spec says, got None",
    ),
    "a spec with a strange field": (
        lambda: packed(arrays_of(spec=spec_with(wings=2))),
        r"wings must be left out .*",
    ),
    "a spec too big": (
        lambda: packed(arrays_of(spec=spec_with(steps=10**9, hidden=2000))),
        r"steps must be lower: .*",
    ),
    "another shape": (
        lambda: packed(arrays_of(**{WEIGHT: np.zeros((5, 4), np.float32)})),
        r"linear2.weight of the file must be float32 \(5, 5\), as its spec says, .*\(5, 4\)'?",
    ),
    "another dtype": (
        lambda: packed(arrays_of(**{WEIGHT: np.zeros((5, 5))})),
        r"linear2.weight of the file must be float32 \(5, 5\), .* got 'float64 \(5, 5\)'",
    ),
    "objects": (
        lambda: packed(arrays_of(**{WEIGHT: np.full((5, 5), None)})),
        r"linear2.weight of the file must be float32 \(5, 5\), .*",
    ),
    "larger than it should be": (
        lambda: packed(arrays_of(**{WEIGHT: np.zeros((500, 500), np.float32)})),
        r"linear2.weight of the file must be float32 \(5, 5\), .* got '1000128 bytes'",
    ),
    "not a number": (
        lambda: packed(arrays_of(**{WEIGHT: np.full((5, 5), np.nan, np.float32)})),
        r"linear2.weight of the file must be finite numbers, got nan",
    ),
    "infinite": (
        lambda: packed(arrays_of(**{WEIGHT: np.full((5, 5), -np.inf, np.float32)})),
        r"linear2.weight of the file must be finite numbers, got -inf",
    ),
    "a parameter missing": (
        lambda: packed(arrays_of(**{WEIGHT: None})),
        r"linear2.weight of the file must be float32 \(5, 5\), as its spec says, got None",
    ),
    "a parameter that is no array": (
        lambda: with_member(f"{WEIGHT}.npy", b"numbers"),
        r"linear2.weight of the file must be float32 \(5, 5\), .* got 'what NumPy cannot read'",
    ),
    "a parameter cut short": (
        lambda: with_member(f"{WEIGHT}.npy", _npy(np.zeros((5, 5), np.float32))[:-4]),
        r"linear2.weight of the file must be float32 \(5, 5\), .*",
    ),
    "columns before rows": (
        lambda: packed(arrays_of(**{WEIGHT: np.asfortranarray(np.ones((5, 5), np.float32))})),
        r"linear2.weight of the file must be float32 \(5, 5\), .*",
    ),
}


def _npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


@pytest.mark.parametrize("kind", MANGLED)
def test_a_mangled_file_gets_one_sentence(kind):
    make, sentence = MANGLED[kind]
    with pytest.raises(BadValueError, match=rf"^{sentence}$") as caught:
        jobs.run("read_weights", {"file": make()})
    assert len(str(caught.value)) < 250
    assert "\n" not in str(caught.value)


def test_the_file_they_are_made_of_is_read():
    assert jobs.run("read_weights", {"file": packed(arrays_of())})["spec"]["hidden"] == 5
