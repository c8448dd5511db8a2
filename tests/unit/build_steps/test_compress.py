"""What a visit costs is counted as a server would send it."""

import gzip
import json
from pathlib import Path

import pytest

from build_steps import compress, shell
from build_steps.node import Node
from build_steps.paths import Paths


def test_a_file_counts_as_its_copy_where_there_is_one(tmp_path: Path) -> None:
    text, font = tmp_path / "a.js", tmp_path / "a.woff2"
    text.write_bytes(b"x" * 1000)
    font.write_bytes(b"y" * 100)
    Path(f"{text}.gz").write_bytes(gzip.compress(text.read_bytes()))
    Path(f"{text}.br").write_bytes(b"z" * 7)
    small = len(gzip.compress(text.read_bytes()))
    expected = {"raw": 1100, "gzip": small + 100, "brotli": 107}
    assert compress.weights([text, font]) == expected


def zip_all(what: str, args: shell.Args, cwd: Path) -> str:
    """Stand in for Node: each target says what it was made from."""
    for source, target in json.loads(Path(args[2]).read_text(encoding="utf-8")):
        Path(target).write_bytes(b"small " + Path(source).read_bytes())
    return ""


@pytest.mark.parametrize("kind", compress.KINDS)
def test_a_copy_that_differs_from_what_was_made_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    monkeypatch.setattr(shell, "output", zip_all)
    paths, node = Paths(tmp_path), Node(Path("node"), Path("npm"))
    for number in (1, 2):
        site = tmp_path / f"site-{number}"
        site.mkdir()
        for name in ("a.js", "b.css", "c.png"):
            (site / name).write_text(name)
        compress.write_copies(paths, node, site)
        copy = site / f"a.js{kind}"
        assert copy.read_bytes() == b"small a.js"
        assert not (site / f"c.png{kind}").exists()
        if number == 1:
            assert "expected" not in capsys.readouterr().out
            copy.write_bytes(b"small a.jt")  # the cache's own file: it is a link to it
    said = [line for line in capsys.readouterr().out.splitlines() if "expected sha256 " in line]
    assert len(said) == 1
    assert f"{kind}: expected" in said[0]
