"""Serve dist/ on this machine with the right types. A development server, not for the internet."""

import errno
import os
import sys
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

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
    "img-src 'self' data: blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
TRIES = 50


class Handler(SimpleHTTPRequestHandler):
    """Files with our types; browsers ask each time and get 304 if nothing changed."""

    protocol_version = "HTTP/1.1"  # one connection for many files: a page has a hundred
    disable_nagle_algorithm = True  # else each small file would wait for 40 ms
    caching = "no-cache"

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """By our table alone."""
        return TYPES.get(Path(path).suffix.lower(), "application/octet-stream")

    def end_headers(self) -> None:
        """A rebuilt file must be seen at once; a worker is held to the page's policy too."""
        self.send_header("Cache-Control", self.caching)
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Errors are logged by log_error; the rest would be noise."""


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
                raise BuildError(f"Port {candidate}: {error.strerror}; try --port.") from error
    raise BuildError(f"No free port from {port} on; try another --port.")


def serve(folder: Path, port: int, kind: Callable[..., Handler] = Handler) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    with bind(folder, port, kind) as server:
        try:
            console.line(f"Serving http://localhost:{server.server_port}/ (Ctrl-C ends it)")
            server.serve_forever()
        except KeyboardInterrupt:
            console.line("Server stopped.")
