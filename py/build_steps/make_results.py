"""Makes the many-seed results that the page ships. Run by build.py with the project's Python.

Usage: make_results.py KEPT OUT [quick] [paper]

Every finished level and every finished arm is kept in KEPT under the name of its spec, so that a
long set can be made in parts: a second call goes on where the first one stopped. The same jobs, the
same kernels and so the same numbers as in the page.
"""

import base64
import dataclasses
import json
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from build_steps import content_hash
from mnist1d_lab import __version__, jobs, kernels
from mnist1d_lab.lottery import claims
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec, result_key

FORMAT = "mnist1d-lab results 1"
TRIALS = {"quick": 20, "paper": 3}
ANALYSED = {"quick": 10, "paper": 0}  # trials whose tickets are taken apart
LEVEL = 5  # of quick, 90 % sparse
ARM = {"level": LEVEL, "steps": 3000, "eval_every": 500}  # batch size as published
REDUCED = f"The arms are trained for {ARM['steps']} steps; the published analysis took 6000."
LABELS = ("arm", "condition", "trial", "level", "step")
Record = dict[str, Any]
Trials = list[tuple[LotterySpec, list[Record]]]  # each with its checkpoints


def load(path: Path) -> Any:
    """Return what `keep` wrote there; None if nothing did."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def keep(path: Path, value: Any) -> None:
    """Write a value as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps(value), encoding="utf-8")
    scratch.replace(path)  # whole or not at all, also when we are stopped


def search(spec: LotterySpec, folder: Path) -> list[Record]:
    """Return a trial's checkpoints, the masks in base64, running the levels that are not kept."""
    paths = [folder / result_key(spec) / f"level-{level}.json" for level in range(spec.levels + 1)]
    kept = [checkpoint for path in paths if (checkpoint := load(path))]

    def on_progress(progress: Record) -> None:
        if "checkpoint" not in progress:
            return
        checkpoint = dict(progress["checkpoint"])
        if checkpoint["next_mask"] is not None:
            packed = checkpoint["next_mask"].tobytes()
            checkpoint["next_mask"] = base64.b64encode(packed).decode()
        keep(paths[checkpoint["level"]], checkpoint)
        kept.append(checkpoint)
        print(f"seed {spec.seed}: level {checkpoint['level']} of {spec.levels}", flush=True)

    if len(kept) <= spec.levels:
        more = {"checkpoint": kept[-1]} if kept else {}
        jobs.run("lottery", {**dataclasses.asdict(spec), **more}, on_progress)
    return kept


def arm(args: Record, mask: str, folder: Path) -> list[Record]:
    """Return an arm's learning curve, trained unless it is kept."""
    spec = ArmSpec.of(args)
    path = folder / f"arm-{result_key(spec)}.json"
    if (kept := load(path)) is None:
        kept = jobs.run("arm", {**args, "mask": mask})["records"]
        keep(path, kept)
        seed, last = spec.lottery.seed, kept[-1]
        print(f"seed {seed}: {spec.arm}, {spec.condition}: {last['test_acc']:.1f} %", flush=True)
    return list(kept)


def analysis(made: Trials, folder: Path, pool: ProcessPoolExecutor) -> list[Record]:
    """Return the records of all arms of these trials' tickets."""
    started = []
    for trial, (spec, checkpoints) in enumerate(made):
        fields = {"lottery": dataclasses.asdict(spec), **ARM}
        mask = checkpoints[LEVEL - 1]["next_mask"]
        for part in jobs.run("arms", fields)["parts"]:
            started.append((trial, pool.submit(arm, part["args"], mask, folder)))
    return [{**record, "trial": trial} for trial, task in started for record in task.result()]


def table(records: Iterable[Record]) -> Record:
    """Return records as rows of their columns, labels first, numbers to five digits."""
    rows = list(records)
    present = {key for row in rows for key in row}
    columns = [key for key in LABELS if key in present]
    columns += [key for key in rows[0] if key in present and key not in columns]

    def short(value: Any) -> Any:
        return float(f"{value:.5g}") if isinstance(value, float) else value

    return {
        "columns": columns,
        "rows": [[short(row.get(key)) for key in columns] for row in rows],
    }


def make(preset: str, folder: Path) -> Record:
    """Return one results file; see the README for its form."""
    spec = LotterySpec.of({"preset": preset, "trials": TRIALS[preset]})
    trials = spec.parts()
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(search, trials, [folder] * len(trials)))
        analysed = list(zip(trials, found, strict=True))[: ANALYSED[preset]]
        arms = analysis(analysed, folder, pool)
    searched = [
        {**record, "trial": trial}
        for trial, checkpoints in enumerate(found)
        for checkpoint in checkpoints
        for record in checkpoint["records"]
    ]
    seeds = [trial.seed for trial in trials]
    taken_apart = {
        "spec": dataclasses.asdict(ArmSpec.of({"lottery": dataclasses.asdict(trials[0]), **ARM})),
        "seeds": seeds[: ANALYSED[preset]],
        **table(arms),
    } if arms else None  # fmt: skip
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(spec),
        "seeds": seeds,
        "records": table(searched),
        "arms": taken_apart,
        "verdict": claims.verdict(searched, arms),
        "masks": _masks(preset, trials[0], found[0]),
        "reduced": REDUCED if arms else "No ticket of this set was taken apart.",
    }


def _masks(preset: str, spec: LotterySpec, checkpoints: list[Record]) -> list[str | None]:
    """Return the first trial's tickets, level by level from 1, packed, in base64.

    All of a ticket for quick, whose tickets can then be trained at once; for the paper's hundred
    large levels none.
    """
    return [found["next_mask"] for found in checkpoints[:-1]] if preset == "quick" else []


def main() -> None:
    """Make the sets that are asked for, or both."""
    kept, out = Path(sys.argv[1]), Path(sys.argv[2])
    if kernels.backend() != "simd":
        raise SystemExit(f"The results are made with the compiled kernels: {kernels.note()}")
    # Other arithmetic, other numbers. That a version's numbers are its code's is for the tests.
    code = content_hash.key(__version__, Path(os.environ["MNIST1D_LIBRARY"]))[:12]
    for preset in sys.argv[3:] or TRIALS:
        made = make(preset, kept / code)
        keep(out / f"{preset}.json", made)
        n = len(made["seeds"])
        print(f"{preset}: {n} trials, {len(made['records']['rows'])} records", flush=True)
        for row in made["verdict"]:
            print(f"  {row['claim']}: {row['verdict']}, mean {row['mean']}, n = {row['n']}")


if __name__ == "__main__":
    main()
