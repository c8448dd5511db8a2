#!/usr/bin/env python3
"""Build, check, test and serve the site: each step is a module of py/build_steps.

python3 build.py build                  make dist/
python3 build.py serve [--port 8000]    build, then serve dist/ on this machine
python3 build.py serve --watch          serve the work tree as it is: a reload shows a change
python3 build.py check                  style and types only, in seconds; builds nothing
python3 build.py test unit              quick tests without a browser; builds no site
python3 build.py test page              the page's arithmetic in Node; builds no site
python3 build.py test browser           build, then the tests in a browser
python3 build.py test                   build, then all checks and all tests
python3 build.py test -k name           build, then pytest with these arguments, without checks
python3 build.py test browser -k name   the same of one group; `unit` takes such arguments as well
python3 build.py bench start            build, then time a first visit beside stock Pyodide
python3 build.py bench early            build, then time how soon the sliders move the digits
python3 build.py bench [word ...]       build, then time ours beside PyTorch (rows with the words)
python3 build.py bench studio           build, then time the sliders and the making of datasets
python3 build.py wheel [name ...]       wheels with compiled kernels, and the pure one, in wheels/
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
    docs,
    generate,
    native,
    node,
    release,
    results,
    runtime,
    server,
    site,
    tools,
    trim,
    vendor,
    venv,
    watch,
    wheel,
    wheel_index,
    wheels,
)
from build_steps.paths import Paths
from build_steps.tools import Tools


def build(paths: Paths) -> Tools:
    """Make dist/; returns what it was made with."""
    made_with = tools.ensure(paths)
    python, nodejs = made_with.python, made_with.node
    generate.ensure(paths, python)
    with console.step("The site: dist/") as result, site.assembled(paths) as new:
        site.copy_page(paths, new)
        vendor.link(new)
        site.copy_results(paths, new / "results")
        vendor.copy(paths, nodejs, new / "vendor")
        pyodide = new / "runtime" / made_with.runtime_name
        runtime.copy(paths, made_with.archives, pyodide)
        kernels = native.copy(made_with.kernels, new / "native")
        ours = wheel.build(
            paths, python, new / "wheels", lambda made: trim.precompile(paths, nodejs, made)
        )
        indexes = wheel_index.write(paths, new / "wheels")
        wheel_index.allow(new / "index.html", indexes)
        sandbox = runtime.copy_sandbox(made_with.sandbox, new / "runtime")
        release.make(new, site.manifest(new, pyodide, ours, kernels, sandbox, indexes))
        docs.copy(paths, python, new / "docs")
        compress.write_copies(paths, nodejs, new)
        compress.print_first_visit(new)
        for part in sorted(path for path in new.iterdir() if path.suffix not in compress.KINDS):
            console.line(f"    {part.name:12} {console.size(part)}")
        result(f"{console.size(new)} in all")
    return made_with


def serve(paths: Paths, port: int, watched: bool) -> int:
    """Build, then serve until stopped; or serve the work tree as it is."""
    if watched:
        watch.serve(paths, tools.ensure(paths), port)
    else:
        build(paths)
        server.serve(paths.dist, port)
    return 0


def check(paths: Paths) -> int:
    """Check style and types."""
    python = venv.ensure(paths)
    generate.ensure(paths, python)
    checks.style(paths, python, node.ensure(paths))
    return 0


def test(paths: Paths, args: list[str]) -> int:
    """Run all checks and tests, or one group of tests, or those that pytest's arguments pick."""
    group, more = (args[0], args[1:]) if args else ("", [])
    if group == "unit":
        python = venv.ensure(paths)
        kernels = native.ensure(paths, python)
        native.require_host(kernels)
        return checks.unit_tests(paths, python, kernels, more)
    if group == "page":
        if more:
            raise console.BuildError(f"test page takes no arguments, got: {' '.join(more)}")
        python = venv.ensure(paths)
        generate.ensure(paths, python)
        return checks.page_tests(paths, python, node.ensure(paths))
    made_with = build(paths)
    python, kernels = made_with.python, made_with.kernels
    native.require_host(kernels)
    chromium = browser.ensure(paths, python)
    if args:
        chosen = ["tests/browser", *more] if group == "browser" else args
        return checks.chosen_tests(paths, python, chromium, kernels, chosen)
    checks.style(paths, python, made_with.node)
    return checks.all_tests(paths, python, made_with.node, chromium, kernels)


def benchmark(paths: Paths, words: list[str]) -> int:
    """Build, then time it: a first visit, or ours beside PyTorch."""
    made_with = build(paths)
    python = made_with.python
    chromium = browser.ensure(paths, python)
    if words == ["start"]:
        return bench.start(paths, python, chromium, runtime.stock(paths))
    return bench.run(paths, python, chromium, made_with.kernels, words)


def make_wheels(paths: Paths, words: list[str]) -> int:
    """Make the wheels for a desk: all, or those that the words name."""
    wheels.make(paths, venv.ensure(paths), words, paths.root / "wheels")
    return 0


def main(argv: list[str]) -> int:
    """Read the command line and run one command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = ("build", "serve", "check", "test", "bench", "results", "wheel")
    parser.add_argument("command", choices=commands)
    parser.add_argument("--port", type=int, default=8000, help="for serve; taken: the next free")
    parser.add_argument("--watch", action="store_true", help="for serve: the work tree as it is")
    args, rest = parser.parse_known_args(argv)
    if rest and args.command not in ("test", "bench", "results", "wheel"):
        parser.error(f"unknown arguments: {' '.join(rest)}")
    paths = Paths(ROOT)
    if args.command == "serve":
        return serve(paths, args.port, args.watch)
    if args.command == "check":
        return check(paths)
    if args.command == "test":
        return test(paths, rest)
    if args.command == "wheel":
        return make_wheels(paths, rest)
    if args.command == "bench":
        return benchmark(paths, rest)
    made_with = build(paths)
    if args.command == "results":
        return results.make(paths, made_with.python, made_with.kernels, rest)
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
    except OSError as error:
        if error.filename is None:
            raise
        sys.exit(f"error: {error.filename}: expected to read or write it, got: {error.strerror}.")
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        sys.exit(130)
