"""Keep what the build made or fetched, and notice when a file is no longer that.

In each folder lies `digests.json`: the SHA-256 of its files, recorded when they were made. A file
that differs is named and made anew, never used. The name of the folder says what it was made from.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from build_steps import console, content_hash
from build_steps.console import BuildError

RECORD = "digests.json"
SHOWN = 5  # of the files that differ: a folder may have hundreds
Digests = dict[str, str]


def files(
    folder: Path,
    names: Sequence[str],
    make: Callable[[list[str], Path], object],
    known: Mapping[str, str] | None = None,
) -> list[str]:
    """Have the folder hold these files; returns the names of those that had to be made.

    Args:
        folder: Where they are kept. It changes only once all of them are made.
        names: Theirs.
        make: Is called with the names to make and an empty folder to write those files into.
        known: Digests that somebody else published, by name. Others are recorded here.
    """
    record = folder / RECORD
    digests = {**_read(record), **(known or {})}
    missing, notes = _missing(folder, names, digests)
    if not missing:
        return []
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        with _because_of(notes):
            make(missing, Path(scratch))
        for name in missing:
            digest = _digest_of_made(Path(scratch, name), folder / name, (known or {}).get(name))
            digests[name] = digest
        folder.mkdir(exist_ok=True)
        _write(record, digests)  # first: a file without its digest would have to be made again
        for name in missing:
            Path(scratch, name).replace(folder / name)
    return missing


def tree(folder: Path, made_from: str, parts: Iterable[str], install: Callable[[], object]) -> bool:
    """Have a folder that another tool fills and empties; returns whether it had to.

    Args:
        folder: It holds the record too.
        made_from: Names what the tool fills it from; anything else, and it is filled anew.
        parts: Folders in it whose files must not change. What else is there is not looked at.
        install: Fills it, whatever is there.
    """
    record = folder / f"{made_from[:12]}.{RECORD}"
    digests = _read(record)
    missing, notes = _missing(folder, list(digests), digests)
    if digests and not missing:
        return False
    record.unlink(missing_ok=True)
    with _because_of(notes):
        install()
    found = (path for part in parts for path in (folder / part).rglob("*") if path.is_file())
    _write(record, {path.relative_to(folder).as_posix(): content_hash.key(path) for path in found})
    return True


def read(path: Path) -> bytes | None:
    """What `write` has kept there; None if nothing, or if it is no longer that."""
    missing, _ = _missing(path.parent, [path.name], _read(path.parent / RECORD))
    return None if missing else path.read_bytes()


def write(path: Path, content: bytes) -> None:
    """Keep a file for `read`, whole or not at all. Two processes must not share its folder."""

    def make(names: list[str], scratch: Path) -> None:
        (scratch / names[0]).write_bytes(content)

    path.unlink(missing_ok=True)
    files(path.parent, [path.name], make)


@contextmanager
def _because_of(notes: list[str]) -> Iterator[None]:
    """Let an error of making a file anew say first which file differed."""
    try:
        yield
    except BuildError as error:
        if not notes:
            raise
        raise BuildError(f"{notes[0]}; making it anew: {error}") from error


def _missing(folder: Path, names: Sequence[str], digests: Digests) -> tuple[list[str], list[str]]:
    """The names of files that are not there as they were made, and a note for each that differs.

    The notes are printed.
    """
    missing, notes = [], []
    for name in names:
        path, expected = folder / name, digests.get(name, "")
        if not path.is_file():
            missing.append(name)
        elif (got := content_hash.key(path)) != expected:
            missing.append(name)
            wanted = f"sha256 {expected[:12]}" if expected else "its sha256 in a record"
            notes.append(f"{path}: expected {wanted}, got {got[:12] if expected else 'none'}")
    for note in notes[:SHOWN]:
        console.line(f"    {note}; made anew")
    if len(notes) > SHOWN:
        console.line(f"    {folder}: the same of {len(notes) - SHOWN} more files")
    return missing, notes


def _digest_of_made(made: Path, place: Path, expected: str | None) -> str:
    """The digest of a file that was made for this place; stops if it is not what was expected."""
    if not made.is_file():
        raise BuildError(f"{place}: expected its step to make this file, got none.")
    got = content_hash.key(made)
    if expected not in (None, got):
        raise BuildError(f"{place}: expected sha256 {expected}, got {got} when it was made anew.")
    return got


def _read(record: Path) -> Digests:
    """The digests of a record; none if there is no record, or if that is damaged."""
    if not record.is_file():
        return {}
    try:
        found = json.loads(record.read_bytes())
        return {name: str(digest) for name, digest in found.items()}
    except (ValueError, AttributeError) as error:
        console.line(f"    {record}: expected digests in JSON, got: {error}")
        return {}


def _write(record: Path, digests: Digests) -> None:
    """Write a record, whole or not at all."""
    scratch = record.with_suffix(".new")
    scratch.write_text(json.dumps(digests, indent=0, sort_keys=True), encoding="utf-8")
    scratch.replace(record)
