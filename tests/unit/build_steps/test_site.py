"""dist/ is replaced whole or not at all, whatever happens to the build."""

import hashlib
from pathlib import Path

import pytest

from build_steps import site
from build_steps.console import BuildError
from build_steps.paths import Paths

FOUR = hashlib.sha256(b"four").hexdigest()


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path)


def finished(paths: Paths, text: str) -> None:
    with site.assembled(paths) as new:
        (new / "page").write_text(text)


def folders(paths: Paths) -> list[str]:
    return sorted(path.name for path in paths.root.glob("dist*"))


def test_a_finished_build_replaces_dist(paths: Paths) -> None:
    finished(paths, "one")
    finished(paths, "two")
    assert (paths.dist / "page").read_text() == "two"
    assert folders(paths) == ["dist"]


@pytest.mark.parametrize("error", [BuildError, KeyboardInterrupt])
def test_a_failed_or_interrupted_build_keeps_dist(paths: Paths, error: type[BaseException]) -> None:
    finished(paths, "good")
    with pytest.raises(error), site.assembled(paths) as new:
        (new / "page").write_text("half")
        raise error
    assert (paths.dist / "page").read_text() == "good"
    assert folders(paths) == ["dist"]


def test_a_build_killed_between_the_renames_is_put_right(paths: Paths) -> None:
    finished(paths, "good")
    paths.dist.rename(paths.root / "dist.old")
    (paths.root / "dist.new").mkdir()
    with pytest.raises(BuildError), site.assembled(paths):
        raise BuildError
    assert (paths.dist / "page").read_text() == "good"


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("number", [1, 2])
def test_an_interruption_at_a_rename_leaves_a_whole_site(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, number: int, done: bool
) -> None:
    finished(paths, "one")
    rename, calls = Path.rename, []

    def interrupted(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) != number:
            return rename(self, target)
        if done:
            rename(self, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        finished(paths, "two")
    last = (number, done) == (2, True)
    assert (paths.dist / "page").read_text() == ("two" if last else "one")
    assert folders(paths) == ["dist"]


def test_a_missing_part_of_the_page_is_named(paths: Paths) -> None:
    with pytest.raises(BuildError, match=r"index\.html"):
        site.copy_page(paths, paths.root)


def test_manifest_holds_addresses_relative_to_the_site(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    for name in ("quick.json", "paper.json", "notes.txt"):
        (tmp_path / "results" / name).touch()
    parts = (
        tmp_path / "runtime" / "9",
        tmp_path / "wheels" / "page" / "2" / "a-0.1.0-x.whl",
        tmp_path / "native" / "k.so",
    )
    sandbox = tmp_path / "runtime" / "sandbox-1"
    index, whole = (tmp_path / "wheels" / name for name in ("index.html", "1/a-0.1.0-x.whl"))
    files = (parts[0] / "numpy.whl", parts[0] / "pyodide.mjs", *parts[1:], sandbox / "m.whl", index)
    for file in (*files, whole, whole.parents[1] / "earlier" / whole.name):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"four")
    ours = tmp_path / "wheels" / "mnist1d-lab" / "index.html"
    ours.parent.mkdir()
    ours.write_text(f'<a href="../1/{whole.name}#sha256={FOUR}">{whole.name}</a>')
    assert site.manifest(tmp_path, *parts, sandbox, ["https://x.test/"]) == {
        "version": "0.1.0",
        "bytes": 12,
        "sha256": {"wheel": FOUR, "kernels": FOUR},
        "pyodide": "runtime/9/",
        "wheel": "wheels/page/2/a-0.1.0-x.whl",
        "package": "wheels/1/a-0.1.0-x.whl",
        "kernels": "native/k.so",
        "runtime": ["numpy.whl", "pyodide.mjs"],
        "sandbox": "runtime/sandbox-1/",
        "sandbox_files": ["m.whl"],
        "hosted": [
            "wheels/1/a-0.1.0-x.whl",
            "wheels/earlier/a-0.1.0-x.whl",
            "wheels/index.html",
            "wheels/mnist1d-lab/index.html",
        ],
        "indexes": ["https://x.test/"],
        "results": ["paper", "quick"],
    }
