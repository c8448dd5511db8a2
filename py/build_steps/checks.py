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
SECOND_LANE = "test_po"  # files of tests/browser from here on run in the second lane
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
    """Run all of pytest's tests in two lanes side by side.

    A test in a browser keeps about one core busy, and most tests are in one. So the other lane
    first runs those without, which only compute, at a lower priority; then the rest in a browser.
    """
    files = sorted((paths.root / "tests" / "browser").glob("test_*.py"))
    rest = [file for file in files if file.name >= SECOND_LANE]
    with ThreadPoolExecutor(1) as threads:
        others = threads.submit(_second_lane, paths, python, chromium, native, rest)
        first = [str(file) for file in files if file not in rest]
        in_browser = chosen_tests(paths, python, chromium, native, first)
        code, printed = others.result()
    console.line(printed)
    return in_browser or code


def _second_lane(
    paths: Paths, python: Path, chromium: Path, native: Native, files: list[Path]
) -> tuple[int, str]:
    """Run the tests without a browser, then these in one; returns a code and what they printed."""
    pytest: shell.Args = [python, "-m", "pytest"]
    without = shell.run_niced([*pytest, *WITHOUT_BROWSER], paths.root, native.environment)
    env = {"CHROMIUM": str(chromium), **native.environment}
    within = shell.capture([*pytest, *files], paths.root, env)
    return without[0] or within[0], f"{without[1]}\n{within[1]}"
