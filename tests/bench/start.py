"""Times a first visit, beside a stock start of Pyodide and NumPy in the same browser.

Usage (from `python3 build.py bench start`): start.py DIST STOCK, where STOCK is a folder with npm's
Pyodide and NumPy's wheel as they are published. Each in turn, in fresh contexts (cold caches).
Between them, and with nothing of the page about it, the trimmed Pyodide and NumPy of DIST: what no
page of ours can be faster than.
"""

import json
import os
import statistics
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Browser, sync_playwright
from tests.browser.conftest import FLAGS

from build_steps import compress
from build_steps.console import megabytes
from build_steps.server import bind

REPEATS = 5
REDRAW = "worker start to first live redraw, ms"
READY = "navigation to Python ready, ms"
TRIMMED = "Pyodide and NumPy of this site, alone, ms"
STOCK = "stock Pyodide and NumPy, ms"
SETTLE = 1500  # milliseconds in which something may still move
WATCH = """
  window.told = { shift: 0 };
  const Original = Worker;
  window.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      if (told.began) return;
      told.began = performance.now();
      this.addEventListener('message', ({ data }) => {
        if (data.kind === 'ready') told.ready = performance.now();
      });
    }
  };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) told.shift += one.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { told.fcp = list.getEntries()[0].startTime; })
    .observe({ type: 'paint', buffered: true });
  new MutationObserver((records) => {
    const ours = records.some(({ target }) => target.closest('#digits .chart'));
    if (told.ready && ours) told.redraw ??= performance.now();
  }).observe(document, { subtree: true, attributeFilter: ['d'] });
"""
ALONE = """async (options) => {
  const code = `
    const { loadPyodide } = await import(new URL('pyodide.mjs', '${location.href}').href);
    const pyodide = await loadPyodide(${JSON.stringify(options)});
    await pyodide.loadPackage('numpy');
    pyodide.runPython('import numpy');
    postMessage('done');`;
  const began = performance.now();
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })),
    { type: 'module' });
  await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  return performance.now() - began;
}"""


def visit(browser: Browser, site: str) -> dict[str, float]:
    """Milliseconds to the first paint, from worker to redraw; layout shift; files fetched."""
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 800})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(site)
    # Touched early: another shift needs Python.
    page.get_by_role("slider", name="Shift", exact=True).press("ArrowLeft")
    until = 60_000
    while not page.evaluate("told.redraw") and until:
        page.wait_for_timeout(50)
        until -= 50
    page.wait_for_timeout(SETTLE)
    told: dict[str, Any] = page.evaluate("(delete told.chart, told)")
    context.close()
    return {
        "first contentful paint, ms": told["fcp"],
        "worker start, ms": told["began"],
        READY: told["ready"],
        "navigation to first live redraw, ms": told["redraw"],
        REDRAW: told["redraw"] - told["began"],
        "layout shift": told["shift"],
    }


def alone(browser: Browser, page_url: str, options: dict[str, Any]) -> float:
    """Milliseconds from a worker's start to `import numpy` done, of the Pyodide beside a page."""
    context = browser.new_context(bypass_csp=True, service_workers="block")
    page = context.new_page()
    page.goto(page_url)
    took: float = page.evaluate(ALONE, options)
    context.close()
    return took


def turn(browser: Browser, ours: str, runtime: str, theirs: str) -> dict[str, float]:
    """One measurement of each, in milliseconds where nothing else is said."""
    there = f"{ours}{runtime}"
    return {
        **visit(browser, ours),
        TRIMMED: alone(
            browser,
            f"{there}pyodide-lock.json",
            {"packageBaseUrl": there, "packages": ["numpy"]},
        ),
        STOCK: alone(browser, f"{theirs}package.json", {}),
    }


def main(dist: str, stock_folder: str) -> None:
    """Print the medians, and the bytes that a first redraw needs."""
    with (
        bind(Path(dist), 8300) as ours,
        bind(Path(stock_folder), 8350) as theirs,
        sync_playwright() as playwright,
    ):
        for server in (ours, theirs):
            threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        turns = [
            turn(
                browser,
                f"http://localhost:{ours.server_port}/",
                json.loads(Path(dist, "build.json").read_text(encoding="utf-8"))["pyodide"],
                f"http://localhost:{theirs.server_port}/",
            )
            for _ in range(REPEATS)
        ]
        version = browser.version
        for server in (ours, theirs):
            server.shutdown()
    print(f"Chromium {version}, medians of {REPEATS} cold visits from localhost")
    for name in turns[0]:
        print(f"{name}: {statistics.median(one[name] for one in turns):.4g}")
    for name in (REDRAW, TRIMMED):
        ratio = statistics.median(one[name] / one[STOCK] for one in turns)
        print(f"{name}, ratio to stock: {ratio:.2f}")
    for name, size in compress.weights(compress.first_redraw(Path(dist))).items():
        print(f"first live redraw needs, {name}: {megabytes(size)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
