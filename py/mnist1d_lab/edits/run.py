"""Runs a job with somebody's code at its hooks; what it finds is marked as edited.

The compiled kernels compute all that is not edited: only a network of one's own needs NumPy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any

from mnist1d_lab import kernels
from mnist1d_lab.edits.errors import EditError, from_exception
from mnist1d_lab.edits.model import model_of
from mnist1d_lab.edits.optimizer import optimizer_of
from mnist1d_lab.edits.search_rules import rules_of
from mnist1d_lab.edits.stage import stage_of
from mnist1d_lab.edits.texts import Names, load
from mnist1d_lab.jobs import budget
from mnist1d_lab.jobs.progress import Hooks, OnProgress
from mnist1d_lab.jobs.registry import JOBS, job_of
from mnist1d_lab.validation import BadValueError, refuse

# What a training or a search that goes on would need, and edited ones do not keep.
NOT_OF_OWN = {
    "stage": "no generator made them",
    "model": "a network of the editor has ten outputs",
}
GOING_ON = ("checkpoint", "found", "state", "until")


def name_of(edits: Mapping[str, str]) -> str:
    """Return the short name of edits: 8 hex digits, the same for the same texts."""
    text = json.dumps(dict(edits), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def run(
    job: str,
    args: Mapping[str, Any] | None,
    edits: Mapping[str, str],
    on_progress: OnProgress = lambda _: None,
) -> dict[str, Any]:
    """Run a job as `jobs.run` does, with these texts by the names of hooks.

    The result, and each record, has `edited`, the short name of the texts; the result also has
    `edits`, the texts. Without texts it is `jobs.run`. Raises EditError for what is
    wrong with a text, and BadValueError for what is wrong with the arguments.

    >>> from mnist1d_lab import edits
    >>> rule = "def schedule(level, spec): return 0.5"
    >>> args = {"trials": 1, "levels": 1, "steps": 2, "hidden": 10}
    >>> found = edits.run("lottery", args, {"schedule": rule})
    >>> round(found["records"][-1]["sparsity"], 2)
    0.5
    """
    known = job_of(job)
    for hook in edits:
        if hook not in known.hooks:
            takers = ", ".join(one for one in JOBS if hook in job_of(one).hooks)
            raise refuse("job", job, f"one that takes the edit {hook!r}: {takers or 'none does'}")
    for name in GOING_ON:
        if (args or {}).get(name) is not None:
            raise refuse(name, (args or {})[name], "left out where code is edited")
    checked = known.args.of(args or {})
    if known.whole:
        budget.check(checked)
    _require_takers(edits, getattr(checked, "dataset", checked))
    mark = name_of(edits)

    def told(news: dict[str, Any]) -> None:
        lists = [name for name in ("records", "current") if name in news]
        on_progress(news | {name: _marked(news[name], mark) for name in lists})

    with kernels.using("numpy") if "model" in edits else nullcontext():
        try:
            names = {hook: load(hook, text) for hook, text in edits.items()}
            result = known.function(checked, told, _hooks(names)) if edits else (
                known.function(checked, told)
            )  # fmt: skip
        except (EditError, BadValueError):
            raise
        except Exception as error:
            if (theirs := from_exception(error)) is None:
                raise
            raise theirs from error
    if "records" in result:
        result = {**result, "records": _marked(result["records"], mark)}
    return {**result, "edited": mark, "edits": dict(edits)}


def _require_takers(edits: Mapping[str, str], dataset: Any) -> None:
    """Raise EditError for a hook that data of one's own do not have."""
    if not dataset.source:
        return
    for hook, why in NOT_OF_OWN.items():
        if hook in edits:
            raise EditError(hook, "ValueError", f"not with data of your own: {why}.", None)


def _hooks(names: dict[str, Names]) -> Hooks:
    """Return the hooks of a job; those without a text stay ours."""
    return Hooks(
        stage_of(names["stage"]) if "stage" in names else None,
        model_of(names["model"]) if "model" in names else None,
        optimizer_of(names["optimizer"]) if "optimizer" in names else None,
        rules_of(names),
    )


def _marked(records: list[dict[str, Any]], mark: str) -> list[dict[str, Any]]:
    return [{**record, "edited": mark} for record in records]
