"""Style checks, types and tests, run with the locked tools. Knows commands, not rules."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from build_steps import say, shell
from build_steps.native import Native
from build_steps.node import Node
from build_steps.say import BuildError
from build_steps.tree import Tree


def style(tree: Tree, python: Path, node: Node) -> None:
    """Run every check, so that all complaints are seen, then stop if there were any."""
    tsc = tree.node_modules / "typescript" / "bin" / "tsc"
    commands: dict[str, shell.Args] = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
        "mypy": [python, "-m", "mypy"],
        "tsc": [node.node, tsc, "-p", "."],
    }
    failed = []
    for name, command in commands.items():
        with say.step(f"Check: {name}"):
            if shell.status(command, tree.root) != 0:
                failed.append(name)
    if failed:
        raise BuildError(f"Checks failed: {', '.join(failed)}; the tests were not run.")


def tests(tree: Tree, python: Path, chromium: Path, native: Native, args: list[str]) -> int:
    """Run pytest; its summary is the last thing printed.

    All tests are two runs side by side: those in a browser wait a lot, the others only compute.
    """
    say.line("==> Tests: pytest")
    env = {"CHROMIUM": str(chromium), **native.environment}
    pytest: shell.Args = [python, "-m", "pytest"]
    if args:
        return shell.status([*pytest, *args], tree.root, env)
    with ThreadPoolExecutor(1) as threads:
        without: shell.Args = [*pytest, "--ignore=tests/browser"]
        others = threads.submit(shell.aside, without, tree.root, env)
        in_browser = shell.status([*pytest, "tests/browser"], tree.root, env)
        code, printed = others.result()
    say.line(printed)
    return in_browser or code
