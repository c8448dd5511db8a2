"""`open`: the page on this machine with results in it. The page itself is what `build.py` made.

The files are served beside the page as `opened/NAME`, as JSON whatever their form, and the address
names them: `?open=NAME`.
"""

from __future__ import annotations

import argparse
import re
import webbrowser
from collections.abc import Iterable, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mnist1d_lab.files import read
from mnist1d_lab.files.text_forms import to_json
from mnist1d_lab.validation import refuse

CHECKOUT = Path(__file__).resolve().parents[3] / "dist"
# Our own table: the machine's may call .js text/plain, and Pyodide hangs on a wrong wasm type.
TYPES = {
    ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript",
    ".json": "application/json", ".mjs": "text/javascript", ".png": "image/png",
    ".svg": "image/svg+xml", ".wasm": "application/wasm", ".whl": "application/zip",
    ".woff2": "font/woff2", ".zip": "application/zip", "": "application/octet-stream",
}  # fmt: skip
FOLDER = "opened"


def add(parser: argparse.ArgumentParser) -> None:
    """Add its options."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="results of any "
                        "command or figure, or the folder of a sweep")  # fmt: skip
    parser.add_argument("--site", type=Path, default=CHECKOUT, metavar="FOLDER",
                        help="the built page (default: dist of this checkout)")  # fmt: skip
    parser.add_argument("--port", type=int, default=0, help="to serve on (default: a free one)")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.set_defaults(run=run)


class Handler(SimpleHTTPRequestHandler):
    """The site's files, and the results, from memory."""

    extensions_map = TYPES
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, results: Mapping[str, bytes], **more: Any) -> None:
        """Serve `results` by their names."""
        self.results = results
        super().__init__(*args, **more)

    def do_GET(self) -> None:
        """Answer with a result if it is one's address, else with a file."""
        name = self.path.partition("?")[0].removeprefix(f"/{FOLDER}/")
        if (content := self.results.get(name)) is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", TYPES[".json"])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def end_headers(self) -> None:
        """Let a browser ask each time."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing of each request."""


def found(paths: Iterable[Path]) -> dict[str, bytes]:
    """Return files as JSON by the name that the page shows; of a sweep's folder each picture.

    Which figure draws the records is the page's to tell, by static/files/sort-records.js.
    """
    files = [one for path in paths for one in (_in_folder(path) if path.is_dir() else [path])]
    results: dict[str, bytes] = {}
    for path in files:
        made = read(path)
        stem = re.sub(r"[^\w.-]+", "-", path.stem, flags=re.ASCII)
        while f"{stem}.json" in results:
            stem += "-"
        results[f"{stem}.json"] = to_json(made)
    return results


def _in_folder(path: Path) -> list[Path]:
    """Return the files for the page in the folder of a sweep."""
    if not (files := sorted(path.glob("page/*.json"))):
        raise refuse("the folder", str(path), "that of a sweep that has ended, with page/*.json")
    return files


def serve(site: Path, results: Mapping[str, bytes], port: int) -> ThreadingHTTPServer:
    """Return a server of the page with these results, not yet running; on this machine alone."""
    if not (site / "index.html").is_file():
        raise refuse("--site", str(site), "a built page: python3 build.py build makes dist/")
    handler = partial(Handler, directory=str(site), results=results)
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def address_of(server: ThreadingHTTPServer, results: Iterable[str]) -> str:
    """Return the page's address, with its results in it."""
    query = "&".join(f"open={quote(name)}" for name in results)
    return f"http://127.0.0.1:{server.server_port}/{f'?{query}#ticket' if query else ''}"


def run(asked: argparse.Namespace) -> int:
    """Serve until Ctrl-C; return the exit code."""
    results = found(asked.files)
    with serve(asked.site, results, asked.port) as server:
        address = address_of(server, results)
        print(address, flush=True)
        if not asked.no_browser:
            webbrowser.open(address)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0
