"""Make static/results, the results that the page shows before anything is run."""

from pathlib import Path

from build_steps import console, shell
from build_steps.native import Native
from build_steps.paths import Paths

MODELS = "models"  # the set that has a script of its own


def make(paths: Paths, python: Path, native: Native, sets: list[str]) -> int:
    """Run what is missing of these sets, or of all if none is named; it can be stopped and resumed.

    Finished parts are kept in .cache/results.
    """
    kept, out = paths.cache / "results", paths.root / "static" / "results"
    console.line(f"==> Results into {out.relative_to(paths.root)}; they take up to an hour")
    env = {"PYTHONPATH": str(paths.py), "OMP_NUM_THREADS": "1", **native.environment}
    scripts = paths.root / "py" / "build_steps"
    presets = [name for name in sets if name != MODELS]
    code = 0
    if MODELS in sets or not sets:
        code = shell.status([python, scripts / "make_models.py", kept, out], paths.root, env)
    if presets or not sets:
        command: shell.Args = [python, scripts / "make_results.py", kept, out, *presets]
        code = shell.status(command, paths.root, env) or code
    return code
