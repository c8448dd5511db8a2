"""Makes the many-seed results of self-supervised learning that the page ships. Run by build.py.

Usage: make_self_supervised.py KEPT OUT

The published protocol, 200 epochs, for each seed: with the usual projector, with none, with a deep
one, and an encoder that is never trained; their layers probed; and a supervised MLP. Every finished
part is kept in KEPT; a second call goes on where the first one stopped. The same jobs and kernels,
and so the same numbers, as in the page.
"""

import base64
import dataclasses
import json
import statistics
from pathlib import Path
from typing import Any

import numpy as np

from build_steps import content_hash
from build_steps.kept_parts import keep, load
from build_steps.make_results import folders, publish
from build_steps.swept import FORMAT, table
from mnist1d_lab import __version__, jobs
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.self_supervised import claims
from mnist1d_lab.self_supervised.spec import ARMS, ContrastSpec

SEEDS = 5
SPEC = ContrastSpec()
MLP = TrainSpec(steps=6000, eval_every=250)  # the published protocol of the supervised network
Record = dict[str, Any]


def encoder(spec: ContrastSpec, folder: Path) -> Record:
    """Return an encoder's `losses` and `probes`, and its `weights` in base64, made unless kept."""
    fields = dataclasses.asdict(spec)
    text = json.dumps(fields, sort_keys=True)
    path = folder / f"encoder-{content_hash.key(text)[:12]}" / "records.json"
    if (kept := load(path)) is None:
        trained = jobs.run("contrast", fields)
        probes = jobs.run("probe", {**fields, "state": trained["state"]})["records"]
        kept = {
            "losses": trained["records"], "probes": probes,
            "weights": base64.b64encode(np.asarray(trained["weights"]).tobytes()).decode(),
        }  # fmt: skip
        keep(path, kept)
        told = ", ".join(f"{probe['linear_acc']:.1f}" for probe in probes)
        print(f"seed {spec.seed}: {probes[0]['arm']}: {told} %", flush=True)
    return dict(kept)


def supervised(seed: int, folder: Path) -> Record:
    """Return the record of a supervised MLP, as that of a layer."""
    path = folder / f"supervised-{seed}" / "records.json"
    if (kept := load(path)) is None:
        kept = jobs.run("train", dataclasses.asdict(dataclasses.replace(MLP, seed=seed)))["records"]
        keep(path, kept)
    last = kept[-1]
    about = {"arm": claims.SUPERVISED[0], "trial": seed - SPEC.seed, "layer": 0, "name": "mlp"}
    return {**about, "train_acc": last["train_acc"], "linear_acc": last["test_acc"]}


def arms() -> dict[str, ContrastSpec]:
    """Return the spec of each arm, of the first seed."""
    trained = {
        name: dataclasses.replace(SPEC, projector=projector) for name, projector in ARMS.items()
    }
    return {**trained, "untrained": dataclasses.replace(SPEC, epochs=0)}


def make(folder: Path) -> Record:
    """Return the results file; seed by seed, so that a set that is stopped has whole seeds."""
    records: list[Record] = []
    losses: list[Record] = []
    weights: dict[str, str] = {}
    for trial in range(SEEDS):
        for name, first in arms().items():
            found = encoder(dataclasses.replace(first, seed=SPEC.seed + trial), folder)
            records += [{**row, "trial": trial} for row in found["probes"]]
            losses += [{**row, "trial": trial} for row in found["losses"] if row["epoch"] % 5 == 0]
            if name != "untrained":  # that one is drawn again in a moment
                weights.setdefault(name, found["weights"])
        records.append(supervised(SPEC.seed + trial, folder))
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(SPEC),
        "seeds": list(range(SPEC.seed, SPEC.seed + SEEDS)),
        "records": table(records),
        "losses": table(losses),
        "verdict": claims.verdict(records),
        "weights": {"default": weights["default"]},
    }


def print_layers(made: Record) -> None:
    """Print the accuracies by arm and layer, then what they say of each claim."""
    columns = made["records"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in made["records"]["rows"]]
    for arm, layer, name in dict.fromkeys((row["arm"], row["layer"], row["name"]) for row in rows):
        own = [row for row in rows if (row["arm"], row["layer"]) == (arm, layer)]
        told = []
        for kind in ("linear_acc", "knn_acc"):
            values = [row[kind] for row in own if row[kind] is not None]
            if values:
                spread = f"{statistics.mean(values):.2f}, deviation {statistics.stdev(values):.2f}"
                told.append(f"{kind} {spread}")
        print(f"  {arm}, {name}: {'; '.join(told)}, n = {len(own)}")
    for row in made["verdict"]:
        span = f"{row['mean']:+.2f} [{row['low']:+.2f}, {row['high']:+.2f}] {row['unit']}"
        print(f"  {row['claim']}: {row['verdict']}, {span}, n = {row['n']}")


def main() -> None:
    """Make the set, and print what it says."""
    kept, out = folders()
    made = make(kept)
    publish(out / "self-supervised.json", made)
    print_layers(made)


if __name__ == "__main__":
    main()
