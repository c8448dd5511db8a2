"""Style, types and tests, run with the locked tools. The rules are in their own settings."""

import os
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from build_steps import console, shell
from build_steps.console import BuildError
from build_steps.native import Native
from build_steps.node import Node
from build_steps.paths import Paths

WITHOUT_BROWSER = ("tests/unit", "tests/parity")
COUNT = re.compile(r"# (tests|pass|fail|skipped|duration_ms) ")  # of Node's summary
# Of the tests in a browser, the files that take longest: begun late, one lane would wait for them.
LONGEST = ("resume", "start", "page", "models", "access", "arms", "offline", "mend", "page_faults")
SHARE = 6  # of the files that wait, one process of pytest takes one in so many, and at least
LEAST = 2  # so many: each starts a browser and compiles Python anew
FAILURE = re.compile(r"(FAILED|ERROR) ")  # of pytest's summary
SUMMARY = re.compile(r" in \d+\.\d+s\b")
COUNTED = re.compile(r"(\d+) (passed|failed|errors?|skipped)")
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


def all_tests(paths: Paths, python: Path, node: Node, chromium: Path, native: Native) -> int:
    """Run Node's and pytest's tests in two lanes; what pytest failed is said again at the end.

    A test in a browser keeps about one core busy, and most tests are in one. So the second lane
    first runs those without, Node's and then pytest's, these at a lower priority. Then both take
    the files that need a browser, a few at a time, so that both end at about the same time.
    """
    waiting = iter(parts(sorted((paths.root / "tests" / "browser").glob("test_*.py"))))
    pytest: shell.Args = [python, "-m", "pytest", "-q"]
    env = {"CHROMIUM": str(chromium), **native.environment}
    printed: list[str] = []

    def tell(done: tuple[int, str]) -> int:
        console.line(done[1].rstrip())
        printed.append(done[1])
        return done[0]

    def lane(codes: list[int]) -> list[int]:
        while part := next(waiting, None):  # a list's iterator may be asked by both
            codes.append(tell(shell.capture([*pytest, *part], paths.root, env)))
        return codes

    console.line("==> Tests: pytest, in two lanes")
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(lane, [])
        in_node = page_tests(paths, python, node)
        without = shell.run_niced([*pytest, *WITHOUT_BROWSER], paths.root, native.environment)
        codes = [*lane([in_node, tell(without)]), *first.result()]
    said = "\n".join(printed).splitlines()
    failed = [line for line in said if FAILURE.match(line)]
    console.line("\n".join(["==> " + _sum_up(said), *failed]))
    return max(codes)


def parts(files: list[Path]) -> list[list[Path]]:
    """Share the files out to processes: the longest first, and ever fewer at a time."""
    names = [f"test_{name}" for name in LONGEST]
    waiting = sorted(files, key=lambda f: names.index(f.stem) if f.stem in names else len(names))
    made = []
    while waiting:
        count = max(LEAST, len(waiting) // SHARE)
        made.append(waiting[:count])
        waiting = waiting[count:]
    return made


def _sum_up(lines: list[str]) -> str:
    """Add up pytest's last lines: '3 passed, 1 failed'."""
    counts: Counter[str] = Counter()
    for line in lines:
        if SUMMARY.search(line):
            counts.update({word: int(n) for n, word in COUNTED.findall(line)})
    return ", ".join(f"{n} {word}" for word, n in counts.items())
