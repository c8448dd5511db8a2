"""Say what went wrong in code that a visitor wrote: where, in their own lines only."""

import re
import sys
import traceback
from typing import Any

from mnist1d_lab.console import installing
from mnist1d_lab.validation import BadValueError

LONGEST = 2000  # characters of a message
OTHERS = {"<string>", "<exec>", "<stdin>", "<unknown>"}  # what Python itself makes of a text


def is_own(filename: str) -> bool:
    """Whether code is the visitor's: it was compiled from a text, under a name like `<console>`."""
    return re.fullmatch(r"<[\w.-]+>", filename) is not None and filename not in OTHERS


def place_of(error: BaseException) -> tuple[int, str]:
    """Return the line in the visitor's code that an error comes from, from 1, and of which text.

    The innermost one; 0 and '' if none of it took part.
    """
    if isinstance(error, SyntaxError) and error.filename and is_own(error.filename):
        return error.lineno or 0, error.filename.strip("<>")
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if is_own(frame.filename)]
    return (own[-1].lineno or 0, own[-1].filename.strip("<>")) if own else (0, "")


def shortened(text: str) -> str:
    """The text, or its beginning if it is too long to show."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def sentence(error: BaseException) -> str:
    """What an error says; running out of memory says nothing by itself."""
    if isinstance(error, MemoryError):
        return "This needs more memory than the browser gives it; smaller arrays need less."
    if isinstance(error, RecursionError):
        return f"{error}: a function calls itself without end."
    if isinstance(error, SyntaxError):
        return str(error.msg)
    if any("/micropip/" in frame.filename for frame in traceback.extract_tb(error.__traceback__)):
        return installing.sentence("", error)
    return shortened(str(error))


def told(error: BaseException) -> dict[str, Any]:
    """Return an error as `name`, `message`, `traceback`, `line` and `place`.

    The traceback has the frames of the visitor's code alone.
    """
    line, place = place_of(error)
    own = [one for one in traceback.extract_tb(error.__traceback__) if is_own(one.filename)]
    name, message = type(error).__name__, sentence(error)
    where = "".join(f'  line {one.lineno}, in "{one.filename}", {one.name}\n' for one in own)
    if isinstance(error, SyntaxError):
        where = f"  line {line}: {(error.text or '').strip()}\n"
    head = f"Traceback:\n{where}" if where else ""
    text = f"{head}{name}: {message}" if message else f"{head}{name}"
    return {"name": name, "message": message, "traceback": text, "line": line, "place": place}


def describe(error: BaseException | None = None) -> dict[str, Any]:
    """Return what the page is told of an error, by default of the last one.

    A bad argument of a job is a ValueError with its `field`, as jobs have it everywhere.
    """
    last: BaseException = error if error is not None else vars(sys)["last_exc"]
    parts = told(last)
    if isinstance(last, BadValueError):
        return {**parts, "name": "ValueError", "field": last.field}
    return parts
