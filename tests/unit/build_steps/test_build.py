"""build.py: wherever a build is interrupted, the last site stays; a stop names the file."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import build
import pytest

from build_steps.console import BuildError
from build_steps.native import Native
from build_steps.node import Node
from build_steps.paths import Paths
from build_steps.tools import Tools

ROOT = Path(__file__).resolve().parents[3]
SOME = Path("some")
TOOLS = Tools(SOME, Node(SOME, SOME), Native(SOME, None), SOME, SOME, "1-x")
# Each step of a build, in its order.
STEPS = (
    "tools.ensure", "generate.ensure", "site.copy_page", "vendor.link", "site.copy_results",
    "vendor.copy", "runtime.copy", "native.copy", "wheel.build", "wheel_index.write",
    "wheel_index.allow", "runtime.copy_sandbox", "site.manifest", "release.make",
    "docs.copy", "compress.write_copies", "compress.print_first_visit", "console.size",
)  # fmt: skip


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A checkout with a finished site."""
    paths = Paths(tmp_path)
    paths.dist.mkdir()
    (paths.dist / "index.html").write_text("the last site")
    return paths


def page(paths: Paths) -> str:
    return (paths.dist / "index.html").read_text()


def instrument(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, at: str, error: type[BaseException]
) -> list[str]:
    """Let each step only write a bit of the new site, and let one of them fail; returns the run."""
    ran: list[str] = []

    def step(name: str) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            if name not in ran:
                ran.append(name)
            new = paths.root / "dist.new"
            if new.is_dir():
                (new / "index.html").write_text("the new site")
            if name == at:
                raise error
            return TOOLS if name == "tools.ensure" else "size"

        return run

    for name in STEPS:
        module, function = name.split(".")
        monkeypatch.setattr(getattr(build, module), function, step(name))
    return ran


@pytest.mark.parametrize("error", [KeyboardInterrupt, BuildError, OSError])
@pytest.mark.parametrize("at", STEPS)
def test_an_interrupted_build_leaves_the_last_site(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, at: str, error: type[BaseException]
) -> None:
    ran = instrument(paths, monkeypatch, at, error)
    with pytest.raises(error):
        build.build(paths)
    assert ran == list(STEPS[: STEPS.index(at) + 1])
    assert page(paths) == "the last site"
    assert [path.name for path in paths.root.iterdir()] == ["dist"]


def test_a_build_that_is_not_interrupted_replaces_the_last_site(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = instrument(paths, monkeypatch, "nowhere", KeyboardInterrupt)
    build.build(paths)
    assert ran == list(STEPS)
    assert page(paths) == "the new site"
    assert [path.name for path in paths.root.iterdir()] == ["dist"]


def test_a_missing_file_stops_with_a_sentence_that_names_it(tmp_path: Path) -> None:
    shutil.copy(ROOT / "build.py", tmp_path)
    shutil.copytree(ROOT / "py" / "build_steps", tmp_path / "py" / "build_steps")
    done = subprocess.run(
        [sys.executable, "build.py", "check"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 1
    lock = tmp_path / "py" / "requirements" / "tools.txt"
    assert done.stderr.startswith(f"error: {lock}: expected to read or write it, got: No such file")
    assert len(done.stderr.splitlines()) == 1
