"""Run a command, or stop the build with a sentence. Not a shell: arguments are never re-parsed."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from build_steps import say
from build_steps.say import BuildError

Args = Sequence[str | Path]


def run(what: str, args: Args, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Run, with the output shown to the user as it comes."""
    _check(what, args, status(args, cwd, env))


def status(args: Args, cwd: Path, env: Mapping[str, str] | None = None) -> int:
    """The exit code of a command whose failure the caller judges."""
    return _start(args, cwd, env, capture=False).returncode


def aside(args: Args, cwd: Path, env: Mapping[str, str]) -> tuple[int, str]:
    """The exit code of a command that gives way to others, and all that it printed."""
    politely = ["nice"] if shutil.which("nice") else []
    done = subprocess.run(
        [*politely, *(str(arg) for arg in args)],
        cwd=cwd,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


def output(what: str, args: Args, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run silently, and return what the command printed on stdout."""
    done = _start(args, cwd, env, capture=True)
    if done.returncode != 0:
        say.line(done.stderr.rstrip())
    _check(what, args, done.returncode)
    return done.stdout


def _start(
    args: Args, cwd: Path, env: Mapping[str, str] | None, capture: bool
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [str(arg) for arg in args],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            capture_output=capture,
            encoding="utf-8",
            check=False,
        )
    except OSError as error:
        raise BuildError(f"{args[0]} could not be started: {error.strerror}.") from error


def _check(what: str, args: Args, code: int) -> None:
    if code != 0:
        command = " ".join(str(arg) for arg in args)
        raise BuildError(f"{what} failed with exit code {code}; the command was: {command}")
