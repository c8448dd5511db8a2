"""A page whose own parts do not come says why, where no module can: in a sentence, within 10 s."""

import threading

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.conftest import ROOT, opener
from tests.browser.faults import (
    SOON,
    begun,
    drop,
    faulty,
    retry,
    said,
    state,
    status,
    typed,
    web_page,
    without,
    works,
)

from build_steps import server

JS = "text/javascript"
APP, DEEP = r"/app\.js$", r"records/stats\.js$"
VENDOR, WING = r"vendor/plot\.js$", r"networks-chapter\.js$"  # which are not loaded at first


def run_as(what):
    """As another browser would take it: a fault when it is run. The file is as it was built."""

    def act(route):
        (without(what) if route.request.resource_type == "script" else typed(JS))(route)

    return act


FAULTS = {
    "missing": (DEEP, status(404), "A part of this page is not on this site’s server (HTTP 404)"),
    "refused": (APP, status(403), "refuses a part of this page (HTTP 403)"),
    "server broken": (DEEP, status(500), "could not send a part of this page (HTTP 500)"),
    "connection lost": (DEEP, drop, "did not arrive: the connection was lost"),
    "wrong type": (r"\.js$", typed("text/plain"), "sends JavaScript as “text/plain”"),
    "a part of wrong type": (DEEP, typed("application/octet-stream"), "“application/octet-stream”"),
    "a web page": (APP, web_page, "A web page came in place of a part of this page"),
    "a part is a web page": (DEEP, web_page, "A web page came in place of a part of this page"),
    "cut off": (DEEP, begun(JS), "A part of this page arrived damaged or cut off"),
    "browser too old": (DEEP, run_as("1 2;\n"), "This browser cannot read a part of this page"),
    "stopped at an error": (DEEP, run_as("null.x;\n"), "A part of this page stopped at an error"),
}
ON_DISK = (
    "This page cannot start Python from a disk. "
    "Run {} in its folder and open the address it prints."
)


@pytest.fixture(scope="module")
def rig(open_pages):
    return faulty(open_pages)


@pytest.fixture(scope="module")
def still(open_pages):
    return faulty(open_pages, ready=None)


@pytest.mark.parametrize("name", FAULTS)
def test_a_part_that_does_not_come_is_told_with_the_reason(still, name, report):
    page, fault = still
    pattern, act, sentence = FAULTS[name]
    fault["now"] = pattern, act
    page.reload(wait_until="commit")
    state(page, "error")
    expect(page.locator("#trouble .sentence")).to_be_visible(timeout=SOON)
    shown, detail = said(page)
    assert sentence in shown
    assert "Error: " in detail
    fault["now"] = None
    retry(page)
    page.locator("#digits svg").first.wait_for()  # Python's own faults are test_start's
    assert page.evaluate("document.documentElement.dataset.state") != "error"
    report(f"fault: a part of the page, {name} | {shown} | Retry worked")


@pytest.mark.parametrize(("chapter", "part"), [("cover", VENDOR), ("networks", WING)])
def test_a_part_that_only_a_chapter_needs_is_told_there(rig, chapter, part, report):
    page, fault = rig
    waits.chapter(page, "take-home")
    fault["now"] = part, status(404)
    page.reload()
    waits.chapter(page, chapter)
    place = f"#{chapter} > .trouble"
    expect(page.locator(f"{place} .sentence")).to_be_visible(timeout=SOON)
    shown, detail = said(page, place)
    assert "A part of this page is not on this site’s server (HTTP 404)" in shown
    assert "Error: " in detail
    assert works(page)  # the rest of the page does
    fault["now"] = None
    retry(page, place)
    page.locator(f"#{chapter} svg").first.wait_for()
    expect(page.locator(place)).to_have_count(0)
    report(f"fault: a part of a chapter, {chapter} | {shown} | Retry worked")


@pytest.fixture
def disk(browser):
    """Opens pages that no server sent."""
    context = browser.new_context()
    yield lambda path: (page := context.new_page(), page.goto(path.as_uri()))[0]
    context.close()


@pytest.mark.parametrize(
    ("folder", "line"), [("dist", "python3 -m http.server"), (".", "python3 build.py serve")]
)
def test_a_page_on_disk_says_how_to_serve_it(disk, folder, line, report):
    page = disk(ROOT / folder / "index.html")
    sentence = page.locator("#trouble .sentence")
    expect(sentence).to_have_text(ON_DISK.format(line), timeout=SOON)
    assert page.locator("#trouble code").inner_text() == line
    page.evaluate("""() => {
      window.copied = [];
      navigator.clipboard.writeText = async (text) => { copied.push(text); };
    }""")
    page.get_by_role("button", name="Copy").click()
    expect(page.locator("#trouble [role=status]")).to_have_text("Copied.")
    assert page.evaluate("copied") == [line]
    assert page.get_by_role("button", name="Retry").count() == 0  # it could not help
    report(f"fault: a page on disk | {sentence.inner_text()}")


def test_the_sources_on_a_server_say_how_to_build_them(browser, report):
    with server.bind(ROOT, 8500) as plain:
        threading.Thread(target=plain.serve_forever, daemon=True).start()
        with opener(browser, f"http://localhost:{plain.server_port}/some/../") as open_page:
            page = open_page(ready=False, watch=False)
            sentence = page.locator("#trouble .sentence")
            expect(sentence).to_contain_text("Run python3 build.py serve.", timeout=SOON)
            report(f"fault: sources on a server | {sentence.inner_text()}")
        plain.shutdown()


@pytest.mark.parametrize("act", [status(404), web_page, drop], ids=["missing", "web page", "lost"])
def test_a_page_without_any_of_its_scripts_says_so_and_offers_a_retry(open_page, act, report):
    page = open_page(ready=None, watch=False)
    page.route("**/*.js", act)
    page.reload(wait_until="commit")
    late = page.locator("#status .late")
    expect(late).to_be_visible(timeout=SOON)
    page.unroute("**/*.js")
    late.get_by_role("link", name="Retry").click()
    page.locator("#digits svg").first.wait_for()
    expect(late).to_have_count(0)
    report("fault: no script at all | the page says that none has run | Retry worked")
