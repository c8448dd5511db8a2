"""The jobs the page, a script or a shell can run: plain dict in, plain arrays and records out.

The only door to the outside (the page's worker and __main__); it knows nothing of JavaScript. The
lottery's jobs are in lottery.py, those of the four models in models.py, the generator's in
dataset.py and dataset_files.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

from mnist1d_lab.dataset.cache import made
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.jobs.progress import OnProgress

Job = Callable[[Mapping[str, Any], OnProgress], dict[str, Any]]


def dataset(args: Mapping[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Return a whole dataset: x and x_test float64 in row-major order, y and y_test int32, t.

    `shape` is x's (n_train, length); x_test has the same length. `args` are DatasetSpec's fields.
    """

    def report(done: int, total: int) -> None:
        on_progress({"done": done, "total": total, "records": [], "current": []})

    data = made(DatasetSpec.of(args), report)
    return {
        "x": data["x"].ravel(),
        "y": data["y"].astype(np.int32),
        "x_test": data["x_test"].ravel(),
        "y_test": data["y_test"].astype(np.int32),
        "t": data["t"],
        "shape": list(data["x"].shape),
    }


def digits(args: Mapping[str, Any], on_progress: OnProgress) -> dict[str, Any]:
    """Return the first example of each digit in a dataset, and the ten templates.

    x (10 * length) float64 row-major, t (length); template_x (10 * 12), template_t (12).
    """
    data = made(DatasetSpec.of(args))
    x, y = np.concatenate([data["x"], data["x_test"]]), np.concatenate([data["y"], data["y_test"]])
    first = [int(np.argmax(y == digit)) for digit in range(10)]
    return {
        "x": x[first].ravel(),
        "t": data["t"],
        "template_x": data["templates"]["x"].ravel(),
        "template_t": data["templates"]["t"],
    }


OURS = {"dataset": dataset, "digits": digits}
# The module of each other job is imported when one of them is first run: the page's first digits
# need the studio alone.
ELSEWHERE = {
    **dict.fromkeys(("parts", "stages", "overview"), "dataset"),
    **dict.fromkeys(("export", "code", "opened"), "dataset_files"),
    **dict.fromkeys(("train", "inspect"), "models"),
    **dict.fromkeys(("lottery", "plan", "presets", "calibrate", "arms", "arm"), "lottery"),
    **dict.fromkeys(("look", "adjacency", "ticket", "verdict"), "lottery"),
}
JOBS = (*OURS, *ELSEWHERE)


def _function(job: str) -> Job:
    if job in OURS:
        return OURS[job]
    there: Mapping[str, Job] = import_module(f"mnist1d_lab.jobs.{ELSEWHERE[job]}").JOBS
    return there[job]


def run(
    job: str, args: Mapping[str, Any] | None = None, on_progress: OnProgress = lambda _: None
) -> dict[str, Any]:
    """Run a job by name. Raises ValueError naming the field, the value and what is allowed."""
    if job not in JOBS:
        raise ValueError(f"job must be {', '.join(JOBS)}, got {job!r}")
    if not isinstance(args, Mapping | None):
        raise ValueError(f"args must be a dict of the job's fields, got {args!r}")
    return _function(job)(args or {}, on_progress)
