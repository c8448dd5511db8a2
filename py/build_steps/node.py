"""Find Node and run `npm ci`: the machine's Node if it is new enough, else one from PyPI."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from build_steps import cached, console, content_hash, read, shell, venv
from build_steps.paths import Paths

OLDEST = 20
BUNDLER = "esbuild"


@dataclass(frozen=True)
class Node:
    """Node with its npm."""

    node: Path
    npm: Path

    @property
    def env(self) -> dict[str, str]:
        """Environment in which npm finds this very Node."""
        return {"PATH": f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def ensure(paths: Paths) -> Node:
    """Node, with node_modules as package-lock.json says. Network only if something changed."""
    with console.step(f"Node >= {OLDEST}") as result:
        node = _of_machine() or _from_pypi(paths)
        result(str(node.node))
    _npm_ci(paths, node)
    return node


def _of_machine() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST:
        return Node(Path(node), Path(npm))
    return None


def _major(node: str) -> int:
    """Major version of a Node; 0 if it does not run or does not say."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found.group(1)) if found else 0


def _from_pypi(paths: Paths) -> Node:
    """Install Node into .venv, so that it goes away when .venv is made anew."""
    mark = paths.venv / "node-stamp"
    wanted = content_hash.key(paths.requirements("node"))
    if not content_hash.matches(mark, wanted):
        venv.install(paths, "node")
        mark.write_text(wanted, encoding="utf-8")
    return Node(venv.executable(paths, "node"), venv.executable(paths, "npm"))


def _npm_ci(paths: Paths, node: Node) -> None:
    lock = paths.root / "package-lock.json"
    wanted = content_hash.key(paths.root / "package.json", lock)

    def install() -> None:
        # No package of ours needs its install script, and none gets to run one.
        shell.run("npm ci", [node.npm, "ci", "--ignore-scripts"], paths.root, node.env)

    with console.step("npm packages: npm ci, checked by package-lock.json") as result:
        parts = site_packages(read.json(lock)["packages"])
        installed = cached.tree(paths.node_modules, wanted, parts, install)
        result(console.size(paths.node_modules) if installed else "already there")


def site_packages(packages: dict[str, dict[str, Any]]) -> list[str]:
    """Folders in node_modules of the packages that the site is made of or with, from npm's lock.

    The others, two thirds of all files, only check and test it.
    """
    return [
        path.removeprefix("node_modules/")
        for path, about in packages.items()
        if path and (BUNDLER in path or not about.get("dev"))
    ]
