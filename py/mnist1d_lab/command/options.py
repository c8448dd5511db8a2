"""Options made from the fields of specs, and what was given of them. Checks nothing: the specs do.

argparse rather than typer: typer makes options of a function's arguments, and ours are fields of
dataclasses, forty and more, which already say what they allow.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
from collections.abc import Iterator
from typing import Any

from mnist1d_lab.cluster.tasks import put
from mnist1d_lab.validation import Spec, refuse

NEITHER = ("source", "fresh_seed")  # data of one's own are the page's; datasets are counted from 1
FIELD = "field:"  # what argparse calls an option of a spec's field
WIDTH = 12  # letters of a default that help shows


def fields_of(kind: type[Spec], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the path of each field of a spec, as `dataset.seed`, and the field."""
    for field in dataclasses.fields(kind):  # type: ignore[arg-type]
        if field.name in NEITHER:
            continue
        if isinstance(field.default, Spec):
            yield from fields_of(type(field.default), f"{prefix}{field.name}.")
        else:
            yield prefix + field.name, field


def add_fields(
    parser: argparse.ArgumentParser, kind: type[Spec], leave_out: tuple[str, ...]
) -> None:
    """Add an option for each field of a spec, and `--set` for any of them by its path."""
    groups: dict[str, Any] = {}
    for path, field in fields_of(kind):
        if path in leave_out:
            continue
        title = f"fields of {path.rpartition('.')[0] or kind.__name__}"
        if title not in groups:
            groups[title] = parser.add_argument_group(title)
        default = field.default if field.default != "" else "none"
        allowed = str(field.metadata["allowed"]).replace("%", "%%")
        groups[title].add_argument(
            f"--{path.replace('_', '-')}", dest=FIELD + path, metavar="VALUE",
            default=argparse.SUPPRESS, help=f"{allowed} (default {default})",
        )  # fmt: skip
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE",
        help="any field by its path, like dataset.corr_noise_scale=0.5; may be repeated",
    )  # fmt: skip


def value_of(text: str) -> Any:
    """Return what a value on the command line means: JSON if it is that, else itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def given_fields(asked: argparse.Namespace) -> dict[str, Any]:
    """Return the fields that the command line gives, nested as the spec has them."""
    fields: dict[str, Any] = {}
    for name, text in vars(asked).items():
        if name.startswith(FIELD):
            put(fields, name.removeprefix(FIELD), value_of(text))
    for setting in asked.set:
        path, equals, text = setting.partition("=")
        if not equals:
            raise refuse("--set", setting, "like steps=500 or dataset.corr_noise_scale=0.5")
        put(fields, path.strip().replace("-", "_"), value_of(text.strip()))
    return fields
