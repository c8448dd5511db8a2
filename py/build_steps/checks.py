"""Style, types and tests, run with the locked tools. The rules are in their own settings."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from build_steps import console, shell
from build_steps.console import BuildError
from build_steps.native import Native
from build_steps.node import Node
from build_steps.paths import Paths

WITHOUT_BROWSER = ("tests/unit", "tests/parity")
COUNT = re.compile(r"# (tests|pass|fail|skipped|duration_ms) ")  # of Node's summary
QUICK = "not slow and not site"  # the marks are explained in pyproject.toml


def style(paths: Paths, python: Path, node: Node) -> None:
    """Run every check, as many at a time as there are cores; stop if one complained."""
    tsc = paths.node_modules / "typescript" / "bin" / "tsc"
    commands: dict[str, shell.Args] = {
        "mypy": [python, "-m", "mypy"],
        "tsc": [node.node, tsc, "-p", "."],
        "ruff check": [python, "-m", "ruff", "check", "."],
        "ruff format": [python, "-m", "ruff", "format", "--check", "."],
    }
    failed = []
    with (
        console.step(f"Checks: {', '.join(commands)}"),
        ThreadPoolExecutor(os.cpu_count()) as threads,
    ):
        runs = {
            name: threads.submit(shell.capture, command, paths.root)
            for name, command in commands.items()
        }
        for name, run in runs.items():
            code, printed = run.result()
            if code:
                failed.append(name)
                console.line(printed.rstrip())
    if failed:
        raise BuildError(f"Checks failed: {', '.join(failed)}.")


def page_tests(paths: Paths, python: Path, node: Node) -> int:
    """Run the tests of the page's own arithmetic in Node; no browser and no built site."""
    console.line("==> Tests: node --test")
    files = sorted((paths.root / "tests" / "page").glob("*.test.js"))
    command: shell.Args = [node.node, "--test", "--test-reporter=tap", *files]
    code, printed = shell.capture(command, paths.root, {"PYTHON": str(python)})
    counts = [line for line in printed.splitlines() if COUNT.match(line)]
    console.line(printed if code else "\n".join(counts))
    return code


def unit_tests(paths: Paths, python: Path, native: Native, args: list[str]) -> int:
    """Run the tests without a browser, without the slow ones and those of the built site.

    The arguments are pytest's.
    """
    console.line("==> Tests: pytest, without a browser and without the slow ones")
    command: shell.Args = [python, "-m", "pytest", "-n", "auto", "-m", QUICK, *WITHOUT_BROWSER]
    return shell.status([*command, *args], paths.root, native.environment)


def chosen_tests(
    paths: Paths, python: Path, chromium: Path, native: Native, args: list[str]
) -> int:
    """Run pytest with these arguments; its summary is the last thing printed."""
    console.line("==> Tests: pytest")
    env = {"CHROMIUM": str(chromium), **native.environment}
    return shell.status([python, "-m", "pytest", *args], paths.root, env)


def all_tests(paths: Paths, python: Path, chromium: Path, native: Native) -> int:
    """Run all of pytest's tests as two runs side by side.

    Those in a browser wait a lot, the others only compute, so the others run at a lower priority.
    """
    without: shell.Args = [python, "-m", "pytest", *WITHOUT_BROWSER]
    with ThreadPoolExecutor(1) as threads:
        others = threads.submit(shell.run_niced, without, paths.root, native.environment)
        in_browser = chosen_tests(paths, python, chromium, native, ["tests/browser"])
        code, printed = others.result()
    console.line(printed)
    return in_browser or code
