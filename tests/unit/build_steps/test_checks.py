"""How the tests in a browser are shared out to processes; no test is run here."""

from pathlib import Path

from build_steps import checks

FOLDER = Path(__file__).resolve().parents[2] / "browser"
FILES = sorted(FOLDER.glob("test_*.py"))


def test_every_file_is_in_one_part():
    assert sorted(file for part in checks.parts(FILES) for file in part) == FILES


def test_the_longest_are_there_and_come_first():
    parts = checks.parts(FILES)
    longest = [FOLDER / f"test_{name}.py" for name in checks.LONGEST]
    assert [file for part in parts for file in part][: len(longest)] == longest


def test_parts_become_smaller_and_the_last_is_small():
    sizes = [len(part) for part in checks.parts(FILES)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > checks.LEAST >= sizes[-1]


def test_without_files_there_is_nothing_to_do():
    assert checks.parts([]) == []
