"""Lines are evaluated, awaited, found unfinished, completed; errors name the visitor's line."""

import asyncio
from typing import Any

import pytest

from mnist1d_lab import jobs
from mnist1d_lab.console import faults, session


@pytest.fixture(autouse=True)
def fresh_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "names", dict(session.names))


def evaluated(source: str, force: bool = False) -> dict[str, Any]:
    return asyncio.run(session.evaluate(source, force))


def test_names_stay_and_the_last_value_is_shown() -> None:
    assert evaluated("a = 20\nb = 1")["text"] == ""
    assert evaluated("a * 2 + 2 * b")["text"] == "42"
    assert evaluated("_ + 1")["text"] == "43"
    assert evaluated("None")["text"] == ""


def test_await_works_anywhere() -> None:
    source = "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 7\n\nawait f()"
    assert evaluated(source)["text"] == "7"
    assert evaluated("x = await f()\nx + 1")["text"] == "8"


@pytest.mark.parametrize(
    "source",
    ["for i in range(3):", "def f(x):\n    return x", "f(1,", "x = '''a", "if 1:\n  x = 1"],
)
def test_what_goes_on_is_not_run(source: str) -> None:
    answer = evaluated(source)
    assert not answer["complete"]
    assert answer["error"] is None
    assert evaluated(source, force=True)["complete"]


def test_an_open_block_ends_with_an_empty_line() -> None:
    assert evaluated("def f(x):\n    return x + 1\n")["complete"]
    assert evaluated("f(1)")["text"] == "2"


def test_an_error_names_the_innermost_line_of_the_visitor() -> None:
    error = evaluated("def f(x):\n    return 1 / x\n\nf(0)")["error"]
    assert (error["name"], error["line"], error["place"]) == ("ZeroDivisionError", 2, "console")
    assert error["traceback"].count("console") == 2
    inside = evaluated("x = 1\nmnist1d_lab.jobs.run('digits', {'seed': -1})")["error"]
    assert (inside["line"], inside["place"]) == (2, "console")
    assert inside["message"].startswith("seed must be a whole number")
    assert "registry.py" not in inside["traceback"]


def test_a_wrong_spelling_names_its_line() -> None:
    error = evaluated("x = 1\ny = = 2")["error"]
    assert (error["name"], error["message"], error["line"]) == ("SyntaxError", "invalid syntax", 2)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("raise MemoryError", "This needs more memory than the browser gives it"),
        ("def f(): return f()\nf()", "a function calls itself without end"),
        ("raise SystemExit('bye')", "bye"),
        ("raise ValueError('x' * 10**6)", "x" * 2000 + " …"),
        ("'\\0' + \0", "source code"),
    ],
)
def test_errors_are_short_sentences(source: str, words: str) -> None:
    error = evaluated(source, force=True)["error"]
    assert words in error["message"]
    assert len(error["message"]) < 2100


def test_a_refused_argument_keeps_its_field() -> None:
    with pytest.raises(ValueError, match="hidden") as caught:
        jobs.run("train", {"hidden": 0})
    told = faults.describe(caught.value)
    assert (told["name"], told["field"], told["line"]) == ("ValueError", "hidden", 0)


def test_records_become_a_table() -> None:
    table = evaluated("[{'a': 1 / 3, 'b': 'x'}, {'a': 2, 'c': None}]")["table"]
    assert table == {
        "columns": ["a", "b", "c"],
        "rows": [["0.333333", "x", ""], ["2", "", "None"]],
        "left": 0,
    }
    assert evaluated("[{'a': 1}] * 500")["table"]["left"] == 300
    for other in ("[1]", "[]", "'ab'", "[{'a': 1}, 2]"):
        assert evaluated(other)["table"] is None


def test_long_results_are_cut() -> None:
    text = evaluated("'x' * 10**6")["text"]
    assert len(text) < 10_100
    assert text.endswith("… (1000002 characters)")


def test_names_are_completed() -> None:
    assert session.complete("y = np.arang") == {"start": 4, "names": ["np.arange("]}
    assert session.complete("figu")["names"] == ["figures"]
    assert session.complete("np.no_such")["names"] == []
    assert session.complete("1 + ") == {"start": 4, "names": []}


def test_figures_hold_what_the_page_shows() -> None:
    session.set_figures({"dataset": {"seed": 3}, "search": None})
    assert evaluated("figures['dataset']")["text"] == "{'seed': 3}"
