"""Runs a job by its name. What a job does is in its own module; nothing is computed here.

A job's module is imported when one of its jobs is first run: the page's first digits need the
generator alone, neither the models nor the lottery.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mnist1d_lab.jobs.progress import Job, OnProgress

MODULES = {
    "dataset": ("dataset", "digits", "parts", "stages", "overview", "outlines"),
    "dataset_files": ("export", "code", "read_dataset"),
    "models": ("train",),
    "inside": ("inspect", "classify"),
    "lottery": ("lottery", "plan", "presets", "calibrate"),
    "ticket": ("plan_arms", "arm", "masks", "adjacency", "ticket", "verdict"),
    "grid": ("plan_cell", "judge_cells"),
}
ALIASES = {"look": "masks", "opened": "read_dataset", "arms": "plan_arms"}  # older names
JOBS = tuple(job for jobs in MODULES.values() for job in jobs)


def _function(job: str) -> Job:
    name = next(module for module, jobs in MODULES.items() if job in jobs)
    functions: Mapping[str, Job] = import_module(f"mnist1d_lab.jobs.{name}").JOBS
    return functions[job]


def run(
    job: str, args: Mapping[str, Any] | None = None, on_progress: OnProgress = lambda _: None
) -> dict[str, Any]:
    """Run a job by its name, or by an older name of it.

    `args` are the job's fields; the result is a plain dict of numbers, texts, arrays and records.
    `on_progress` gets a dict with `done`, `total`, `records` and `current` while a job trains or
    makes many examples. Raises ValueError naming the field, the value and what is allowed.
    """
    name = ALIASES.get(job, job)
    if name not in JOBS:
        raise ValueError(f"job must be {', '.join(JOBS)}, got {job!r}")
    if not isinstance(args, Mapping | None):
        raise ValueError(f"args must be a dict of the job's fields, got {args!r}")
    return _function(name)(args or {}, on_progress)
