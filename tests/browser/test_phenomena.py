"""The index of phenomena on the cover: pictures, seconds, keyboard, touch; and pooling, live."""

import dataclasses
import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.conftest import ROOT

from mnist1d_lab import jobs
from mnist1d_lab.models.pooling_study import study_spec
from mnist1d_lab.models.spec import POOLING

CARDS = "#phenomena [data-phenomenon]"
# Whether anything of the index can be seen before one scrolls.
SEEN = "() => document.getElementById('phenomena').getBoundingClientRect().top < innerHeight"
WIDER = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (375, 667)], ids=["laptop", "phone"])
def test_the_cards_have_pictures_and_lead_to_their_places_with_the_settings(
    open_page, width, height
):
    page = open_page(
        "#corr_noise_scale=0.5", ready=None, viewport={"width": width, "height": height},
        has_touch=width < 500,
    )  # fmt: skip
    page.locator("#tickets svg[aria-label]").first.wait_for()
    waits.drawn(page)
    assert not page.evaluate(SEEN)  # the first screen is the two tools'
    pictures = json.loads((ROOT / "static/results/pictures.json").read_text())["pictures"]
    cards = page.locator(CARDS)
    before = cards.last.bounding_box()
    page.locator("#phenomena").scroll_into_view_if_needed()
    for card in cards.all():
        marks = pictures[card.get_attribute("data-phenomenon")]
        expect(card.locator("svg > *")).to_have_count(len(marks))
        expect(card.locator(".seconds")).to_have_text(re.compile(r"^about .+ on two cores$"))
    after = cards.last.bounding_box()
    assert (after["width"], after["height"]) == (before["width"], before["height"])
    assert not page.evaluate(WIDER)
    link = cards.filter(has=page.get_by_text("Pooling", exact=True))
    if width < 500:
        link.tap()
    else:
        link.focus()
        page.keyboard.press("Enter")
    expect(page.locator("#pooling-title")).to_be_in_viewport()
    hash_ = parse_qs(urlsplit(page.url).fragment)
    assert hash_ == {"corr_noise_scale": ["0.5"], "at": ["pooling-title"]}


def test_pooling_is_shown_as_shipped_and_a_run_is_what_python_computes(open_page):
    page = open_page("#pooling.steps=20&pooling.largest=2000", chapter="networks")
    figure = page.locator("#pooling")
    figure.scroll_into_view_if_needed()
    finding = figure.locator(".finding")
    expect(finding).to_contain_text("Max pooling minus no pooling, with 6,000 steps for every size")
    expect(finding).to_contain_text("with 60 epochs for every size")
    expect(figure.locator(".source")).to_contain_text("Shipped with the page")
    figure.get_by_label("Equal for all sizes").select_option("epochs")
    expect(figure.get_by_label("Epochs", exact=True)).to_be_visible()
    expect(figure.get_by_label("Steps", exact=True)).to_be_hidden()
    figure.get_by_label("Equal for all sizes").select_option("steps")
    figure.get_by_role("button", name="Compare", exact=True).click()
    expect(figure.locator(".run-status")).to_contain_text("Done", timeout=90_000)
    expect(figure.locator(".source")).to_contain_text("Your run, n = 1: 20 steps for every size")
    figure.get_by_text("As a table").click()
    rows = figure.locator(".as-table table").first.locator("tbody tr")
    expect(rows).to_have_count(2 * len(POOLING))
    told = [re.split(r"\s*\n\s*|\t", row.inner_text().strip()) for row in rows.all()]
    expected = []
    for size in (1000, 2000):
        for model in POOLING:
            spec = dataclasses.asdict(study_spec(model, size, "steps", 20, 0))
            expected.append(f"{jobs.run('train', spec)['records'][-1]['test_acc']:.1f}")
    assert [cells[2] for cells in told] == expected
    figure.get_by_label("Trials").fill("0")
    figure.get_by_role("button", name="Compare", exact=True).click()
    expect(page.locator("#pooling-trials-error")).to_have_text(
        "trials must be a whole number from 1 to 100, got 0"
    )
