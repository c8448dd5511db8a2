"""Splits an experiment into tasks, one a trial and setting, each with a name. Runs none.

Equal names have equal results, wherever they are run: the name is made of the spec.
"""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.cluster.kinds import KINDS, Kind
from mnist1d_lab.cluster.names import name_of
from mnist1d_lab.dataset.spec import MAX_SEED
from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.validation import refuse

Fields = Mapping[str, Any]
MOST_TASKS = 1_000_000
LONGEST = 80  # letters of a setting's name


@dataclass(frozen=True)
class Task:
    """One trial of one setting.

    `args` are plain: what the job is called with. `labels` go into each record: the trial, and the
    values of the grid; `setting` names those, as a folder is named.
    """

    name: str
    job: str
    args: dict[str, Any]
    labels: dict[str, Any]
    setting: str = "all"


def put(fields: dict[str, Any], path: str, value: Any) -> None:
    """Set a field by its path, as `dataset.seed`."""
    *folders, last = path.split(".")
    for folder in folders:
        inner = fields.setdefault(folder, {})
        if not isinstance(inner, dict):
            raise refuse(path, value, f"a field of {folder}, which must be a dict")
        fields = inner
    fields[last] = value


def kind_of(job: str) -> Kind:
    """Return how a job becomes tasks. Raises ValueError if it is none that does."""
    if job not in KINDS:
        raise refuse("job", job, f"one of {', '.join(KINDS)}")
    return KINDS[job]


def trials(
    job: str, fields: Fields, seeds: Sequence[int], labels: Fields | None = None
) -> list[Task]:
    """Return one task a seed, trial 0 the first.

    Raises ValueError for fields that make no sense, or for `trials`, which the seeds say.
    """
    made, setting = [], setting_of(labels or {})
    kind = kind_of(job)
    for trial, seed in enumerate(seeds):
        given = _copied(fields)
        put(given, kind.seed, seed)
        if kind.trials:
            put(given, kind.trials, 1)
        spec = kind.spec.of(given)
        about = {**(labels or {}), "trial": trial}
        made.append(Task(name_of(job, spec), job, dataclasses.asdict(spec), about, setting))  # type: ignore[call-overload]
    return made


def _copied(fields: Fields) -> dict[str, Any]:
    return {k: _copied(v) if isinstance(v, Mapping) else v for k, v in fields.items()}


def searches_of(spec: LotterySpec) -> list[Task]:
    """Return a task for each trial of a search."""
    return [
        Task(name_of("lottery", part), "lottery", dataclasses.asdict(part), {"trial": trial})
        for trial, part in enumerate(spec.parts())
    ]


def setting_of(labels: Fields) -> str:
    """Return a name for values of a grid, as any file system takes it; others have others."""
    text = "_".join(f"{name}-{value}" for name, value in labels.items()) or "all"
    clean = re.sub(r"[^\w.-]+", "-", text)[:LONGEST]
    mark = hashlib.sha256(json.dumps(labels, sort_keys=True).encode()).hexdigest()[:8]
    return clean if clean == text else f"{clean}-{mark}"


def settings(grid: Mapping[str, Sequence[Any]]) -> Iterable[dict[str, Any]]:
    """Yield every setting of a grid, the last field fastest."""
    for values in itertools.product(*grid.values()):
        yield dict(zip(grid, values, strict=True))


def seeds_of(text: Any) -> range:
    """Read seeds: `0:20` (0 to 19), or one whole number."""
    allowed = f"like 0:20 (0 to 19), or one whole number, up to {MAX_SEED} and {MOST_TASKS} of them"
    parts = str(text).split(":")
    if len(parts) > 2 or not all(part.isdecimal() and len(part) <= 10 for part in parts):
        raise refuse("seeds", text, allowed)
    first, end = int(parts[0]), int(parts[1]) if parts[1:] else int(parts[0]) + 1
    if not 0 < end - first <= MOST_TASKS or end - 1 > MAX_SEED:
        raise refuse("seeds", text, allowed)
    return range(first, end)
