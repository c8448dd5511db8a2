"""The server over real sockets: types, revalidation, taken ports, clean ends."""

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from build_steps import server
from build_steps.console import BuildError


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """A server in a thread; yields its port."""
    with server.bind(folder, 0) as it:
        threading.Thread(target=it.serve_forever, args=(0.01,)).start()
        try:
            yield it.server_port
        finally:
            it.shutdown()


def get(port: int, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.js", "text/javascript"),
        ("a.mjs", "text/javascript"),
        ("a.wasm", "application/wasm"),
        ("a.json", "application/json"),
        ("a.woff2", "font/woff2"),
        ("a.css", "text/css"),
        ("a.whl", "application/zip"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_mime_types(tmp_path: Path, name: str, expected: str) -> None:
    (tmp_path / name).write_text("x")
    with running(tmp_path) as port:
        assert get(port, f"/{name}").getheader("Content-Type") == expected


def test_browsers_revalidate(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("x")
    with running(tmp_path) as port:
        first = get(port, "/a.js")
        modified = first.getheader("Last-Modified") or ""
        second = get(port, "/a.js", If_Modified_Since=modified)
    assert (first.status, first.getheader("Cache-Control")) == (200, "no-cache")
    assert second.status == 304


def test_a_taken_port_moves_to_a_free_one(tmp_path: Path) -> None:
    with server.bind(tmp_path, 0) as first, server.bind(tmp_path, first.server_port) as second:
        assert first.server_port < second.server_port < first.server_port + server.TRIES


def test_a_port_that_cannot_be_had_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "TRIES", 1)
    with server.bind(tmp_path, 0) as first:
        port = first.server_port
        named = f"Ports {port} to {port}: expected a free one, got none"
        with pytest.raises(BuildError, match=named):
            server.bind(tmp_path, port)
    with pytest.raises(BuildError, match="--port must be from 0 to 65535, got 65536"):
        server.bind(tmp_path, 65536)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_ends_the_server_cleanly(tmp_path: Path, name: str) -> None:
    root = Path(__file__).parents[3]
    code = (
        "import pathlib, signal, build\n"
        "signal.signal(signal.SIGINT, build.interrupt)\n"
        "signal.signal(signal.SIGTERM, build.interrupt)\n"
        "build.server.serve(pathlib.Path('.'), 0)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Serving http://localhost:")
        process.send_signal(getattr(signal, name))
        rest = process.stdout.read()
    assert (process.returncode, rest) == (0, "Server stopped.\n")
