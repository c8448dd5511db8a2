"""The jobs of datasets as files, and as lines of Python that make them again. Generates nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from mnist1d_lab.dataset.cache import cached_dataset
from mnist1d_lab.dataset.generator import get_templates
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.jobs.dataset_reader import FORMAT, NotOursError, read_spec
from mnist1d_lab.jobs.fields import required_bytes
from mnist1d_lab.jobs.progress import Job, OnProgress, count_examples
from mnist1d_lab.types import Bytes
from mnist1d_lab.validation import Spec, choice, refuse

ARRAYS = ("x", "y", "x_test", "y_test", "t")


def _npz(spec: dict[str, Any], made: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    arrays = {name: made[name] for name in ARRAYS}
    np.savez_compressed(file, **arrays, spec=np.array(json.dumps(spec)))
    return file.getvalue()


def _csv(spec: dict[str, Any], made: dict[str, Any]) -> bytes:
    """One example a line: part, label, values; the spec is in the first line, after a #."""
    head = ["part", "label", *(f"x{i}" for i in range(len(made["t"])))]
    lines = [f"# {FORMAT} {json.dumps(spec)}", ",".join(head)]
    for part, x, y in (("train", made["x"], made["y"]), ("test", made["x_test"], made["y_test"])):
        for label, row in zip(y.tolist(), x.tolist(), strict=True):
            lines.append(f"{part},{label},{','.join(map(repr, row))}")
    return ("\r\n".join(lines) + "\r\n").encode()


def _json(spec: dict[str, Any], made: dict[str, Any]) -> bytes:
    arrays = {name: made[name].tolist() for name in ARRAYS}
    return json.dumps({"format": FORMAT, "spec": spec, **arrays}).encode()


WRITERS: dict[str, Callable[[dict[str, Any], dict[str, Any]], bytes]] = {
    "npz": _npz,
    "csv": _csv,
    "json": _json,
}


@dataclass(frozen=True)
class ExportArgs(DatasetSpec):
    """A dataset, and the form of its file."""

    form: str = choice("npz", *WRITERS)


def export(args: ExportArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return a dataset as a `file` (bytes, uint8) in `form` npz, csv or json, and a `name` for it.

    Each file has x, y, x_test, y_test (and t, but in the CSV) in full precision, and the whole
    spec.
    """
    spec, form = args.part(DatasetSpec), args.form
    fields = {k: v for k, v in dataclasses.asdict(spec).items() if (k, v) != ("source", "")}
    file = WRITERS[form](fields, cached_dataset(spec, count_examples(on_progress)))
    hashed = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:8]
    name = f"mnist1d-lab_{spec.own.name if spec.own else 'dataset'}_{hashed}.{form}"
    return {"file": np.frombuffer(file, np.uint8), "name": name}


def code(spec: DatasetSpec, on_progress: OnProgress) -> dict[str, Any]:
    """Return Python that makes this dataset: `lab` with ours, `reference` with PyPI's mnist1d.

    Of data of one's own both read the NPZ file that `export` makes.
    """
    if spec.source:
        lines = f'import numpy as np\ndata = np.load("{spec.own.name if spec.own else ""}.npz")\n'
        both = f'{lines}x, y, x_test, y_test = (data[k] for k in ("x", "y", "x_test", "y_test"))\n'
        return {"lab": both, "reference": both}
    defaults = dataclasses.asdict(DatasetSpec())
    changed = {k: v for k, v in dataclasses.asdict(spec).items() if v != defaults[k]}
    ours = repr(changed) if changed else ""
    theirs = {k: v for k, v in changed.items() if k != "templates"}
    view = f"ObjectView({{**get_dataset_args(as_dict=True), **{theirs}}})"
    rows = get_templates(spec.templates)["x"].tolist()
    template = f", template={{**get_templates(), 'x': np.array({rows})}}" if spec.templates else ""
    more = "import numpy as np\nfrom mnist1d.data import get_templates\n" if spec.templates else ""
    return {
        "lab": (
            f"from mnist1d_lab import make_dataset\ndata = make_dataset({ours})\n"
            'x, y, x_test, y_test = (data[k] for k in ("x", "y", "x_test", "y_test"))\n'
        ),
        "reference": (
            f"{more}from mnist1d.data import get_dataset_args, make_dataset\n"
            f"from mnist1d.utils import ObjectView\ndata = make_dataset({view}{template})\n"
        ),
    }


@dataclass(frozen=True)
class FileArgs(Spec):
    """The bytes of a dataset's file."""

    file: Bytes = required_bytes()


def read_dataset(args: FileArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return the `spec`, checked, of a dataset's `file` (bytes) that `export` made.

    Raises ValueError for any other file.
    """
    try:
        fields = read_spec(args.file.tobytes())
    except NotOursError:
        allowed = f"a dataset as this page saves it (NPZ, CSV or JSON: {FORMAT!r})"
        raise refuse("file", args.file, allowed) from None
    return {"spec": dataclasses.asdict(DatasetSpec.of(fields))}


JOBS = {
    "export": Job(ExportArgs, export),
    "code": Job(DatasetSpec, code, whole=False),
    "read_dataset": Job(FileArgs, read_dataset),
}
