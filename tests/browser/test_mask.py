"""The mask view and the adjacency figure: they show what the search found, weight by weight."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.drivers import CHROMIUM_ONLY

CHAPTER = "ticket"

TINY = "?workers=2&lottery.hidden=12&lottery.steps=40&lottery.levels=3&lottery.trials=2"
HIDDEN, INPUTS = 12, 40
# The colours in the middle of every weight of a mask's picture, unit by unit as they are shown.
PIXELS = """(canvas) => {
  const inputs = 40, units = 12, ratio = devicePixelRatio;
  const cell = Math.round(9 * ratio);
  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  return Array.from({length: units}, (_, unit) => Array.from({length: inputs}, (_, input) => {
    const x = unit * cell + (cell >> 1), y = input * cell + (cell >> 1);
    return [...data.slice(4 * (y * canvas.width + x)).slice(0, 3)].join();
  }));
}"""

# Begins a script: another mask figure on the page that is there, and what it is given searches by.
OWN_FIGURE = """async () => {
  const { mountMaskFigure } = await import('./static/lottery/figures/mask.js');
  const { CurrentSearch, liveResult } = await import('./static/lottery/current-search.js');
  const node = document.querySelector('#mask').cloneNode(true);
  const find = (part) => node.querySelector(part);
  for (const part of ['.controls', '.masks', '.field']) find(part).replaceChildren();
  document.body.append(node);
  const currentSearch = new CurrentSearch();
  mountMaskFigure(node, lab, currentSearch);
"""


def colour(page, variable):
    """A CSS variable's value as "r,g,b"."""
    return page.evaluate(
        """(name) => {
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = `var(${name})`;
          const found = getComputedStyle(probe).color.match(/\\d+/g).join();
          probe.remove();
          return found;
        }""",
        variable,
    )


def search(page):
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(page.locator("#tickets .runner")).to_contain_text("Done", timeout=90_000)


def canvas(page, arm):
    return page.get_by_label(f"First layer, {arm} mask")


def drawn(page, arm):
    """The shown mask: for each shown unit, the inputs that survive."""
    survivor = colour(page, f"--{arm}")
    pixels = canvas(page, arm).evaluate(PIXELS)
    deleted = {colour(page, "--pruned"), colour(page, "--marked")}
    assert {value for unit in pixels for value in unit} <= {survivor, *deleted}
    return [[i for i, value in enumerate(unit) if value == survivor] for unit in pixels]


def level(page):
    return page.locator("#mask").get_by_role("slider", name="Level")


@pytest.fixture(scope="module")
def found(open_pages):
    """A page on which a tiny search is done."""
    page = open_pages(TINY)
    search(page)
    return page


@pytest.fixture
def unsorted(found):
    found.locator("#mask").get_by_label("Units in order of").select_option("unit")
    level(found).fill("3")
    return found


def records(page):
    return page.evaluate("""async () => (await lab.run('lottery',
      {hidden: 12, steps: 40, levels: 3, trials: 2})).records""")


def test_the_picture_is_the_tickets_own_mask_at_every_level(unsorted):
    page = unsorted
    rows = records(page)
    for at in range(4):
        level(page).fill(str(at))
        arm = "lottery" if at else "dense"
        row = next(r for r in rows if (r["trial"], r["level"], r["arm"]) == (0, at, arm))
        expect(page.locator("#mask .control .value").first).to_have_text(
            f"{at}, {100 * row['sparsity']:.1f}\u00a0% deleted"
        )
        mask = drawn(page, "lottery")
        windows = [i + 1 in unit for unit in mask for i in unit if i < INPUTS - 1]
        assert sum(windows) / (HIDDEN * (INPUTS - 1)) == pytest.approx(row["p2"])
        kept = sum(len(unit) for unit in mask)
        expect(page.locator("#mask .panel").first).to_contain_text(f"{kept} of 480 weights")


def test_each_level_keeps_a_part_of_the_one_before(unsorted):
    page = unsorted
    before = [list(range(INPUTS))] * HIDDEN
    for at in range(1, 4):
        level(page).fill(str(at))
        now = drawn(page, "lottery")
        assert all(set(a) <= set(b) for a, b in zip(now, before, strict=True))
        assert sum(map(len, now)) < sum(map(len, before))
        before = now


def test_random_has_as_many_and_permuted_as_many_in_each_unit(unsorted):
    page = unsorted
    page.locator("#mask").get_by_role("checkbox", name="permuted").check()
    expect(page.locator("#mask .panel").nth(2)).to_contain_text("of 480 weights")
    lottery, permuted = drawn(page, "lottery"), drawn(page, "permuted")
    assert [len(unit) for unit in permuted] == [len(unit) for unit in lottery]
    assert permuted != lottery
    random = drawn(page, "random")
    assert random not in (lottery, permuted)
    assert sum(map(len, random)) == sum(map(len, lottery))
    of = [title.split(": ")[1] for title in page.locator("#mask .panel .title").all_inner_texts()]
    assert len(of) == 3
    assert all(re.fullmatch(r"\d+ of 480 weights, \d+ of 12 biases", text) for text in of)
    assert of[0] == of[1] == of[2]
    expect(page.locator("#mask .counted")).to_be_hidden()
    page.locator("#mask").get_by_role("checkbox", name="permuted").uncheck()
    expect(canvas(page, "permuted")).to_be_hidden()


def test_units_can_be_sorted(unsorted):
    page = unsorted
    own = drawn(page, "lottery")
    page.locator("#mask").get_by_label("Units in order of").select_option("kept")
    by_kept = drawn(page, "lottery")
    assert [len(unit) for unit in by_kept] == sorted((len(unit) for unit in own), reverse=True)
    page.locator("#mask").get_by_label("Units in order of").select_option("pairs")
    pairs = [sum(i + 1 in unit for i in unit) for unit in drawn(page, "lottery")]
    assert pairs == sorted(pairs, reverse=True)
    assert sorted(map(str, by_kept)) == sorted(map(str, own))


def test_a_click_shows_what_that_unit_keeps_and_the_weights_it_starts_from(unsorted):
    page = unsorted
    mask = drawn(page, "lottery")
    canvas(page, "lottery").click(position={"x": 5 * 9 + 4, "y": 30})
    picked = page.locator("#mask .picked")
    expect(picked).to_contain_text(f"Unit 5 of the lottery mask keeps {len(mask[5])} of 40 inputs")
    page.locator("#mask .field").get_by_text("initial weight").wait_for()
    assert page.locator("#mask .field [aria-description=survivors] circle").count() == len(mask[5])
    canvas(page, "lottery").press("ArrowRight")
    expect(picked).to_contain_text(f"Unit 6 of the lottery mask keeps {len(mask[6])} of 40")
    canvas(page, "lottery").press("ArrowLeft")
    expect(picked).to_contain_text("Unit 5 of")


@CHROMIUM_ONLY
def test_the_picture_follows_the_theme(unsorted):
    page = unsorted
    light = drawn(page, "lottery")
    before = colour(page, "--lottery")
    page.emulate_media(color_scheme="dark")
    assert colour(page, "--lottery") != before
    assert drawn(page, "lottery") == light
    page.emulate_media(color_scheme="light")


def test_the_picture_is_sharp_where_pixels_are_small(open_page):
    page = open_page(TINY, device_scale_factor=2)
    search(page)
    width, shown = canvas(page, "lottery").evaluate("c => [c.width, c.clientWidth]")
    assert width == 2 * shown


def test_adjacency_says_what_the_records_say(found):
    rows = [r for r in records(found) if r["level"] == 3]
    lottery, random = [[r for r in rows if r["arm"] == arm] for arm in ("lottery", "random")]
    p2, null2, by_lot = [
        sum(r[key] for r in of) for of, key in ((lottery, "p2"), (lottery, "null2"), (random, "p2"))
    ]
    text = found.locator("#adjacency .finding").text_content().replace("\u00a0", " ")
    assert f"the ticket keeps {p2 / by_lot:.2f} times as many pairs" in text
    assert f"at random inputs it would keep {null2 / by_lot:.2f} times as many" in text
    left = [r["p2"] / r["null2"] for r in lottery]
    assert all(r["null2"] * HIDDEN * (INPUTS - 1) >= 1 for r in lottery)
    assert f"a factor of {sum(left) / 2:.2f} ± " in text
    assert "(n = 2)" in text
    labels = found.locator("#adjacency svg[aria-label]").text_content()
    assert all(f"{size} adjacent inputs" in labels for size in (2, 3, 4))


def test_masks_that_were_counted_together_are_told_apart(found):
    """Another search in a figure of its own, on the page that is there."""
    titles, sentence = found.evaluate(
        OWN_FIGURE
        + """
      const args = {hidden: 12, steps: 20, levels: 2, trials: 1, random_counts: 'together'};
      currentSearch.set(liveResult(await lab.run('lottery', args), true));
      const titles = () => [...node.querySelectorAll('.panel .title')].slice(0, 2);
      while (!titles().every(({textContent}) => / biases$/.test(textContent))) {
        await new Promise(requestAnimationFrame);
      }
      const shown = [titles().map((title) => title.textContent), find('.counted').textContent];
      node.remove();
      return shown;
    }"""
    )
    counts = [
        [int(number) for number in re.findall(r"(\d+) of (?:480 weights|12 b)", text)]
        for text in titles
    ]
    assert [len(numbers) for numbers in counts] == [2, 2]
    assert sum(counts[0]) == sum(counts[1])
    (ours, _), (theirs, _) = counts
    assert ours != theirs
    assert f"the random mask has {theirs} weights where the ticket has {ours}." in sentence


def test_the_shipped_ticket_is_there_before_python_is(open_page):
    page = open_page(ready=None)
    page.locator("#mask").scroll_into_view_if_needed()
    canvas(page, "lottery").wait_for()
    assert page.evaluate("document.documentElement.dataset.state") == "loading"
    expect(page.locator("#mask .picked")).to_contain_text(re.compile(r"keeps \d+ of 40 inputs"))
    expect(page.locator("#adjacency .finding")).to_contain_text("Shipped with the page")


def test_a_trial_that_lacks_the_level_shows_the_nearest_it_has(found):
    """Trial 1 of a search that was stopped when it had got to level 1; trial 0 has level 3."""
    title, value, kept = found.evaluate(
        OWN_FIGURE
        + """
      const { survivors, unpack } = await import('./static/lottery/masks.js');
      const whole = await lab.run('lottery', {hidden: 12, steps: 40, levels: 3, trials: 2});
      const masks = [whole.masks[0], whole.masks[1].slice(0, 2)];
      const records = whole.records.filter(({trial, level}) => level <= [3, 1][trial]);
      currentSearch.set(liveResult({...whole, masks, records}, false));
      const trials = [...node.querySelectorAll('select')]
        .find(({options}) => /seed/.test(options[1].text));
      trials.value = '1';
      trials.dispatchEvent(new Event('change'));
      const shown = ['.panel .title', '.control .value'].map((part) => find(part).textContent);
      node.remove();
      return [...shown, survivors(unpack(masks[1][1], 480))];
    }"""
    )
    assert f"{kept} of 480 weights" in title
    assert value.startswith("1, ")
