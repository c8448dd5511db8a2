#!/usr/bin/env python3
"""Build, serve and test the site. Only the story: each step is a module of py/build_steps.

python3 build.py build                  make dist/
python3 build.py serve [--port 8000]    build, then serve dist/ on this machine
python3 build.py test                   build, then all checks and all tests
python3 build.py test -k name           build, then pytest with these arguments, without checks
python3 build.py bench start            build, then time a first visit beside stock Pyodide
python3 build.py bench [word ...]       build, then time ours beside PyTorch (rows with the words)
python3 build.py bench studio           build, then time the sliders and the making of datasets
python3 build.py results [set ...]      make again the many-seed results that the page ships
"""

import argparse
import signal
import sys
import tomllib
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "py"))

from build_steps import (
    bench,
    browser,
    checks,
    compress,
    native,
    node,
    release,
    results,
    runtime,
    say,
    server,
    site,
    trim,
    vendor,
    venv,
    wheel,
)
from build_steps.tree import Tree


def build(tree: Tree) -> tuple[Path, node.Node, native.Native]:
    """Make dist/; returns the project's Python and Node, and the compiled kernels."""
    project = tomllib.loads((tree.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = venv.ensure(tree)
    nodejs = node.ensure(tree)
    compiled = native.ensure(tree, python)
    pyodide = runtime.ensure(tree, python)
    trimmed = trim.ensure(tree, nodejs, runtime.archives(tree))
    runtime_name = f"{pyodide}-{trimmed.name}"  # browsers keep files by their address
    with say.step("The site: dist/") as result, site.assembled(tree) as new:
        site.copy_page(tree, new)
        vendor.link(new)
        site.copy_results(tree, new / "results")
        vendor.copy(tree, nodejs, new / "vendor")
        runtime.copy(tree, trimmed, new / "runtime" / runtime_name)
        kernels = native.copy(compiled, new / "native")
        ours = wheel.build(
            tree, python, new / "wheels", lambda made: trim.precompile(tree, nodejs, made)
        )
        for job in ("parts", "presets"):
            wheel.write_job(tree, python, job, new / f"{job}.json")
        parts = new / "runtime" / runtime_name, ours, kernels
        site.write_manifest(new, project["version"], *parts)
        release.make(new)
        compress.beside(tree, nodejs, new)
        compress.tell(new)
        for part in sorted(path for path in new.iterdir() if path.suffix not in compress.KINDS):
            say.line(f"    {part.name:12} {say.size(part)}")
        result(f"{say.size(new)} in all")
    return python, nodejs, compiled


def serve(tree: Tree, port: int) -> int:
    """Build, then serve until stopped."""
    build(tree)
    server.serve(tree.dist, port)
    return 0


def test(tree: Tree, pytest_args: list[str]) -> int:
    """Build, check and test; with arguments only the tests they pick."""
    python, nodejs, compiled = build(tree)
    chromium = browser.ensure(tree, python)
    if not pytest_args:
        checks.style(tree, python, nodejs)
    return checks.tests(tree, python, chromium, compiled, pytest_args)


def main(argv: list[str]) -> int:
    """Read the command line and run one command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("build", "serve", "test", "bench", "results"))
    parser.add_argument("--port", type=int, default=8000, help="for serve; taken: the next free")
    args, rest = parser.parse_known_args(argv)
    if rest and args.command not in ("test", "bench", "results"):
        parser.error(f"unknown arguments: {' '.join(rest)}")
    tree = Tree(ROOT)
    if args.command == "serve":
        return serve(tree, args.port)
    if args.command == "test":
        return test(tree, rest)
    if args.command == "bench":
        python, _, compiled = build(tree)
        chromium = browser.ensure(tree, python)
        if rest == ["start"]:
            return bench.start(tree, python, chromium, runtime.stock(tree))
        return bench.run(tree, python, chromium, compiled, rest)
    python, _, compiled = build(tree)
    if args.command == "results":
        return results.make(tree, python, compiled, rest)
    return 0


def interrupt(*_: object) -> NoReturn:
    """SIGTERM, and Ctrl-C even for a background job, end us like Ctrl-C in a terminal."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        sys.exit(main(sys.argv[1:]))
    except say.BuildError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        sys.exit(130)
