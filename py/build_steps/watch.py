"""Serve the page and the Python package as they are in the work tree: a reload shows a change.

Nothing is bundled, compressed or kept, and there is no release. What changes rarely is made once:
third-party modules, Pyodide and the kernels when it starts, the docs when one is asked for.
"""

import io
import json
import tempfile
import threading
from functools import partial
from http import HTTPStatus
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from build_steps import (
    console,
    content_hash,
    docs,
    generate,
    native,
    read,
    release,
    runtime,
    server,
    site,
    vendor,
    wheel,
    wheel_index,
)
from build_steps.paths import Paths
from build_steps.tools import Tools

# In place of a release's service worker, which would go on answering with that release.
FORGET = """\
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.registration.unregister()));
"""


class WorkTree:
    """Answers for each address of the page with what is in the work tree at that moment."""

    def __init__(self, paths: Paths, tools: Tools, made: Path) -> None:
        """`made` is an empty folder for what is not in the tree."""
        self._paths, self._tools, self._made = paths, tools, made
        self._lock = threading.Lock()  # a page asks for many files at once
        vendor.copy(paths, tools.node, made / "vendor")
        self._runtime = made / "runtime" / tools.runtime_name
        runtime.copy(paths, tools.archives, self._runtime)
        self._sandbox = runtime.copy_sandbox(tools.sandbox, made / "runtime")
        self._kernels = native.copy(tools.kernels, made / "native")
        (made / "results").symlink_to(paths.root / site.RESULTS, target_is_directory=True)

    def read(self, name: str) -> bytes | None:
        """The content at an address below the page's; None if there is none."""
        if name == "index.html":
            text = read.text(self._paths.root / name)
            return release.with_engine(text, self._made).encode()
        if name == "sw.js":
            return FORGET.encode()
        if name == "build.json":
            return json.dumps(self._manifest()).encode()
        if name == generate.FILE.as_posix():
            return generate.text(self._paths, self._tools.python).encode()
        if name.startswith("docs/"):
            self._make_docs()
            name = "docs/index.html" if name == "docs/" else name
        file = place(name, self._paths.root, self._made)
        if file is None:
            return None
        if file.suffix == ".js" and not file.is_relative_to(self._made):
            return vendor.linked(read.text(file), PurePosixPath(name)).encode()
        return file.read_bytes()

    def _make_docs(self) -> None:
        """Have the docs, as the sources were when the first of their pages was asked for."""
        with self._lock:
            if not (self._made / "docs").exists():
                docs.copy(self._paths, self._tools.python, self._made / "docs")

    def _sources(self) -> str:
        """Names the Python sources as they are now."""
        files = sorted((self._paths.py / "mnist1d_lab").rglob("*.py"))
        return content_hash.key(*(part for file in files for part in (str(file), file)))[:12]

    def _manifest(self) -> dict[str, Any]:
        folder = self._made / "wheels" / self._sources()
        with self._lock:
            if not folder.exists():
                wheel.build(self._paths, self._tools.python, folder, lambda _: None)
                wheel_index.write(self._paths, folder)
        ours = read.only(folder / "page", "mnist1d_lab-*.whl")
        return site.manifest(self._made, self._runtime, ours, self._kernels, self._sandbox, [])


def place(name: str, root: Path, made: Path) -> Path | None:
    """The file that an address means: of the page's own in the tree, or of what was made.

    None if there is none, or if the address would lead out of the two.
    """
    path, parts = PurePosixPath(name), PurePosixPath(name).parts
    # A backslash or a drive would lead out on Windows; a null is an error of Python's everywhere.
    if not parts or path.is_absolute() or ".." in parts or set("\0\\:") & set(name):
        return None
    file = (root if parts[0] in site.PAGE else made).joinpath(*parts)
    return file if file.is_file() else None


class Handler(server.Handler):
    """Gives out what a WorkTree answers; a browser keeps nothing of it."""

    caching = "no-store"

    def __init__(self, tree: WorkTree, *args: Any, **options: Any) -> None:
        """The other arguments are those of any handler."""
        self._tree = tree
        super().__init__(*args, **options)

    def send_head(self) -> io.BytesIO | None:
        """Answer one request; an error of a step is shown here and in the terminal."""
        name = unquote(urlsplit(self.path).path).removeprefix("/") or "index.html"
        try:
            content = self._tree.read(name)
        except console.BuildError as error:
            console.line(f"{name}: {error}")
            self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR, explain=str(error))
            return None
        if content is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self.send_content(content, self.guess_type(name))


def serve(paths: Paths, tools: Tools, port: int) -> None:
    """Serve the work tree until Ctrl-C or SIGTERM."""
    with tempfile.TemporaryDirectory(dir=paths.cache) as folder:
        with console.step("What is made once: third-party modules, Pyodide, kernels"):
            tree = WorkTree(paths, tools, Path(folder))
        server.serve(paths.root, port, partial(Handler, tree))
