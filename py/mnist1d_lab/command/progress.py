"""How far a run is, on a terminal's stderr; nothing in a pipe, nothing on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from mnist1d_lab.cluster.steps import OnSteps


@contextmanager
def progress(total: int) -> Iterator[OnSteps]:
    """Show a bar of `total` optimiser steps, if somebody looks and tqdm is there."""
    try:
        from tqdm import tqdm
    except ImportError:
        yield lambda _: None
        return
    bar = tqdm(
        total=total, unit="step", unit_scale=True, leave=False, file=sys.stderr, dynamic_ncols=True,
        disable=not sys.stderr.isatty(),
    )  # fmt: skip
    with bar:
        yield bar.update


def say(text: str) -> None:
    """Say a line beside the results, on stderr."""
    print(text, file=sys.stderr, flush=True)
