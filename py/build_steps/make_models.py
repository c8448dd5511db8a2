"""Makes the many-seed results of the four models that the page ships. Run by build.py.

Usage: make_models.py KEPT OUT

The published protocol: the published data, plain and shuffled, 6000 steps, one seed a training.
Every finished training is kept in KEPT under what determines it; a second call goes on where the
first one stopped. The same job and the same kernels, and so the same numbers, as in the page.
"""

import dataclasses
import json
import statistics
from pathlib import Path
from typing import Any

from build_steps import content_hash, read
from build_steps.make_results import FORMAT, folders, keep, load, publish, table
from mnist1d_lab import __version__, jobs
from mnist1d_lab.models.spec import MODELS, SWEEPS, TrainSpec

SEEDS = 20
SPEC = TrainSpec(steps=6000, eval_every=250)
PEER = Path(__file__).resolve().parents[2] / "tests" / "parity" / "torch_models.json"
SWEEP_SEEDS = 5
SWEEP = TrainSpec(steps=2000, eval_every=2000)
MEASURED = ("train_loss", "train_acc", "test_loss", "test_acc")
Record = dict[str, Any]


def train(spec: TrainSpec, folder: Path) -> list[Record]:
    """Return a training's records, running it unless it is kept."""
    text = json.dumps(dataclasses.asdict(spec), sort_keys=True)
    path = folder / f"model-{content_hash.key(text)[:12]}" / "records.json"
    if (kept := load(path)) is None:
        kept = jobs.run("train", dataclasses.asdict(spec))["records"]
        keep(path, kept)
        print(f"seed {spec.seed}: {spec.model}: {kept[-1]['test_acc']:.1f} %", flush=True)
    return list(kept)


def curve(spec: TrainSpec, folder: Path) -> list[Record]:
    """Return a training's learning curve as rows of the file."""
    condition = "shuffled" if spec.dataset.shuffle_seq else "plain"
    about = {"arm": spec.model, "condition": condition, "trial": spec.seed - SPEC.seed}
    return [
        {**about, "step": record["step"], **{name: record[name] for name in MEASURED}}
        for record in train(spec, folder)
    ]


def sweep(folder: Path) -> Record:
    """Return the file of the sweeps: the last accuracies of each model at each value."""
    rows = []
    for field, values in SWEEPS.items():
        for trial in range(SWEEP_SEEDS):
            for value in values:
                change: dict[str, Any] = {field: value}
                dataset = dataclasses.replace(SWEEP.dataset, **change)
                for model in MODELS:
                    seed = SWEEP.seed + trial
                    spec = dataclasses.replace(SWEEP, model=model, dataset=dataset, seed=seed)
                    last = train(spec, folder)[-1]
                    about = {"arm": model, "field": field, "value": value, "trial": trial}
                    rows.append({**about, **{name: last[name] for name in MEASURED}})
    return _file(SWEEP, SWEEP_SEEDS, rows)


def _file(spec: TrainSpec, seeds: int, rows: list[Record]) -> Record:
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(spec),
        "seeds": list(range(spec.seed, spec.seed + seeds)),
        "records": table(rows),
    }


def make(folder: Path) -> Record:
    """Return the results file; seed by seed, so that a set that is stopped has whole seeds."""
    records = []
    for seed in range(SPEC.seed, SPEC.seed + SEEDS):
        for model in MODELS:
            for shuffled in (False, True):
                dataset = dataclasses.replace(SPEC.dataset, shuffle_seq=shuffled)
                spec = dataclasses.replace(SPEC, model=model, dataset=dataset, seed=seed)
                records += curve(spec, folder)
    peer = read.json(PEER)  # the same protocol in PyTorch, made by hand: see make_torch_models.py
    return {**_file(SPEC, SEEDS, records), "peer": peer["test_acc"]}


def main() -> None:
    """Make the set, and print what it says."""
    kept, out = folders()
    made = make(kept)
    publish(out / "models.json", made)
    columns = made["records"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in made["records"]["rows"]]
    for model in MODELS:
        for condition in ("plain", "shuffled"):
            final = [
                row["test_acc"]
                for row in rows
                if (row["arm"], row["condition"], row["step"]) == (model, condition, SPEC.steps)
            ]
            spread = f"mean {statistics.mean(final):.2f}, deviation {statistics.stdev(final):.2f}"
            print(f"  {model}, {condition}: {spread}, n = {len(final)}")
    publish(out / "sweeps.json", sweep(kept))


if __name__ == "__main__":
    main()
