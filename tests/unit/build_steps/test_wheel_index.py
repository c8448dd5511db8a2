"""The site's package index: pip reads it; the host's wheels and indexes are named in wheels/."""

import hashlib
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from build_steps import server, wheel_index
from build_steps.console import BuildError
from build_steps.paths import Paths

ABOUT = "Metadata-Version: 2.1\nName: Some.Thing\nVersion: 1.0\n"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A checkout whose host has laid a wheel into wheels/."""
    (tmp_path / "static" / "wheels").mkdir(parents=True)
    with zipfile.ZipFile(
        tmp_path / "static" / "wheels" / "Some.Thing-1.0-py3-none-any.whl", "w"
    ) as archive:
        archive.writestr("some_thing.py", "x = 1\n")
        archive.writestr("Some.Thing-1.0.dist-info/METADATA", ABOUT)
        archive.writestr(
            "Some.Thing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n"
        )
        archive.writestr("Some.Thing-1.0.dist-info/RECORD", "")
    return Paths(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The site's wheels/ with our own."""
    ours = tmp_path / "site" / "wheels" / "0123456789ab"
    ours.mkdir(parents=True)
    (ours / "mnist1d_lab-0.1.0-py3-none-any.whl").write_bytes(b"ours")
    return ours.parent


def test_the_index_names_every_wheel_with_its_hash(paths: Paths, folder: Path) -> None:
    assert wheel_index.write(paths, folder) == []
    assert '<a href="mnist1d-lab/">' in (folder / "index.html").read_text()
    text = (folder / "mnist1d-lab" / "index.html").read_text()
    digest = hashlib.sha256(b"ours").hexdigest()
    assert f"../0123456789ab/mnist1d_lab-0.1.0-py3-none-any.whl#sha256={digest}" in text


def test_pip_downloads_from_it(paths: Paths, folder: Path, tmp_path: Path) -> None:
    wheel_index.write(paths, folder)
    with server.bind(folder, 8700) as bound:
        threading.Thread(target=bound.serve_forever, daemon=True).start()
        index = f"http://127.0.0.1:{bound.server_port}/"
        options = ("--no-deps", "--no-cache-dir", "--isolated", "--disable-pip-version-check")
        command = (sys.executable, "-m", "pip", "download", *options, "--index-url", index)
        subprocess.run(
            [*command, "--dest", tmp_path / "got", "some-thing==1.0"],
            check=True,
            capture_output=True,
        )
        bound.shutdown()
    assert [path.name for path in (tmp_path / "got").iterdir()] == [
        "Some.Thing-1.0-py3-none-any.whl"
    ]


def test_a_wrong_name_stops_the_build(paths: Paths, folder: Path) -> None:
    (paths.root / "static" / "wheels" / "wrong.whl").touch()
    with pytest.raises(BuildError, match=r"wrong\.whl: expected a name like name-1\.0-py3"):
        wheel_index.write(paths, folder)


def test_the_host_allows_an_index_with_one_line(paths: Paths, folder: Path, tmp_path: Path) -> None:
    line = "https://packages.test/simple/"
    (paths.root / "static" / "wheels" / wheel_index.ADDRESSES).write_text(f"# ours\n{line}\n")
    found = wheel_index.write(paths, folder)
    assert found == [line]
    page = tmp_path / "index.html"
    page.write_text("connect-src 'self'; worker-src 'self'")
    wheel_index.allow(page, found)
    assert page.read_text() == "connect-src 'self' https://packages.test; worker-src 'self'"


@pytest.mark.parametrize(
    "line",
    ["http://packages.test/", "https://a.test", "https://a.test/;x/", "https://*/", "https:///a/"],
)
def test_an_index_that_is_no_address_stops_the_build(line: str) -> None:
    with pytest.raises(BuildError, match="expected addresses like https://host/simple/"):
        wheel_index.addresses(line, Path("indexes.txt"))
