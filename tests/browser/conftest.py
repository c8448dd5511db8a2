"""The built site in a real browser, served from a sub-path, as any static host would."""

import threading
import time
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

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
# A process compiles Python's WebAssembly once. With this, pages of one browser context share a
# process, so that Python starts with half the work in all but its first.
ONE_PROCESS = "--process-per-site"
START_MS = 90_000
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


# Ends once nothing is left of what pages of the site keep in a browser.
FORGET = """async () => {
  localStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
  for (const { name } of await indexedDB.databases()) {
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
    });
  }
}"""


# A process keeps what it compiled of WebAssembly only as long as somebody has the module.
COMPILE = """async (urls) => {
  window.compiled = await Promise.all(urls.map(async (url) =>
    WebAssembly.compile(await (await fetch(url)).arrayBuffer())));
}"""


class Visitors:
    """Browser contexts that are used again, each by one test's page after the other.

    That keeps their processes: see ONE_PROCESS. What a page kept in the browser is forgotten before
    the next one, so a page opens as it would in a new context.
    """

    def __init__(self, browser, site, modules):
        self.browser, self.site, self.modules = browser, site, modules
        self.free = []

    def come(self):
        """A context that nobody uses."""
        if self.free:
            return self.free.pop()
        context = self.browser.new_context(service_workers="block")
        # A page of the site without scripts of its own. It stays open, and so does the process.
        keeper = context.new_page()
        keeper.goto(f"{self.site}app.js")
        keeper.evaluate(COMPILE, self.modules)
        return context

    def leave(self, context):
        """Close the context's pages and forget what they kept."""
        keeper, *pages = context.pages
        for page in pages:
            page.close()
        keeper.evaluate(FORGET)
        context.clear_permissions()
        self.free.append(context)


def lay_out_modules(folder):
    """Write into a folder the WebAssembly that every start of Python compiles."""
    folder.mkdir()
    (python,) = (ROOT / "dist" / "runtime").glob("*/pyodide.asm.wasm")
    (numpy,) = (ROOT / "dist" / "runtime").glob("*/numpy-*.whl")
    (folder / python.name).symlink_to(python)
    with ZipFile(numpy) as wheel:
        for name in wheel.namelist():
            if name.endswith(".so"):
                (folder / Path(name).name).write_bytes(wheel.read(name))


def without_python(page):
    """Before the page opens: its WebAssembly never arrives."""
    page.route("**/pyodide.asm.wasm", lambda route: None)


@pytest.fixture(scope="session")
def host_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("host")


@pytest.fixture(scope="session")
def site(host_folder):
    """Address of dist/ below a sub-path."""
    folder = host_folder
    (folder / "some" / "path").mkdir(parents=True)
    dist = ROOT / "dist"
    (release,) = (dist / "v").iterdir()
    for part in [*dist.iterdir(), *release.iterdir()]:  # tests find modules at the root too
        link = folder / "some" / "path" / part.name
        if not link.exists():
            link.symlink_to(part)
    lay_out_modules(folder / "modules")
    with bind(folder, 8200) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/some/path/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = drivers.launch(playwright, [*FLAGS, ONE_PROCESS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visitors(browser, site, host_folder):
    names = [path.name for path in (host_folder / "modules").iterdir()]
    return Visitors(browser, site, [f"/modules/{name}" for name in names])


def patient(page):
    """Wait by asking: Playwright's own waiting makes code of a text, which the page forbids."""

    def wait_for_function(expression, *, arg=None, timeout=START_MS):
        until = time.monotonic() + timeout / 1000
        while not page.evaluate(expression, arg):
            assert time.monotonic() < until, f"still not true: {expression}"
            page.wait_for_timeout(40)

    page.wait_for_function = wait_for_function
    return page


def at(query, chapter):
    """The address that opens a chapter; '' for the cover, which an address need not name."""
    if not chapter:
        return query
    return f"{query}&at={chapter}" if "#" in query else f"{query}#{chapter}"


@contextmanager
def opener(browser, site, visitors=None, home=""):
    """Yield a function that opens pages; in the end none may have logged an error or left home.

    Each page has a context to itself: one of the visitors', or with other options than a size and
    permissions a new one. `home` is the chapter that they open at.
    """
    used, own, errors, strangers = [], [], [], []
    origin = site.split("/some/")[0]

    def context_for(permissions, options, again):
        if visitors and again and not options:
            used.append(visitors.come())
            context = used[-1]
        else:
            # What a service worker answers cannot be intercepted; test_offline has one.
            own.append(browser.new_context(**{"service_workers": "block", **options}))
            context = own[-1]
        if permissions:
            context.grant_permissions(permissions)
        return context

    def open_page(
        query="?workers=1",
        ready=True,
        watch=True,
        before=lambda page: None,
        again=True,  # whether its context may be used again
        chapter=home,
        viewport=None,
        permissions=None,
        **options,
    ):
        """A page that is ready, that may still start (False), or that never will (None)."""
        page = patient(context_for(permissions, options, again).new_page())
        if viewport:
            page.set_viewport_size(viewport)
        before(page)
        if ready is None:
            without_python(page)
        page.set_default_timeout(START_MS)
        if watch:
            page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(origin) else strangers.append(r.url))
        page.goto(site + at(query, chapter))
        if ready:
            page.wait_for_function("document.documentElement.dataset.state !== 'loading'")
            assert page.evaluate("document.documentElement.dataset.state") == "ready"
        return page

    yield open_page
    for context in own:
        context.close()
    for context in used:
        visitors.leave(context)
    assert errors == []
    assert [url for url in strangers if not url.startswith(("data:", "blob:"))] == []


def chapter_of(request):
    """The chapter that a module of tests is about."""
    return getattr(request.module, "CHAPTER", "")


@pytest.fixture
def open_page(request, browser, site, visitors):
    """Open pages of the site that are closed after the test; by default with a pool of one."""
    with opener(browser, site, visitors, chapter_of(request)) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def open_pages(request, browser, site, visitors):
    """As open_page, of pages that stay open for a whole module: starting Python takes seconds."""
    with opener(browser, site, visitors, chapter_of(request)) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def page(open_pages):
    """One page for a whole module."""
    return open_pages("")
