"""Archives are compiled, smaller, equal every time, and made once; what pages need stays."""

import importlib.util
import io
import marshal
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from build_steps import archive, trim
from build_steps.console import BuildError
from build_steps.node import Node
from build_steps.paths import Paths

MODULE = '"""Docs."""\n\n\ndef f():\n    """Docs."""\n    assert False\n    return 42\n'
ROOT = Path(__file__).resolve().parents[3]
NODE = Node(Path("node"), Path("npm"))


def zipped(**members: str) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)
    return whole.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        return {name: made.read(name) for name in made.namelist()}


def wheel() -> bytes:
    return zipped(**{
        "a/__init__.py": MODULE, "a/tests/t.py": "", "a/x.pyi": "", "a/y.h": "", "a/z.so": "wasm",
        "a-1.dist-info/METADATA": "Name: a", "a-1.dist-info/RECORD": "a/x.pyi,sha256=1,0",
    })  # fmt: skip


def test_an_archive_keeps_modules_libraries_and_metadata() -> None:
    made = members(archive.packed(wheel(), "/home", ["*/tests/*"], {}))
    names = ["a-1.dist-info/METADATA", "a-1.dist-info/RECORD", "a/__init__.pyc", "a/z.so"]
    assert list(made) == names
    assert made["a/z.so"] == b"wasm"
    assert made["a-1.dist-info/RECORD"].decode().split() == [f"{name},," for name in names]


def test_a_module_is_replaced_whether_it_is_compiled_or_not() -> None:
    source = zipped(**{"a.py": MODULE, "b/c.cpython-314.so": "wasm", "b/c.pyi": "", "ab.py": ""})
    made = members(archive.packed(source, "/home", [], {"a": "x = 1", "b/c": "y = 2", "d": ""}))
    assert list(made) == ["a.pyc", "ab.pyc", "b/c.pyc"]
    assert [marshal.loads(made[name][16:]).co_names for name in ("a.pyc", "b/c.pyc")] == [
        ("x",), ("y",)
    ]  # fmt: skip


@pytest.mark.site
def test_all_that_is_replaced_is_in_the_archives_of_the_site() -> None:
    runtime = ROOT / "dist" / "runtime"
    files = [*runtime.glob("*/*.whl"), *runtime.glob("*/*.zip")]
    names = {name for file in files for name in members(file.read_bytes())}
    made = {name for name in names if name.partition(".")[0] in trim.REPLACED}
    assert made == {f"{module}.pyc" for module in trim.REPLACED}


def test_equal_archives_in_another_order_give_equal_bytes() -> None:
    one, other = zipped(a="", **{"b.py": "1", "c.py": "2"}), zipped(**{"c.py": "2", "b.py": "1"})
    assert archive.packed(one, "/home", [], {}) == archive.packed(other, "/home", [], {})


def test_a_compiled_archive_can_be_imported_and_names_its_home(tmp_path: Path) -> None:
    file = tmp_path / "lib.zip"
    file.write_bytes(archive.packed(zipped(**{"some.py": MODULE}), "/lib.zip", [], {}))
    code = "import some; print(some.f(), some.__doc__, some.f.__code__.co_filename)"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": str(file)}, capture_output=True, text=True
    )
    assert done.stdout.split() == ["42", "None", "/lib.zip/some.py"], done.stderr


def test_a_pyc_has_no_flags_and_this_pythons_magic_number() -> None:
    made = archive.compiled(b"x = 1", "x.py")
    assert made[:16] == importlib.util.MAGIC_NUMBER + bytes(12)
    assert marshal.loads(made[16:]).co_names == ("x",)


def test_our_own_wheel_keeps_its_sources_and_is_not_compiled_again(tmp_path: Path) -> None:
    file = tmp_path / "ours.whl"
    file.write_bytes(archive.cached(zipped(**{"some.py": MODULE}), "/site-packages"))
    with zipfile.ZipFile(file) as made:
        made.extractall(tmp_path)
    pyc = importlib.util.cache_from_source("some.py")
    assert set(members(file.read_bytes())) == {"some.py", pyc}
    (tmp_path / "some.py").write_text("raise SystemExit('compiled again')\n")
    code = "import some; print(some.f.__doc__, some.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["None", str(tmp_path / "some.py")], done.stderr  # no docstrings


def test_what_the_page_needs_is_not_dropped() -> None:
    patterns = [pattern for each in trim.DROPPED.values() for pattern in each]
    needed = (
        "asyncio/unix_events.py", "ctypes/__init__.py", "encodings/utf_8.py", "encodings/cp437.py",
        "encodings/idna.py", "http/client.py", "email/parser.py",
        "numpy/random/__init__.py", "numpy/linalg/__init__.py", "traceback.py",
    )  # fmt: skip
    kept = archive.packed(zipped(**dict.fromkeys(needed, "")), "/home", patterns, {})
    assert set(members(kept)) == {f"{name}c" for name in needed}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / "node_modules" / "pyodide").mkdir(parents=True)
    (tmp_path / "node_modules" / "pyodide" / "pyodide.asm.wasm").write_text("wasm")
    (tmp_path / "lib.zip").write_bytes(zipped(**{"a.py": "1"}))
    return Paths(tmp_path)


def test_archives_are_made_again_only_for_other_sources(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[Path] = []

    def run(paths: Paths, node: Node, sources: list[Path], made: Path, dropped: object) -> None:
        runs.append(made)
        for source in sources:
            shutil.copyfile(source, made / source.name)

    monkeypatch.setattr(trim, "_run", run)
    source = paths.root / "lib.zip"
    first = trim.ensure(paths, NODE, [source])
    assert trim.ensure(paths, NODE, [source]) == first
    assert len(runs) == 1
    source.write_bytes(zipped(**{"a.py": "2"}))
    assert trim.ensure(paths, NODE, [source]) != first
    assert len(runs) == 2


def copied(paths: Paths, node: Node, sources: list[Path], made: Path, dropped: object) -> None:
    """Stand in for the compilation."""
    for source in sources:
        shutil.copyfile(source, made / source.name)


def test_an_archive_that_differs_from_what_was_made_is_made_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trim, "_run", copied)
    sources = [paths.root / "lib.zip", paths.root / "numpy.whl"]
    sources[1].write_bytes(zipped(**{"b.py": "1"}))
    folder = trim.ensure(paths, NODE, sources)
    for source in sources:
        (folder / source.name).write_bytes(b"damaged")
        assert trim.ensure(paths, NODE, sources) == folder
        assert (folder / source.name).read_bytes() == source.read_bytes()
        assert f"{folder / source.name}: expected sha256 " in capsys.readouterr().out


def test_our_own_wheel_is_compiled_again_if_what_is_kept_differs(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trim, "_run", copied)
    wheel = paths.root / "ours.whl"
    wheel.write_bytes(b"ours")
    trim.precompile(paths, NODE, wheel)
    (kept,) = (paths.cache / "precompiled").rglob("ours.whl")
    kept.write_bytes(b"damaged")
    trim.precompile(paths, NODE, wheel)
    assert wheel.read_bytes() == kept.read_bytes() == b"ours"
    assert f"{kept}: expected sha256 " in capsys.readouterr().out


@pytest.mark.skipif(shutil.which("node") is None, reason="asks the machine's Node")
def test_a_pyodide_that_does_not_start_is_named(paths: Paths) -> None:
    pyodide = paths.node_modules / "pyodide"
    (pyodide / "pyodide.mjs").write_text("export const loadPyodide = () => new Promise(() => {});")
    done = subprocess.run(
        ["node", trim.RUNNER, pyodide, paths.py, jobs_file(paths)], capture_output=True, text=True
    )
    assert done.returncode == 13
    assert f"{pyodide}: expected Pyodide to start, got no answer" in done.stderr


def jobs_file(paths: Paths) -> Path:
    jobs = paths.root / "jobs.json"
    jobs.write_text('{"folders": [], "function": "convert", "calls": []}')
    return jobs


def test_a_failed_compilation_leaves_nothing_behind(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise BuildError("no Node")

    monkeypatch.setattr(trim, "_run", fail)
    with pytest.raises(BuildError):
        trim.ensure(paths, NODE, [paths.root / "lib.zip"])
    assert list((paths.cache / "trimmed").iterdir()) == []
    assert [path.name for path in paths.cache.iterdir()] == ["trimmed"]
