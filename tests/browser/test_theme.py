"""The theme: chosen, kept, there before the first paint; canvases follow, paper stays light."""

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.conftest import ROOT
from tests.browser.drivers import CHROMIUM_ONLY
from tests.browser.test_access import audit

PAPER = {"light": "rgb(253, 252, 250)", "dark": "rgb(22, 23, 26)"}
BACKGROUND = "getComputedStyle(document.documentElement).backgroundColor"
# The colour of the browser's own bars.
BARS = """() => [...document.querySelectorAll('meta[name=theme-color]')]
  .filter(({ media }) => matchMedia(media).matches).map(({ content }) => content)"""
# What each canvas of a selector that is seen has, as one text each.
PAINTED = """(selector) => [...document.querySelectorAll(selector)]
  .filter((canvas) => canvas.checkVisibility()).map((canvas) => canvas.toDataURL())"""
# Notes the background of each frame that is painted, from the first one on.
FRAMES = """
  window.backgrounds = new Set();
  const note = () => {
    if (document.body) backgrounds.add(getComputedStyle(document.documentElement).backgroundColor);
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
"""
# By chapter: what is painted, and what has a text when it is.
PAINTED_FIGURES = {
    "data": {"#overview": ".note"},
    "networks": {"#inside": ".told"},
    "ticket": {"#mask": ".panel .title", "#draw": ".count"},
}
CANVASES = "#mask canvas, #overview canvas, #inside canvas, #draw canvas"


def choose(page, theme):
    page.get_by_label("Theme", exact=True).select_option(theme)
    waits.drawn(page)


def paper(page):
    return page.evaluate(BACKGROUND)


@CHROMIUM_ONLY
def test_a_theme_is_chosen_by_keyboard_and_kept(open_page):
    page = open_page(ready=None, before=lambda page: page.add_init_script(FRAMES))
    page.emulate_media(color_scheme="light")
    assert paper(page) == PAPER["light"]
    control = page.get_by_label("Theme", exact=True)
    control.focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(control).to_have_value("dark")
    assert paper(page) == PAPER["dark"]
    assert page.evaluate(BARS) == ["#16171a"]
    page.reload()
    page.locator("#digits svg").first.wait_for()
    assert page.evaluate("[...backgrounds]") == [PAPER["dark"]]  # never light, not for a frame
    expect(control).to_have_value("dark")
    assert page.evaluate(BARS) == ["#16171a"]
    choose(page, "system")
    assert paper(page) == PAPER["light"]
    page.emulate_media(color_scheme="dark")
    assert paper(page) == PAPER["dark"]
    assert page.evaluate(BARS) == ["#16171a"]
    choose(page, "light")
    assert paper(page) == PAPER["light"]
    assert page.evaluate(BARS) == ["#fdfcfa"]


def test_another_tab_follows(open_page):
    page = open_page(ready=None, again=False)
    second = page.context.new_page()
    second.goto(page.url)
    expect(second.get_by_label("Theme", exact=True)).to_have_value("system")
    choose(page, "dark")
    expect(second.get_by_label("Theme", exact=True)).to_have_value("dark")
    assert paper(second) == PAPER["dark"]


@CHROMIUM_ONLY
def test_what_is_painted_follows_and_paper_stays_light(page, report):
    count = 0
    for chapter, figures in PAINTED_FIGURES.items():
        waits.chapter(page, chapter)
        for figure, ready in figures.items():
            page.locator(figure).scroll_into_view_if_needed()
            page.locator(f"{figure} canvas").first.wait_for()
            expect(page.locator(f"{figure} {ready}").first).not_to_be_empty(timeout=30_000)
        choose(page, "light")
        light = page.evaluate(PAINTED, CANVASES)
        choose(page, "dark")
        dark = page.evaluate(PAINTED, CANVASES)
        assert len(light) == len(dark) > 0
        assert not set(light) & set(dark)
        count += len(light)
    assert count > 6
    page.emulate_media(media="print")
    assert paper(page) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")
    page.emulate_media(color_scheme="dark")
    choose(page, "light")
    assert page.evaluate(PAINTED, CANVASES) == light
    page.emulate_media(color_scheme="light")
    choose(page, "system")
    report(f"theme: {count} canvases are painted anew in the other theme")


@CHROMIUM_ONLY
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_a_chosen_theme_whatever_the_system_has(page, theme, report):
    choose(page, theme)
    audit(page, f"theme {theme} chosen", report)
    assert paper(page) == PAPER[theme]
    choose(page, "system")


def test_a_colour_is_written_once_for_each_theme():
    sheets = list((ROOT / "static").rglob("*.css"))
    assert len(sheets) > 4
    for sheet in sheets:
        assert "prefers-color-scheme" not in sheet.read_text(encoding="utf-8"), sheet
