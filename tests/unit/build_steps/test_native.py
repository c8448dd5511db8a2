"""Compiled kernels are made once for what they are made from; a machine without any is told so."""

import sys
from pathlib import Path

import pytest

from build_steps import console, native
from build_steps.console import BuildError
from build_steps.paths import Paths

PYTHON = Path(sys.executable)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path)
    paths.native.mkdir(parents=True)
    (paths.native / "kernels.c").write_text("int one(void) { return 1; }\n")
    paths.requirements("tools").parent.mkdir()
    paths.requirements("tools").write_text("")
    return paths


def written(name: str, made: list[str], content: str = "library") -> object:
    def write(paths: Paths, python: Path, source: Path, target: Path) -> None:
        made.append(name)
        target.write_text(content)

    return write


def test_kernels_are_compiled_again_only_for_another_source(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(native, "wasm", written("wasm", made))
    monkeypatch.setattr(native, "host", written("host", made))
    first = native.ensure(paths, PYTHON)
    assert native.ensure(paths, PYTHON) == first
    assert made == ["wasm", "host"]
    assert first.environment == {"MNIST1D_LIBRARY": str(first.host)}
    (paths.native / "kernels.c").write_text("int two(void) { return 2; }\n")
    assert native.ensure(paths, PYTHON).wasm != first.wasm
    assert made == ["wasm", "host"] * 2
    second = native.ensure(paths, PYTHON).wasm
    (paths.native / "vectors.h").write_text("typedef float v4;\n")
    assert native.ensure(paths, PYTHON).wasm != second


@pytest.mark.parametrize("name", ["kernels.so", "kernels.host"])
def test_kernels_that_differ_from_what_was_compiled_are_compiled_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made: list[str] = []
    said: list[str] = []
    monkeypatch.setattr(native, "wasm", written("wasm", made))
    monkeypatch.setattr(native, "host", written("host", made))
    file = native.ensure(paths, PYTHON).wasm.with_name(name)
    file.write_text("librarz")
    monkeypatch.setattr(console, "line", said.append)
    native.ensure(paths, PYTHON)
    assert file.read_text() == "library"
    assert made == ["wasm", "host", "wasm" if name == "kernels.so" else "host"]
    assert [line for line in said if f"{file}: expected sha256 " in line]


def test_a_machine_that_cannot_compile_for_itself_says_so_and_still_builds_the_page(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BuildError("no linker")

    said: list[str] = []
    monkeypatch.setattr(native, "wasm", written("wasm", []))
    monkeypatch.setattr(native, "host", fail)
    monkeypatch.setattr(console, "line", said.append)
    made = native.ensure(paths, PYTHON)
    assert (made.host, made.environment) == (None, {})
    assert any("NOT compiled for this machine" in line and "no linker" in line for line in said)
    with pytest.raises(BuildError, match="tests need the kernels compiled for this machine"):
        native.require_host(made)
    native.require_host(native.Native(made.wasm, made.wasm))


def test_the_site_keeps_the_kernels_under_an_address_that_follows_their_content(
    paths: Paths, tmp_path: Path
) -> None:
    folders = set()
    for content in (b"one", b"two"):
        (tmp_path / "kernels.so").write_bytes(content)
        made = native.Native(tmp_path / "kernels.so", None)
        copied = native.copy(made, tmp_path / "site")
        assert copied.read_bytes() == content
        folders.add(copied.parent)
    assert len(folders) == 2
