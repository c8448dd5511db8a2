"""`verdict`: what records say of the published claims. The claims are in lottery/claims.py."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from mnist1d_lab import jobs
from mnist1d_lab.command import summary
from mnist1d_lab.files import read


def add(parser: argparse.ArgumentParser) -> None:
    """Add its options."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="results of `arms`, or "
                        "of `lottery`; several are put together")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print JSON, not a table")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print what the records say; return the exit code."""
    found = [read(path) for path in asked.files]
    search = [record for one in found for record in one.records]
    arms = [record for one in found for record in one.arms]
    said = jobs.run("verdict", {"search": search, "arms": arms})
    print(json.dumps(said, indent=1) if asked.json else summary.claims(said["rows"]))
    return 0
