"""Makes the results of the double descent's CNN. Run by build.py.

Usage: make_double_descent_cnn.py KEPT OUT

Every finished training is kept in KEPT; a second call goes on where the first one stopped. After
each whole seed the file is written anew, so that a stopped set can be used.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from build_steps import content_hash
from build_steps.kept_parts import keep, load
from build_steps.make_double_descent import MEASURED, Record, short
from build_steps.make_results import folders, publish
from build_steps.swept import FORMAT
from mnist1d_lab import __version__
from mnist1d_lab.double_descent import claims
from mnist1d_lab.double_descent.published import CNN_ERRORS
from mnist1d_lab.double_descent.spec import CNNDescentSpec
from mnist1d_lab.intervals import interval
from mnist1d_lab.jobs.double_descent import double_descent
from mnist1d_lab.types import VerdictRow

SEEDS = 5
NOISE = 0.15
FIRST = (10, 18, 24, 50, 100)  # before the other widths of a seed
ORDER = (*FIRST, *(width for width in CNN_ERRORS if width not in FIRST))


def specs(seed: int) -> Iterator[CNNDescentSpec]:
    """Yield all trainings of a seed."""
    for width in ORDER:
        yield CNNDescentSpec(width=width, label_noise=NOISE, seed=seed)


def kept_path(spec: CNNDescentSpec, folder: Path) -> Path:
    """Return where the records of a training are kept."""
    return folder / f"descent-cnn-{content_hash.key(repr(asdict(spec)))[:12]}.json"


def train(spec: CNNDescentSpec, folder: Path) -> None:
    """Make and keep the records of a training, unless they are kept."""
    path = kept_path(spec, folder)
    if load(path) is None:
        made = double_descent(spec, lambda _: None)["records"]
        keep(path, made)
        last = made[-1]["test_error"]
        print(f"CNN, seed {spec.seed}, {spec.width} filters: {last:.1f} %", flush=True)


def verdict(records: Sequence[Record]) -> list[VerdictRow]:
    """Return what the records say of each claim about the CNN."""
    return claims.verdict(records, claims.CNN_CLAIMS, claims.CNN_THRESHOLD)


def make(records: Sequence[Record], seeds: int) -> Record:
    """Return the results file of so many whole seeds."""
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": asdict(CNNDescentSpec()),
        "seeds": list(range(seeds)),
        "records": {
            "columns": list(MEASURED),
            "rows": [[short(record[name]) for name in MEASURED] for record in records],
        },
        "verdict": verdict(records),
    }


def tell(records: Sequence[Record]) -> None:
    """Print our means with 95 % intervals beside the published errors, and the verdicts."""
    for width, theirs in CNN_ERRORS.items():
        mean, low, high = interval(list(claims.errors(records, NOISE, width, None).values()))
        print(f"  {width} filters: {mean:.2f} [{low:.2f}, {high:.2f}] %, published {theirs}")
    for row in verdict(records):
        print(f"  {row['claim']}: {row['verdict']}, mean {row['mean']} {row['unit']}, "
              f"from {row['low']} to {row['high']}, n = {row['n']}")  # fmt: skip


def main() -> None:
    """Make the set, seed by seed, and print what it says."""
    kept, out = folders()
    records: list[Record] = []
    for seed in range(SEEDS):
        for spec in specs(seed):
            train(spec, kept)
        records += [record for spec in specs(seed) for record in load(kept_path(spec, kept))]
        publish(out / "double-descent-cnn.json", make(records, seed + 1))
    tell(records)


if __name__ == "__main__":
    main()
