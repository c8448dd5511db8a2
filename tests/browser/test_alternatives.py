"""What the page says of its pictures in words and numbers is true, also after a slider moved."""

import base64
import json
import re

import numpy as np
import pytest
from tests.browser import waits
from tests.browser.conftest import ROOT
from tests.browser.waits import eventually

from mnist1d_lab.lottery import adjacency

NUMBER = r"−?\d+\.\d+"


def number(text):
    return float(text.replace("−", "-"))


def found(pattern, text):
    """The whole number that a text has in the place of the pattern's group."""
    match = re.search(pattern, text)
    assert match, text
    return int(match[1])


def opened(page, figure):
    """The sentence of a figure, and the cells of its tables."""
    box = page.locator(f"#{figure} details.as-table").last
    box.evaluate("(box) => { box.open = false; box.open = true; }")
    box.locator("tbody tr").first.wait_for()
    tables = box.evaluate("""(box) => [...box.querySelectorAll('table')].map((table) =>
      [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)))""")
    return box.locator(":scope > p").inner_text(), tables


def move(page, name, value):
    """Move a slider; what is told follows."""
    page.locator(f"#dataset-{name}").evaluate(
        """(slider, value) => {
      slider.value = value;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }""",
        value,
    )


@pytest.fixture
def data(page):
    """The module's page at the chapter of the data."""
    waits.chapter(page, "data")
    return page


@pytest.fixture
def ticket(page):
    """The same at the chapter of the ticket."""
    waits.chapter(page, "ticket")
    return page


@pytest.mark.parametrize("shift", [None, 7])
@eventually
def test_the_ten_digits(data, shift):
    page = data
    if shift is not None:
        move(page, "max_translation", shift)
    sentence, (rows,) = opened(page, "digits")
    numbers = np.array([[number(cell) for cell in cells[1:]] for cells in rows[:40]])
    args = {} if shift is None else {"max_translation": shift}
    made = page.evaluate("(args) => lab.run('digits', args).then((made) => [...made.x])", args)
    theirs = np.array(made).reshape(10, 40).T
    # All examples of a dataset are centred and scaled as one, so a straight line joins the two.
    slope, offset = np.polyfit(numbers.ravel(), theirs.ravel(), 1)
    assert slope > 0
    assert np.abs(slope * numbers + offset - theirs).max() < 0.002 * slope
    low, high, widest_low, widest_high, *_ = map(number, re.findall(NUMBER, sentence))
    assert [low, high] == [numbers.min(), numbers.max()]
    widest = found(r"Widest is (\d)", sentence)
    spans = np.ptp(numbers, axis=0)
    assert spans[widest] >= spans.max() - 0.001
    assert [widest_low, widest_high] == [numbers[:, widest].min(), numbers[:, widest].max()]
    assert f"{(np.abs(numbers) > 1.15).sum()} of 400" in sentence or np.abs(numbers).max() <= 1.15


@eventually
def test_the_stages_of_a_digit(data):
    page = data
    move(page, "max_translation", 7)
    page.locator("#making").scroll_into_view_if_needed()
    page.locator("#making .cells button, #making button").first.wait_for()
    sentence, (rows,) = opened(page, "making")
    digit = int(page.locator("#making").get_by_label("Digit", exact=True).input_value())
    spec = {"max_translation": 7, "digit": digit}
    stages = page.evaluate(
        """(spec) => lab.run('stages', spec).then(({ stages }) =>
      stages.map(({ name, x }) => [name, [...x]]))""",
        spec,
    )
    for column, (name, x) in enumerate(stages, 1):
        told = [number(cells[column]) for cells in rows if cells[column] != "–"]
        assert np.abs(np.array(told) - x).max() <= 0.0005 + 1e-9
        if f"stage “{name}”" in sentence:
            low, high = map(number, re.findall(NUMBER, sentence))
            assert [low, high] == [min(told), max(told)]


@eventually
def test_the_whole_dataset(data):
    page = data
    move(page, "max_translation", 7)
    page.locator("#overview").scroll_into_view_if_needed()
    page.locator("#overview canvas").first.wait_for()
    _, (rows,) = opened(page, "overview")
    crowd = page.evaluate("""lab.run('overview', { max_translation: 7 }).then((made) =>
      Object.fromEntries(['mean', 'spread', 'positions'].map((one) => [one, [...made[one]]])))""")
    for digit in range(10):
        pairs = [cells[2 + digit].split("\u00a0±\u00a0") for cells in rows]
        told = np.array([[number(one) for one in pair] for pair in pairs])
        own = slice(40 * digit, 40 * digit + 40)
        assert np.abs(told[:, 0] - crowd["mean"][own]).max() <= 0.005 + 1e-9
        assert np.abs(told[:, 1] - crowd["spread"][own]).max() <= 0.005 + 1e-9
    assert [crowd["positions"][int(cells[1]) - 1] for cells in rows] == list(range(40))


@pytest.mark.parametrize("level", [2, 5])
@eventually
def test_the_masks(ticket, level):
    page = ticket
    shipped = json.loads((ROOT / "static" / "results" / "quick.json").read_text())
    panel = page.locator("#mask .panel").first
    panel.get_by_text("weights").wait_for()  # there is a search, with levels
    slider = page.locator("#mask").get_by_role("slider", name="Level")
    slider.evaluate(
        """(slider, level) => {
      slider.value = level;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }""",
        level,
    )
    panel.get_by_text("biases").wait_for()  # Python has answered
    sentence, tables = opened(page, "mask")
    assert len(tables) == 3
    rows, counts, unit = tables
    assert sentence.startswith(f"Level {level} of trial 0")
    packed = np.frombuffer(base64.b64decode(shipped["masks"][level - 1]), np.uint8)
    hidden = shipped["spec"]["hidden"]
    mask = np.unpackbits(packed, bitorder="little")[: hidden * 40]
    mask = mask.reshape(hidden, 40)
    (mine,) = [cells[1:] for cells in rows if cells[0] == "lottery"]
    pairs = (mask[:, 1:] & mask[:, :-1]).any(axis=1).sum()
    assert mine[:3] == [str(hidden), str(mask.size), str(mask.sum())]
    assert mine[3:5] == [f"{100 * (1 - mask.mean()):.1f}", str(pairs)]
    assert mine[5:] == [
        f"{100 * adjacency.together(mask.astype(np.float32), width):.3f}" for width in (2, 3, 4)
    ]
    assert f"The lottery mask keeps {mask.sum():,} of {mask.size:,} weights" in sentence
    assert f"{pairs} of its {hidden} units keep two neighbours or more" in sentence
    assert counts[0][:4] == ["1", "weights", str(mask.size), str(mask.sum())]
    bits = np.unpackbits(packed, bitorder="little")
    ends = np.cumsum([int(cells[2]) for cells in counts])
    kept = [part.sum() for part in np.split(bits[: ends[-1]], ends[:-1])]
    assert [cells[3] for cells in counts] == list(map(str, kept))
    assert len({cells[1] for cells in counts}) == 2  # weights and biases
    picked = page.locator("#mask .picked").inner_text()
    chosen = found(r"Unit (\d+) of the lottery", picked)
    assert [cells[1] for cells in unit] == ["yes" if one else "no" for one in mask[chosen]]


@pytest.mark.parametrize(
    ("chapter", "figure", "firsts"),
    [
        ("networks", "sweep", {"logistic", "mlp", "cnn", "gru"}),
        ("ticket", "adjacency", {"lottery", "random", "dense"}),
    ],
)
def test_a_row_of_records_is_called_by_what_was_measured(page, chapter, figure, firsts):
    waits.chapter(page, chapter)
    page.locator(f"#{figure} .chart svg, #{figure} .swept svg").first.wait_for()
    *_, rows = opened(page, figure)[1]
    assert {cells[0] for cells in rows} == firsts


@eventually
def test_neighbours_are_told_as_a_multiple_of_chance(ticket):
    page = ticket
    shipped = json.loads((ROOT / "static" / "results" / "quick.json").read_text())
    columns, hidden = shipped["records"]["columns"], shipped["spec"]["hidden"]
    records = [dict(zip(columns, cells, strict=True)) for cells in shipped["records"]["rows"]]
    table, _ = opened(page, "adjacency")[1]
    assert {cells[0] for cells in table} == {"lottery", "random"}
    for arm, level, deleted, *told, _ in table:
        rows = [r for r in records if (r["arm"], str(r["level"])) == (arm, level)]
        assert float(deleted) == pytest.approx(100 * rows[0]["sparsity"], abs=0.051)
        for size, cell in zip((2, 3, 4), told, strict=True):
            enough = [r for r in rows if r[f"null{size}"] * hidden * (41 - size) >= 1]
            ratios = [r[f"p{size}"] / r[f"null{size}"] for r in enough]
            assert (cell == "–") == (not ratios)
            if ratios:
                assert number(cell.split("\u00a0")[0]) == pytest.approx(np.mean(ratios), abs=0.0051)
