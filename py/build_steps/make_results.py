"""Makes the many-seed results that the page ships. Run by build.py with the project's Python.

Usage: make_results.py KEPT OUT [quick] [paper]

Every finished level and every finished arm is kept in KEPT under the name of its spec, so that a
long set can be made in parts: a second call goes on where the first one stopped. The same jobs, the
same kernels and so the same numbers as in the page.
"""

import base64
import dataclasses
import itertools
import json
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_steps import cached, content_hash
from mnist1d_lab import __version__, jobs, kernels
from mnist1d_lab.lottery import arms, claims
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec, result_key

FORMAT = "mnist1d-lab results 1"


@dataclass(frozen=True)
class Shipped:
    """One set: how many trials of a preset, and how each one's ticket is taken apart."""

    trials: int
    arm: dict[str, int]  # fields of ArmSpec: the level of the ticket, and how an arm trains
    datasets: int  # fresh ones, on each of which every arm is trained


SETS = {
    "quick": Shipped(20, {"level": 5, "steps": 500, "batch_size": 100, "eval_every": 125}, 2),
    "paper": Shipped(5, {"level": 91, "steps": 6000, "batch_size": 500, "eval_every": 500}, 1),
}
LABELS = ("arm", "condition", "trial", "fresh_seed", "level", "step")
Record = dict[str, Any]
Trials = list[tuple[LotterySpec, list[Record]]]  # each with its checkpoints


def load(path: Path) -> Any:
    """Return what `keep` wrote there; None if nothing did, or if it has changed since."""
    content = cached.read(path)
    return None if content is None else json.loads(content)


def folders() -> tuple[Path, Path]:
    """Return where finished parts are kept, and where the results go, as the command line says.

    What is kept is below a name for the arithmetic: other arithmetic, other numbers. That a
    version's numbers are its code's is for the tests.
    """
    kept, out = Path(sys.argv[1]), Path(sys.argv[2])
    if kernels.backend() != "simd":
        raise SystemExit(f"The results are made with the compiled kernels: {kernels.note()}")
    code = content_hash.key(__version__, Path(os.environ["MNIST1D_LIBRARY"]))[:12]
    return kept / code, out


def keep(path: Path, value: Any) -> None:
    """Keep a finished part as JSON, in a folder that only this process writes into."""
    cached.write(path, json.dumps(value).encode())


def publish(path: Path, value: Any) -> None:
    """Write a results file of the page."""
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps(value), encoding="utf-8")
    scratch.replace(path)  # whole or not at all, also when we are stopped


def search(spec: LotterySpec, folder: Path) -> list[Record]:
    """Return a trial's checkpoints, the masks in base64, running the levels that are not kept."""
    paths = [folder / result_key(spec) / f"level-{level}.json" for level in range(spec.levels + 1)]
    kept = list(itertools.takewhile(bool, map(load, paths)))

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


def arm(args: Record, mask: str | None, folder: Path) -> list[Record]:
    """Return an arm's learning curve, trained unless it is kept."""
    spec = ArmSpec.of(args)
    path = folder / f"arm-{result_key(spec)}" / "records.json"
    if (kept := load(path)) is None:
        kept = jobs.run("arm", {**args, "mask": mask})["records"]
        keep(path, kept)
        seed, last = spec.lottery.seed, kept[-1]
        print(f"seed {seed}: {spec.arm}, {spec.condition}: {last['test_acc']:.1f} %", flush=True)
    return list(kept)


def analysis(
    made: Trials, chosen: Shipped, folder: Path, pool: ProcessPoolExecutor
) -> list[Record]:
    """Return the records of all arms of these trials' tickets."""
    started = []
    for trial, (searched, checkpoints) in enumerate(made):
        fields = {"lottery": dataclasses.asdict(searched), **chosen.arm}
        mask = checkpoints[chosen.arm["level"] - 1]["next_mask"]
        for spec in arms.analysis(ArmSpec.of(fields), chosen.datasets):
            args = dataclasses.asdict(spec)
            started.append((trial, pool.submit(arm, args, mask, folder)))
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
    chosen = SETS[preset]
    spec = LotterySpec.of({"preset": preset, "trials": chosen.trials})
    trials = spec.parts()
    with ProcessPoolExecutor() as pool:
        found = list(pool.map(search, trials, [folder] * len(trials)))
        trained = analysis(list(zip(trials, found, strict=True)), chosen, folder, pool)
    searched = [
        {**record, "trial": trial}
        for trial, checkpoints in enumerate(found)
        for checkpoint in checkpoints
        for record in checkpoint["records"]
    ]
    seeds = [trial.seed for trial in trials]
    arm_spec = ArmSpec.of({"lottery": dataclasses.asdict(trials[0]), **chosen.arm})
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(spec),
        "seeds": seeds,
        "records": table(searched),
        "arms": {"spec": dataclasses.asdict(arm_spec), "seeds": seeds, **table(trained)},
        "verdict": claims.verdict(searched, trained),
        "masks": _masks(preset, trials[0], found[0]),
    }


def _masks(preset: str, spec: LotterySpec, checkpoints: list[Record]) -> list[str | None]:
    """Return the first trial's tickets, level by level from 1, packed, in base64.

    All of a ticket for quick, whose tickets can then be trained at once; for the paper's hundred
    large levels none.
    """
    return [found["next_mask"] for found in checkpoints[:-1]] if preset == "quick" else []


def main() -> None:
    """Make the sets that are asked for, or both."""
    kept, out = folders()
    for preset in sys.argv[3:] or SETS:
        made = make(preset, kept)
        publish(out / f"{preset}.json", made)
        n = len(made["seeds"])
        print(f"{preset}: {n} trials, {len(made['records']['rows'])} records", flush=True)
        print_verdict(made)


def print_verdict(made: Record) -> None:
    """Print what a set says of each claim, and how often three of its trials would do."""
    for row in made["verdict"]:
        span = f"{row['mean']:+.2f} [{row['low']:+.2f}, {row['high']:+.2f}] {row['unit']}"
        print(f"  {row['claim']}: {row['verdict']}, {span}, n = {row['n']}")
    columns = made["arms"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in made["arms"]["rows"]]
    share = claims.share_of_threes(rows)
    print(f"  of all choices of three of its trials, {100 * share:.0f} % say that tickets win on "
          "fresh data: their interval is above zero")  # fmt: skip


if __name__ == "__main__":
    main()
