"""Drawing a ticket by mouse and keys: exactly the weights meant; retrained beside the found one."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.drivers import CHROMIUM_ONLY

CHAPTER = "ticket"

TINY = (  # one worker: the first trial is the first with a ticket
    "?workers=1&lottery.hidden=12&lottery.steps=40&lottery.levels=3&lottery.trials=2"
    "&arms.steps=60&arms.batch_size=100"
)
CELL = 9  # CSS pixels a weight, for a layer this small
STORED = """() => {
  const {drawing} = JSON.parse(localStorage.getItem('mnist1d-lab drawing 12x40'));
  const bytes = Uint8Array.from(atob(drawing), (c) => c.charCodeAt(0));
  return Array.from({length: 480}, (_, i) => (bytes[i >> 3] >> (i & 7)) & 1);
}"""


def search(page):
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(page.locator("#tickets .runner")).to_contain_text("Done", timeout=90_000)


def canvas(page):
    return page.get_by_label("Your mask.")


def press(page, name):
    page.locator("#draw").get_by_role("button", name=name, exact=True).click()


def drawn(page):
    """The weights that survive in what the page keeps, as (unit, input)."""
    return {(i // 40, i % 40) for i, kept in enumerate(page.evaluate(STORED)) if kept}


def at(unit, input_):
    return {"x": unit * CELL + CELL // 2, "y": input_ * CELL + CELL // 2}


def drag(page, start, end):
    box = canvas(page).bounding_box()
    page.mouse.move(box["x"] + start["x"], box["y"] + start["y"])
    page.mouse.down()
    page.mouse.move(box["x"] + end["x"], box["y"] + end["y"], steps=2)
    page.mouse.up()


def retrain(page):
    before = page.locator("#draw tbody tr").count()
    press(page, "Retrain my drawing")
    expect(page.locator("#draw tbody tr")).to_have_count(before + 1, timeout=90_000)


@pytest.fixture(scope="module")
def studio(open_pages):
    """A page on which a tiny ticket was found."""
    page = open_pages(TINY)
    search(page)
    return page


@pytest.fixture
def blank(studio):
    studio.locator("#draw").get_by_role("radio", name="paint").check()
    studio.locator("#draw").get_by_label("Brush").fill("1")
    canvas(studio).scroll_into_view_if_needed()
    press(studio, "empty")
    return studio


def count(page):
    return int(page.locator("#draw .count").inner_text().split(" ", 1)[0])


def test_the_mouse_draws_exactly_what_it_passes_over(blank):
    page = blank
    canvas(page).click(position=at(3, 7))
    assert drawn(page) == {(3, 7)}
    drag(page, at(5, 10), at(5, 30))
    assert drawn(page) == {(3, 7)} | {(5, i) for i in range(10, 31)}
    assert count(page) == 22
    page.locator("#draw").get_by_role("radio", name="erase").check()
    drag(page, at(5, 12), at(5, 30))
    assert drawn(page) == {(3, 7), (5, 10), (5, 11)}


def test_a_wider_brush_draws_a_square_cut_off_at_the_edge(blank):
    page = blank
    page.locator("#draw").get_by_label("Brush").fill("3")
    canvas(page).click(position=at(6, 20))
    assert drawn(page) == {(u, i) for u in (5, 6, 7) for i in (19, 20, 21)}
    canvas(page).click(position=at(0, 0))
    assert len(drawn(page)) == 13


def test_the_keyboard_moves_draws_erases_and_takes_back(blank):
    page = blank
    canvas(page).click(position=at(2, 2))
    canvas(page).press("ArrowRight")
    canvas(page).press("ArrowDown")
    canvas(page).press("Space")
    assert drawn(page) == {(2, 2), (3, 3)}
    expect(page.locator("#draw .cursor")).to_have_text("Unit 3, input 3: survives.")
    canvas(page).press("Space")
    assert drawn(page) == {(2, 2)}
    canvas(page).press("Control+z")
    assert drawn(page) == {(2, 2), (3, 3)}
    scrolled = page.evaluate("scrollY")
    canvas(page).press("ArrowUp")
    assert page.evaluate("scrollY") == scrolled


@CHROMIUM_ONLY
def test_a_finger_draws_too_and_can_scroll_when_asked(open_page):
    page = open_page(TINY, has_touch=True, viewport={"width": 375, "height": 800})
    search(page)
    canvas(page).scroll_into_view_if_needed()
    press(page, "empty")
    canvas(page).tap(position=at(4, 9))
    assert drawn(page) == {(4, 9)}
    assert canvas(page).evaluate("c => getComputedStyle(c).touchAction") == "none"
    page.locator("#draw").get_by_role("radio", name="scroll the page").check()
    assert canvas(page).evaluate("c => getComputedStyle(c).touchAction") == "auto"
    canvas(page).tap(position=at(8, 9))
    assert drawn(page) == {(4, 9)}
    press(page, "Undo")  # the touch that scrolled was no stroke
    assert drawn(page) == set()


@pytest.mark.parametrize("start", ["found ticket", "band", "comb", "random"])
def test_every_start_has_as_many_weights_as_the_found_ticket(blank, start):
    page = blank
    press(page, start)
    text = page.locator("#draw .count").inner_text()
    assert re.fullmatch(r"(\d+) of 480 survive \(the found one: \1\)\.", text)
    weights = drawn(page)
    neighbours = sum((u, i + 1) in weights for u, i in weights)
    units = {u for u, _ in weights}
    if start == "band":
        assert neighbours == len(weights) - len(units)  # one stretch a unit
    if start == "comb":
        assert neighbours == 0


def test_invert_undo_and_reset(blank):
    page = blank
    canvas(page).click(position=at(1, 1))
    press(page, "Invert")
    assert len(drawn(page)) == 479
    press(page, "Undo")
    press(page, "Undo")
    assert drawn(page) == set()
    press(page, "Reset")
    assert 0 < count(page) < 480


def test_retraining_compares_with_the_found_ticket_random_and_dense(blank):
    page = blank
    press(page, "band")
    retrain(page)
    row = page.locator("#draw tbody tr").first
    found = page.evaluate("""async () => {
      const {parts, masks} = await lab.run('lottery',
        {hidden: 12, steps: 40, levels: 3, trials: 2}, {keep: true});
      const {pack} = await import('./static/lottery/masks.js');
      const stored = JSON.parse(localStorage.getItem('mnist1d-lab drawing 12x40')).drawing;
      const bits = Uint8Array.from(atob(stored), (c) => c.charCodeAt(0));
      const mask = Array.from({length: 480}, (_, i) => (bits[i >> 3] >> (i & 7)) & 1);
      const arm = async (name, packed) => (await lab.run('arm', {lottery: parts[0].args, level: 3,
        arm: name, steps: 60, batch_size: 100, eval_every: 3, mask: packed})).records.at(-1);
      const ticket = masks[0][3];
      const adjacency = await lab.run('adjacency', {mask: Uint8Array.from(mask), inputs: 40});
      return {drawn: (await arm('drawn', pack(Uint8Array.from(mask), ticket))).test_acc,
        lottery: (await arm('lottery', ticket)).test_acc, p2: adjacency.p2};
    }""")
    text = row.text_content()
    assert f"{found['drawn']:.1f}\u00a0%" in text
    difference = found["drawn"] - found["lottery"]
    assert f"{'−' if difference < 0 else '+'}{abs(difference):.1f}" in text
    labels = page.locator("#draw .chart svg[aria-label]").text_content()
    assert all(name in labels for name in ("lottery", "random", "dense"))
    expect(page.locator("#draw .finding")).to_contain_text("Drawing 1")
    row.get_by_role("button").focus()
    page.evaluate(
        "document.querySelector('#arms input').dispatchEvent(new Event('input', {bubbles: true}))"
    )
    expect(row.get_by_role("button")).to_be_focused()  # a change of settings leaves the table alone


def test_what_was_drawn_and_what_came_of_it_survive_a_reload(open_page):
    page = open_page(TINY)
    search(page)
    canvas(page).scroll_into_view_if_needed()
    press(page, "comb")
    canvas(page).click(position=at(2, 2))
    retrain(page)
    weights, row = drawn(page), page.locator("#draw tbody tr").first.text_content()
    page.reload()
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")
    search(page)
    expect(page.locator("#draw tbody tr").first).to_have_text(row)
    assert drawn(page) == weights
    assert count(page) == len(weights)
    press(page, "empty")
    press(page, "Drawing 1")
    assert drawn(page) == weights
