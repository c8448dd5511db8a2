"""Makes the small pictures of the index of phenomena, from the results that the page ships.

Usage: make_pictures.py KEPT OUT

Run by build.py, after the results. A picture is a list of marks in a frame of WIDTH x HEIGHT, y
downwards: a line through points, or a cell. Colours are names of the page's CSS variables, so that
a picture follows the theme. It computes no result, and reads none but those in OUT.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_steps import read

FORMAT = "mnist1d-lab pictures 1"
WIDTH, HEIGHT = 160, 80
Record = dict[str, Any]
Mark = dict[str, Any]
Curve = Mapping[float, float]  # y by x
Range = tuple[float, float]


def rows_of(file: Record) -> list[Record]:
    """Return the records of a results file."""
    table = file["records"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def means(rows: Iterable[Record], x: str, y: str = "test_acc", **wanted: Any) -> dict[float, float]:
    """Return the mean of y at each x over the rows that have what is wanted."""
    found: dict[float, list[float]] = {}
    for row in rows:
        if all(row.get(name) == value for name, value in wanted.items()):
            found.setdefault(row[x], []).append(row[y])
    return {at: statistics.mean(values) for at, values in sorted(found.items())}


def line(curve: Curve, x: Range, y: Range, color: str, dash: bool = False) -> Mark:
    """Return a curve as a mark, the ranges of x and y as wide and as high as the frame."""
    points = [
        [
            round(WIDTH * (at - x[0]) / (x[1] - x[0]), 1),
            round(HEIGHT * (y[1] - value) / (y[1] - y[0]), 1),
        ]
        for at, value in curve.items()
    ]
    return {"line": points, "color": color, **({"dash": True} if dash else {})}


def tickets(file: Record) -> list[Mark]:
    """Test accuracy by the share of weights deleted: tickets, random masks, the dense network."""
    rows = rows_of(file)
    dense = means(rows, "level", arm="dense")[0]
    curves = [(arm, means(rows, "sparsity", arm=arm)) for arm in ("random", "lottery")]
    x = min(curves[0][1]), max(curves[0][1])
    y = (55.0, 75.0)
    flat = line({x[0]: dense, x[1]: dense}, x, y, "--dense", dash=True)
    return [flat, *(line(curve, x, y, f"--{arm}") for arm, curve in curves)]


def prior(file: Record) -> list[Mark]:
    """Test accuracy by step of CNN and MLP, with the inputs in order and shuffled."""
    rows = rows_of(file)
    return [
        line(
            means(rows, "step", arm=arm, condition=condition),
            (0, 6000), (0, 100), f"--{arm}", dash=condition == "shuffled",
        )
        for arm in ("mlp", "cnn")
        for condition in ("plain", "shuffled")
    ]  # fmt: skip


def width(file: Record) -> list[Mark]:
    """How far tickets are above (blue) or below the dense network, by width and sparsity."""
    rows = [row for row in file["rows"] if row["comparison"] == "fresh" and not row["survivors"]]
    across = sorted({row["hidden"] for row in rows})
    up = sorted({row["sparsity"] for row in rows})
    largest = max(abs(row["mean"]) for row in rows)
    cell = WIDTH / len(across), HEIGHT / len(up)
    return [
        {
            "cell": [
                round(cell[0] * across.index(row["hidden"]) + 1, 1),
                round(cell[1] * (len(up) - 1 - up.index(row["sparsity"])) + 1, 1),
                round(cell[0] - 2, 1),
                round(cell[1] - 2, 1),
            ],
            "color": "--lottery" if row["mean"] > 0 else "--random",
            "opacity": round(max(0.08, abs(row["mean"]) / largest), 2),
        }
        for row in rows
    ]


def pooling(file: Record) -> list[Mark]:
    """Test accuracy by the size of the training set (logarithmic), max pooling and none."""
    rows = [row for row in rows_of(file) if row["protocol"] == "steps"]
    return [
        line(
            {math.log10(size): mean for size, mean in means(rows, "value", arm=arm).items()},
            (3, math.log10(50_000)), (50, 100), f"--{arm}",
        )
        for arm in ("no_pool", "max_pool")
    ]  # fmt: skip


def descent(file: Record) -> list[Mark]:
    """Test error by width (logarithmic) at the end: labels redrawn, and clean ones (dashed)."""
    rows = [row for row in rows_of(file) if row["epoch"] == file["spec"]["epochs"]]
    rows = [row for row in rows if row.get("loss", "cross_entropy") == "cross_entropy"]
    return [
        line(
            {math.log(width): mean for width, mean in
             means(rows, "width", "test_error", label_noise=noise).items()},
            (math.log(2), math.log(300)), (30, 75), color, dash=not noise,
        )
        for noise, color in ((0.0, "--quiet"), (0.15, "--lottery"))
    ]  # fmt: skip


def rate(file: Record) -> list[Mark]:
    """Learning rate by outer step of the two published runs."""
    table = file["published"]["runs"]
    rows = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    steps = 0, max(row["outer_step"] for row in rows)
    return [
        line(
            means(rows, "outer_step", "learning_rate", start=start), steps, (0, 1.6), color,
        )
        for start, color in ((1.5, "--lottery"), (0.15, "--random"))
    ]  # fmt: skip


def unlabelled(file: Record) -> list[Mark]:
    """Linear accuracy by layer: SimCLR with a projector, and an untrained network (dashed)."""
    rows = rows_of(file)
    layers = 0, max(row["layer"] for row in rows if row["arm"] == "default")
    return [
        line(
            means(rows, "layer", "linear_acc", arm=arm), layers, (25, 90), color,
            dash=arm == "untrained",
        )
        for arm, color in (("untrained", "--quiet"), ("default", "--lottery"))
    ]  # fmt: skip


# By the card that it is on: the results file that a picture is drawn from, and what draws it.
PICTURES: dict[str, tuple[str, Callable[[Record], list[Mark]]]] = {
    "tickets": ("quick", tickets),
    "prior": ("models", prior),
    "width": ("grid", width),
    "pooling": ("pooling", pooling),
    "descent": ("double-descent", descent),
    "rate": ("learning-rate", rate),
    "unlabelled": ("self-supervised", unlabelled),
}


def make(folder: Path, names: Sequence[str] = tuple(PICTURES)) -> Record:
    """Return the pictures file, of the results in a folder."""
    pictures = {}
    for name in names:
        source, draw = PICTURES[name]
        pictures[name] = draw(read.json(folder / f"{source}.json"))
    return {"format": FORMAT, "size": [WIDTH, HEIGHT], "pictures": pictures}


def main() -> None:
    """Make them, and print how large they are."""
    out = Path(sys.argv[2])
    text = json.dumps(make(out), separators=(",", ":"))
    (out / "pictures.json").write_text(text + "\n", encoding="utf-8")
    print(f"  {len(PICTURES)} pictures, {len(text)} bytes")


if __name__ == "__main__":
    main()
