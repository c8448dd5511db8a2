"""What is wrong with somebody's code: one sentence, the hook and the line. Runs no code."""

from __future__ import annotations

import traceback

PREFIX = "edit."  # of the file names that the texts are compiled under
LONGEST = 500  # letters of a sentence


class EditError(Exception):
    """An error of a text: its `hook`, `kind` (the error's name) and `line`, from 1, or None."""

    def __init__(self, hook: str, kind: str, sentence: str, line: int | None) -> None:
        """Make the sentence, which begins with the place."""
        self.hook, self.kind, self.line = hook, kind, line
        place = hook if line is None else f"{hook}, line {line}"
        short = sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST]}…"
        super().__init__(f"{place}: {short}")


def file_of(hook: str) -> str:
    """Return the file name that a hook's text is compiled under."""
    return f"<{PREFIX}{hook}>"


def hook_of(file: str) -> str | None:
    """Return the hook of such a file name."""
    return file[1:-1].removeprefix(PREFIX) if file.startswith(f"<{PREFIX}") else None


def from_syntax(hook: str, error: SyntaxError) -> EditError:
    """Return what a compiler says of a text."""
    return EditError(
        hook, type(error).__name__, f"{type(error).__name__}: {error.msg}", error.lineno
    )


def from_exception(error: BaseException) -> EditError | None:
    """Return an error that was raised in a text, or below it; None if no text was running.

    The line is the last one of a text that was at work.
    """
    lines = [
        (hook, frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if (hook := hook_of(frame.filename))
    ]
    if not lines:
        return None
    hook, line = lines[-1]
    kind = type(error).__name__
    return EditError(hook, kind, f"{kind}: {error}" if str(error) else kind, line)
