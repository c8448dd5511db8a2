"""From a text to the functions that a hook calls. It knows no hook's meaning."""

from __future__ import annotations
import __future__

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from mnist1d_lab.edits.errors import EditError, file_of, from_syntax
from mnist1d_lab.jobs.hooks import HOOKS, names_at
from mnist1d_lab.validation import refuse

LONGEST = 100_000  # letters of a text

Names = dict[str, Any]  # what a text defines, and what it may use


def load(hook: str, text: object) -> Names:
    """Run a text once, which defines its functions; return all its names.

    It may use `np` and the names of the modules that our own code at this hook stands in. Raises
    EditError for what the compiler refuses; what the text itself raises goes through.
    """
    if hook not in HOOKS:
        raise refuse("the name of an edit", hook, f"one of {', '.join(HOOKS)}")
    if not isinstance(text, str) or len(text) > LONGEST:
        raise refuse(hook, text, f"Python of at most {LONGEST} letters")
    flags = __future__.annotations.compiler_flag  # ours are annotated with names of type checkers
    try:
        code = compile(text, file_of(hook), "exec", flags=flags, dont_inherit=True)
    except (SyntaxError, ValueError) as error:  # ValueError: a null character
        if isinstance(error, SyntaxError):
            raise from_syntax(hook, error) from None
        raise EditError(hook, "ValueError", str(error), None) from None
    names: Names = {**names_at(hook), "np": np}  # a dataclass looks its module up by its name
    for defined in HOOKED:
        names.pop(defined, None)  # ours is no answer to a text that lacks it
    exec(code, names)  # the visitor's own code, in the visitor's own browser
    return names


# The names that hooks call.
HOOKED = ("score", "rewind", "schedule", "MLP", "Model", "init", "forward", "backward", "step",
          "transform")  # fmt: skip


def function(hook: str, names: Names, name: str, takes: int) -> Callable[..., Any]:
    """Return a text's function as one of `takes` arguments; it may leave out the last of them.

    Raises EditError if the text has no such function, or one of more or fewer arguments.
    """
    found = names.get(name)
    if not callable(found):
        raise EditError(hook, "NameError", f"the code must define {HOOKS[hook].call}", None)
    line = line_of(found)
    try:
        signature = inspect.signature(found)
    except (TypeError, ValueError):
        raise EditError(hook, "TypeError", f"{name} must be a function", line) from None
    for count in range(takes, 0, -1):
        try:
            signature.bind(*range(count))
        except TypeError:
            continue
        return found if count == takes else _with_fewer(found, count)
    raise EditError(
        hook, "TypeError", f"{name} must take the arguments of {HOOKS[hook].call}", line
    )


def _with_fewer(found: Callable[..., Any], count: int) -> Callable[..., Any]:
    return lambda *args: found(*args[:count])


def line_of(found: Any) -> int | None:
    """Return the line of a text on which a function or a class of it begins."""
    code = getattr(found, "__code__", None) or getattr(
        getattr(found, "__init__", None), "__code__", None
    )
    return code.co_firstlineno if code and code.co_filename.startswith("<edit") else None
