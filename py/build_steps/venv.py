"""Make .venv from the hash-locked tools. Not a package manager: it is right, or it is remade."""

import os
import platform
import shutil
import sys
from pathlib import Path

from build_steps import say, shell, stamp
from build_steps.tree import Tree


def ensure(tree: Tree) -> Path:
    """The Python of an up-to-date .venv. Network only if the lock or the Python changed."""
    python = executable(tree, "python")
    mark = tree.venv / "build-stamp"
    wanted = stamp.key(tree.requirements("tools"), platform.python_version())
    with say.step("Python tools: hash-checked packages in .venv") as result:
        if python.exists() and stamp.matches(mark, wanted):
            result("already there")
            return python
        create(tree)
        install(tree, "tools")
        mark.write_text(wanted, encoding="utf-8")
        result(say.size(tree.venv))
    return python


def create(tree: Tree) -> None:
    """Make an empty environment; a stale or half-made one is never repaired."""
    shutil.rmtree(tree.venv, ignore_errors=True)
    shell.run(
        "Making .venv (Debian and Ubuntu: apt-get install python3-venv)",
        [sys.executable, "-m", "venv", tree.venv],
        tree.root,
    )


def install(tree: Tree, name: str) -> None:
    """Install one locked set into .venv; pip itself refuses files with other hashes."""
    shell.run(
        f"Installing py/requirements/{name}.txt",
        [
            *(executable(tree, "python"), "-m", "pip", "install"),
            *("--require-hashes", "--only-binary", ":all:", "--no-deps"),
            *("--disable-pip-version-check", "-r", tree.requirements(name)),
        ],
        tree.root,
    )


def executable(tree: Tree, name: str) -> Path:
    """Path of a program in .venv, whether or not it is there yet."""
    if os.name == "nt":
        return tree.venv / "Scripts" / f"{name}.exe"
    return tree.venv / "bin" / name
