"""The jobs from a shell: `python -m mnist1d_lab JOB ['{"field": value}']` prints JSON.

With --table, the final test accuracy of a train or lottery job as text instead.
"""

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
    done, total = progress["done"], progress["total"]
    end = "\n" if done == total else ""
    print(f"\r{done} of {total}", end=end, file=sys.stderr, flush=True)


def table(records: list[dict[str, Any]]) -> str:
    """Return arm, level, sparsity and mean ± standard error of the final test accuracy over n."""
    groups: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for record in records:
        groups.setdefault((record["arm"], record["level"]), []).append(record)
    lines = ["arm      level  sparsity  test accuracy, %"]
    for (arm, level), rows in groups.items():
        final = [row["test_acc"] for row in rows if row["step"] == rows[-1]["step"]]
        n, share = len(final), 100 * rows[0]["sparsity"]
        error = f" ± {np.std(final, ddof=1) / np.sqrt(n):.1f}" if n > 1 else ""
        lines.append(f"{arm:8} {level:5} {share:7.1f} %  {np.mean(final):.1f}{error} (n = {n})")
    return "\n".join(lines)


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
        print(table(result["records"]))
        return 0
    json.dump(result, sys.stdout, default=_plain)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
