"""The command line of `mnist1d-lab`: its parser, its exit codes. What a command does is beside it.

Exit codes: 0 done, 1 something failed on the way, 2 asked for what makes no sense, 130 stopped.
"""

from __future__ import annotations

import argparse
import re
import signal
import sys
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import NoReturn

import mnist1d_lab
from mnist1d_lab.cluster.dask_run import ClusterError
from mnist1d_lab.command import cost, dataset, experiment, sweep, verdict
from mnist1d_lab.command import open as open_page
from mnist1d_lab.command.progress import say
from mnist1d_lab.command.texts import COMMANDS, EPILOG

ADD: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "dataset": dataset.add,
    "train": partial(experiment.add, job="train"),
    "lottery": partial(experiment.add, job="lottery"),
    "arms": partial(experiment.add, job="arms"),
    "sweep": sweep.add,
    "cost": cost.add,
    "verdict": verdict.add,
    "open": open_page.add,
}
OPTION = re.compile(r"--[a-z][\w.-]*")


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    raw = argparse.RawDescriptionHelpFormatter
    whole = argparse.ArgumentParser(
        prog="mnist1d-lab", formatter_class=raw, epilog=EPILOG, allow_abbrev=False,
        description="MNIST-1D: its data, networks and lottery tickets from a shell.",
    )  # fmt: skip
    whole.add_argument("--version", action="version", version=mnist1d_lab.__version__)
    try:
        import shtab  # completion for bash, zsh and tcsh, made from the parser
    except ImportError:
        pass
    else:
        shtab.add_argument_to(whole, "--print-completion")
    commands = whole.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for name, add in ADD.items():
        title, examples = COMMANDS[name]
        one = commands.add_parser(
            name, help=title, description=title, epilog=examples, formatter_class=raw,
            allow_abbrev=False,
        )  # fmt: skip
        add(one)
    return whole


def spelled(word: str) -> str:
    """Return a word of the command line with the field's name as an option has it."""
    option, equals, value = word.partition("=")
    return option.replace("_", "-") + equals + value if OPTION.fullmatch(option) else word


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    asked = parser().parse_args([spelled(word) for word in words])
    try:
        return int(asked.run(asked))
    except ValueError as error:  # BadValueError among them: one sentence
        say(f"mnist1d-lab: {error}")
        return 2
    except OSError as error:
        say(f"mnist1d-lab: {error.filename or 'a file'}: {error.strerror or error}")
        return 1
    except ClusterError as error:
        say(f"mnist1d-lab: {error}")
        return 1
    except BrokenProcessPool:
        say("mnist1d-lab: one of the processes was killed.")
        return 1
    except KeyboardInterrupt:
        return 130


def program() -> NoReturn:
    """Run as the program: SIGTERM stops it as Ctrl-C does, a closed pipe ends it silently."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stderr.close()
        code = 1
    sys.exit(code)
