"""Progress lines of the build, and the one error it raises. Not a logging framework."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class BuildError(Exception):
    """Stops the build. Its text is all the user sees, so it says what to do or what differs."""


def megabytes(size: int) -> str:
    """`1234567` → `1.23 MB`."""
    return f"{size / 1e6:.2f} MB"


def line(text: str) -> None:
    """Print at once, so that our lines and those of child processes keep their order."""
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[Callable[[str], None]]:
    """Print a step's title, and its time at the end; call what is yielded to add a word to that."""
    line(f"==> {title}")
    results: list[str] = []
    start = time.perf_counter()
    yield results.append
    seconds = f"{time.perf_counter() - start:.1f} s"
    line("    " + ", ".join([*results, seconds]))


def size(path: Path) -> str:
    """The size of a file, or of all files in a folder, for people."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    total = sum(file.lstat().st_size for file in files)
    return f"{total / 1e6:.1f} MB" if total >= 1e5 else f"{total / 1e3:.1f} kB"
