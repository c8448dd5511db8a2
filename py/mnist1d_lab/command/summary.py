"""Records in words for a terminal: a table of accuracies, a table of claims."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Record = dict[str, Any]


def accuracies(records: Sequence[Record]) -> str:
    """Return arm, level, sparsity and mean ± standard error of the final test accuracy over n."""
    groups: dict[tuple[str, int], list[Record]] = {}
    for record in records:
        groups.setdefault((record["arm"], record["level"]), []).append(record)
    lines = ["arm      level  sparsity  test accuracy, %"]
    for (arm, level), rows in groups.items():
        final = [row["test_acc"] for row in rows if row["step"] == rows[-1]["step"]]
        n, share = len(final), 100 * rows[0]["sparsity"]
        error = f" ± {np.std(final, ddof=1) / np.sqrt(n):.1f}" if n > 1 else ""
        lines.append(f"{arm:8} {level:5} {share:7.1f} %  {np.mean(final):.1f}{error} (n = {n})")
    return "\n".join(lines)


def claims(rows: Sequence[Record]) -> str:
    """Return what records say of each claim, a line each."""
    lines = []
    for row in rows:
        span = "no records" if row["mean"] is None else f"{row['mean']:+.2f} {row['unit']}"
        if row["low"] is not None:
            span += f" [{row['low']:+.2f}, {row['high']:+.2f}]"
        lines.append(f"{row['claim']:12} {row['verdict']:14} {span}, n = {row['n']}")
    return "\n".join(lines)
