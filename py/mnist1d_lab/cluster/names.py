"""The name of a task, made of its spec: equal names have equal results. Runs nothing."""

from __future__ import annotations

from mnist1d_lab.jobs.ticket import PlanArmsArgs
from mnist1d_lab.lottery.spec import ArmSpec, result_key
from mnist1d_lab.validation import Spec


def name_of(job: str, spec: Spec) -> str:
    """Return the name of a task with this spec."""
    if isinstance(spec, PlanArmsArgs):
        return f"{job}-{result_key(spec.part(ArmSpec))}-{spec.datasets}"
    return f"{job}-{result_key(spec)}"  # type: ignore[arg-type]  # it takes any dataclass
