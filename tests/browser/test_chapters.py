"""The chapters: one is on screen, links to them keep the settings, and each is returned to.

What an address means is test_address's; what is in a chapter is tested with its figures.
"""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.drivers import CHROMIUM_ONLY

CHAPTERS = [
    "cover", "data", "networks", "ticket", "double-descent", "learning-rate",
    "self-supervised", "exercises", "take-home",
]  # fmt: skip
NEAR = 20  # pixels that a place may be away from where it was
SETTINGS = {"corr_noise_scale": ["0.5"], "lottery.hidden": ["9"]}
HASH = "#corr_noise_scale=0.5&lottery.hidden=9"
ANCHORS = {  # of addresses that the page had as one long article
    "data-title": "data", "making-title": "data", "overview-title": "data",
    "train-title": "networks", "quiz-title": "networks", "lottery-title": "ticket",
    "verdict-title": "ticket", "draw-title": "ticket", "script-title": "take-home",
    "nearest-title": "self-supervised",
    "descent-title": "double-descent", "rate-title": "learning-rate",
}  # fmt: skip
SHOWN = """() => [...document.querySelectorAll('.chapter')]
  .filter((chapter) => [...chapter.querySelectorAll('h1, h2')].some((one) => one.checkVisibility()))
  .map(({ id }) => id)"""
# Whether the browser's history has the place that is on screen.
KEPT = """() => {
  const { id, offset } = history.state?.place ?? {};
  const mark = document.getElementById(id);
  return mark !== null && Math.abs(mark.getBoundingClientRect().top - offset) < 1;
}"""
# Where the figures of chapters are that have got their height; of the ticket without Python.
DRAWN = {
    "networks": ["#training svg", "#sweep svg", "#inside table"],
    "ticket": ["#mask canvas", "#adjacency svg", "#arms svg", "#grid svg", "#verdict table"],
}


def said(page):
    """What the address says: the settings and the place."""
    hash_ = parse_qs(urlsplit(page.url).fragment)
    return hash_, hash_.pop("at", [None])[0]


def shown(page):
    return page.evaluate(SHOWN)


def opened(page, chapter):
    """Until this chapter is the one on screen."""
    expect(page.locator(f"#{chapter} :is(h1, h2)").first).to_be_visible()
    assert shown(page) == [chapter]


def go(page, steps):
    page.evaluate("(steps) => history.go(steps)", steps)  # Firefox's driver waits for a load


def top(page, mark):
    return page.locator(mark).evaluate("(node) => node.getBoundingClientRect().top")


def read_at(page, mark, offset):
    """Scroll until a mark is so far below the view's top; returns where it is then."""
    page.locator(mark).evaluate(
        "(node, offset) => scrollBy(0, node.getBoundingClientRect().top - offset)", offset
    )
    waits.drawn(page)
    assert top(page, mark) == pytest.approx(offset, abs=1)
    return offset


def drawn(page, chapter):
    for part in DRAWN[chapter]:
        page.locator(part).first.wait_for()
    waits.drawn(page)


@pytest.fixture(scope="module")
def page(open_pages):
    """One page for most: without Python, and with settings of its own."""
    return open_pages(f"?workers=1{HASH}", ready=None)


def test_one_chapter_is_on_screen_and_its_link_says_so(page):
    for chapter in [*CHAPTERS, "cover"]:
        waits.chapter(page, chapter)
        assert shown(page) == [chapter]
        current = page.locator("#chapters [aria-current=page]")
        assert current.evaluate_all("(all) => all.map(({ dataset }) => dataset.place)") == [chapter]


# How far what was painted has moved since, by the browser's own measure (0: nothing has).
SHIFT = """async () => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const { value } of list.getEntries()) sum += value; })
    .observe({ type: 'layout-shift', buffered: true });
  await new Promise((resolve) => setTimeout(resolve, 100));
  return sum;
}"""


def test_nothing_moves_on_the_cover_while_it_comes(open_page):
    page = open_page(ready=None)
    page.locator("#tickets .runner button").first.wait_for()
    waits.drawn(page)
    assert page.evaluate(SHIFT) < 0.005
    page.evaluate("document.body.prepend(document.getElementById('footer'))")
    waits.drawn(page)
    assert page.evaluate(SHIFT) > 0.005  # it would have been noticed


# How far the open chapter's heading is below the bar at the top, in pixels.
BELOW = """() => document.querySelector('.chapter:not([hidden]) h2').getBoundingClientRect().top -
  document.getElementById('top').getBoundingClientRect().bottom"""


@waits.eventually
def heading_is_free(page):
    """Until the heading of the open chapter is not behind the bar."""
    assert page.evaluate(BELOW) >= 0


@pytest.mark.parametrize("chapter", ["data", "ticket"])
def test_the_address_of_a_chapter_shows_its_heading(open_page, chapter):
    page = open_page(ready=None, chapter=chapter, viewport={"width": 1280, "height": 720})
    page.locator("#data-sliders input").first.wait_for()  # which make the bar higher
    waits.drawn(page)
    heading_is_free(page)


def test_a_link_to_a_chapter_keeps_the_settings_and_back_and_forward_return(page):
    noise = page.get_by_role("slider", name="Noise", exact=True)
    waits.chapter(page, "cover")
    waits.chapter(page, "networks")
    assert said(page) == (SETTINGS, "networks")
    noise.fill("0.6")
    changed = {**SETTINGS, "corr_noise_scale": ["0.6"]}
    page.wait_for_function("location.hash.includes('0.6')")
    page.locator("#networks .next a").click()
    opened(page, "ticket")
    assert said(page) == (changed, "ticket")
    link = page.locator("#ticket .next a")  # for a new tab
    assert parse_qs(urlsplit(link.get_attribute("href") or "").fragment) == {
        **changed, "at": ["double-descent"],
    }  # fmt: skip
    for steps, chapter, settings in [
        (-1, "networks", changed), (-1, "networks", SETTINGS), (-1, "cover", SETTINGS),
        (3, "ticket", changed), (-2, "networks", SETTINGS),
    ]:  # fmt: skip
        go(page, steps)
        expect(noise).to_have_value(settings["corr_noise_scale"][0])
        opened(page, chapter)
        assert said(page) == (settings, "cover" if chapter == "cover" else chapter)


def test_a_typed_place_and_every_old_anchor_keep_the_settings(page):
    for place, chapter in {**dict(zip(CHAPTERS, CHAPTERS, strict=True)), **ANCHORS}.items():
        page.evaluate("(place) => { location.hash = place; }", place)
        opened(page, chapter)
        assert said(page) == (SETTINGS, place)
        expect(page.locator(f"#{place}")).to_be_in_viewport()
        assert page.locator("#corrected").inner_text() == ""


def test_an_old_address_with_an_anchor_opens_there_with_its_settings(open_page):
    query = "&".join(f"{name}={value}" for name, (value,) in SETTINGS.items())
    page = open_page(f"?workers=1&{query}#lottery-title", ready=None)
    opened(page, "ticket")
    expect(page.locator("#lottery-title")).to_be_in_viewport()
    assert said(page) == (SETTINGS, "lottery-title")


def test_what_several_chapters_show_stands_in_the_open_one(page):
    for chapter, figure in [("data", "digits"), ("cover", "digits"), ("ticket", "tickets"),
                            ("cover", "tickets")]:  # fmt: skip
        waits.chapter(page, chapter)
        figures = page.locator(f"#{figure}")
        assert figures.evaluate("(node) => node.closest('.chapter').id") == chapter
        expect(figures.locator("svg").first).to_be_visible()
        sliders = page.get_by_role("slider", name="Noise", exact=True)
        in_bar = sliders.evaluate("(node) => node.closest('.top') !== null")
        assert in_bar == (chapter != "cover")


@CHROMIUM_ONLY
def test_paper_and_a_page_without_javascript_have_all_chapters(page, open_page):
    page.emulate_media(media="print")
    assert shown(page) == CHAPTERS
    page.emulate_media(media="screen")
    still = open_page(ready=False, java_script_enabled=False)
    for chapter in CHAPTERS:
        assert still.locator(f"#{chapter} :is(h1, h2)").first.is_visible()


def test_a_reload_in_the_middle_of_a_chapter_returns_there(open_page):
    page = open_page(ready=None, chapter="ticket", viewport={"width": 375, "height": 800})
    for width, mark, offset in [
        (375, "#mask", -150), (375, "#grid", -300), (1280, "#arms", 40), (1280, "#draw-title", 300),
    ]:  # fmt: skip
        page.set_viewport_size({"width": width, "height": 800})
        drawn(page, "ticket")
        before = read_at(page, mark, offset)
        page.wait_for_function(KEPT)
        page.reload()
        drawn(page, "ticket")
        assert top(page, mark) == pytest.approx(before, abs=NEAR), mark


def test_back_returns_to_the_place_in_the_chapter(page):
    waits.chapter(page, "networks")
    drawn(page, "networks")
    before = read_at(page, "#sweep", -120)
    waits.chapter(page, "take-home")
    assert page.evaluate("scrollY") == 0
    go(page, -1)
    opened(page, "networks")
    waits.drawn(page)
    assert top(page, "#sweep") == pytest.approx(before, abs=NEAR)


@pytest.mark.parametrize("chapter", ["cover", "networks"])
def test_the_keyboard_skips_the_chapters_and_stays_in_this_one(open_page, chapter):
    page = open_page(ready=None)
    skip = page.get_by_role("link", name="Skip to the chapter")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    page.locator(f"#chapters a[data-place={chapter}]").press("Enter")
    opened(page, chapter)
    for _ in range(CHAPTERS.index(chapter) + 2):
        page.keyboard.press("Shift+Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert shown(page) == [chapter]
    inside = "(id) => document.activeElement.closest('.chapter')?.id === id"
    assert page.evaluate(inside, chapter)


@pytest.mark.parametrize("chapter", ["cover", "data"])
def test_eight_keys_lead_to_the_search_from_everywhere(open_page, chapter):
    page = open_page("#corr_noise_scale=0.5", ready=None, chapter=chapter)
    start = page.get_by_role("button", name="Find lottery tickets", exact=True)
    page.locator(f"#{chapter}").wait_for()
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(start).to_be_visible()
    for _ in range(8 - 3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Find lottery tickets":
            break
    expect(start).to_be_focused()
    assert "corr_noise_scale=0.5" in page.url


SHORT_LEVELS = "?workers=1#lottery.hidden=16&lottery.steps=6000&lottery.levels=9&lottery.trials=1"
# How far the search's chart is from where it was, at most, in any picture since this was called.
WATCH_CHART = """() => {
  const top = () => {
    const chart = document.querySelector('#tickets .chart').getBoundingClientRect();
    return chart.top + scrollY;
  };
  const first = top();
  window.strayed = 0;
  const look = () => {
    window.strayed = Math.max(window.strayed, Math.abs(top() - first));
    requestAnimationFrame(look);
  };
  look();
}"""


@CHROMIUM_ONLY
@pytest.mark.parametrize(
    ("chapter", "width", "height"),
    [("", 1280, 720), ("ticket", 375, 667)],
    ids=["cover on a laptop", "ticket on a phone"],
)
def test_starting_pausing_and_stopping_never_move_the_chart(open_page, chapter, width, height):
    page = open_page(SHORT_LEVELS, chapter=chapter, viewport={"width": width, "height": height})
    tickets = page.locator("#tickets")
    tickets.locator("svg[aria-label]").first.wait_for()
    waits.drawn(page)
    page.evaluate(WATCH_CHART)
    for button, said in (
        ("Find lottery tickets", "left"),
        ("Pause", "Paused."),
        ("Go on", "left"),
        ("Stop", "Stopped."),
    ):
        tickets.get_by_role("button", name=button, exact=True).click()
        expect(tickets.locator(".run-status")).to_contain_text(said)
    waits.drawn(page)
    assert page.evaluate("window.strayed") < 1
    page.evaluate("document.querySelector('#tickets .runner').style.marginTop = '30px'")
    waits.drawn(page)
    assert page.evaluate("window.strayed") > 1  # so it would have been noticed
