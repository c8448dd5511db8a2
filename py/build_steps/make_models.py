"""Makes the many-seed results of the four models that the page ships. Run by build.py.

Usage: make_models.py KEPT OUT

The published protocol: the published data, plain and shuffled, 6000 steps, one seed a training.
Every finished training is kept in KEPT under what determines it; a second call goes on where the
first one stopped. The same job and the same kernels, and so the same numbers, as in the page.
"""

import dataclasses
import json
import os
import statistics
import sys
from pathlib import Path
from typing import Any

from build_steps import stamp
from build_steps.make_results import FORMAT, keep, load, table
from mnist1d_lab import __version__, jobs, kernels
from mnist1d_lab.specs import MODELS, TrainSpec

SEEDS = 20
SPEC = TrainSpec(steps=6000, eval_every=250)
LABELS = ("arm", "condition", "trial", "step")
MEASURED = ("train_loss", "train_acc", "test_loss", "test_acc")
Record = dict[str, Any]


def train(spec: TrainSpec, folder: Path) -> list[Record]:
    """Return a training's records, running it unless it is kept."""
    condition = "shuffled" if spec.dataset.shuffle_seq else "plain"
    text = json.dumps(dataclasses.asdict(spec), sort_keys=True)
    path = folder / f"model-{stamp.key(text)[:12]}.json"
    if (kept := load(path)) is None:
        kept = jobs.run("train", dataclasses.asdict(spec))["records"]
        keep(path, kept)
        accuracy = kept[-1]["test_acc"]
        print(f"seed {spec.seed}: {spec.model}, {condition}: {accuracy:.1f} %", flush=True)
    return [
        {
            "arm": spec.model,
            "condition": condition,
            "trial": spec.seed - SPEC.seed,
            "step": record["step"],
            **{name: record[name] for name in MEASURED},
        }
        for record in kept
    ]


def make(folder: Path) -> Record:
    """Return the results file; seed by seed, so that a stopped set is even."""
    records = []
    for seed in range(SPEC.seed, SPEC.seed + SEEDS):
        for model in MODELS:
            for shuffled in (False, True):
                dataset = dataclasses.replace(SPEC.dataset, shuffle_seq=shuffled)
                spec = dataclasses.replace(SPEC, model=model, dataset=dataset, seed=seed)
                records += train(spec, folder)
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(SPEC),
        "seeds": list(range(SPEC.seed, SPEC.seed + SEEDS)),
        "records": table(records),
    }


def main() -> None:
    """Make the set, and print what it says."""
    kept, out = Path(sys.argv[1]), Path(sys.argv[2])
    if kernels.backend() != "simd":
        raise SystemExit(f"The results are made with the compiled kernels: {kernels.note()}")
    code = stamp.key(__version__, Path(os.environ["MNIST1D_LIBRARY"]))[:12]
    made = make(kept / code)
    keep(out / "models.json", made)
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


if __name__ == "__main__":
    main()
