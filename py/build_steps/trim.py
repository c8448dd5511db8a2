"""Make smaller, compiled copies of Pyodide's archives, without what the page never needs.

Start-up takes less than half the time so. The price: in the page the standard library and NumPy
have no docstrings, assertions and source lines; NumPy solves, inverts and decomposes no matrix and
lacks two bit generators; Python starts no process. Our own wheel has its sources too.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from build_steps import archive, cached, console, content_hash, shell
from build_steps.node import Node
from build_steps.paths import Paths

STDLIB_HOME = "/lib/python314.zip"
LIBRARY = "/lib/python3.14"
WHEEL_HOME = f"{LIBRARY}/site-packages"
RUNNER = Path(__file__).with_name("trim.mjs")

# Patterns of fnmatch by reason. What numpy, asyncio and ctypes import must stay; also
# asyncio/unix_events, without which Pyodide does not start.
DROPPED: Mapping[str, Sequence[str]] = {
    "needs processes, a terminal or a display, of which a browser has none": (
        "multiprocessing/*", "_pyrepl/*", "cmd.py", "pty.py", "tty.py", "getpass.py",
        "tkinter/*", "turtle*", "idlelib/*", "webbrowser.py", "ensurepip/*", "venv/*",
    ),
    "needs sockets": (
        "wsgiref/*", "xmlrpc/*", "http/server.py", "http/cookiejar.py", "socketserver.py",
        "smtplib.py", "imaplib.py", "poplib.py", "ftplib.py", "mailbox.py", "netrc.py", "ssl.py",
    ),
    "tools for developers": (
        "unittest/*", "doctest.py", "pydoc.py", "pydoc_data/*", "pdb.py", "bdb.py", "trace.py",
        "profile.py", "cProfile.py", "pstats.py", "timeit.py", "modulefinder.py", "pyclbr.py",
        "tabnanny.py", "compileall.py", "zipapp.py", "pickletools.py", "symtable.py",
        "argparse.py", "gettext.py", "getopt.py", "filecmp.py", "fileinput.py",
        "rlcompleter.py", "*/__main__.py",
    ),
    "another system's, or nobody's in a page": (
        "asyncio/windows_*", "asyncio/proactor_events.py", "logging/config.py",
        "logging/handlers.py", "optparse.py", "uuid.py", "statistics.py", "shelve.py",
        "zoneinfo/*", "numpy/typing/mypy_plugin.py", "numpy/ma/testutils.py", "ctypes/macholib/*",
    ),
    "file formats of others": (
        "xml/*", "html/*", "tomllib/*", "plistlib.py", "sqlite3/*", "dbm/*", "wave.py",
        "configparser.py",
    ),
    "Python twins of compiled modules that are there": ("_pyio.py", "_pydatetime.py"),
    "rare encodings; UTF-*, ASCII, Latin-1, IDNA and zip's own cp437 stay": (
        "encodings/cp[!4]*", "encodings/cp424.py", "encodings/iso*", "encodings/mac_*",
        "encodings/koi8*", "encodings/kz1048.py", "encodings/ptcp154.py", "encodings/big5*",
        "encodings/euc_*", "encodings/gb*", "encodings/hz.py", "encodings/johab.py",
        "encodings/shift_jis*", "encodings/hp_roman8.py", "encodings/palmos.py",
        "encodings/tis_620.py",
    ),
    # without them `from numpy import *` fails; nobody should
    "NumPy's tests, compilers and build hooks": (
        "numpy/testing/*", "numpy/*/tests/*", "numpy/conftest.py", "numpy/f2py/*",
        "numpy/_pyinstaller/*", "numpy/_configtool.py", "numpy/random/_examples/*",
    ),
    "names for type checkers: see REPLACED": ("numpy/_typing/_[!_]*",),
    "NumPy's parts that it imports when they are asked for, and nobody does": (
        "numpy/fft/*", "numpy/polynomial/*", "numpy/ma/*", "numpy/linalg/lapack_lite*",
        "numpy/ctypeslib/*", "numpy/core/*", "numpy/matlib.py", "numpy/lib/recfunctions.py",
    ),
}  # fmt: skip

# What code of visitors may well import of all that: the sandbox gets it too.
MORE = "more.zip"
FOR_VISITORS: Sequence[str] = (
    *DROPPED["tools for developers"],
    "uuid.py", "statistics.py", "shelve.py", "optparse.py", "zoneinfo/*",
    *DROPPED["file formats of others"],
    *DROPPED["NumPy's parts that it imports when they are asked for, and nobody does"],
    "numpy/testing/*", "numpy/linalg/_umath_linalg*", "numpy/random/_sfc64*",
    "numpy/random/_philox*",
)  # fmt: skip

STUBS = Path(__file__).with_name("stubs")
# Modules that every start imports and no page uses, by their path in an archive; in their place
# comes as much as those ask for that import them. Half a megabyte, and a tenth of the start alone.
REPLACED: Mapping[str, str] = {
    path.relative_to(STUBS).with_suffix("").as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(STUBS.rglob("*.py"))
    if path.parent != STUBS or path.name != "__init__.py"
}


def ensure(paths: Paths, node: Node, sources: Sequence[Path]) -> Path:
    """Make what the cache lacks of these (already verified) archives, or has damaged.

    Returns:
        A folder with an archive for each source, of the same name; its name follows the content.
    """
    pyodide = paths.node_modules / "pyodide"
    recipe = (Path(archive.__file__), Path(__file__), RUNNER, *sorted(STUBS.rglob("*.py")))
    key = content_hash.key(pyodide / "pyodide.asm.wasm", *recipe, *sources)[:12]
    folder = paths.cache / "trimmed" / key
    with console.step("Trimmed and compiled: Python's library and the wheels") as result:
        by_name = {source.name: source for source in sources}

        def make(names: list[str], scratch: Path) -> None:
            dropped = list(chain.from_iterable(DROPPED.values()))
            _run(paths, node, [by_name[name] for name in names], scratch, dropped)

        made = cached.files(folder, list(by_name), make)
        for name in made:
            now = console.size(folder / name)
            console.line(f"    {name}: {console.size(by_name[name])}, now {now}")
        if not made:
            result("already there")
    return folder


def for_sandbox(paths: Paths, node: Node, archives: Sequence[Path], wheels: Sequence[Path]) -> Path:
    """Make what only the sandbox loads: `MORE`, and these wheels, compiled.

    Args:
        paths: Of the checkout.
        node: Runs Pyodide.
        archives: The standard library and the wheels that `ensure` made smaller.
        wheels: Those of the sandbox alone.

    Returns:
        A folder with all of that; its name follows the content.
    """
    pyodide = paths.node_modules / "pyodide"
    recipe = (Path(archive.__file__), Path(__file__), RUNNER)
    key = content_hash.key(pyodide / "pyodide.asm.wasm", *recipe, *archives, *wheels)[:12]
    folder = paths.cache / "trimmed" / f"sandbox-{key}"

    def make(names: list[str], scratch: Path) -> None:
        missing = [wheel for wheel in wheels if wheel.name in names]
        if missing:
            _run(paths, node, missing, scratch, [])
        if MORE in names:
            _convert_rest(paths, node, archives, scratch)

    with console.step("What the sandbox alone loads") as result:
        if not cached.files(folder, [MORE, *(wheel.name for wheel in wheels)], make):
            result("already there")
    return folder


def precompile(paths: Paths, node: Node, wheel: Path) -> None:
    """Give our own wheel compiled twins of its modules; its sources stay, for tracebacks."""
    pyodide = paths.node_modules / "pyodide"
    key = content_hash.key(pyodide / "pyodide.asm.wasm", Path(archive.__file__), RUNNER, wheel)[:12]
    folder = paths.cache / "precompiled" / key

    def make(_: list[str], scratch: Path) -> None:
        _run(paths, node, [wheel], scratch, None)

    cached.files(folder, [wheel.name], make)
    shutil.copyfile(folder / wheel.name, wheel)


def _run(
    paths: Paths, node: Node, sources: Sequence[Path], made: Path, dropped: Sequence[str] | None
) -> None:
    folders = [made, *sorted({source.parent for source in sources})]
    calls = [
        [
            f"/{folders.index(source.parent)}/{source.name}",
            f"/0/{source.name}",
            STDLIB_HOME if source.suffix == ".zip" else WHEEL_HOME,
            *([] if dropped is None else [dropped, REPLACED]),
        ]
        for source in sources
    ]
    _call(paths, node, folders, "convert", calls)


def _convert_rest(paths: Paths, node: Node, archives: Sequence[Path], made: Path) -> None:
    folders = [made, *sorted({source.parent for source in archives})]
    sources = [
        (
            f"/{folders.index(source.parent)}/{source.name}",
            *(("", LIBRARY) if source.suffix == ".zip" else ("site-packages/", WHEEL_HOME)),
        )
        for source in archives
    ]
    _call(paths, node, folders, "convert_rest", [[f"/0/{MORE}", sources, FOR_VISITORS]])


def _call(
    paths: Paths, node: Node, folders: Sequence[Path], function: str, calls: Sequence[object]
) -> None:
    """Call a function of archive.py, in Pyodide, which sees the folders as /0, /1, …."""
    jobs = folders[0] / "jobs.json"
    told = {"folders": [str(folder) for folder in folders], "function": function, "calls": calls}
    jobs.write_text(json.dumps(told))
    pyodide = paths.node_modules / "pyodide"
    command = (node.node, RUNNER, pyodide, paths.py, jobs)
    shell.output("Compiling Python's library in Pyodide", command, paths.root)
