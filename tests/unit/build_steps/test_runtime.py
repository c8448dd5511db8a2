"""Pyodide's wheels: wrong bytes stop the build, the site gets just what it needs. No network."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from build_steps import runtime
from build_steps.console import BuildError
from build_steps.paths import Paths

NUMPY = {"file_name": "numpy.whl", "depends": [], "sha256": hashlib.sha256(b"good").hexdigest()}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A checkout with a fake Pyodide whose one wheel is cached."""
    pyodide = tmp_path / "node_modules" / "pyodide"
    pyodide.mkdir(parents=True)
    for name in (*runtime.FILES, runtime.STDLIB):
        (pyodide / name).write_text(name)
    packages = {
        name: {**NUMPY, "name": name} for name in (*runtime.WANTED, *runtime.SANDBOX, "unwanted")
    }
    lock = {"info": {"arch": "wasm32"}, "packages": packages}
    (pyodide / runtime.LOCK).write_text(json.dumps(lock))
    (pyodide / "package.json").write_text('{"version": "1.2.3"}')
    wheels = tmp_path / ".cache" / "pyodide-wheels"
    wheels.mkdir(parents=True)
    (wheels / "numpy.whl").write_bytes(b"good")
    return Paths(tmp_path)


def test_good_wheels_pass_without_a_download(paths: Paths) -> None:
    assert runtime.ensure(paths, Path("no-python-needed")) == "1.2.3"


def carried(content: bytes) -> Callable[..., None]:
    """Stand in for the download: the carrier has this as its wheel."""

    def fetch(paths: Paths, python: Path, names: list[str], target: Path) -> None:
        for name in names:
            (target / name).write_bytes(content)

    return fetch


def test_a_wheel_that_differs_from_pyodides_lock_is_fetched_again(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(runtime, "_fetch", carried(b"good"))
    wheel = paths.cache / "pyodide-wheels" / "numpy.whl"
    wheel.write_bytes(b"bad")
    runtime.ensure(paths, Path("no-python-needed"))
    assert wheel.read_bytes() == b"good"
    assert f"{wheel}: expected sha256 {str(NUMPY['sha256'])[:12]}" in capsys.readouterr().out


def test_a_download_of_wrong_content_names_file_expected_and_got(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "_fetch", carried(b"bad"))
    wheel = paths.cache / "pyodide-wheels" / "numpy.whl"
    wheel.unlink()
    with pytest.raises(BuildError) as caught:
        runtime.ensure(paths, Path("no-python-needed"))
    for part in (str(wheel), NUMPY["sha256"], hashlib.sha256(b"bad").hexdigest()):
        assert str(part) in str(caught.value)
    assert not wheel.exists()


def test_closure_follows_depends_once() -> None:
    packages: runtime.Packages = {
        "a": {"depends": ["b"]},
        "b": {"depends": ["a"]},
        "c": {"depends": []},
    }
    assert list(runtime.closure(packages, ("a",))) == ["a", "b"]
    with pytest.raises(BuildError, match="'missing'"):
        runtime.closure(packages, ("missing",))


def test_the_site_gets_the_trimmed_archives_and_a_lock_of_just_them(paths: Paths) -> None:
    trimmed = paths.cache / "trimmed"
    trimmed.mkdir()
    for source in runtime.archives(paths):
        (trimmed / source.name).write_bytes(b"less")
    site = paths.root / "out"
    runtime.copy(paths, trimmed, site)
    lock = json.loads((site / runtime.LOCK).read_text())
    assert tuple(lock["packages"]) == runtime.WANTED
    assert lock["info"] == {"arch": "wasm32"}
    assert (site / "numpy.whl").read_bytes() == (site / runtime.STDLIB).read_bytes() == b"less"
    assert {entry["sha256"] for entry in lock["packages"].values()} == {
        hashlib.sha256(b"less").hexdigest()
    }
    assert all((site / name).read_text() == name for name in runtime.FILES)


def test_extract_takes_only_the_named_members(tmp_path: Path) -> None:
    carrier = tmp_path / "carrier.whl"
    with zipfile.ZipFile(carrier, "w") as archive:
        for name in ("numpy.whl", "pandas.whl"):
            archive.writestr(f"{runtime.CARRIER_FOLDER}/{name}", name)
    (tmp_path / "out").mkdir()
    runtime.extract(carrier, ["numpy.whl"], tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["numpy.whl"]
    with pytest.raises(BuildError, match=r"carrier\.whl: expected a member .*/scipy\.whl"):
        runtime.extract(carrier, ["scipy.whl"], tmp_path / "out")
