"""Finding and making the tools: commands, stamps, .venv, Node, Chromium. Nothing is installed."""

import json
import os
import sys
from pathlib import Path

import pytest

from build_steps import browser, content_hash, node, shell, venv
from build_steps.console import BuildError
from build_steps.paths import Paths


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def program(path: Path, prints: str) -> Path:
    """A small executable, for POSIX machines."""
    path.write_text(f"#!/bin/sh\necho {prints}\n")
    path.chmod(0o755)
    return path


def test_a_failing_command_says_what_and_how(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="Frobbing: expected exit code 0, got 3; the command"):
        shell.run("Frobbing", [sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
    with pytest.raises(
        BuildError, match="no-such-program: expected a program to start, got: No such"
    ):
        shell.output("Frobbing", ["no-such-program"], tmp_path)


def test_a_stamp_follows_the_content_of_files(tmp_path: Path) -> None:
    lock, mark = tmp_path / "lock", tmp_path / "stamp"
    lock.write_text("one")
    assert not content_hash.matches(mark, content_hash.key(lock, "3.11"))
    mark.write_text(content_hash.key(lock, "3.11"))
    assert content_hash.matches(mark, content_hash.key(lock, "3.11"))
    assert not content_hash.matches(mark, content_hash.key(lock, "3.12"))
    lock.write_text("two")
    assert not content_hash.matches(mark, content_hash.key(lock, "3.11"))


def test_a_half_made_venv_is_remade(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    paths.requirements("tools").parent.mkdir(parents=True)
    paths.requirements("tools").write_text("")
    made: list[str] = []

    def fail(what: str, *_: object) -> None:
        made.append(what)
        venv.executable(paths, "python").parent.mkdir(parents=True, exist_ok=True)
        venv.executable(paths, "python").write_text("")
        if len(made) == 2:
            raise BuildError("network gone")

    monkeypatch.setattr(shell, "run", fail)
    with pytest.raises(BuildError, match="network gone"):
        venv.ensure(paths)
    venv.ensure(paths)
    assert len(made) == 4, "both commands ran again"
    venv.ensure(paths)
    assert len(made) == 4, "a finished one is left alone"


@pytest.mark.skipif(os.name == "nt", reason="uses shell scripts as programs")
@pytest.mark.parametrize(("version", "uses_it"), [("v20.1.0", True), ("v18.9.9", False)])
def test_only_a_new_enough_node_of_the_machine_is_used(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, version: str, uses_it: bool
) -> None:
    machine = program(paths.root / "node", version)
    program(paths.root / "npm", "11")
    monkeypatch.setenv("PATH", str(paths.root))
    paths.requirements("node").parent.mkdir(parents=True)
    for file in (paths.requirements("node"), paths.root / "package.json"):
        file.write_text("")
    (paths.root / "package-lock.json").write_text('{"packages": {}}')
    paths.venv.mkdir()
    paths.node_modules.mkdir()
    monkeypatch.setattr(shell, "run", lambda *_: None)
    assert (node.ensure(paths).node == machine) == uses_it


PACKAGES = {
    "": {},
    "node_modules/pyodide": {},
    "node_modules/d3": {},
    "node_modules/d3/node_modules/deep": {},
    "node_modules/typescript": {"dev": True},
    "node_modules/esbuild": {"dev": True},
    "node_modules/@esbuild/linux-x64": {"dev": True, "optional": True},
}


def test_the_packages_of_the_site_are_told_from_those_that_test_it() -> None:
    assert node.site_packages(PACKAGES) == [
        "pyodide", "d3", "d3/node_modules/deep", "esbuild", "@esbuild/linux-x64"
    ]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="uses shell scripts as programs")
def test_packages_that_differ_from_what_was_installed_are_installed_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("node", "v20.1.0"), ("npm", "11")):
        program(paths.root / name, text)
    monkeypatch.setenv("PATH", str(paths.root))
    (paths.root / "package.json").write_text("{}")
    (paths.root / "package-lock.json").write_text(json.dumps({"packages": PACKAGES}))
    wasm = paths.node_modules / "pyodide" / "pyodide.asm.wasm"
    runs: list[str] = []

    def npm_ci(what: str, *_: object) -> None:
        runs.append(what)
        wasm.parent.mkdir(parents=True, exist_ok=True)
        wasm.write_text("wasm")

    monkeypatch.setattr(shell, "run", npm_ci)
    node.ensure(paths)
    node.ensure(paths)
    assert runs == ["npm ci"]
    wasm.write_text("wasn")
    node.ensure(paths)
    assert (runs, wasm.read_text()) == (["npm ci"] * 2, "wasm")
    assert f"{wasm}: expected sha256 " in capsys.readouterr().out


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
