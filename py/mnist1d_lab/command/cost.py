"""`cost`: measures what a large sweep costs, and prints it. The measuring is in cluster/cost.py."""

from __future__ import annotations

import argparse

from mnist1d_lab.cluster.cost import measure, report
from mnist1d_lab.command.experiment import workers_of
from mnist1d_lab.command.progress import say
from mnist1d_lab.lottery.spec import PRESETS


def add(parser: argparse.ArgumentParser) -> None:
    """Add its options."""
    parser.add_argument("--preset", choices=list(PRESETS), default="paper",
                        help="of the search (default paper)")  # fmt: skip
    parser.add_argument("--trials", type=int, default=10_000, metavar="N",
                        help="how many (default 10000)")  # fmt: skip
    parser.add_argument("--cores", type=workers_of, default=16, metavar="N",
                        help="of each machine in the table (default 16)")  # fmt: skip
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Measure and print; return the exit code."""
    print(report(measure(asked.preset, say), asked.preset, asked.trials, asked.cores))
    return 0
