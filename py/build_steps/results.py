"""Make static/results, the results that the page shows before anything is run."""

from pathlib import Path

from build_steps import console, shell
from build_steps.native import Native
from build_steps.paths import Paths

# What is no sweep of a grid file: networks instead of records, experiments with scripts of their
# own, and the pictures of what the others made.
SCRIPTS = {
    "inside": "make_inside.py",
    "double-descent": "make_double_descent.py",
    "double-descent-cnn": "make_double_descent_cnn.py",
    "learning-rate": "make_learning_rate.py",
    "self-supervised": "make_self_supervised.py",
    "pooling": "make_pooling.py",
    "pictures": "make_pictures.py",
}


def make(paths: Paths, python: Path, native: Native, sets: list[str]) -> int:
    """Run what is missing of these sets, or of all if none is named; it can be stopped and resumed.

    Finished parts are kept in .cache/results. All but `inside` are a sweep of a grid file
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
    swept = [name for name in sets if name not in SCRIPTS]
    if swept or not sets:
        commands.append([python, scripts / "make_results.py", kept, out, *swept])
    codes = [shell.status(command, paths.root, env) for command in commands]
    return next((code for code in codes if code), 0)
