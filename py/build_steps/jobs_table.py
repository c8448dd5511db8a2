"""Prints the tables of jobs and of specs that stand in py/mnist1d_lab/README.md.

Run with the project's Python, as `python -m build_steps.jobs_table`; generate.py does that. All of
it comes from the declarations that check the arguments: it decides nothing.
"""

import dataclasses
import sys
from collections.abc import Iterator
from typing import Any

from mnist1d_lab import jobs
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.jobs.grid import CellSpec
from mnist1d_lab.jobs.registry import job_of
from mnist1d_lab.learning_rate.spec import RateSpec
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.self_supervised.spec import ContrastSpec
from mnist1d_lab.validation import Spec

SPECS = (DatasetSpec, TrainSpec, LotterySpec, ArmSpec, CellSpec, RateSpec, ContrastSpec)


def fields(kind: type[Spec]) -> Iterator[tuple[str, str, Any]]:
    """Yield name, what is allowed, and default of each field of a spec."""
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        yield field.name, field.metadata["allowed"], field.default


def takes(args: type[Spec]) -> str:
    """Return the arguments of a job: its spec, and those beside it."""
    spec = next((kind for kind in SPECS if issubclass(args, kind)), None)
    own = {field.name for field in dataclasses.fields(spec)} if spec else set()
    beside = [f"`{name}`: {allowed}" for name, allowed, _ in fields(args) if name not in own]
    return "; ".join([*([f"`{spec.__name__}`"] if spec else []), *beside]) or "nothing"


def gives(function: Any) -> str:
    """Return the first paragraph of a job's docstring as one line."""
    return " ".join((function.__doc__ or "").split("\n\n")[0].split())


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _default(value: Any) -> str:
    return "" if isinstance(value, Spec) else f"`{value!r}`"


def table_of(kind: type[Spec]) -> str:
    """Return the fields of one spec as a table."""
    rows = [
        _row(f"`{name}`", allowed, _default(default)) for name, allowed, default in fields(kind)
    ]
    head = (_row("field", "allowed", "default"), _row("---", "---", "---"))
    return "\n".join([*head, *rows]) + "\n"


def text() -> str:
    """Return both tables."""
    lines = [_row("job", "takes", "does"), _row("---", "---", "---")]
    for name in jobs.JOBS:
        job = job_of(name)
        lines.append(_row(f"`{name}`", takes(job.args), gives(job.function)))
    lines += ["", _row("spec", "field", "allowed", "default"), _row("---", "---", "---", "---")]
    for kind in SPECS:
        lines += [
            _row(f"`{kind.__name__}`", f"`{name}`", allowed, _default(default))
            for name, allowed, default in fields(kind)
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(text())
