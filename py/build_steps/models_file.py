"""Makes `models.json` and `sweeps.json`, of the four models, of their sweeps."""

from __future__ import annotations

import dataclasses
import statistics
from pathlib import Path

from build_steps import read
from build_steps.swept import FORMAT, Record, Swept, table
from mnist1d_lab import __version__
from mnist1d_lab.models.spec import MODELS

PEER = Path(__file__).resolve().parents[2] / "tests" / "parity" / "torch_models.json"
MEASURED = ("train_loss", "train_acc", "test_loss", "test_acc")


def make(swept: Swept) -> Record:
    """Return the learning curves of all trainings, and PyTorch's accuracies."""
    rows = []
    for task, found in swept.found():
        shuffled = task.labels["dataset.shuffle_seq"]
        for record in found.records:
            about = {
                "arm": record["arm"], "condition": "shuffled" if shuffled else "plain",
                "trial": task.labels["trial"], "step": record["step"],
            }  # fmt: skip
            rows.append({**about, **_measured(record)})
    peer = read.json(PEER)  # the same protocol in PyTorch, made by hand: see make_torch_models.py
    return {**_file(swept, rows), "peer": peer["test_acc"]}


def make_sweeps(swept: Swept) -> Record:
    """Return the last accuracies of each model at each value of each block's field."""
    rows = []
    for block in swept.sweep.blocks:
        for task, found in swept.found(block):
            last, value = found.records[-1], task.labels[f"dataset.{block.name}"]
            about = {"arm": last["arm"], "field": block.name, "value": value}
            rows.append({**about, "trial": task.labels["trial"], **_measured(last)})
    return _file(swept, rows)


def _measured(record: Record) -> Record:
    return {name: record[name] for name in MEASURED}


def _file(swept: Swept, rows: list[Record]) -> Record:
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(swept.spec),  # type: ignore[call-overload]  # a dataclass
        "seeds": swept.seeds,
        "records": table(rows),
    }


def report(made: Record) -> None:
    """Print the accuracies after the last step."""
    columns = made["records"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in made["records"]["rows"]]
    for model in MODELS:
        for condition in ("plain", "shuffled"):
            wanted = model, condition, made["spec"]["steps"]
            final = [
                row["test_acc"] for row in rows
                if (row["arm"], row["condition"], row["step"]) == wanted
            ]  # fmt: skip
            spread = f"mean {statistics.mean(final):.2f}, deviation {statistics.stdev(final):.2f}"
            print(f"  {model}, {condition}: {spread}, n = {len(final)}")


def report_sweeps(made: Record) -> None:
    """Print how much there is: the figure shows what it says."""
    print(f"  {len(made['records']['rows'])} trainings")
