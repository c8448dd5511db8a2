"""A file that the build keeps is used only while it is what was made; else it is named and made."""

import json
from pathlib import Path

import pytest

from build_steps import cached, console, content_hash
from build_steps.console import BuildError

NAMES = ["a.so", "b.whl", "c.br"]


def flip(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that are printed."""
    lines: list[str] = []
    monkeypatch.setattr(console, "line", lines.append)
    return lines


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "cache" / "key"
    cached.files(folder, NAMES, write)
    return folder


def write(names: list[str], scratch: Path) -> None:
    for name in names:
        (scratch / name).write_text(f"content of {name}")


def refuse(names: list[str], scratch: Path) -> None:
    raise AssertionError(f"nothing was to be made, but: {names}")


def content(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text() for name in NAMES}


def test_what_is_there_is_not_made_again(folder: Path, said: list[str]) -> None:
    assert cached.files(folder, NAMES, refuse) == []
    assert said == []
    assert sorted(path.name for path in folder.iterdir()) == [*NAMES, cached.RECORD]
    assert list(folder.parent.iterdir()) == [folder]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_differs_is_named_and_it_alone_is_made_again(
    folder: Path, said: list[str], name: str
) -> None:
    whole, expected = content(folder), content_hash.key(folder / name)
    flip(folder / name)
    got = content_hash.key(folder / name)
    assert cached.files(folder, NAMES, write) == [name]
    assert said == [
        f"    {folder / name}: expected sha256 {expected[:12]}, got {got[:12]}; made anew"
    ]
    assert content(folder) == whole
    assert cached.files(folder, NAMES, refuse) == []


def test_a_deleted_file_is_made_again_without_a_word(folder: Path, said: list[str]) -> None:
    (folder / "b.whl").unlink()
    assert cached.files(folder, NAMES, write) == ["b.whl"]
    assert said == []


@pytest.mark.parametrize("text", ["{", "[]", "\xff", '{"a.so": 1, "b.whl": [], "c.br": null}'])
def test_a_damaged_record_makes_all_of_its_files_again(
    folder: Path, said: list[str], text: str
) -> None:
    (folder / cached.RECORD).write_bytes(text.encode("latin-1"))
    assert cached.files(folder, NAMES, write) == NAMES
    assert any(str(folder / "a.so") in line for line in said)
    assert cached.files(folder, NAMES, refuse) == []


def test_files_without_a_record_are_made_again(folder: Path, said: list[str]) -> None:
    (folder / cached.RECORD).unlink()
    assert cached.files(folder, NAMES, write) == NAMES
    assert said[0] == f"    {folder / 'a.so'}: expected its sha256 in a record, got none; made anew"


def test_of_many_files_a_few_are_named(tmp_path: Path, said: list[str]) -> None:
    names = [str(number) for number in range(cached.SHOWN + 3)]
    cached.files(tmp_path / "key", names, write)
    for name in names:
        flip(tmp_path / "key" / name)
    cached.files(tmp_path / "key", names, write)
    assert len(said) == cached.SHOWN + 1
    assert said[-1] == f"    {tmp_path / 'key'}: the same of 3 more files"


@pytest.mark.parametrize("error", [BuildError, KeyboardInterrupt])
def test_a_step_that_fails_half_way_changes_nothing(
    folder: Path, said: list[str], error: type[BaseException]
) -> None:
    def fail(names: list[str], scratch: Path) -> None:
        write(names[:1], scratch)
        raise error

    flip(folder / "a.so")
    flip(folder / "b.whl")
    before = content(folder)
    with pytest.raises(error):
        cached.files(folder, NAMES, fail)
    assert content(folder) == before
    assert list(folder.parent.iterdir()) == [folder]
    assert cached.files(folder, NAMES, write) == ["a.so", "b.whl"]


def test_a_step_that_makes_too_little_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(
        BuildError, match=r"key/c\.br: expected its step to make this file, got none"
    ):
        cached.files(tmp_path / "key", NAMES, lambda names, scratch: write(names[:2], scratch))
    assert not (tmp_path / "key").exists()


def test_a_published_digest_is_the_one_that_counts(tmp_path: Path, said: list[str]) -> None:
    file, good = tmp_path / "key" / "a.so", content_hash.key("content of a.so")
    cached.files(file.parent, ["a.so"], write, {"a.so": good})
    assert cached.files(file.parent, ["a.so"], refuse, {"a.so": good}) == []
    other = content_hash.key("other")
    with pytest.raises(BuildError) as caught:
        cached.files(file.parent, ["a.so"], write, {"a.so": other})
    assert str(caught.value).startswith(f"{file}: expected sha256 {other}, got {good}")


def test_a_file_that_differs_and_cannot_be_made_anew_is_named_by_the_stop(folder: Path) -> None:
    def fail(*_: object) -> None:
        raise BuildError("npm ci: expected exit code 0, got 1")

    with pytest.raises(BuildError, match=r"^npm ci: "):
        cached.files(folder, ["new"], fail)
    flip(folder / "b.whl")
    named = r"b\.whl: expected sha256 \w{12}, got \w{12}; making it anew: npm ci: expected"
    with pytest.raises(BuildError, match=named):
        cached.files(folder, NAMES, fail)
    cached.tree(folder, "lock", ["."], lambda: None)
    flip(folder / "a.so")
    with pytest.raises(BuildError, match=r"a\.so: expected .*; making it anew: npm ci: expected"):
        cached.tree(folder, "lock", ["."], fail)


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    """A folder of packages, as another tool fills it."""
    install(tmp_path / "modules")
    return tmp_path / "modules"


def install(folder: Path) -> None:
    for name in ("site/deep/a.js", "site/b.wasm", "tests/c.js"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"content of {name}")


def test_a_tree_is_filled_again_if_a_file_of_the_site_differs_or_for_another_lock(
    modules: Path, said: list[str]
) -> None:
    def ensured(lock: str = "lock") -> bool:
        return cached.tree(modules, lock, ["site"], lambda: install(modules))

    assert (ensured(), ensured()) == (True, False)
    flip(modules / "tests" / "c.js")
    assert not ensured(), "what is not of the site is not looked at"
    for name in ("site/deep/a.js", "site/b.wasm"):
        flip(modules / name)
        assert ensured()
        assert str(modules / name) in said.pop()
    (modules / "site" / "b.wasm").unlink()
    assert (ensured(), ensured()) == (True, False)
    assert (ensured("other"), ensured("other")) == (True, False)


def test_a_tree_whose_filling_failed_is_filled_again(modules: Path) -> None:
    def fail() -> None:
        raise BuildError("network gone")

    cached.tree(modules, "lock", ["site"], lambda: None)
    flip(modules / "site" / "b.wasm")
    with pytest.raises(BuildError):
        cached.tree(modules, "lock", ["site"], fail)
    assert cached.tree(modules, "lock", ["site"], lambda: install(modules))


def test_a_kept_part_is_read_only_as_it_was_written(tmp_path: Path, said: list[str]) -> None:
    path = tmp_path / "kept" / "part.json"
    assert cached.read(path) is None
    cached.write(path, b"[1]")
    cached.write(path, b"[2]")
    cached.write(path.with_name("other.json"), b"[3]")
    assert (cached.read(path), said) == (b"[2]", [])
    path.write_bytes(b"[7]")
    assert cached.read(path) is None
    assert str(path) in said[0]
    assert len(json.loads((path.parent / cached.RECORD).read_text())) == 2
