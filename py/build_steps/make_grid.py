"""Makes the results of the grid of width and sparsity that the page ships. Run by build.py.

Usage: make_grid.py KEPT OUT

Every finished search and training is kept in KEPT, so that a second call goes on where the first
one stopped. What a cell is, and what is compared in it, is in mnist1d_lab/lottery/grid.py; the same
trainings and kernels, and so the same numbers, as in the page.
"""

import base64
import dataclasses
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from build_steps.make_results import FORMAT, arm, folders, keep, load, publish, table
from mnist1d_lab import __version__
from mnist1d_lab.jobs.rebuild import model_of
from mnist1d_lab.lottery import grid, pruning
from mnist1d_lab.lottery.grid import ARM, ARMS, FRESH_SEEDS, Cell
from mnist1d_lab.lottery.spec import result_key
from mnist1d_lab.lottery.trial import Trained, Trial
from mnist1d_lab.models.split import split_of
from mnist1d_lab.models.train import train
from mnist1d_lab.types import Masks, Params

SEEDS = range(10)
Record = dict[str, Any]


def tickets(hidden: int, seed: int, folder: Path) -> dict[float, str]:
    """Return the tickets of a width's cells by sparsity, packed, in base64; searched for once."""
    sparsities = [cell.sparsity for cell in grid.cells() if cell.hidden == hidden]
    spec = grid.search_spec(Cell(hidden, max(sparsities)), seed)
    path = folder / f"tickets-{result_key(spec)}" / "tickets.json"
    if (kept := load(path)) is None:
        split, model, training = split_of(spec.dataset), model_of(spec), spec.training()

        def train_once(params: Params, masks: Masks, label: Record, first: int) -> Trained:
            train(model, params, split, training, lambda step, network: None, masks, first)
            return Trained(label, params, params)

        trial = Trial.of(spec, 0, model.init, train_once)
        kept = [
            (sparsity, base64.b64encode(pruning.pack(masks).tobytes()).decode())
            for sparsity, masks in grid.tickets(trial, sparsities)
        ]
        keep(path, kept)
        print(f"width {hidden}, seed {seed}: {len(kept)} tickets", flush=True)
    return dict(kept)


def dense(hidden: int, seed: int, folder: Path) -> list[Record]:
    """Return the final records of the dense trainings of a width and a seed."""
    cell = Cell(hidden, grid.SPARSITIES[0])  # any: a dense network has no ticket
    return trained(cell, seed, None, [pair for pair in ARMS if pair[0] == "dense"], folder)


def trained(
    cell: Cell, seed: int, mask: str | None, pairs: list[tuple[str, str]], folder: Path
) -> list[Record]:
    """Return the final records of these arms and conditions on each fresh dataset."""
    records = []
    for fresh_seed in FRESH_SEEDS:
        for name, condition in pairs:
            spec = grid.arm_spec(cell, seed, name, condition, fresh_seed)
            final = arm(dataclasses.asdict(spec), mask, folder)[-1]
            own = cell if name != "dense" else Cell(cell.hidden, 0.0)
            records.append({
                **own._asdict(), "arm": name, "condition": condition, "trial": seed - SEEDS[0],
                "fresh_seed": fresh_seed, "test_acc": final["test_acc"],
            })  # fmt: skip
    return records


def column(hidden: int, seed: int, folder: Path) -> list[Record]:
    """Return all records of a width and a seed."""
    found = tickets(hidden, seed, folder)
    records = dense(hidden, seed, folder)
    for cell in grid.cells():
        if cell.hidden == hidden:
            pairs = [pair for pair in ARMS if pair[0] != "dense"]
            records += trained(cell, seed, found[cell.sparsity], pairs, folder)
    return records


def make(folder: Path) -> Record:
    """Return the results file; seed by seed, so that a set that is stopped has whole seeds."""
    wanted = [(hidden, seed) for seed in SEEDS for hidden in reversed(grid.WIDTHS)]
    with ProcessPoolExecutor() as pool:
        parts = pool.map(column, *zip(*wanted, strict=True), [folder] * len(wanted))
        records = [record for part in parts for record in part]
    rows = grid.judge(records)
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(grid.search_spec(Cell(grid.WIDTHS[0], grid.SPARSITIES[0]), 0)),
        "arm": ARM,
        "seeds": list(SEEDS),
        "fresh_seeds": list(FRESH_SEEDS),
        "records": table(records),
        "rows": rows,
        "holds": grid.holds(rows),
    }


def print_rows(made: Record) -> None:
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


def main() -> None:
    """Make the file, and print what it says."""
    kept, out = folders()
    made = make(kept)
    publish(out / "grid.json", made)
    print_rows(made)


if __name__ == "__main__":
    main()
