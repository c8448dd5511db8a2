"""`dataset`: the data as a file. The generator is in `dataset/`, the files' forms are the jobs'."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from mnist1d_lab import jobs
from mnist1d_lab.command.options import add_fields, given_fields
from mnist1d_lab.command.progress import say
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.files.atomic import write_whole
from mnist1d_lab.files.parquet_form import arrow
from mnist1d_lab.validation import refuse

FORMS = ("npz", "csv", "json", "parquet")


def add(parser: argparse.ArgumentParser) -> None:
    """Add its options."""
    parser.add_argument("--out", type=Path, metavar="FILE", help="its ending says the form: "
                        f"{', '.join(FORMS)}; without it CSV on stdout")  # fmt: skip
    add_fields(parser, DatasetSpec, ())
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Make the data and write them; return the exit code."""
    fields = given_fields(asked)
    form = asked.out.suffix.lower().removeprefix(".") if asked.out else "csv"
    if form not in FORMS:
        raise refuse("the ending of the file", asked.out.name, f"one of .{', .'.join(FORMS)}")
    content = _parquet(fields) if form == "parquet" else _file(fields, form)
    if not asked.out:
        sys.stdout.write(content.decode())
        return 0
    write_whole(asked.out, content)
    say(f"{asked.out}: {len(content)} bytes")
    return 0


def _file(fields: dict[str, object], form: str) -> bytes:
    return bytes(jobs.run("export", {**fields, "form": form})["file"])


def _parquet(fields: dict[str, object]) -> bytes:
    """Return one row an example: part, label, and the values x0, x1 and so on."""
    pa, made = arrow(), jobs.run("dataset", fields)
    parts = ["train"] * len(made["y"]) + ["test"] * len(made["y_test"])
    labels = [*made["y"].tolist(), *made["y_test"].tolist()]
    table = {"part": parts, "label": labels}
    values = np.concatenate([made[name].reshape(-1, len(made["t"])) for name in ("x", "x_test")])
    table |= {f"x{index}": column.tolist() for index, column in enumerate(values.T)}
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(pa.table(table), sink)
    return bytes(sink.getvalue())
