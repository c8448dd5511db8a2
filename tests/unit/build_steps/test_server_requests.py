"""What is asked of the development servers: parts of files, folders, and ways out of the folder."""

import contextlib
import http.client
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from build_steps import server, watch

TEN = b"0123456789"
SECRET = b"not of the site"
# Each would lead to a file beside the folder, if one of the decodings or joins were naive.
TRAVERSALS = (
    "/../secret.txt", "/../../secret.txt", "/static/../../secret.txt", "/./../secret.txt",
    "/%2e%2e/secret.txt", "/%2E%2E/secret.txt", "/.%2e/secret.txt", "/%2e./secret.txt",
    "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/static/..%2f..%2fsecret.txt",
    "/..\\secret.txt", "/..%5csecret.txt", "/%252e%252e/secret.txt", "/%c0%ae%c0%ae/secret.txt",
    "/..;/secret.txt", "/....//secret.txt", "//../secret.txt", "/%2e%2e/%2e%2e/secret.txt?a=/..",
    "{absolute}", "/%2f{absolute}", "/%2f{relative}",
)  # fmt: skip


class Tree(watch.WorkTree):
    """A work tree for which nothing is made: its files are given out as they are."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def read(self, name: str) -> bytes | None:
        file = watch.place(name, self._root, self._root)
        return file.read_bytes() if file else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site, and a file beside it."""
    folder = tmp_path / "site"
    (folder / "static").mkdir(parents=True)
    (folder / "static" / "ten.js").write_bytes(TEN)
    (folder / "static" / "empty.js").touch()
    (folder / "index.html").write_text("the page")
    (tmp_path / "secret.txt").write_bytes(SECRET)
    return folder


@pytest.fixture(params=["dist", "watch"])
def port(request: pytest.FixtureRequest, folder: Path) -> Iterator[int]:
    """Each of the two servers, in a thread."""
    kinds: dict[str, Callable[..., server.Handler]] = {
        "dist": server.Handler,
        "watch": partial(watch.Handler, Tree(folder)),
    }
    with server.bind(folder, 0, kinds[request.param]) as it:
        threading.Thread(target=it.serve_forever, args=(0.01,)).start()
        try:
            yield it.server_port
        finally:
            it.shutdown()


def ask(
    port: int, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as one:
        one.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = one.getresponse()
        return response, response.read()


@pytest.mark.parametrize(
    ("wanted", "where", "content"),
    [
        ("bytes=0-3", "0-3", b"0123"),
        ("bytes=4-4", "4-4", b"4"),
        ("bytes=7-", "7-9", b"789"),
        ("bytes=-2", "8-9", b"89"),
        ("bytes=5-99", "5-9", b"56789"),
        ("bytes=-99", "0-9", TEN),
        ("Bytes = 0-1", "0-1", b"01"),
    ],
)
def test_a_part_of_a_file_is_given_out(port: int, wanted: str, where: str, content: bytes) -> None:
    response, got = ask(port, "/static/ten.js?v=1", Range=wanted)
    assert (response.status, got) == (206, content)
    assert response.getheader("Content-Range") == f"bytes {where}/10"
    assert response.getheader("Content-Length") == str(len(content))
    assert response.getheader("Content-Type") == "text/javascript"


@pytest.mark.parametrize(
    "wanted",
    ["10-", "10-12", "5-4", "-0", "-", "", "a-b", "1", "--1", "1-2-3", "0x1-2", f"{'9' * 5000}-"],
)
def test_a_part_that_is_not_there_is_refused(port: int, wanted: str) -> None:
    response, got = ask(port, "/static/ten.js", Range=f"bytes={wanted}")
    assert (response.status, got) == (416, b"")
    assert response.getheader("Content-Range") == "bytes */10"


def test_an_empty_file_has_no_parts(port: int) -> None:
    response, _ = ask(port, "/static/empty.js", Range="bytes=0-")
    assert (response.status, response.getheader("Content-Range")) == (416, "bytes */0")


@pytest.mark.parametrize(
    "headers", [{"Range": "lines=1-2"}, {"Range": "bytes=0-1,4-5"},
                {"Range": "bytes=0-1", "If_Range": '"of another"'}, {}],
)  # fmt: skip
def test_all_is_given_out_where_no_one_part_is_asked_for(
    port: int, headers: dict[str, str]
) -> None:
    response, got = ask(port, "/static/ten.js", **headers)
    assert (response.status, got) == (200, TEN)
    assert response.getheader("Accept-Ranges") == "bytes"
    assert response.getheader("Content-Range") is None


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-1"}])
def test_head_has_the_headers_of_all_and_no_content(port: int, headers: dict[str, str]) -> None:
    response, got = ask(port, "/static/ten.js", "HEAD", **headers)
    assert (response.status, got) == (200, b"")
    assert response.getheader("Content-Length") == "10"
    assert response.getheader("Content-Type") == "text/javascript"
    assert response.getheader("Content-Security-Policy") == server.POLICY
    assert ask(port, "/static/none.js", "HEAD")[0].status == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/static/", "/static/?a", "/static/none/"])
def test_no_folder_is_listed(port: int, path: str, method: str) -> None:
    response, got = ask(port, path, method)
    assert response.status == 404
    assert b"ten.js" not in got


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-1"}])
@pytest.mark.parametrize("path", ["/static/%00", "/%00", "/static/ten.js%00", "/static/%00.js"])
def test_a_null_in_an_address_is_a_plain_404(
    port: int, path: str, headers: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert ask(port, path, **headers)[0].status == 404
    assert "Traceback" not in capfd.readouterr().err
    assert ask(port, "/static/ten.js")[0].status == 200


def raw(port: int, path: str, more: str) -> bytes:
    """Ask without a client that would tidy the path up, and return all that comes."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
        one.sendall(f"GET {path} HTTP/1.1\r\n{more}Connection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: one.recv(65536), b""))


@pytest.mark.parametrize("more", ["", "Range: bytes=0-\r\n"], ids=["all", "a part"])
@pytest.mark.parametrize("form", TRAVERSALS)
def test_no_address_leads_out_of_the_folder(port: int, folder: Path, form: str, more: str) -> None:
    secret = str(folder.parent / "secret.txt")
    path = form.replace("{absolute}", secret).replace("{relative}", secret.removeprefix("/"))
    got = raw(port, path, more)
    assert SECRET not in got
    assert got.split()[1] == b"404"


def test_only_this_machine_is_answered(folder: Path) -> None:
    with server.bind(folder, 0) as it:
        assert it.server_address[0] == "127.0.0.1"
        if sys.platform == "linux":  # there all of 127.* is this machine
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.2", it.server_port), timeout=10)
