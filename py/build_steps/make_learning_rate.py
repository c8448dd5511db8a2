"""Makes the many-seed results of the learned learning rate that the page ships. Run by build.py.

Usage: make_learning_rate.py KEPT OUT

Each seed's best rate is learned from START; then each seed trains with all of these rates, and with
START. Every finished seed is kept in KEPT; a second call goes on where the first one stopped.
"""

import dataclasses
from pathlib import Path
from typing import Any

from build_steps import content_hash
from build_steps.kept_parts import keep, load
from build_steps.make_results import folders, publish
from build_steps.swept import FORMAT
from mnist1d_lab import __version__, jobs
from mnist1d_lab.intervals import interval
from mnist1d_lab.learning_rate import claims
from mnist1d_lab.learning_rate.published import STARTS
from mnist1d_lab.learning_rate.spec import RateSpec, UnrolledSpec

SEEDS = 20
START = 0.15  # as one of the published runs
TOP, POINTS = 1.62, 24  # of the landscape, as the page asks for it with these starts
SPEC = RateSpec(weights="drawn", start=START, outer_steps=60)
COLUMNS = ("seed", "rate_of", "learning_rate", "loss", "hypergradient")
Record = dict[str, Any]


def part(job: str, args: Record, folder: Path) -> list[Record]:
    """Return the records of a job, run unless they are kept."""
    path = folder / f"rate-{content_hash.key(job, repr(sorted(args.items())))[:12]}.json"
    if (kept := load(path)) is None:
        kept = jobs.run(job, args)["records"]
        keep(path, kept)
        last = kept[-1]
        print(f"seed {args['seed']}: {job}: {last['learning_rate']:.4f}", flush=True)
    return list(kept)


def best(seed: int, folder: Path) -> float:
    """Return the learned rate of a seed."""
    args = dataclasses.asdict(dataclasses.replace(SPEC, seed=seed))
    rate: float = part("learn_rate", args, folder)[-1]["updated_rate"]
    return rate


def trainings(seed: int, rates: list[float], folder: Path) -> list[Record]:
    """Return a seed's trainings with each rate; the first rate is that before learning, of -1."""
    args = dataclasses.asdict(dataclasses.replace(SPEC, seed=seed).part(UnrolledSpec))
    made = part("rate_landscape", {**args, "rates": rates}, folder)
    return [{**row, "seed": seed, "rate_of": number - 1} for number, row in enumerate(made)]


def make(folder: Path, seeds: int = SEEDS) -> Record:
    """Return the results file."""
    rates = [START, *(best(seed, folder) for seed in range(seeds))]
    rows = [row for seed in range(seeds) for row in trainings(seed, rates, folder)]
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(SPEC),
        "seeds": list(range(seeds)),
        "records": _table([{name: row[name] for name in COLUMNS} for row in rows]),
        "verdict": claims.verdict(rows),
        "published": published_runs(folder),
    }


def published_runs(folder: Path) -> Record:
    """Return what the page shows before anything is run: the published runs and their landscape."""
    plain, runs = dataclasses.asdict(UnrolledSpec()), []
    for start in STARTS:
        args = dataclasses.asdict(RateSpec(start=start))
        runs += [{**row, "start": start} for row in part("learn_rate", args, folder)]
    rates = [round(TOP * (i + 1) / POINTS, 6) for i in range(POINTS)]
    landscape = part("rate_landscape", {**plain, "rates": rates}, folder)
    spec = {**dataclasses.asdict(RateSpec()), "start": STARTS[0], "other": STARTS[1]}
    return {"spec": spec, "runs": _table(runs), "landscape": _table(landscape)}


def _table(rows: list[Record]) -> Record:
    columns = list(rows[0])
    return {"columns": columns, "rows": [[_short(row[name]) for name in columns] for row in rows]}


def _short(value: Any) -> Any:
    # Losses differ in the fifth digit between neighbouring rates.
    return float(f"{value:.9g}") if isinstance(value, float) else value


def main() -> None:
    """Make the set, and print what it says."""
    kept, out = folders()
    made = make(kept)
    publish(out / "learning-rate.json", made)
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in made["records"]["rows"]]
    best_rates = list(claims.best_rates(rows).values())
    mean, low, high = interval(best_rates)
    print(f"  best rates: {min(best_rates):.4f} to {max(best_rates):.4f}, "
          f"mean {mean:.4f} [{low:.4f}, {high:.4f}], n = {len(best_rates)}")  # fmt: skip
    losses = list(claims.lost(rows).values())
    mean, low, high = interval(losses)
    print(f"  lost by another seed's: {mean:.6f} nats [{low:.6f}, {high:.6f}], n = {len(losses)}")
    for row in made["verdict"]:
        span = f"{row['mean']:.3f} [{row['low']:.3f}, {row['high']:.3f}] {row['unit']}"
        print(f"  {row['claim']}: {row['verdict']}, {span}, n = {row['n']}")


if __name__ == "__main__":
    main()
