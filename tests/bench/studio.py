"""Times the generator studio in Chromium: sliders that are dragged, datasets that are made.

Usage (from `python3 build.py bench studio`): studio.py DIST
"""

import os
import statistics
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import FLAGS

from build_steps.server import bind

EVENTS = 200
BUILDS = 30
SLIDERS = (
    "Noise", "Shift", "Resolution", "White noise", "Scaling", "Shear", "Least padding",
    "Most padding", "Template length", "Training share",
)  # fmt: skip
# An event ends when the ten digits it asked for are painted: a frame is drawn after the callbacks
# of requestAnimationFrame, and a message that is sent there comes after it.
WATCH = """() => {
  const waiting = [];
  document.addEventListener('input', (event) => waiting.push(event.timeStamp), true);
  new MutationObserver(() => {
    const drawn = waiting.splice(0);
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        const end = performance.now();
        for (const start of drawn) performance.measure('input to paint', { start, end });
      };
      channel.port2.postMessage(0);
    });
  }).observe(document.querySelector('#digits .chart'), { subtree: true, attributeFilter: ['d'] });
}"""
MAKE = """async ([builds, fresh]) => {
  const spans = [];
  for (let i = -3; i < builds; i += 1) {
    const began = performance.now();
    await lab.run('dataset', fresh ? { seed: 100 + i } : { corr_noise_scale: 0.5 + i / 100 });
    if (i >= 0) spans.push(performance.now() - began);
  }
  return spans;
}"""


def told(name: str, spans: list[float], target: str) -> None:
    """Print one row."""
    ordered = sorted(spans)
    high = ordered[max(0, round(0.95 * len(ordered)) - 1)]
    middle = statistics.median(ordered)
    print(f"{name} | {len(ordered)} | {middle:.1f} | {high:.1f} | {target}", flush=True)


def drag(page: Page, name: str) -> list[float]:
    """Drag a slider to and fro; return the milliseconds from each input event to its picture."""
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#digits').scrollIntoView()")
    box = slider.bounding_box()
    assert box
    y, low, width = box["y"] + box["height"] / 2, box["x"] + 8, box["width"] - 16
    share = slider.evaluate("(one) => (one.value - one.min) / (one.max - one.min)")
    page.evaluate("performance.clearMeasures()")
    page.mouse.move(low + share * width, y)
    page.wait_for_timeout(300)  # a hand does not press in the moment it arrives
    page.mouse.down()
    place, pace, events = share, 1 / 60, 0
    while events < EVENTS:
        if not 0.05 < place + pace < 0.95:
            pace = -pace
        place += pace
        page.mouse.move(low + place * width, y)
        page.wait_for_timeout(25)
        events = page.evaluate("performance.getEntriesByName('input to paint').length")
    page.mouse.up()
    page.wait_for_timeout(300)
    spans: list[float] = page.evaluate(
        "performance.getEntriesByName('input to paint').map(({duration}) => duration)"
    )
    page.get_by_role("button", name="Back to the published dataset").click()
    page.wait_for_timeout(1000)
    return spans


def main(dist: str) -> None:
    """Print medians and 95th percentiles in milliseconds."""
    with bind(Path(dist), 8300) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(0)
        page.goto(f"http://localhost:{server.server_port}/")
        page.evaluate("lab.ready")
        page.evaluate("document.querySelector('#digits details').open = true")
        page.evaluate(WATCH)
        page.wait_for_timeout(6000)  # the pool has started, the shifts are dealt ahead
        print("what, ms | n | median | 95 % | target\n---|---|---|---|---")
        for name in SLIDERS:
            told(f"{name}, input event to painted digits", drag(page, name), "95 % ≤ 16")
        told("5000 examples, new seed", page.evaluate(MAKE, [BUILDS, True]), "median ≤ 150")
        told("5000 examples, draws kept", page.evaluate(MAKE, [BUILDS, False]), "")
        server.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
