"""Makes the many-seed results of the double descent. Run by build.py.

Usage: make_double_descent.py KEPT OUT [LOSS]

Every finished training is kept in KEPT; a second call goes on where the first one stopped. The
file is written when all trainings with cross-entropy are there, and anew after each seed with
squared error. With a LOSS it only trains and keeps: no file is written.
"""

import dataclasses
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from build_steps import content_hash
from build_steps.kept_parts import keep, load
from build_steps.make_results import folders, publish
from build_steps.swept import FORMAT
from mnist1d_lab import __version__, jobs
from mnist1d_lab.double_descent import claims, loss_claims
from mnist1d_lab.double_descent.model import PlainMLP
from mnist1d_lab.double_descent.published import ACCEPTED, ERRORS
from mnist1d_lab.double_descent.spec import LOSSES, WIDTHS, DescentSpec
from mnist1d_lab.intervals import interval
from mnist1d_lab.types import VerdictRow

SEEDS = 5
NOISES = (0.15, 0.0, 0.05, 0.1, 0.2, 0.3, 0.4)  # those of the claims first
WIDEST = 104  # with other label noises: the four wider networks take most of the time
CROSS_ENTROPY, SQUARED_ERROR = LOSSES
MEASURED = (
    "label_noise",
    "seed",
    "width",
    "epoch",
    "train_loss",
    "test_loss",
    "train_error",
    "test_error",
)
COLUMNS = ("loss", *MEASURED)
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


def widths_of(noise: float) -> tuple[int, ...]:
    """Return the widths that are trained with a label noise, those that the claims need first."""
    return tuple(width for width in ORDER if noise in NOISES[:2] or width <= WIDEST)


def specs() -> Iterator[DescentSpec]:
    """Yield all trainings with cross-entropy, those that the claims need first."""
    needed = ORDER[:6]
    for noises, claimed in ((NOISES[:2], True), (NOISES[:2], False), (NOISES[2:], None)):
        for noise in noises:
            for seed in range(SEEDS):
                for width in widths_of(noise):
                    if claimed in (None, width in needed):
                        yield DescentSpec(width=width, label_noise=noise, seed=seed)


def squared(seed: int) -> Iterator[DescentSpec]:
    """Yield all trainings of a seed with squared error, the small ones first."""
    for width in WIDTHS:
        yield DescentSpec(width=width, label_noise=0.15, seed=seed, loss=SQUARED_ERROR)


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
        about = f"noise {spec.label_noise}, seed {spec.seed}, width {spec.width}"
        print(f"{spec.loss}, {about}: {last:.1f} %", flush=True)


def found(wanted: Iterable[DescentSpec], folder: Path) -> list[Record]:
    """Return the records of those of these trainings that are finished."""
    return [
        {"loss": spec.loss, **record}
        for spec in wanted
        for record in load(kept_path(spec, folder)) or []
    ]


def short(value: Any) -> Any:
    """Return an error to a hundredth of a percent, a loss to four digits."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def verdict(records: list[Record]) -> list[VerdictRow]:
    """Return what the records say of each claim: about the widths, then about the two losses."""
    judged = claims.verdict(records)
    two = claims.of_loss(records, SQUARED_ERROR)
    return [*judged, *loss_claims.verdict(records)] if two else judged


def make(records: list[Record]) -> Record:
    """Return the results file."""
    rows = [[short(record[name]) for name in COLUMNS] for record in records]
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(DescentSpec()),
        "seeds": list(range(SEEDS)),
        "records": {"columns": list(COLUMNS), "rows": rows},
        "verdict": verdict(records),
    }


def tell_losses(records: list[Record]) -> None:
    """Print by loss and seed where the threshold is, in units and in parameters."""
    for loss in LOSSES:
        own = claims.of_loss(records, loss)
        for name, (_, measure) in loss_claims.MEASURES.items():
            widths = sorted(measure(own).items())
            sizes = [f"{width} ({PlainMLP(hidden=width).parameters})" for _, width in widths]
            print(f"  {loss}, {name}, width (parameters) by seed: {', '.join(sizes) or 'none'}")


def tell(records: list[Record]) -> None:
    """Print our means with 95 % intervals beside the published errors, and the verdicts."""
    for noise, published in ERRORS.items():
        for width, theirs in published.items():
            values = list(claims.errors(claims.of_loss(records), noise, width, None).values())
            if values:
                mean, low, high = interval(values)
                bound = (
                    f", accepted within {ACCEPTED[noise, width]}"
                    if (noise, width) in ACCEPTED
                    else ""
                )
                print(f"  noise {noise}, width {width}: {mean:.2f} [{low:.2f}, {high:.2f}] %, "
                      f"n = {len(values)}, published {theirs}{bound}")  # fmt: skip
    tell_losses(records)
    for row in verdict(records):
        ends = f" [{row['low']:.2f}, {row['high']:.2f}]" if row["low"] is not None else ""
        middle = "–" if row["mean"] is None else f"{row['mean']:.2f}"
        print(f"  {row['claim']}: {row['verdict']}, {middle}{ends} {row['unit']}, n = {row['n']}")


def main() -> None:
    """Make the set, and print what it says."""
    kept, out = folders()
    only = sys.argv[3] if len(sys.argv) > 3 else ""
    if only != SQUARED_ERROR:
        for spec in specs():
            train(spec, kept)
    records = found(specs(), kept)
    if not only:
        publish(out / "double-descent.json", make(records))
    for seed in range(SEEDS if only != CROSS_ENTROPY else 0):
        for spec in squared(seed):
            train(spec, kept)
        records += found(squared(seed), kept)
        if not only:
            publish(out / "double-descent.json", make(records))
    tell(records)


if __name__ == "__main__":
    main()
