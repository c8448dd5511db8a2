"""Find Node and run `npm ci`. The machine's Node if it is new enough, else the one PyPI ships."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from build_steps import say, shell, stamp, venv
from build_steps.tree import Tree

OLDEST = 20


@dataclass(frozen=True)
class Node:
    """Node with its npm."""

    node: Path
    npm: Path

    @property
    def env(self) -> dict[str, str]:
        """Environment in which npm finds this very Node."""
        return {"PATH": f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def ensure(tree: Tree) -> Node:
    """Node, with node_modules as package-lock.json says. Network only if something changed."""
    with say.step(f"Node >= {OLDEST}") as result:
        node = _of_machine() or _from_pypi(tree)
        result(str(node.node))
    _npm_ci(tree, node)
    return node


def _of_machine() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST:
        return Node(Path(node), Path(npm))
    return None


def _major(node: str) -> int:
    """Major version of a Node; 0 if it does not run or does not tell."""
    try:
        done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    found = re.match(r"v(\d+)\.", done.stdout)
    return int(found.group(1)) if found else 0


def _from_pypi(tree: Tree) -> Node:
    """Installed into .venv, so it goes when .venv is remade."""
    mark = tree.venv / "node-stamp"
    wanted = stamp.key(tree.requirements("node"))
    if not stamp.matches(mark, wanted):
        venv.install(tree, "node")
        mark.write_text(wanted, encoding="utf-8")
    return Node(venv.executable(tree, "node"), venv.executable(tree, "npm"))


def _npm_ci(tree: Tree, node: Node) -> None:
    mark = tree.node_modules / ".build-stamp"
    wanted = stamp.key(tree.root / "package.json", tree.root / "package-lock.json")
    with say.step("npm packages: npm ci, checked by package-lock.json") as result:
        if stamp.matches(mark, wanted):
            result("already there")
            return
        mark.unlink(missing_ok=True)
        # No package of ours needs its install script, and none gets to run one.
        shell.run("npm ci", [node.npm, "ci", "--ignore-scripts"], tree.root, node.env)
        mark.write_text(wanted, encoding="utf-8")
        result(say.size(tree.node_modules))
