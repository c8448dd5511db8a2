"""Make static/results, the results that the page shows before anything is run."""

from pathlib import Path

from build_steps import console, shell
from build_steps.native import Native
from build_steps.paths import Paths

# Sets with scripts of their own.
SCRIPTS = {"models": "make_models.py", "inside": "make_inside.py", "grid": "make_grid.py"}
SCRIPTS["double-descent"] = "make_double_descent.py"


def make(paths: Paths, python: Path, native: Native, sets: list[str]) -> int:
    """Run what is missing of these sets, or of all if none is named; it can be stopped and resumed.

    Finished parts are kept in .cache/results. `quick` and `paper` are a sweep of a grid file
    each, run by the command `mnist1d-lab`.
    """
    kept, out = paths.cache / "results", paths.root / "static" / "results"
    console.line(f"==> Results into {out.relative_to(paths.root)}; they take some hours")
    env = {"PYTHONPATH": str(paths.py), "OMP_NUM_THREADS": "1", **native.environment}
    scripts = paths.root / "py" / "build_steps"
    commands: list[shell.Args] = [
        [python, scripts / script, kept, out]
        for name, script in SCRIPTS.items()
        if name in sets or not sets
    ]
    presets = [name for name in sets if name not in SCRIPTS]
    if presets or not sets:
        commands.append([python, scripts / "make_results.py", kept, out, *presets])
    codes = [shell.status(command, paths.root, env) for command in commands]
    return next((code for code in codes if code), 0)
