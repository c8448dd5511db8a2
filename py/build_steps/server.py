"""Serve dist/ on this machine with the right types. A development server, not for the internet."""

import errno
import io
import os
import re
import sys
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, BinaryIO

from build_steps import console
from build_steps.console import BuildError

# Our own table: the machine's may call .js text/plain, and Pyodide hangs on a wrong wasm type.
TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
# The page carries its policy itself (index.html); a worker has that of its own response.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; frame-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
# The sandbox's frame and the docs, whose search is a form, have their policies in themselves.
OWN_POLICY = re.compile(r"/sandbox/frame\.html$|/docs/([\w-]+\.html)?$")
TRIES = 50
RANGE = re.compile(r"(\d{0,18})-(\d{0,18})")


class Handler(SimpleHTTPRequestHandler):
    """Files with our types; browsers ask each time and get 304 if nothing changed."""

    protocol_version = "HTTP/1.1"  # one connection for many files: a page has a hundred
    disable_nagle_algorithm = True  # else each small file would wait for 40 ms
    caching = "no-cache"

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """By our table alone."""
        return TYPES.get(Path(path).suffix.lower(), "application/octet-stream")

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Answer a GET or a HEAD but for the content, which this returns."""
        place = self.translate_path(self.path)
        if "\0" in place:  # no file has such a name, and asking for one is an error of Python's
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        if self.wanted_range() is not None and not place.endswith("/") and Path(place).is_file():
            return self.send_content(Path(place).read_bytes(), self.guess_type(place))
        return super().send_head()

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """No host of this site lists what is in a folder, so neither does this one."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def wanted_range(self) -> str | None:
        """What the request asks for of a file, like `0-99`; None if all of it.

        HTTP lets a server send all where a range is of several parts, is not in bytes, is not asked
        for by GET, or depends on what the browser has (If-Range).
        """
        kind, _, wanted = self.headers.get("Range", "").partition("=")
        whole = kind.strip().lower() != "bytes" or "," in wanted or "If-Range" in self.headers
        return None if whole or self.command != "GET" else wanted.strip()

    def send_content(self, content: bytes, kind: str) -> io.BytesIO | None:
        """Answer with this content, or with what the request asks for of it."""
        wanted, size = self.wanted_range(), len(content)
        part = range(size) if wanted is None else span(wanted, size)
        if part is None:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        self.send_response(HTTPStatus.OK if wanted is None else HTTPStatus.PARTIAL_CONTENT)
        if wanted is not None:
            self.send_header("Content-Range", f"bytes {part.start}-{part.stop - 1}/{size}")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        return io.BytesIO(content[part.start : part.stop])

    def end_headers(self) -> None:
        """A rebuilt file must be seen at once; a worker is held to the page's policy too."""
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", self.caching)
        if not OWN_POLICY.search(self.path.partition("?")[0]):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Errors are logged by log_error; the rest would be noise."""


def span(wanted: str, size: int) -> range | None:
    """The positions of a range like `0-99`, `100-` or `-100` (the last hundred); None if bad."""
    found = RANGE.fullmatch(wanted)
    first, last = found.groups() if found else ("", "")
    if first:
        part = range(int(first), min(int(last) + 1, size) if last else size)
    else:
        part = range(max(size - int(last or 0), 0), size)
    return part or None


class Server(ThreadingHTTPServer):
    """Threaded, and silent about browsers that hang up."""

    # On Windows this option would let two servers share one port.
    allow_reuse_address = os.name != "nt"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A closed tab is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def bind(folder: Path, port: int, kind: Callable[..., Handler] = Handler) -> Server:
    """A server of this folder on the port, or on the next free one."""
    if not 0 <= port < 65536:
        raise BuildError(f"--port must be from 0 to 65535, got {port}.")
    handler = partial(kind, directory=str(folder))
    for candidate in range(port, min(port + TRIES, 65536)):
        try:
            return Server(("127.0.0.1", candidate), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise BuildError(
                    f"Port {candidate}: expected to serve there, got: {error.strerror}; try --port."
                ) from error
    raise BuildError(
        f"Ports {port} to {candidate}: expected a free one, got none; try another --port."
    )


def serve(folder: Path, port: int, kind: Callable[..., Handler] = Handler) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    with bind(folder, port, kind) as server:
        try:
            console.line(f"Serving http://localhost:{server.server_port}/ (Ctrl-C ends it)")
            server.serve_forever()
        except KeyboardInterrupt:
            console.line("Server stopped.")
