"""Times how soon the sliders move the digits on a first visit: navigation to the moved picture.

Usage (from `python3 build.py bench early`): early.py DIST. Each visit has a fresh context, so a
cold cache. Once the sliders are painted, a script in the page moves Noise, Shift and Resolution,
each when the picture of the one before it is painted, whether Python is there or not.
"""

import os
import statistics
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Browser, sync_playwright
from tests.browser.conftest import FLAGS

from build_steps.server import bind

VISITS = 12
SETTLE = 1500  # milliseconds: a new window starts processes of the browser's own
MOVES = (("Noise", 0.8), ("Shift", 10), ("Resolution", 20))
# A frame is drawn after the callbacks of requestAnimationFrame; a message sent there is later.
MOVE = """
  window.told = { times: {} };
  const observed = (find, options) => new Promise((resolve) => {
    const look = () => {
      const found = find();
      if (found) (observer.disconnect(), resolve(found));
      return found;
    };
    const observer = new MutationObserver(look);
    if (!look()) observer.observe(document, { subtree: true, childList: true, attributes: true });
  });
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now());
    channel.port2.postMessage(0);
  }));
  const sliderOf = (label) => [...document.querySelectorAll('#digits input[type=range]')]
    .find((one) => one.labels[0]?.textContent === label);
  const picture = () => [...document.querySelectorAll('#digits .dots')]
    .map((one) => one.getAttribute('d')).join();
  (async () => {
    for (const [label, value] of MOVES) {
      const slider = await observed(() => sliderOf(label));
      told.times['sliders are seen'] ??= await painted();
      const before = picture();
      slider.value = value;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      await observed(() => picture() !== before);
      told.times[`${label} has moved the digits`] = await painted();
      told.ready ||= document.documentElement.dataset.state === 'ready';
    }
    told.done = true;
  })();
"""


def visit(browser: Browser, site: str) -> dict[str, Any]:
    """What the page's script told: milliseconds by name, and whether Python was there by then."""
    context = browser.new_context(service_workers="block", viewport={"width": 1280, "height": 1100})
    context.add_init_script(MOVE.replace("MOVES", repr([list(one) for one in MOVES])))
    page = context.new_page()
    page.wait_for_timeout(SETTLE)
    page.goto(site)
    while not page.evaluate("told.done && 'lab' in window"):
        page.wait_for_timeout(50)
    paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    told: dict[str, Any] = page.evaluate("told")
    told["times"] = {"first contentful paint": page.evaluate(paint), **told["times"]}
    page.evaluate("lab.ready.then((it) => { told.later = performance.now(); })")
    told["python"] = page.evaluate("told.later")
    context.close()
    return told


def row(name: str, values: Iterable[float]) -> str:
    """One line of the table."""
    found = sorted(values)
    middle = statistics.median(found)
    return f"{name} | {len(found)} | {middle:.0f} | {found[0]:.0f} to {found[-1]:.0f}"


def main(dist: str) -> None:
    """Print medians and ranges in milliseconds from navigation."""
    with bind(Path(dist), 8300) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        site = f"http://localhost:{server.server_port}/"
        visits = [visit(browser, site) for _ in range(VISITS + 1)][1:]  # the first starts processes
        print("ms from navigation, cold cache | n | median | range\n---|---|---|---")
        for name in visits[0]["times"]:
            print(row(name, (one["times"][name] for one in visits)))
        print(row("Python is there", (one["python"] for one in visits)))
        early = sum(not one.get("ready") for one in visits)
        print(
            f"all three pictures were painted before Python was there in {early} of {VISITS} visits"
        )
        server.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
