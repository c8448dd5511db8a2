"""Makes the many-seed results of the comparison of pooling that the page ships. Run by build.py.

Usage: make_pooling.py KEPT OUT

The reference's protocol (notebooks/benchmark_pooling.ipynb): 1000 test examples, training sets of
1000 to 50 000, Adam at 0.01, batches of 100 in order, 6000 steps whatever the size; and beside it
as many epochs whatever the size. Trial t has its own initial weights and its own data. Every
finished training is kept in KEPT under what determines it; a second call goes on from there.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from build_steps import content_hash
from build_steps.kept_parts import keep, load
from build_steps.make_results import folders, publish
from build_steps.swept import FORMAT, table
from mnist1d_lab import __version__, jobs
from mnist1d_lab.intervals import interval
from mnist1d_lab.models.pooling_study import BUDGETS, PUBLISHED, SIZES, study_spec
from mnist1d_lab.models.spec import POOLING, TrainSpec

# Trials by size of the training set.
TRIALS = {1000: 3, 2000: 3, 5000: 3, 10_000: 3, 20_000: 3, 50_000: 3}
MEASURED = ("train_loss", "train_acc", "test_loss", "test_acc")
Record = dict[str, Any]


def train(spec: TrainSpec, folder: Path) -> Record:
    """Return the last record of a training, running it unless it is kept."""
    fields = dataclasses.asdict(spec)
    key = content_hash.key(json.dumps(fields, sort_keys=True))[:12]
    path = folder / f"pooling-{key}" / "record.json"
    if (kept := load(path)) is None:
        kept = jobs.run("train", fields)["records"][-1]
        keep(path, kept)
        size = spec.dataset.parts[0]
        found = f"{kept['test_acc']:.1f} %"
        print(f"seed {spec.seed}: {spec.model}, {size}, {spec.steps} steps: {found}", flush=True)
    return dict(kept)


def cells() -> Iterator[tuple[str, int, int, str]]:
    """Yield protocol, size, trial and model of all trainings, trial by trial."""
    for trial in range(max(TRIALS.values())):
        for size in SIZES:
            for protocol in BUDGETS:
                if trial < TRIALS[size]:
                    yield from ((protocol, size, trial, model) for model in POOLING)


def make(folder: Path) -> Record:
    """Return the results file."""
    rows = []
    for protocol, size, trial, model in cells():
        spec = study_spec(model, size, protocol, BUDGETS[protocol], trial)
        last = train(spec, folder)
        about = {"arm": model, "protocol": protocol, "value": size, "trial": trial}
        rows.append({**about, "steps": spec.steps, **{name: last[name] for name in MEASURED}})
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(study_spec("max_pool", 1000, "steps", BUDGETS["steps"], 0)),
        "budgets": BUDGETS,
        "seeds": list(range(max(TRIALS.values()))),
        "records": table(rows),
    }


def lead(rows: list[Record], protocol: str, size: int, model: str = "max_pool") -> list[float]:
    """Return by trial a model's test accuracy minus that of no_pool, in points."""
    found = {
        (row["arm"], row["trial"]): row["test_acc"]
        for row in rows
        if (row["protocol"], row["value"]) == (protocol, size)
    }
    trials = [trial for arm, trial in found if arm == model and ("no_pool", trial) in found]
    return [found[model, trial] - found["no_pool", trial] for trial in trials]


def told(made: Record) -> list[str]:
    """Say for each protocol and size how far max pooling is ahead of no pooling."""
    columns = made["records"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in made["records"]["rows"]]
    lines = []
    for protocol in BUDGETS:
        for at, size in enumerate(SIZES):
            mean, low, high = interval(leads := lead(rows, protocol, size))
            stored = PUBLISHED["max_pool"][at] - PUBLISHED["no_pool"][at]
            beside = f", published {stored:+.1f}" if protocol == "steps" else ""
            lines.append(
                f"equal {protocol}, {size}: max - none {mean:+.2f} [{low:+.2f}, {high:+.2f}], "
                f"n = {len(leads)}{beside}"
            )
    return lines


def main() -> None:
    """Make the set, and print what it says."""
    kept, out = folders()
    made = make(kept)
    publish(out / "pooling.json", made)
    print(*(f"  {line}" for line in told(made)), sep="\n")


if __name__ == "__main__":
    main()
