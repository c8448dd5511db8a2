"""Finding lottery tickets: train, prune the smallest, rewind the rest, repeat. The loop, no more.

Source: Frankle & Carbin 2019, "The Lottery Ticket Hypothesis", iterative magnitude pruning with
resetting; the random arm is its control, the dense arm what a ticket is compared with. How a search
that was stopped goes on is in resume.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from mnist1d_lab.lottery import pruning
from mnist1d_lab.lottery.trial import Level, Trained, Trial
from mnist1d_lab.types import Masks, Params


def search(trial: Trial) -> Iterator[Level]:
    """Train the dense network, prune it, then search; yield the levels of one trial.

    Level 0 is the dense network: one training, reported for all three arms.
    """
    dense = trial.train("dense", 0, trial.initial, trial.full)
    ticket = trial.prune(1, trial.full, dense)
    yield Level(0, [{**dense.record, "arm": arm} for arm in ("dense", "lottery", "random")], ticket)
    yield from rounds(trial, trial.origin(dense), ticket, 1, dense)


def rounds(
    trial: Trial, origin: Params, ticket: Masks, first_level: int, before: Trained | None = None
) -> Iterator[Level]:
    """Rewind to `origin`, train, prune the smallest, repeat; yield the levels from this one on.

    `before` is the training before the first of them, which edited rules of rewinding ask for.
    """
    makers = pruning.random_masks(trial.spec, trial.number, trial.full, trial.sparsity)
    lottery = random = before
    for level, random_mask in enumerate(islice(makers, first_level - 1, None), first_level):
        lottery = trial.train("lottery", level, origin, ticket, lottery)
        random = trial.train("random", level, origin, random_mask(ticket), random)
        records = [lottery.record, random.record]
        if level == trial.spec.levels:
            yield Level(level, records, None)
        else:
            ticket = trial.prune(level + 1, ticket, lottery)
            yield Level(level, records, ticket)
