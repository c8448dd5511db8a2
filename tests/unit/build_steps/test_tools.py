"""Finding and making the tools: commands, stamps, .venv, Node, Chromium. Nothing is installed."""

import os
import sys
from pathlib import Path

import pytest

from build_steps import browser, node, shell, stamp, venv
from build_steps.say import BuildError
from build_steps.tree import Tree


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def program(path: Path, prints: str) -> Path:
    """A small executable, for POSIX machines."""
    path.write_text(f"#!/bin/sh\necho {prints}\n")
    path.chmod(0o755)
    return path


def test_a_failing_command_says_what_and_how(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="Frobbing failed with exit code 3; the command was: "):
        shell.run("Frobbing", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
    with pytest.raises(BuildError, match="no-such-program could not be started"):
        shell.output("Frobbing", ["no-such-program"], tmp_path)


def test_a_stamp_follows_the_content_of_files(tmp_path: Path) -> None:
    lock, mark = tmp_path / "lock", tmp_path / "stamp"
    lock.write_text("one")
    assert not stamp.matches(mark, stamp.key(lock, "3.11"))
    mark.write_text(stamp.key(lock, "3.11"))
    assert stamp.matches(mark, stamp.key(lock, "3.11"))
    assert not stamp.matches(mark, stamp.key(lock, "3.12"))
    lock.write_text("two")
    assert not stamp.matches(mark, stamp.key(lock, "3.11"))


def test_a_half_made_venv_is_remade(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.requirements("tools").parent.mkdir(parents=True)
    tree.requirements("tools").write_text("")
    made: list[str] = []

    def fail(what: str, *_: object) -> None:
        made.append(what)
        venv.executable(tree, "python").parent.mkdir(parents=True, exist_ok=True)
        venv.executable(tree, "python").write_text("")
        if len(made) == 2:
            raise BuildError("network gone")

    monkeypatch.setattr(shell, "run", fail)
    with pytest.raises(BuildError, match="network gone"):
        venv.ensure(tree)
    venv.ensure(tree)
    assert len(made) == 4, "both commands ran again"
    venv.ensure(tree)
    assert len(made) == 4, "a finished one is left alone"


@pytest.mark.skipif(os.name == "nt", reason="uses shell scripts as programs")
@pytest.mark.parametrize(("version", "uses_it"), [("v20.1.0", True), ("v18.9.9", False)])
def test_only_a_new_enough_node_of_the_machine_is_used(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, version: str, uses_it: bool
) -> None:
    machine = program(tree.root / "node", version)
    program(tree.root / "npm", "11")
    monkeypatch.setenv("PATH", str(tree.root))
    tree.requirements("node").parent.mkdir(parents=True)
    for file in (tree.requirements("node"), tree.root / "package.json"):
        file.write_text("")
    (tree.root / "package-lock.json").write_text("")
    tree.venv.mkdir()
    tree.node_modules.mkdir()
    monkeypatch.setattr(shell, "run", lambda *_: None)
    assert (node.ensure(tree).node == machine) == uses_it


@pytest.mark.skipif(os.name == "nt", reason="uses shell scripts as programs")
def test_the_browser_is_chosen_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own, ours = program(tmp_path / "own", "hi"), program(tmp_path / "chromium-browser", "hi")
    with_browser = program(tmp_path / "python-1", str(own))
    without = program(tmp_path / "python-2", str(tmp_path / "not-downloaded"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert browser.find(with_browser) == own
    assert browser.find(without) == ours
    ours.unlink()
    assert browser.find(without) is None
    monkeypatch.setenv("CHROMIUM", str(own))
    assert browser.find(without) == own
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "gone"))
    with pytest.raises(BuildError, match=r"CHROMIUM: expected an executable, got .*gone"):
        browser.find(without)
