"""The ways through the page beside its links: the tour, the presentation, the print button."""

import pytest
from playwright.sync_api import expect
from tests.browser import waits

CHAPTERS = (
    "cover", "data", "networks", "ticket", "double-descent", "learning-rate",
    "self-supervised", "exercises", "take-home",
)  # fmt: skip
# Each figure that has nothing drawn, by its id.
# The console is not printed.
EMPTY = """() => [...document.querySelectorAll('figure[id]:not(#console)')]
  .filter((figure) => !figure.querySelector('svg, canvas, td')).map(({ id }) => id)"""


def open_chapter(page):
    return page.locator(".chapter:not([hidden])")


def test_a_first_visit_is_led_through_four_places_and_then_no_more(open_page):
    page = open_page(ready=None)
    page.get_by_role("button", name="Show me around").click()
    tour = page.get_by_role("region", name="Tour")
    following = tour.get_by_role("button", name="Next")
    for stop, (place, chapter) in enumerate(
        [("digits", "cover"), ("tickets", "cover"), ("arms-title", "ticket")], start=1
    ):
        expect(tour.get_by_role("status")).to_contain_text(f"{stop} of 4.")
        expect(following).to_be_focused()
        expect(page.locator(f"#{place}")).to_be_in_viewport()
        expect(open_chapter(page)).to_have_id(chapter)
        page.keyboard.press("Enter")
    expect(page.locator("#verdict-title")).to_be_in_viewport()
    tour.get_by_role("button", name="Done").click()
    expect(tour).to_be_hidden()
    page.reload()
    expect(page.locator("#tickets .runner")).to_be_visible()
    expect(page.get_by_role("button", name="Show me around")).to_be_hidden()


@pytest.mark.parametrize("leave", ["Skip", "Escape"])
def test_the_tour_covers_nothing_and_can_be_left_at_any_stop(open_page, leave):
    page = open_page(ready=None)
    page.get_by_role("button", name="Show me around").click()
    page.get_by_label("Noise", exact=True).fill("0.5")  # what it speaks of is at hand
    expect(page.get_by_role("region", name="Tour")).to_contain_text("1 of 4")
    if leave == "Skip":
        page.get_by_role("button", name="Skip", exact=True).click()
    else:
        page.get_by_role("button", name="Next").press("Escape")
    expect(page.get_by_role("region", name="Tour")).to_be_hidden()
    assert "corr_noise_scale=0.5" in page.url


# The figures of which more than half is on the screen.
SEEN = """() => [...document.querySelectorAll('figure[id]')].filter((figure) => {
  if (figure.closest('[hidden]')) return false;
  const { top, bottom, height } = figure.getBoundingClientRect();
  return height && Math.min(bottom, innerHeight) - Math.max(top, 0) > height / 2;
}).map(({ id }) => id)"""


@waits.eventually
def presented(page, figure):
    """Until a figure is on the screen, it alone."""
    assert page.evaluate(SEEN) == [figure]


# The size of each text of the training's charts, in pixels of the screen. Looked up and measured
# in one step, since a chart may be drawn anew between two.
SIZES = """() => [...document.querySelectorAll('#training svg[aria-label] text')]
  .map((one) => parseFloat(getComputedStyle(one).fontSize) * one.currentCSSZoom)"""


@waits.eventually
def large(page):
    """Until the training's charts are drawn, with text that the last row of a hall can read."""
    assert min(page.evaluate(SIZES), default=0) >= 16


def test_a_presentation_has_one_figure_on_the_screen_and_arrow_keys_between_them(open_page):
    page = open_page(ready=None, chapter="networks", viewport={"width": 1920, "height": 1080})
    figures = page.locator("figure[id]").evaluate_all("(all) => all.map(({ id }) => id)")
    place = figures.index("training")
    page.get_by_role("button", name="Present", exact=True).click()
    presented(page, "training")
    large(page)
    for key, index in (
        ("ArrowRight", place + 1),
        ("PageDown", place + 2),
        ("ArrowLeft", place + 1),
    ):
        page.keyboard.press(key)
        presented(page, figures[index])
    assert page.evaluate("document.documentElement.scrollWidth") <= 1920
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_focused()


def test_an_address_opens_a_presentation_at_its_figure(open_page):
    page = open_page("?workers=1&present#at=sweep", ready=None, chapter="")
    presented(page, "sweep")


def test_print_draws_every_figure_first_and_returns(open_page):
    page = open_page(chapter="take-home")
    page.evaluate(f"() => {{ window.print = () => {{ window.empty = ({EMPTY})(); }}; }}")
    page.get_by_role("button", name="Print", exact=False).click()
    page.wait_for_function("window.empty !== undefined")
    assert page.evaluate("window.empty") == []
    expect(open_chapter(page)).to_have_id("take-home")
    page.emulate_media(media="print")
    assert [one for one in CHAPTERS if not page.locator(f"#{one}").is_visible()] == []
