"""Runs the benchmark: each row ours and peer in turn, medians and their ratio. See rows.py.

Usage (from `python3 build.py bench`): run.py DIST PEAK TORCH_PYTHON OUT [WORDS OF ROWS ...]
"""

import json
import os
import platform
import statistics
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import sync_playwright
from tests.bench.places import Process, Pyodide, Site
from tests.bench.rows import ROWS, Row
from tests.browser.conftest import FLAGS

from build_steps.server import bind

REPEATS = 5
HEADER = "row | ours | peer | ratio | target\n---|---|---|---|---"


class Place(Protocol):
    """Where a call can be made."""

    def call(self, name: str, **arguments: Any) -> float:
        """Return the one number of the function."""


def measure(row: Row, places: dict[str, Place]) -> dict[str, Any]:
    """Call ours and peer alternately, once uncounted; the ratio is the median of the pairs'."""
    pairs = []
    for _ in range(REPEATS + 1):
        pair = [places[place].call(name, **args) for place, name, args in (row.ours, row.peer)]
        pairs.append(pair)
    counted = pairs[1:]
    ours, peer = (statistics.median(values) for values in zip(*counted, strict=True))
    ratio = statistics.median(a / b for a, b in counted)
    about = {"row": row.name, "unit": row.unit, "target": row.target, "note": row.note}
    return {**about, "ours": ours, "peer": peer, "ratio": ratio, "pairs": counted}


def line(result: dict[str, Any]) -> str:
    """Return a result as a row of the table."""
    note = f" ({result['note']})" if result["note"] else ""
    ours, peer = (f"{result[side]:.3g} {result['unit']}" for side in ("ours", "peer"))
    return f"{result['row']}{note} | {ours} | {peer} | {result['ratio']:.2f} | {result['target']}"


def main(dist: str, peak: str, torch_python: str, out: str, *words: str) -> None:
    """Run the rows whose names contain all words; print the table and write JSON."""
    rows = [row for row in ROWS if all(word in row.name for word in words)]
    with bind(Path(dist), 8300) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://localhost:{server.server_port}/"
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        makers: dict[str, Callable[[], Place]] = {
            "pyodide": lambda: Pyodide(browser.new_page(), site, Path(peak)),
            "torch": lambda: Process(Path(torch_python), "peer.py"),
            "cpython": lambda: Process(Path(sys.executable), "ours.py"),
            "one worker": lambda: Site(browser.new_page(), site, 1),
            "two workers": lambda: Site(browser.new_page(), site, 2),
        }
        needed = {place for row in rows for place, *_ in (row.ours, row.peer)}
        places: dict[str, Place] = {name: makers[name]() for name in makers if name in needed}
        print(HEADER)
        results = []
        for row in rows:
            results.append(measure(row, places))
            print(line(results[-1]), flush=True)
        machine = {"cpu": platform.processor() or platform.machine(), "cores": os.cpu_count()}
        browser_version = browser.version
        server.shutdown()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    head = {"when": when, "chromium": browser_version, **machine, "repeats": REPEATS}
    Path(out).write_text(json.dumps({**head, "results": results}, indent=1) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
