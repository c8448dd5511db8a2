"""The jobs from a shell: `python -m mnist1d_lab JOB ['{"field": value}']` prints JSON."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

import numpy as np

from mnist1d_lab import jobs


def _plain(value: object) -> list[Any]:
    if isinstance(value, np.ndarray):
        return list(value.tolist())
    raise TypeError(f"{type(value).__name__} is not JSON")


def _show(progress: dict[str, Any]) -> None:
    print(f"\r{progress['done']} of {progress['total']} steps", end="", file=sys.stderr, flush=True)


def main() -> int:
    """Run one job; a spec that makes no sense ends with its sentence and exit code 2."""
    parser = argparse.ArgumentParser(prog="mnist1d_lab", description="Run one job, print JSON.")
    parser.add_argument("job", choices=sorted(jobs.JOBS))
    parser.add_argument("args", nargs="?", default="{}", help="the job's arguments as JSON")
    asked = parser.parse_args()
    try:
        result = jobs.run(asked.job, json.loads(asked.args), _show)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    json.dump(result, sys.stdout, default=_plain)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
