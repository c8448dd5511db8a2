"""What a step reads and is not as it should be is named: the file, what was expected, what came."""

from pathlib import Path

import pytest

from build_steps import read
from build_steps.console import BuildError


def test_text_that_is_no_utf_8_is_named_with_the_place(tmp_path: Path) -> None:
    file = tmp_path / "a.js"
    file.write_bytes("ü".encode() + b"\xff")
    with pytest.raises(BuildError) as caught:
        read.text(file)
    assert str(caught.value) == f"{file}: expected text in UTF-8, got byte 0xff at position 2."
    file.write_text("ü", encoding="utf-8")
    assert read.text(file) == "ü"


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"a\.js: expected a file to read, got: No such file"):
        read.text(tmp_path / "a.js")


def test_json_that_is_none_is_named(tmp_path: Path) -> None:
    file = tmp_path / "package.json"
    file.write_text('{"a": }')
    with pytest.raises(
        BuildError, match=r"package\.json: expected JSON, got: Expecting value.*char"
    ):
        read.json(file)
    file.write_text('{"a": 1}')
    assert read.json(file) == {"a": 1}


@pytest.mark.parametrize("names", [(), ("a.whl", "deep/b.whl")])
def test_one_file_is_expected_where_there_is_another_number(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    (tmp_path / "deep").mkdir()
    for name in names:
        (tmp_path / name).touch()
    with pytest.raises(BuildError, match=rf"expected one \*\.whl, got {len(names)}\.$"):
        read.only(tmp_path, "*.whl")


def test_the_one_file_is_found_below_a_folder(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.whl").touch()
    assert read.only(tmp_path, "*.whl") == tmp_path / "deep" / "b.whl"
