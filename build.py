#!/usr/bin/env python3
"""Build, serve and test the site. Only the story: each step is a module of py/build_steps.

python3 build.py build                  make dist/
python3 build.py serve [--port 8000]    build, then serve dist/ on this machine
python3 build.py check                  style and types only, in seconds; builds nothing
python3 build.py test unit              quick tests without a browser; builds no site
python3 build.py test page              the page's arithmetic in Node; builds no site
python3 build.py test browser           build, then the tests in a browser
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
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / "py"))

from build_steps import (
    bench,
    browser,
    checks,
    compress,
    console,
    native,
    node,
    release,
    results,
    runtime,
    server,
    site,
    trim,
    vendor,
    venv,
    wheel,
)
from build_steps.paths import Paths


def build(paths: Paths) -> tuple[Path, node.Node, native.Native]:
    """Make dist/; returns the project's Python and Node, and the compiled kernels."""
    python = venv.ensure(paths)
    nodejs = node.ensure(paths)
    compiled = native.ensure(paths, python)
    pyodide = runtime.ensure(paths, python)
    trimmed = trim.ensure(paths, nodejs, runtime.archives(paths))
    runtime_name = f"{pyodide}-{trimmed.name}"  # browsers keep files by their address
    with console.step("The site: dist/") as result, site.assembled(paths) as new:
        site.copy_page(paths, new)
        vendor.link(new)
        site.copy_results(paths, new / "results")
        vendor.copy(paths, nodejs, new / "vendor")
        runtime.copy(paths, trimmed, new / "runtime" / runtime_name)
        kernels = native.copy(compiled, new / "native")
        ours = wheel.build(
            paths, python, new / "wheels", lambda made: trim.precompile(paths, nodejs, made)
        )
        for job in ("parts", "presets"):
            wheel.write_job(paths, python, job, new / f"{job}.json")
        parts = new / "runtime" / runtime_name, ours, kernels
        release.make(new, site.manifest(new, *parts))
        compress.write_copies(paths, nodejs, new)
        compress.print_first_visit(new)
        for part in sorted(path for path in new.iterdir() if path.suffix not in compress.KINDS):
            console.line(f"    {part.name:12} {console.size(part)}")
        result(f"{console.size(new)} in all")
    return python, nodejs, compiled


def serve(paths: Paths, port: int) -> int:
    """Build, then serve until stopped."""
    build(paths)
    server.serve(paths.dist, port)
    return 0


def check(paths: Paths) -> tuple[Path, node.Node]:
    """Check style and types; returns the project's Python and Node."""
    python, nodejs = venv.ensure(paths), node.ensure(paths)
    checks.style(paths, python, nodejs)
    return python, nodejs


def test(paths: Paths, args: list[str]) -> int:
    """Run all checks and tests, or one group of tests, or those that pytest's arguments pick."""
    if args == ["unit"]:
        python = venv.ensure(paths)
        compiled = native.ensure(paths, python)
        native.require_host(compiled)
        return checks.unit_tests(paths, python, compiled)
    if args == ["page"]:
        return checks.page_tests(paths, venv.ensure(paths), node.ensure(paths))
    python, nodejs, compiled = build(paths)
    native.require_host(compiled)
    chromium = browser.ensure(paths, python)
    if args:
        chosen = ["tests/browser"] if args == ["browser"] else args
        return checks.chosen_tests(paths, python, chromium, compiled, chosen)
    checks.style(paths, python, nodejs)
    in_node = checks.page_tests(paths, python, nodejs)
    return checks.all_tests(paths, python, chromium, compiled) or in_node


def benchmark(paths: Paths, words: list[str]) -> int:
    """Build, then time it: a first visit, or ours beside PyTorch."""
    python, _, compiled = build(paths)
    chromium = browser.ensure(paths, python)
    if words == ["start"]:
        return bench.start(paths, python, chromium, runtime.stock(paths))
    return bench.run(paths, python, chromium, compiled, words)


def main(argv: list[str]) -> int:
    """Read the command line and run one command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = ("build", "serve", "check", "test", "bench", "results")
    parser.add_argument("command", choices=commands)
    parser.add_argument("--port", type=int, default=8000, help="for serve; taken: the next free")
    args, rest = parser.parse_known_args(argv)
    if rest and args.command not in ("test", "bench", "results"):
        parser.error(f"unknown arguments: {' '.join(rest)}")
    paths = Paths(ROOT)
    if args.command == "serve":
        return serve(paths, args.port)
    if args.command == "test":
        return test(paths, rest)
    if args.command == "bench":
        return benchmark(paths, rest)
    if args.command == "check":
        check(paths)
        return 0
    python, _, compiled = build(paths)
    if args.command == "results":
        return results.make(paths, python, compiled, rest)
    return 0


def interrupt(*_: object) -> NoReturn:
    """SIGTERM, and Ctrl-C even for a background job, end us like Ctrl-C in a terminal."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        sys.exit(main(sys.argv[1:]))
    except console.BuildError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        sys.exit(130)
