"""The address bar is the state: Back and Forward, old and hostile links, embeds.

What an address means, and 2500 more hostile ones: tests/page/settings.test.js.
"""

from itertools import cycle
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser import waits

PIECES = [
    "=", "&", "#", "?", "%", "%%", "%E0%A4%A", "%00", "+", "\0", "\u202e", "\U0001f600", "/../",
    "__proto__", "constructor", "hasOwnProperty", "toString", "<script>alert(1)</script>",
    "javascript:alert(1)", "' OR 1=1", "1e999", "-1e999", "NaN", "Infinity", "0x10", "1_000", "",
    "9" * 400, "-0", "1e-400", " 5 ", "null", "undefined", "[object Object]", "[]", "{}", "true",
]  # fmt: skip


@pytest.fixture(scope="module")
def names(page):
    return page.evaluate("""async () => (await import('./static/settings/table.js')).SETTINGS
      .map(({group, name}) => (group === 'dataset' ? name : `${group}.${name}`))""")


# Ends once the page, which listens since before us, has answered to the hash.
VISIT = """(hash) => new Promise((resolve) => {
  const before = location.href;
  addEventListener('popstate', () => resolve(), { once: true });
  location.hash = hash;
  if (location.href === before) resolve();
})"""


def test_hostile_hashes_in_the_real_address_bar(page, names):
    for name, piece in zip(cycle(names), PIECES, strict=False):
        before = page.evaluate("history.length")
        page.evaluate(VISIT, f"{name}={piece}")
        said = page.locator("#corrected").inner_text()
        assert said == "" or said.startswith("This link was corrected: ")
        assert page.evaluate("history.length") <= before + 1
    page.evaluate("location.hash = 'max_translation=5'")
    expect(page.locator("#corrected")).to_be_empty()
    assert page.evaluate("lab.run('digits').then((made) => made.x.length)") == 400


@pytest.mark.parametrize(("said", "note", "now"), [
    ("max_translation=90", "must be at most 72 here, got 90: it is 72 now", "72"),
    ("max_translation=7.6", "got “7.6”: it is 8 now", "8"),
    ("max_translation=x", "got “x”: it is 48 now", "48"),
    ("nonsense=1", "“nonsense” is no setting and is left out", "48"),
    ("max_translation=7", "", "7"),
])  # fmt: skip
def test_what_was_corrected_is_told(page, said, note, now):
    page.evaluate("location.hash = ''")
    page.evaluate("(hash) => { location.hash = hash; }", said)
    expect(page.locator("#corrected")).to_contain_text(note)
    expect(page.locator("#dataset-max_translation")).to_have_value(now)
    state = urlsplit(page.url).fragment
    assert state == ("" if now == "48" else f"max_translation={now}")


DRAG = """async (slider, from) => {
  for (const step of [0, 1, 2]) {
    slider.value = from + step;
    slider.dispatchEvent(new Event('input'));
    await Promise.resolve();
  }
}"""


def test_back_and_forward_go_through_the_states(open_page):
    page = open_page("?workers=1", ready=None)
    shift = page.locator("#dataset-max_translation")
    for value in (10, 20):
        shift.evaluate(DRAG, value)  # one state
        waits.drawn(page)
        waits.let_time_pass(page, 1100)  # a pause, after which the next is a state of its own
    page.evaluate("history.back()")  # Firefox's driver waits for a page to load, which none does
    expect(shift).to_have_value("12")
    assert urlsplit(page.url).fragment == "max_translation=12"
    page.evaluate("history.back()")
    expect(shift).to_have_value("48")
    page.evaluate("history.go(2)")
    expect(shift).to_have_value("22")


def test_an_old_link_moves_to_the_hash_and_flags_stay(open_page):
    page = open_page("?workers=1&final_seq_length=20&from=mail#max_translation=9", ready=None)
    expect(page.locator("#dataset-final_seq_length")).to_have_value("20")
    parts = urlsplit(page.url)
    assert parse_qs(parts.query) == {"workers": ["1"], "from": ["mail"]}
    assert parse_qs(parts.fragment) == {"max_translation": ["9"], "final_seq_length": ["20"]}


def test_a_place_in_the_text_is_no_state(open_page):
    page = open_page("?workers=1#lottery-title", ready=None)
    page.locator("#tickets svg").first.wait_for()
    assert urlsplit(page.url).fragment == "lottery-title"
    assert page.locator("#corrected").inner_text() == ""


@pytest.mark.parametrize(("name", "figure"), [
    ("dataset", "#digits"), ("models", "#training"), ("lottery", "#tickets"),
])  # fmt: skip
def test_one_figure_stands_alone(open_page, name, figure):
    page = open_page(f"?workers=1&embed={name}#final_seq_length=12", ready=None)
    expect(page.locator(figure)).to_be_visible()
    assert page.locator("figure:visible").count() == 1
    expect(page.get_by_role("heading", level=1)).to_have_text(
        page.locator(figure).get_attribute("data-embed-title")
    )
    assert page.locator(":is(h2, .standfirst, footer):visible").count() == 0
    link = page.get_by_role("link", name="MNIST-1D Lab")
    link.focus()
    whole = urlsplit(link.get_attribute("href"))
    assert (whole.query, whole.fragment) == ("workers=1", "final_seq_length=12")


def test_an_embedded_figure_works_and_an_unknown_one_is_the_whole_page(open_page):
    page = open_page("?workers=1&embed=lottery#lottery.hidden=8&lottery.steps=9&lottery.levels=1")
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(page.locator("#tickets .finding")).to_contain_text(
        "8 hidden units, 9 steps", timeout=30_000
    )
    page.goto(page.url.split("?")[0] + "?workers=1&embed=nothing")
    expect(page.locator("#embedded")).to_contain_text(
        "embed must be one of dataset, lottery, models"
    )
    assert page.locator("h1").is_visible()
