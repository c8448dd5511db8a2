"""Makes the many-seed results of the double descent. Run by build.py.

Usage: make_double_descent.py KEPT OUT

Every finished training is kept in KEPT; a second call goes on where the first one stopped. With
whole seeds of all widths the file is written anew after each, so that a stopped set can be used.
"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from build_steps import content_hash
from build_steps.kept_parts import keep, load
from build_steps.make_results import folders, publish
from build_steps.swept import FORMAT
from mnist1d_lab import __version__, jobs
from mnist1d_lab.double_descent import claims
from mnist1d_lab.double_descent.published import ACCEPTED, ERRORS
from mnist1d_lab.double_descent.spec import WIDTHS, DescentSpec
from mnist1d_lab.intervals import interval

SEEDS = 5
NOISES = (0.15, 0.0, 0.05, 0.1, 0.2, 0.3, 0.4)  # those of the claims first
COLUMNS = (
    "label_noise",
    "seed",
    "width",
    "epoch",
    "train_loss",
    "test_loss",
    "train_error",
    "test_error",
)
# Widths that the claims are about, before the others of a seed.
ORDER = (
    47,
    16,
    300,
    36,
    61,
    104,
    *(width for width in WIDTHS if width not in (47, 16, 300, 36, 61, 104)),
)
Record = dict[str, Any]


def specs() -> Iterator[DescentSpec]:
    """Yield all trainings, those that the claims need first."""
    for noises in (NOISES[:2], NOISES[2:]):
        for widths in (ORDER[:6], ORDER[6:]):
            for noise in noises:
                for seed in range(SEEDS):
                    for width in widths:
                        yield DescentSpec(width=width, label_noise=noise, seed=seed)


def kept_path(spec: DescentSpec, folder: Path) -> Path:
    """Return where the records of a training are kept."""
    return folder / f"descent-{content_hash.key(repr(dataclasses.asdict(spec)))[:12]}.json"


def train(spec: DescentSpec, folder: Path) -> None:
    """Make and keep the records of a training, unless they are kept."""
    path = kept_path(spec, folder)
    if load(path) is None:
        made = jobs.run("double_descent", dataclasses.asdict(spec))["records"]
        keep(path, made)
        last = made[-1]["test_error"]
        print(
            f"noise {spec.label_noise}, seed {spec.seed}, width {spec.width}: {last:.1f} %",
            flush=True,
        )


def found(folder: Path) -> list[Record]:
    """Return the records of all trainings that are finished."""
    return [record for spec in specs() for record in load(kept_path(spec, folder)) or []]


def short(value: Any) -> Any:
    """Return an error to a hundredth of a percent, a loss to four digits."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def make(records: list[Record]) -> Record:
    """Return the results file."""
    rows = [[short(record[name]) for name in COLUMNS] for record in records]
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(DescentSpec()),
        "seeds": list(range(SEEDS)),
        "records": {"columns": list(COLUMNS), "rows": rows},
        "verdict": claims.verdict(records),
    }


def tell(records: list[Record]) -> None:
    """Print our means with 95 % intervals beside the published errors, and the verdicts."""
    for noise, published in ERRORS.items():
        for width, theirs in published.items():
            values = list(claims.errors(records, noise, width, None).values())
            if values:
                mean, low, high = interval(values)
                bound = (
                    f", accepted within {ACCEPTED[noise, width]}"
                    if (noise, width) in ACCEPTED
                    else ""
                )
                print(f"  noise {noise}, width {width}: {mean:.2f} [{low:.2f}, {high:.2f}] %, "
                      f"n = {len(values)}, published {theirs}{bound}")  # fmt: skip
    for row in claims.verdict(records):
        ends = f" [{row['low']:.2f}, {row['high']:.2f}]" if row["low"] is not None else ""
        middle = "–" if row["mean"] is None else f"{row['mean']:.2f}"
        print(f"  {row['claim']}: {row['verdict']}, {middle}{ends} {row['unit']}, n = {row['n']}")


def main() -> None:
    """Make the set, and print what it says."""
    kept, out = folders()
    for spec in specs():
        train(spec, kept)
    records = found(kept)
    publish(out / "double-descent.json", make(records))
    tell(records)


if __name__ == "__main__":
    main()
