"""Make .venv from the hash-locked tools. If anything changed it is made anew."""

import os
import platform
import shutil
import sys
from pathlib import Path

from build_steps import console, content_hash, shell
from build_steps.paths import Paths


def ensure(paths: Paths) -> Path:
    """The Python of an up-to-date .venv. Network only if the lock or the Python changed."""
    python = executable(paths, "python")
    mark = paths.venv / "build-stamp"
    wanted = content_hash.key(paths.requirements("tools"), platform.python_version())
    with console.step("Python tools: hash-checked packages in .venv") as result:
        if python.exists() and content_hash.matches(mark, wanted):
            result("already there")
            return python
        create(paths)
        install(paths, "tools")
        mark.write_text(wanted, encoding="utf-8")
        result(console.size(paths.venv))
    return python


def create(paths: Paths) -> None:
    """Make an empty environment in place of what is there."""
    shutil.rmtree(paths.venv, ignore_errors=True)
    shell.run(
        "Making .venv (Debian and Ubuntu: apt-get install python3-venv)",
        [sys.executable, "-m", "venv", paths.venv],
        paths.root,
    )


def install(paths: Paths, name: str) -> None:
    """Install one locked set into .venv; pip itself refuses files with other hashes."""
    shell.run(
        f"Installing py/requirements/{name}.txt",
        [
            *(executable(paths, "python"), "-m", "pip", "install"),
            *("--require-hashes", "--only-binary", ":all:", "--no-deps"),
            # Python compiles what is imported; most of this never is.
            *("--no-compile", "--disable-pip-version-check", "-r", paths.requirements(name)),
        ],
        paths.root,
    )


def executable(paths: Paths, name: str) -> Path:
    """Path of a program in .venv, whether or not it is there yet."""
    if os.name == "nt":
        return paths.venv / "Scripts" / f"{name}.exe"
    return paths.venv / "bin" / name
