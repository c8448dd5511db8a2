"""The built site in a real browser, served from a sub-path, as any static host would."""

import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright
from tests.browser import drivers

from build_steps.server import bind

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",  # Chromium refuses its sandbox to root, which CI often is
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # its own calls home, not the page's
    "--disable-component-update",
    "--disable-sync",
]
START_MS = 90_000
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


def without_python(context):
    """Before a page of the context opens: its WebAssembly never arrives."""
    context.route("**/pyodide.asm.wasm", lambda route: None)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Address of dist/ below a sub-path."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "some" / "path").mkdir(parents=True)
    dist = ROOT / "dist"
    (release,) = (dist / "v").iterdir()
    for part in [*dist.iterdir(), *release.iterdir()]:  # tests find modules at the root too
        link = folder / "some" / "path" / part.name
        if not link.exists():
            link.symlink_to(part)
    with bind(folder, 8200) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/some/path/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = drivers.launch(playwright, FLAGS)
        yield browser
        browser.close()


def patient(page):
    """Wait by asking: Playwright's own waiting makes code of a text, which the page forbids."""

    def wait_for_function(expression, *, arg=None, timeout=START_MS):
        until = time.monotonic() + timeout / 1000
        while not page.evaluate(expression, arg):
            assert time.monotonic() < until, f"still not true: {expression}"
            page.wait_for_timeout(40)

    page.wait_for_function = wait_for_function
    return page


@contextmanager
def opener(browser, site):
    """Yield a function that opens pages; in the end none may have logged an error or left home."""
    contexts, errors, strangers = [], [], []

    def open_page(
        query="?workers=1", ready=True, watch=True, before=lambda context: None, **options
    ):
        """A page that is ready, that may still start (False), or that never will (None)."""
        # What a service worker answers cannot be intercepted; test_offline has one.
        options.setdefault("service_workers", "block")
        context = browser.new_context(**options)
        contexts.append(context)
        before(context)
        if ready is None:
            without_python(context)
        page = patient(context.new_page())
        page.set_default_timeout(START_MS)
        origin = site.split("/some/")[0]
        if watch:
            page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(origin) else strangers.append(r.url))
        page.goto(site + query)
        if ready:
            page.wait_for_function("document.documentElement.dataset.state !== 'loading'")
            assert page.evaluate("document.documentElement.dataset.state") == "ready"
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
    assert [url for url in strangers if not url.startswith(("data:", "blob:"))] == []


@pytest.fixture
def open_page(browser, site):
    """Open pages of the site that are closed after the test; by default with a pool of one."""
    with opener(browser, site) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def open_pages(browser, site):
    """As open_page, of pages that stay open for a whole module: starting Python takes seconds."""
    with opener(browser, site) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def page(open_pages):
    """One page for a whole module."""
    return open_pages("")
