"""Evaluate what is typed into the console, in names that stay. It reads no keyboard."""

import ast
import codeop
import inspect
import sys
from collections.abc import Mapping, Sequence
from types import CodeType
from typing import Any

import numpy as np

import mnist1d_lab.jobs
from mnist1d_lab.console import faults

FILE = "<console>"
LONGEST = 10_000  # characters of a result
ROWS, COLUMNS, CELL = 200, 30, 60  # of a table
NAMES = 100  # completions

names: dict[str, Any] = {"__name__": "__console__", "np": np, "mnist1d_lab": mnist1d_lab}
names["figures"] = {}


def set_figures(figures: Mapping[str, Any]) -> None:
    """Let the name `figures` hold what the page shows just now."""
    names["figures"] = dict(figures)


def flush() -> None:
    """Have all that was printed leave Python."""
    sys.stdout.flush()
    sys.stderr.flush()


def is_complete(source: str) -> bool:
    """Whether a text can run as it is: an open block ends with an empty line, as in any console.

    Raises:
        SyntaxError: No further line can make it right.
    """
    lines = source.rstrip(" ").split("\n")
    if len(lines) > 1 and lines[-1][:1].isspace():
        return False
    compiler = codeop.CommandCompiler()
    compiler.compiler.flags |= ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        return compiler(source, FILE, "exec") is not None
    except (OverflowError, ValueError) as error:
        raise SyntaxError(str(error)) from error


def parts_of(source: str) -> tuple[CodeType, CodeType | None]:
    """Compile a text: all of it but a last expression, and that expression or None."""
    tree = ast.parse(source, FILE)
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        value = tree.body.pop()
        assert isinstance(value, ast.Expr)
        last = compile(ast.Expression(value.value), FILE, "eval", flags)
    return compile(tree, FILE, "exec", flags), last


async def value_of(code: CodeType) -> Any:
    """Run code in the console's names; it may use `await`."""
    value = eval(code, names)
    return await value if code.co_flags & inspect.CO_COROUTINE else value


async def evaluate(source: str, force: bool = False) -> dict[str, Any]:
    """Run a text and return what it came to.

    Args:
        source: Python, which may use `await` anywhere.
        force: Run it even if it looks as if another line were to come.

    Returns:
        `complete` (else nothing was run), `text` of the value of a last expression ('' for None),
        `table` if that value is a list of dicts, and `error` as `faults.told` has it, or None.
    """
    answer: dict[str, Any] = {"complete": True, "text": "", "table": None, "error": None}
    try:
        if not force and not is_complete(source):
            return {**answer, "complete": False}
        body, last = parts_of(source)
        await value_of(body)
        value = None if last is None else await value_of(last)
        if value is not None:
            names["_"] = value
            answer["table"] = table_of(value)
            answer["text"] = cut(repr(value))
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        answer["error"] = faults.told(error)
    return answer


def cut(text: str, longest: int = LONGEST) -> str:
    """The text, or its beginning if it is too long to show."""
    return text if len(text) <= longest else f"{text[:longest]} … ({len(text)} characters)"


def table_of(value: object) -> dict[str, Any] | None:
    """Return a list of dicts as a table: `columns`, `rows` of texts, how many rows are `left`."""
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)) or not value:
        return None
    if not all(isinstance(row, Mapping) for row in value):
        return None
    columns = list(dict.fromkeys(key for row in value for key in row))[:COLUMNS]
    rows = [[cell_of(row[key]) if key in row else "" for key in columns] for row in value[:ROWS]]
    left = max(len(value) - ROWS, 0)
    return {"columns": [str(key) for key in columns], "rows": rows, "left": left}


def cell_of(value: object) -> str:
    """A value in few characters; numbers with six digits."""
    if isinstance(value, float | np.floating):
        return f"{value:.6g}"
    return cut(str(value), CELL)


def complete(text: str) -> dict[str, Any]:
    """Return how the last word of a text can go on: `names` in place of what follows `start`."""
    import rlcompleter  # the console alone needs it, and only when somebody asks

    start = len(text)
    while start and (text[start - 1].isalnum() or text[start - 1] in "_."):
        start -= 1
    word = text[start:]
    if not word:
        return {"start": start, "names": []}
    completer = rlcompleter.Completer(names)
    found: list[str] = []
    while len(found) < NAMES and (one := completer.complete(word, len(found))) is not None:
        if one in found:
            break
        found.append(one)
    return {"start": start, "names": found}
