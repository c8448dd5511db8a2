"""The file that the page has from Python: its forms, and that it follows the package."""

import sys
from pathlib import Path
from typing import NotRequired, TypedDict

from build_steps import from_python, generate
from build_steps.paths import Paths

ROOT = Path(__file__).resolve().parents[3]


class Row(TypedDict):
    """A row. Nothing else is said of it.

    Not this either.
    """

    arm: str
    mean: float | None
    best: NotRequired[float]
    ends: tuple[int, int]


def test_a_record_becomes_a_typedef_with_its_optional_fields():
    assert from_python.typedef(Row) == (
        "/**\n * A row. Nothing else is said of it.\n * @typedef {object} Row\n"
        " * @property {string} arm\n * @property {number | null} mean\n"
        " * @property {number} [best]\n * @property {[number, number]} ends\n */\n"
    )


def test_a_constant_is_json():
    assert from_python.constant("Two.", "TWO", {"a": (1, 2), "b": "ü"}) == (
        '/** Two. */\nexport const TWO = {\n  "a": [1, 2],\n  "b": "\\u00fc",\n};\n'
    )


def test_the_file_in_the_tree_is_what_the_package_gives():
    wanted = generate.text(Paths(ROOT), Path(sys.executable))
    assert (ROOT / generate.FILE).read_text(encoding="utf-8") == wanted


def test_a_file_that_is_out_of_date_is_written_again(tmp_path):
    (tmp_path / "py").symlink_to(ROOT / "py")
    file = tmp_path / generate.FILE
    file.parent.mkdir(parents=True)
    file.write_text("export const MODELS = [];\n")
    generate.ensure(Paths(tmp_path), Path(sys.executable))
    assert file.read_text(encoding="utf-8") == (ROOT / generate.FILE).read_text(encoding="utf-8")


def test_the_tables_of_the_readme_are_what_the_package_declares():
    wanted = generate.readme(Paths(ROOT), Path(sys.executable))
    assert (ROOT / generate.README).read_text(encoding="utf-8") == wanted
    assert "| `adjacency` | `mask`: bytes" in wanted
