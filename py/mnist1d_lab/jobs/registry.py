"""Runs a job by its name. What a job does is in its own module; nothing is computed here.

A job's module is imported when one of its jobs is first run: the page's first digits need the
generator alone, neither the models nor the lottery.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from mnist1d_lab.jobs import budget
from mnist1d_lab.validation import refuse

if TYPE_CHECKING:
    from mnist1d_lab.jobs.progress import Job, OnProgress

MODULES = {
    "dataset": ("dataset", "digits", "parts", "stages", "overview", "outlines"),
    "dataset_files": ("export", "code", "read_dataset"),
    "own_data": ("prepare_data", "open_data"),
    "models": ("train",),
    "inside": ("inspect", "classify"),
    "weights": ("weights", "weights_code", "read_weights"),
    "lottery": ("lottery", "plan", "presets", "calibrate"),
    "ticket": ("plan_arms", "arm", "masks", "adjacency", "ticket", "verdict"),
    "grid": ("plan_cell", "judge_cells"),
    "learning_rate": ("learn_rate", "rate_landscape", "judge_rates"),
    "double_descent": ("double_descent", "descent_verdict"),
    "hooks": ("hooks",),
    "self_supervised": ("contrast", "probe", "neighbours", "judge_probes"),
}
SPECS = frozenset(("spec", "parts", "args", "dataset", "lottery"))  # where a result has specs
ALIASES = {"look": "masks", "opened": "read_dataset", "arms": "plan_arms"}  # older names
JOBS = tuple(job for jobs in MODULES.values() for job in jobs)


def job_of(name: str) -> Job:
    """Return a job, from its module. Raises ValueError for a name that is no job's."""
    if not isinstance(name, str) or name not in JOBS:
        raise refuse("job", name, f"one of {', '.join(JOBS)}")
    module = next(module for module, names in MODULES.items() if name in names)
    jobs: Mapping[str, Job] = import_module(f"mnist1d_lab.jobs.{module}").JOBS
    return jobs[name]


def run(
    job: str, args: Mapping[str, Any] | None = None, on_progress: OnProgress = lambda _: None
) -> dict[str, Any]:
    """Run a job by its name, or by an older name of it.

    `args` are the job's fields; the result is a plain dict of numbers, texts, arrays and records.
    `on_progress` gets a dict with `done`, `total`, `records` and `current` while a job trains or
    makes many examples. Raises BadValueError, a ValueError with `field`, `value` and `allowed`.

    >>> from mnist1d_lab import jobs
    >>> found = jobs.run("train", {"model": "logistic", "steps": 20, "eval_every": 10})
    >>> [record["step"] for record in found["records"]]
    [0, 10, 20]
    """
    known = job_of(ALIASES.get(job, job) if isinstance(job, str) else job)
    if not isinstance(args, Mapping | None):
        raise refuse("args", args, "a dict of the job's fields")
    checked = known.args.of(args or {})
    if known.whole:
        budget.check(checked)
    result: dict[str, Any] = _without_usual_source(known.function(checked, on_progress))
    return result


def _without_usual_source(value: Any) -> Any:
    """Return a result whose specs name no source if the data are the generator's.

    The field is younger than scripts that compare specs: the generator's results stay as they were.
    """
    if isinstance(value, list):
        return [_without_usual_source(one) for one in value]
    if not isinstance(value, dict):
        return value
    usual = isinstance(value.get("source"), str) and not value["source"]
    kept = {name: one for name, one in value.items() if not (usual and name == "source")}
    for name in SPECS & kept.keys():
        kept[name] = _without_usual_source(kept[name])
    return kept
