"""Turn an archive of Python sources into a smaller one of .pyc files, or add these to it.

It compiles for the Python that runs it, so the build runs it in Pyodide itself (see trim.py).
Standard library only.
"""

import importlib.util
import io
import marshal
import zipfile
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

MOMENT = (1980, 1, 1, 0, 0, 0)  # any fixed one: equal sources give equal bytes
# A pyc begins with the magic number, flags, and the date and size of its source (zero, as there
# is none beside it).
HEADER = importlib.util.MAGIC_NUMBER + bytes(12)


def packed(source: bytes, home: str, dropped: Iterable[str], replaced: Mapping[str, str]) -> bytes:
    """The archive without what matches `dropped`, its modules compiled without docstrings.

    Besides modules only compiled libraries and a wheel's metadata stay: no stubs, no headers.

    Args:
        source: A zip file.
        home: Where its members will live; tracebacks name `home/member`.
        dropped: Patterns of `fnmatch`, of which `*` also matches slashes.
        replaced: Python sources by member, without what follows its first dot. Where the archive
            has such a member, compiled or not, this comes in its place.
    """
    patterns = tuple(dropped)
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        for name in sorted(archive.namelist()):
            if any(fnmatchcase(name, pattern) for pattern in patterns):
                continue
            module = name.partition(".")[0]
            if module in replaced:
                code = replaced[module].encode()
                parts[f"{module}.pyc"] = compiled(code, f"{home}/{module}.py")
            elif name.endswith(".py"):
                parts[f"{name}c"] = compiled(archive.read(name), f"{home}/{name}")
            elif name.endswith(".so") or ".dist-info/" in name:
                parts[name] = archive.read(name)
    for name in parts:
        if name.endswith(".dist-info/RECORD"):  # hashes and sizes may be empty in it
            parts[name] = "".join(f"{part},,\n" for part in parts).encode()
    return _zipped(parts)


def cached(source: bytes, home: str) -> bytes:
    """The archive with a twin in __pycache__ for each module, compiled as `compiled` does.

    The sources stay. The twins are not checked against them: nothing changes in an unpacked wheel.
    """
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)
            if name.endswith(".py"):
                code = compile(parts[name], f"{home}/{name}", "exec", dont_inherit=True, optimize=2)
                digest = importlib.util.source_hash(parts[name])
                flags = (1).to_bytes(4, "little")  # a hash of the source, unchecked
                pyc = importlib.util.MAGIC_NUMBER + flags + digest + marshal.dumps(code)
                parts[importlib.util.cache_from_source(name)] = pyc
    return _zipped(parts)


def rest(sources: Iterable[tuple[bytes, str, str]], wanted: Iterable[str]) -> bytes:
    """One archive of the modules that `packed` left out and `wanted` names, compiled like its own.

    Args:
        sources: Zip files, each with the folder of the new archive that its members go to, and
            with their home, as in `packed`.
        wanted: Patterns of `fnmatch`; nobody's tests are wanted.
    """
    patterns = tuple(wanted)
    parts: dict[str, bytes] = {}
    for source, folder, home in sources:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            for name in sorted(archive.namelist()):
                if "/tests/" in name or not any(fnmatchcase(name, one) for one in patterns):
                    continue
                if name.endswith(".py"):
                    parts[f"{folder}{name}c"] = compiled(archive.read(name), f"{home}/{name}")
                elif name.endswith(".so"):
                    parts[folder + name] = archive.read(name)
    return _zipped(parts)


def compiled(source: bytes, name: str) -> bytes:
    """The content of a pyc without assertions and docstrings."""
    code = compile(source, name, "exec", dont_inherit=True, optimize=2)
    return HEADER + marshal.dumps(code)


def _zipped(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, MOMENT)
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 9)
    return whole.getvalue()


def convert(
    source: str,
    target: str,
    home: str,
    dropped: Iterable[str] | None = None,
    replaced: Mapping[str, str] | None = None,
) -> None:
    """Convert one archive; without `dropped` all of it stays, and the sources too."""
    content = Path(source).read_bytes()
    if dropped is None:
        made = cached(content, home)
    else:
        made = packed(content, home, dropped, replaced or {})
    Path(target).write_bytes(made)


def convert_rest(
    target: str, sources: Iterable[tuple[str, str, str]], wanted: Iterable[str]
) -> None:
    """Write the archive that `rest` makes of these files."""
    read = [(Path(path).read_bytes(), folder, home) for path, folder, home in sources]
    Path(target).write_bytes(rest(read, wanted))
