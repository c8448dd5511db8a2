"""Drives WebKitGTK's MiniBrowser by the WebDriver protocol, with the standard library alone."""

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

DRIVER = "WebKitWebDriver"
ASYNC = """const [done] = arguments;
({script}).catch(String).then((value) => done(JSON.stringify(value)));"""


def _browser() -> Path | None:
    found = sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))
    return found[-1] if found else None


def installed() -> bool:
    """Whether all that is needed is there."""
    return bool(shutil.which(DRIVER) and shutil.which("xvfb-run") and _browser())


def _call(address: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(address, json.dumps(body).encode(), method="POST")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=120) as response:
        return json.load(response)["value"]


@contextmanager
def driver() -> Iterator[Callable[[str, str], Any]]:
    """Yield a function that opens an address and returns what an expression resolves to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        ["xvfb-run", "-a", DRIVER, f"--port={port}"],
        env={**os.environ, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    session = ""
    try:
        base = f"http://127.0.0.1:{port}/session"
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        options = {"binary": str(_browser()), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        made = _call(base, {"capabilities": wanted})
        session = f"{base}/{made['sessionId']}"
        about = made["capabilities"]
        engine = f"{about.get('browserName')} {about.get('browserVersion')}"
        _call(f"{session}/timeouts", {"script": 100_000})

        def run(address: str, script: str) -> Any:
            _call(f"{session}/url", {"url": address})
            body = {"script": ASYNC.replace("{script}", script), "args": []}
            seen = json.loads(_call(f"{session}/execute/async", body))
            assert isinstance(seen, dict), seen
            return {"engine": engine, "errors": [], **seen}

        yield run
    finally:
        if session:
            end = urllib.request.Request(session, method="DELETE")
            urllib.request.urlopen(end, timeout=20).close()
        os.killpg(process.pid, 15)
        process.wait()
