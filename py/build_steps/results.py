"""Make static/results, what the page shows before anything is run. Knows no experiment."""

from pathlib import Path

from build_steps import say, shell
from build_steps.native import Native
from build_steps.tree import Tree

MODELS = "models"  # the set that has a script of its own


def make(tree: Tree, python: Path, native: Native, sets: list[str]) -> int:
    """Run what is missing of the sets asked for, or of all; it may be stopped and called again.

    Finished parts are kept in .cache/results.
    """
    kept, out = tree.cache / "results", tree.root / "static" / "results"
    say.line(f"==> Results into {out.relative_to(tree.root)}; they take up to an hour")
    env = {"PYTHONPATH": str(tree.py), "OMP_NUM_THREADS": "1", **native.environment}
    scripts = tree.root / "py" / "build_steps"
    presets = [name for name in sets if name != MODELS]
    code = 0
    if MODELS in sets or not sets:
        code = shell.status([python, scripts / "make_models.py", kept, out], tree.root, env)
    if presets or not sets:
        command: shell.Args = [python, scripts / "make_results.py", kept, out, *presets]
        code = shell.status(command, tree.root, env) or code
    return code
