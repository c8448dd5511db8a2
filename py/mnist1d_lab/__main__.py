"""From a shell: `python -m mnist1d_lab JOB ['{"field": value}']` runs any job and prints JSON.

With --table, the final test accuracy of a train or lottery job as text instead. Other words are
those of the command `mnist1d-lab`, which is in `command/`.
"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np

from mnist1d_lab import jobs
from mnist1d_lab.command import main as command
from mnist1d_lab.command.summary import accuracies


def _plain(value: object) -> list[Any]:
    if isinstance(value, np.ndarray):
        return list(value.tolist())
    raise TypeError(f"{type(value).__name__} is not JSON")


def _show(progress: dict[str, Any]) -> None:
    if not sys.stderr.isatty():
        return
    done, total = progress["done"], progress["total"]
    end = "\n" if done == total else ""
    print(f"\r{done} of {total}", end=end, file=sys.stderr, flush=True)


def asks_for_job(words: list[str]) -> bool:
    """Return whether this is JOB, JSON and --table, and not a line of `mnist1d-lab`."""
    if not words or words[0] not in jobs.JOBS:
        return not words
    return words[0] not in command.ADD or all(
        word == "--table" or word.lstrip().startswith("{") for word in words[1:]
    )


def main() -> int:
    """Run one job; a spec that makes no sense ends with its sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="mnist1d_lab", description="Run one job, print JSON.")
    parser.add_argument("job", choices=sorted(jobs.JOBS))
    parser.add_argument("args", nargs="?", default="{}", help="the job's arguments as JSON")
    parser.add_argument("--table", action="store_true", help="test accuracies as text, not JSON")
    asked = parser.parse_args()
    try:
        result = jobs.run(asked.job, json.loads(asked.args), _show)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if asked.table and "records" not in result:
        print(f"--table must be left out for {asked.job}, which has no accuracies", file=sys.stderr)
        return 2
    if asked.table:
        print(accuracies(result["records"]))
        return 0
    json.dump(result, sys.stdout, default=_plain)
    print()
    return 0


if __name__ == "__main__":
    if asks_for_job(sys.argv[1:]):
        sys.exit(main())
    command.program()
