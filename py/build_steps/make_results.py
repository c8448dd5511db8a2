"""Makes the many-seed results that the page ships. Run by build.py with the project's Python.

Usage: make_results.py KEPT OUT [SET ...]

Each set is a sweep of a file in grids/, by the command `mnist1d-lab`, and an entry of FILES, which
turns its tidy records into the shipped JSON. What is finished is kept in KEPT, and a second call
goes on where the first one stopped. The same jobs, the same kernels and so the same numbers as in
the page.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from build_steps import content_hash, grid_results_file, models_file, searches_file
from build_steps.swept import Record, Swept
from mnist1d_lab import __version__, kernels
from mnist1d_lab.cluster.folder import ResultsFolder
from mnist1d_lab.cluster.grid_file import read_grid
from mnist1d_lab.cluster.identity import made_by
from mnist1d_lab.command import main as command

GRIDS = Path(__file__).with_name("grids")  # of each set: what `mnist1d-lab sweep` runs for it
# Of each set: what makes its file of its sweep, and what prints what that says.
FILES: dict[str, tuple[Callable[[Swept], Record], Callable[[Record], None]]] = {
    "quick": (searches_file.make, searches_file.report),
    "paper": (searches_file.make, searches_file.report),
    "models": (models_file.make, models_file.report),
    "sweeps": (models_file.make_sweeps, models_file.report_sweeps),
    "grid": (grid_results_file.make, grid_results_file.report),
}


def folders() -> tuple[Path, Path]:
    """Return where finished parts are kept, and where the results go, as the command line says.

    What is kept is below a name for the arithmetic: other arithmetic, other numbers. That a
    version's numbers are its code's is for the tests.
    """
    kept, out = Path(sys.argv[1]), Path(sys.argv[2])
    if kernels.backend() != "simd":
        raise SystemExit(f"The results are made with the compiled kernels: {kernels.note()}")
    code = content_hash.key(__version__, Path(os.environ["MNIST1D_LIBRARY"]))[:12]
    return kept / code, out


def publish(path: Path, value: Any) -> None:
    """Write a results file of the page."""
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps(value), encoding="utf-8")
    scratch.replace(path)  # whole or not at all, also when we are stopped


def swept(name: str, folder: Path, grids: Path = GRIDS) -> Swept:
    """Return where the sweep of a set is, done or not."""
    results = ResultsFolder(folder / name, made_by())
    return Swept(read_grid(grids / f"{name}.yaml"), results, folder / "levels")


def run(name: str, folder: Path, grids: Path = GRIDS) -> Swept:
    """Run the sweep of a set, or what is left of it."""
    one = swept(name, folder, grids)
    words = ["--out", one.folder.path, "--keep", one.levels, "--workers", os.cpu_count() or 1]
    if code := command.main(["sweep", str(grids / f"{name}.yaml"), *map(str, words)]):
        raise SystemExit(code)
    return one


def main() -> None:
    """Make the sets that are asked for, or all."""
    kept, out = folders()
    for name in sys.argv[3:] or FILES:
        make, report = FILES[name]
        made = make(run(name, kept))
        publish(out / f"{name}.json", made)
        print(f"{name}: {len(made['seeds'])} trials, {len(made['records']['rows'])} records",
              flush=True)  # fmt: skip
        report(made)


if __name__ == "__main__":
    main()
