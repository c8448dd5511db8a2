"""Makes `grid.json`, of the grid of width and sparsity, of its sweep."""

from __future__ import annotations

import dataclasses

from build_steps.swept import FORMAT, Record, Swept, table
from mnist1d_lab import __version__
from mnist1d_lab.lottery import grid
from mnist1d_lab.lottery.grid import ARM, FRESH_SEEDS, Cell


def make(swept: Swept) -> Record:
    """Return the results file: all trainings, and what they say of each comparison."""
    records = [record for _, found in swept.found() for record in found.rows]
    rows = grid.judge(records)
    first = Cell(grid.WIDTHS[0], grid.SPARSITIES[0])
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(grid.search_spec(first, 0)),
        "arm": ARM,
        "seeds": swept.seeds,
        "fresh_seeds": list(FRESH_SEEDS),
        "records": table(records),
        "rows": rows,
        "holds": grid.holds(rows),
    }


def report(made: Record) -> None:
    """Print each comparison as a table: a line a width, a column a sparsity."""
    for one in grid.COMPARISONS:
        print(f"{one.name}: {' '.join(one.more)} - {' '.join(one.less)}, points of test accuracy")
        for row in made["rows"]:
            if row["comparison"] == one.name:
                kind = f"{row['survivors']} survivors" if row["survivors"] else ""
                span = f"{row['mean']:+.1f} [{row['low']:+.1f}, {row['high']:+.1f}]"
                print(f"  {row['hidden']:4} units, {100 * row['sparsity']:5.1f} %: {span}, "
                      f"n = {row['n']} {kind}")  # fmt: skip
        for line in made["holds"]:
            if line["comparison"] == one.name:
                survivors, sparsity = line["survivors"], line["sparsity"]
                where = f"with {survivors} survivors" if survivors else f"at {100 * sparsity:g} %"
                print(f"  {where} it holds from {line['hidden'] or 'no width'} on")
