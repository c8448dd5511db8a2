"""Times the default run of each phenomenon of the index in Chromium, from its button to its end.

Usage (from `python3 build.py bench phenomena`): phenomena.py DIST [CARD ...]

Prints the seconds that static/page/phenomena.js says; with the page's workers, as a visitor has it.
"""

import os
import re
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Page, sync_playwright
from tests.browser.conftest import FLAGS

from build_steps.server import bind

# By card: its place, the figure there, the button that begins, and how long it may take.
RUNS = {
    "tickets": ("tickets", "Find lottery tickets"),
    "prior": ("training", "Train"),
    "width": ("grid", "Run this cell"),
    "pooling": ("pooling", "Compare"),
    "descent": ("descent", "Train all widths"),
    "rate": ("rate", "Learn the rate"),
    "unlabelled": ("contrast", "Train without labels"),
}
LONGEST = 300  # seconds
SAID = "(figure) => document.querySelector(`#${figure} .run-status`).textContent"
DONE = re.compile(r"Done in (?:(\d+) min )?(\d+) s")


def seconds(page: Page, address: str, figure: str, button: str) -> int:
    """Open the page at a figure, wait for Python, press the button; return the run's seconds."""
    page.goto(f"{address}#{figure}")
    page.evaluate("lab.ready")
    start = page.locator(f"#{figure} .runner").get_by_role("button", name=button, exact=True)
    start.scroll_into_view_if_needed()
    start.click()
    until = time.perf_counter() + LONGEST
    while not (done := DONE.search(page.evaluate(SAID, figure))):
        assert time.perf_counter() < until, f"{figure}: it goes on"
        page.wait_for_timeout(100)
    return 60 * int(done[1] or 0) + int(done[2])


def main(dist: Path, cards: list[str]) -> None:
    """Serve the site and time each, in a page and a browser of its own."""
    with bind(dist, 8300) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://localhost:{server.server_port}/"
        print("phenomenon | seconds")
        for card in cards or RUNS:
            browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=FLAGS)
            taken = seconds(browser.new_page(), address, *RUNS[card])
            print(f"{card} | {taken}", flush=True)
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
