"""Make static/results, what the page shows before anything is run. Knows no experiment."""

from pathlib import Path

from build_steps import say, shell
from build_steps.native import Native
from build_steps.tree import Tree


def make(tree: Tree, python: Path, native: Native, presets: list[str]) -> int:
    """Run what is missing of the sets asked for, on all cores; it may be stopped and called again.

    Finished parts are kept in .cache/results.
    """
    kept, out = tree.cache / "results", tree.root / "static" / "results"
    say.line(f"==> Results into {out.relative_to(tree.root)}; they take up to an hour")
    script = tree.root / "py" / "build_steps" / "make_results.py"
    env = {"PYTHONPATH": str(tree.py), "OMP_NUM_THREADS": "1", **native.environment}
    return shell.status([python, script, kept, out, *presets], tree.root, env)
