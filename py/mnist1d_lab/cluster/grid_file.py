"""Grid files: an experiment, the seeds of its trials and the values of some fields. Runs nothing.

job: lottery            # lottery, train, arms or cells: see kinds.py
preset: quick           # of the search
seeds: 0:20
set: {steps: 500}       # fields of the job's spec, `a.b` for those of a field
grid: {hidden: [100, 200], dataset.corr_noise_scale: [0.25, 0.5]}

A file may have a list of such blocks instead, each with a `name`: `block` in its records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mnist1d_lab.cluster.kinds import KINDS
from mnist1d_lab.cluster.tasks import MOST_TASKS, Task, put, seeds_of, settings, trials
from mnist1d_lab.validation import RefusedError, Spec, checked, choice, refuse


def _named(value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(name, str) for name in value):
        raise RefusedError("fields and their values")
    return dict(value)


def _lists(value: Any) -> dict[str, list[Any]]:
    lists = _named(value)
    if not all(isinstance(one, list) and one for one in lists.values()):
        raise RefusedError("fields, each with a list of values")
    return lists


def _text(value: Any) -> str:
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise RefusedError("like 0:20")
    return str(value)


@dataclass(frozen=True)
class Block(Spec):
    """What a grid file asks for, or one block of it."""

    job: str = choice("lottery", *KINDS)
    preset: str = checked("", _text, "a preset of the search")
    seeds: str = checked("0:1", _text, "like 0:20")
    set: Mapping[str, Any] = checked((), lambda value: _named(value or {}))
    grid: Mapping[str, list[Any]] = checked((), lambda value: _lists(value or {}))
    name: str = checked("", _text, "text")

    def fields(self, point: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of the job's spec at one point of the grid."""
        fields: dict[str, Any] = {}
        if self.preset:
            put(fields, KINDS[self.job].preset, self.preset)
        for path, value in {**self.set, **point}.items():
            put(fields, path, value)
        return fields

    def tasks(self) -> list[Task]:
        """Return all tasks, the trials of a point together. Raises ValueError for bad fields."""
        seeds, points = seeds_of(self.seeds), list(settings(self.grid))
        if len(points) * len(seeds) > MOST_TASKS:
            raise refuse("grid", len(points) * len(seeds), f"at most {MOST_TASKS} tasks")
        made: dict[str, Task] = {}
        block = {"block": self.name} if self.name else {}
        for point in points:
            for task in trials(self.job, self.fields(point), seeds, {**block, **_labels(point)}):
                if task.name in made:
                    raise refuse("grid", point, f"settings that differ ({task.name} comes twice)")
                made[task.name] = task
        return list(made.values())


@dataclass(frozen=True)
class Sweep:
    """What a grid file asks for: its blocks."""

    blocks: list[Block]

    @classmethod
    def of(cls, content: Any, file: str) -> Sweep:
        """Check what a file holds: one block, or a list of several whose names differ."""
        several = isinstance(content, list) and content
        blocks = content if several else [content]
        if not all(isinstance(block, Mapping) for block in blocks):
            raise refuse(file, content, "a grid file: job, preset, seeds, set and grid")
        made = [Block.of(block) for block in blocks]
        names = [block.name for block in made]
        if several and ("" in names or len(set(names)) < len(names)):
            raise refuse("name", names, "given for each block, and no two the same")
        return cls(made)

    def tasks(self) -> list[Task]:
        """Return all tasks, block by block. Raises ValueError for bad fields."""
        return [task for block in self.blocks for task in block.tasks()]


def _labels(point: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of the grid as columns of records: a column holds no list."""
    return {
        path: value if isinstance(value, str | int | float) else json.dumps(value)
        for path, value in point.items()
    }


def read_grid(path: Path) -> Sweep:
    """Read a grid file, YAML or JSON. Raises ValueError for what makes no sense in it."""
    text = path.read_text(encoding="utf-8")
    try:
        content = json.loads(text) if path.suffix == ".json" else _yaml(text, path)
    except json.JSONDecodeError as error:
        raise refuse(path.name, str(error), "JSON") from None
    return Sweep.of(content, path.name)


def _yaml(text: str, path: Path) -> Any:
    try:
        import yaml
    except ImportError:
        install = 'JSON, or pip install "mnist1d-lab[desk]" for YAML'
        raise refuse("the grid file", path.name, install) from None

    class Loader(yaml.SafeLoader):
        """YAML but for its clock times: to YAML 1.1, 0:20 is the number 20."""

    plain = [(tag, regexp) for tag, regexp in yaml.SafeLoader.yaml_implicit_resolvers["0"]]
    clock = re.compile(r"[0-9]+(:[0-9]+)+")
    Loader.yaml_implicit_resolvers = dict(yaml.SafeLoader.yaml_implicit_resolvers)
    for digit in "0123456789":
        Loader.yaml_implicit_resolvers[digit] = [("tag:yaml.org,2002:str", clock), *plain]
    try:
        return yaml.load(text, Loader)
    except yaml.YAMLError as error:
        raise refuse(path.name, str(error), "YAML") from None
