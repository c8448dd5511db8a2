"""Runs a task `cells`: all cells of the grid of width and sparsity that have one width.

They share the search, which goes on to the highest sparsity, and the dense trainings. What a cell
is, and what is compared in it, is in lottery/grid.py.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mnist1d_lab.cluster.names import name_of
from mnist1d_lab.cluster.searches import arm_steps, run_arm
from mnist1d_lab.cluster.steps import OnSteps, Record
from mnist1d_lab.dataset.spec import MAX_SEED
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.jobs.rebuild import model_of
from mnist1d_lab.lottery import grid, pruning
from mnist1d_lab.lottery.grid import ARMS, FRESH_SEEDS, Cell
from mnist1d_lab.lottery.spec import ArmSpec
from mnist1d_lab.lottery.trial import Trained, Trial
from mnist1d_lab.models.split import split_of
from mnist1d_lab.models.train import train
from mnist1d_lab.types import Masks, Params
from mnist1d_lab.validation import RefusedError, Spec, checked, integer, is_integer, refuse


def _several(one: Callable[[Any], bool], allowed: str, default: tuple[Any, ...]) -> Any:
    """Return a field of a list whose items are each as `one` says, none twice."""

    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or not all(map(one, value)):
            raise RefusedError(allowed)
        if len(set(value)) < len(value):
            raise RefusedError(f"{allowed}, none twice")
        return tuple(value)

    return checked(default, check, allowed)


def _is_sparsity(value: Any) -> bool:
    return isinstance(value, float) and 0.01 <= value <= 0.999


@dataclass(frozen=True)
class CellsSpec(Spec):
    """The cells of one width: at these sparsities, and with these numbers of survivors.

    Numbers of survivors that a network of this width does not have are left out.
    """

    hidden: int = integer(500, 1, 2000)
    sparsities: tuple[float, ...] = _several(
        _is_sparsity, "a list of numbers from 0.01 to 0.999", grid.SPARSITIES
    )
    survivors: tuple[int, ...] = _several(
        lambda value: is_integer(value) and value > 0,
        "a list of whole numbers of at least 1", grid.SURVIVORS,
    )  # fmt: skip
    seed: int = integer(0, 0, MAX_SEED)

    def __post_init__(self) -> None:
        """Check each field, then that there is a cell."""
        super().__post_init__()
        if not self.cells:
            raise refuse("sparsities", self.sparsities, "one at least, if no survivors fit")

    @property
    def cells(self) -> list[Cell]:
        """Return the cells."""
        return grid.cells_of(self.hidden, self.sparsities, self.survivors)

    def arms(self) -> Iterator[tuple[Cell, ArmSpec]]:
        """Yield every training on fresh data with its cell: the dense ones first, once for all."""
        dense = [pair for pair in ARMS if pair[0] == "dense"]
        pruned = [pair for pair in ARMS if pair[0] != "dense"]
        for cell, pairs in [(Cell(self.hidden, 0.0), dense), *((c, pruned) for c in self.cells)]:
            for fresh in FRESH_SEEDS:
                for arm, condition in pairs:
                    yield cell, grid.arm_spec(cell, self.seed, arm, condition, fresh)


def _trial(spec: CellsSpec, on_steps: OnSteps) -> Trial:
    """Return the search for all tickets of a width, which ends at the highest sparsity."""
    search = grid.search_spec(max(spec.cells, key=lambda cell: cell.sparsity), spec.seed)
    split, model, training = split_of(search.dataset), model_of(search), search.training()

    def train_once(params: Params, masks: Masks, label: Record, first: int) -> Trained:
        train(model, params, split, training, lambda step, network: None, masks, first)
        on_steps(training.steps - first)
        return Trained(label, params, params)

    return Trial.of(search, 0, model.init, train_once)


def _tickets(spec: CellsSpec, kept: Kept, on_steps: OnSteps) -> dict[float, str]:
    """Return the ticket of each sparsity, packed, in base64."""
    name = f"{name_of('cells', spec)}/tickets"
    found = kept.load(name)
    if found is None:
        sparsities = [cell.sparsity for cell in spec.cells]
        found = [
            (sparsity, base64.b64encode(pruning.pack(masks).tobytes()).decode())
            for sparsity, masks in grid.tickets(_trial(spec, on_steps), sparsities)
        ]
        kept.save(name, found)
    else:
        on_steps(_search_steps(spec))
    return dict(found)


def _search_steps(spec: CellsSpec) -> int:
    search = grid.search_spec(max(spec.cells, key=lambda cell: cell.sparsity), spec.seed)
    return search.steps * search.levels  # dense, and each level but the last


def steps(args: Record) -> int:
    """Return how many optimiser steps it takes."""
    spec = CellsSpec.of(args)
    return _search_steps(spec) + sum(arm_steps(one) for _, one in spec.arms())


def run(args: Record, kept: Kept, on_steps: OnSteps) -> list[Record]:
    """Return the final record of every training on fresh data, as grid.judge takes them."""
    spec = CellsSpec.of(args)
    tickets, records = _tickets(spec, kept, on_steps), list[Record]()
    for cell, one in spec.arms():
        final = run_arm(one, tickets.get(cell.sparsity), kept, on_steps)[-1]
        records.append({
            **cell._asdict(), "arm": one.arm, "condition": one.condition, "trial": 0,
            "fresh_seed": one.fresh_seed, "test_acc": final["test_acc"],
        })  # fmt: skip
    return records
