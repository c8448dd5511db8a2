"""A figure in another site's page: title, link, height; also where browsers store nothing there."""

import html
import json
import os
import re
import threading
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import FLAGS, ROOT
from tests.browser.drivers import CHROMIUM_ONLY
from tests.browser.searched import CLIPBOARD

from build_steps import server

pytestmark = CHROMIUM_ONLY  # whose settings these are

FIGURES = {"dataset": "#digits", "models": "#training", "lottery": "#tickets"}
CHAPTERS = {"dataset": "data", "models": "networks", "lottery": "ticket"}
SCRIPT = re.compile(r"addEventListener\('message'.*?\n}\)", re.S)
(FITTING,) = SCRIPT.findall((ROOT / "README.md").read_text(encoding="utf-8"))
SHORT = "#lottery.hidden=8&lottery.steps=9&lottery.levels=1&lottery.trials=1"
BLOCKED = {"profile": {"block_third_party_cookies": True, "cookie_controls_mode": 1}}
# Which of these a frame may use.
ALLOWED = """async () => {
  const uses = {
    localStorage: async () => localStorage.length,
    indexedDB: () => new Promise((resolve, reject) => {
      Object.assign(indexedDB.open('probe'), { onsuccess: resolve, onerror: reject });
    }),
    caches: () => caches.keys(),
    serviceWorker: () => navigator.serviceWorker.getRegistrations(),
    locks: () => navigator.locks.request('probe', () => 1),
  };
  const allowed = [];
  for (const [name, use] of Object.entries(uses)) {
    await Promise.resolve().then(use).then(() => allowed.push(name), () => {});
  }
  return allowed;
}"""
# Browsers differ in what they refuse, and how: here already the words do.
REFUSE = """
  if (self !== top) {
    const get = () => { throw new DOMException('not in this frame', 'SecurityError'); };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(self, name, { get });
    }
    for (const name of ['serviceWorker', 'locks']) Object.defineProperty(navigator, name, { get });
  }
"""


class Handler(server.Handler):
    """Of the other site: without the lab's policy."""

    def send_header(self, keyword, value):
        if keyword != "Content-Security-Policy":
            super().send_header(keyword, value)


@pytest.fixture(scope="module")
def lecture(tmp_path_factory, site):
    """Writes a page of another site with the lab in a frame; returns its address."""
    folder = tmp_path_factory.mktemp("lecture")
    lab = site.replace("localhost", "127.0.0.1")

    def write(query):
        source = html.escape(lab + query)
        body = f'<iframe src="{source}" title="A figure" width="900" height="300"></iframe>'
        head = '<!doctype html><link rel="icon" href="data:,"><title>A lecture</title>'
        text = f"{head}{body}<script>\n{FITTING}\n</script>"
        (folder / "index.html").write_text(text, encoding="utf-8")
        return f"http://localhost:{host.server_port}/"

    with server.bind(folder, 8600) as host:
        host.RequestHandlerClass = partial(Handler, directory=str(folder))
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield write
        host.shutdown()


def visit(context, address):
    """The page, the lab in it when Python runs, and all errors of both."""
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.goto(address)
    lab = page.frame_locator("iframe")
    expect(lab.locator("html")).to_have_attribute("data-state", "ready", timeout=90_000)
    return page, lab, errors


@pytest.fixture(params=["by a setting", "by throwing"])
def strict(request, browser, tmp_path):
    """A browser that lets no frame of another site store anything."""
    if request.param == "by throwing":
        context = browser.new_context()
        context.add_init_script(REFUSE)
    else:
        profile = tmp_path / "Default"
        profile.mkdir()
        (profile / "Preferences").write_text(json.dumps(BLOCKED), encoding="utf-8")
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=os.environ["CHROMIUM"], args=FLAGS
        )
    yield context
    context.close()


@pytest.mark.parametrize("name", FIGURES)
def test_where_nothing_is_stored_an_embedded_figure_works_and_says_nothing_else(
    strict, lecture, name, report
):
    _, lab, errors = visit(strict, lecture(f"?workers=1&embed={name}{SHORT}"))
    allowed = lab.locator("html").evaluate(ALLOWED)
    assert not {"localStorage", "indexedDB", "caches", "locks"} & set(allowed)
    expect(lab.locator(FIGURES[name])).to_be_visible()
    notes = lab.get_by_text("stores nothing for a page inside another one").locator("visible=true")
    if name == "lottery":
        lab.get_by_role("button", name="Find lottery tickets").click()
        finding = lab.locator("#tickets .finding")
        expect(finding).to_contain_text("8 hidden units, 9 steps", timeout=30_000)
        expect(lab.locator("#tickets .kept")).to_contain_text("until this page is closed")
        expect(lab.locator("#tickets .forecast")).to_contain_text("still here")
        expect(notes).to_have_count(1)
        assert lab.locator(".keeping").get_by_role("button").count() == 0  # a retry cannot help
    assert "in this browser" not in lab.locator("body").inner_text()
    assert errors == []
    report(f"embed: {name}, storage blocked: no error, {notes.count()} note")


def test_a_whole_page_in_a_frame_that_stores_nothing_promises_nothing(strict, lecture):
    _, lab, errors = visit(strict, lecture("?workers=1#ticket"))
    expect(lab.locator("#draw .storage")).to_contain_text("does not let the page keep")
    promise = re.compile("kept in this browser|what you draw stays|keep it in this", re.I)
    assert not promise.search(lab.locator("body").inner_text())
    lab.get_by_role("link", name="The data", exact=True).click()
    expect(lab.locator("#templates label", has_text="until the page is closed")).to_have_count(1)
    assert not promise.search(lab.locator("body").inner_text())
    assert errors == []


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_a_title_and_fits_its_frame(browser, lecture, name, report):
    context = browser.new_context(service_workers="block")
    page, lab, errors = visit(context, lecture(f"?workers=1&embed={name}#max_translation=9"))
    title = lab.get_by_role("heading", level=1)
    expect(title).to_be_visible()
    assert lab.locator("html").evaluate("() => document.title").startswith(title.inner_text())
    link = lab.get_by_role("link", name="Made with MNIST-1D Lab")
    link.focus()
    whole = urlsplit(link.get_attribute("href"))
    assert (whole.query, whole.fragment) == ("workers=1", "max_translation=9")
    fits = """() => {
      const frame = document.querySelector('iframe');
      return [frame.height, frame.clientHeight];
    }"""

    def fitted():
        height = lab.locator("html").evaluate("(node) => node.offsetHeight")
        return page.evaluate(fits) == [str(height), height] and height

    wait_until(page, fitted)
    before = fitted()
    lab.locator("details summary").locator("visible=true").first.click()
    wait_until(page, lambda: fitted() and fitted() > before)
    assert lab.locator("html").evaluate("(node) => node.scrollHeight <= node.clientHeight")
    assert errors == []
    report(f"embed: {name}, the frame follows from {before} to {fitted()} pixels")
    context.close()


def wait_until(page, holds):
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("the frame does not fit")


def test_a_page_of_its_own_tells_no_height(open_page):
    listen = """
      window.told = [];
      addEventListener('message', ({ data }) => told.push(data));
    """
    page = open_page("?workers=1&embed=dataset", before=lambda page: page.add_init_script(listen))
    page.locator("#digits details.more summary").click()
    assert page.evaluate("told") == []


@pytest.mark.parametrize(("name", "figure"), {**FIGURES, "self-supervised": "#contrast"}.items())
def test_embed_copies_a_frame_with_the_settings_of_now(open_page, site, name, figure, report):
    address = "?workers=1#max_translation=9&num_samples=300"
    page = open_page(address, ready=None, chapter=CHAPTERS.get(name, name), permissions=CLIPBOARD)
    page.locator(figure).scroll_into_view_if_needed()
    row = page.locator(f"{figure} .takeaway")
    row.get_by_role("button", name="Embed").click()
    expect(row.locator(".outcome")).to_contain_text("Copied.")
    code = page.evaluate("navigator.clipboard.readText()")
    made = page.evaluate(
        """(code) => {
          const frame = new DOMParser().parseFromString(code, 'text/html').querySelector('iframe');
          return [frame.src, frame.title, Number(frame.height)];
        }""",
        code,
    )
    assert made[0] == f"{site}?embed={name}#max_translation=9&num_samples=300"
    assert made[1] == page.locator(figure).get_attribute("data-embed-title")
    assert 300 < made[2] < 4000
    report(f"embed: {code}")


def test_the_page_shows_the_script_that_the_readme_has(open_page):
    page = open_page(ready=None, chapter="take-home")
    (shown,) = SCRIPT.findall(page.locator("#script-title ~ pre code").last.inner_text())
    assert shown == FITTING
    assert len(FITTING.splitlines()) == 4
