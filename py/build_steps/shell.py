"""Run a command, or stop the build with a sentence. No shell: arguments stay as they are."""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from build_steps import console
from build_steps.console import BuildError

Args = Sequence[str | Path]


def run(what: str, args: Args, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Run, with the output shown to the user as it comes."""
    _check(what, args, status(args, cwd, env))


def status(args: Args, cwd: Path, env: Mapping[str, str] | None = None) -> int:
    """The exit code of a command whose failure the caller judges."""
    return _start(args, cwd, env).returncode


def capture(args: Args, cwd: Path, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The exit code of a command, and all that it printed on stdout and stderr."""
    done = _start(args, cwd, env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def run_niced(args: Args, cwd: Path, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Like capture, at a lower priority (nice)."""
    return capture([*(["nice"] if shutil.which("nice") else []), *args], cwd, env)


def output(what: str, args: Args, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run silently, and return what the command printed on stdout."""
    done = _start(args, cwd, env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        console.line(done.stderr.rstrip())
    _check(what, args, done.returncode)
    return done.stdout


def _start(
    args: Args,
    cwd: Path,
    env: Mapping[str, str] | None,
    stdout: int | None = None,
    stderr: int | None = None,
) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            [str(arg) for arg in args],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            encoding="utf-8",
            check=False,
            stdout=stdout,
            stderr=stderr,
        )
    except OSError as error:
        raise BuildError(
            f"{args[0]}: expected a program to start, got: {error.strerror}."
        ) from error


def _check(what: str, args: Args, code: int) -> None:
    if code != 0:
        command = " ".join(str(arg) for arg in args)
        raise BuildError(f"{what}: expected exit code 0, got {code}; the command was: {command}")
