"""The docs: one visit on a phone and on a desk, in both themes; their search; to them and back."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT
from tests.browser.drivers import CHROMIUM_ONLY
from tests.browser.test_access import AXE, RULES, RUN

PAGES = sorted(path.name for path in (ROOT / "dist" / "docs").glob("*.html"))
WIDTHS = {"light": 1280, "dark": 375}
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def visit(browser, site):
    """A page of its own on the docs, what the browser complained of, and where it asked."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda r: said.append(f"{r.url}: {r.failure}"))
    page.on("response", lambda r: asked.append((r.status, r.url)))
    yield page, said, asked
    context.close()


@CHROMIUM_ONLY
def test_a_visit_asks_for_nothing_that_is_not_there_and_for_nothing_elsewhere(visit, site, report):
    page, said, asked = visit
    for name in PAGES:
        page.goto(f"{site}docs/{name}")
        for scheme, width in WIDTHS.items():
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(TOO_WIDE) <= 0, f"{name} at {width} px"
    assert said == []
    assert [url for status, url in asked if status >= 400 or not url.startswith(site)] == []
    report(f"docs: {len(PAGES)} pages, {len(asked)} requests, none failed, none elsewhere")


@CHROMIUM_ONLY
def test_axe_finds_nothing_serious_in_the_docs(visit, site, report):
    page, said, _ = visit
    for name in ("index.html", "api.html", "specs.html", "command.html"):
        page.goto(f"{site}docs/{name}")
        page.evaluate(AXE)
        for scheme, width in WIDTHS.items():
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 800})
            outcome = page.evaluate(RUN, [RULES, None])
            assert outcome["found"] == [], f"{name}, {scheme}: {outcome['found']}"
            report(f"axe: docs/{name}, {scheme}: {outcome['passes']} rules pass, nothing serious")
    assert said == []


@CHROMIUM_ONLY
def test_the_search_finds_a_function_and_the_theme_is_that_of_the_page(visit, site):
    page, said, _ = visit
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("localStorage.setItem('mnist1d-lab theme', '\"dark\"')")
    page.goto(f"{site}docs/")
    assert page.evaluate("document.body.dataset.theme") == "dark"
    page.get_by_role("textbox", name="Search").fill("find_tickets")
    page.keyboard.press("Enter")
    found = page.locator("#search-results").get_by_role("link", name="find_tickets").first
    expect(found).to_be_visible()
    found.click()
    expect(page.locator("article h1")).to_contain_text("The Python API")
    page.evaluate("localStorage.clear()")
    assert said == []


def test_the_page_leads_to_the_docs_and_they_lead_back(open_page, site):
    page = open_page("?workers=1", ready=None, chapter="take-home")
    page.locator("#take-home").get_by_role("link", name="The documentation").click()
    page.wait_for_url(f"{site}docs/")
    page.get_by_role("link", name="The page", exact=True).click()
    page.wait_for_url(site)
