"""What an editor looks at in a chart: its size of text, its labels, its tip, its range, its edges.

All charts are those of the shipped results, so Python never starts here.
"""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.conftest import ROOT

CHAPTER = "ticket"
NETWORKS = ("training", "sweep")  # figures of that chapter
CHARTS = {  # a chart of each figure, and a word of it that is there when it is drawn
    "training": (".accuracy", "CNN, shuffled"),
    "sweep": (".swept", "logistic"),
    "tickets": (".chart", "dense"),
    "mask": (".masks", "input"),
    "adjacency": (".chart", "4 adjacent inputs"),
    "arms": (".differences", "lottery ticket"),
    "curves": (".learning", "fresh data"),
    "grid": (".chart", "60\u00a0%"),
}
# All text of drawings that is seen, with the size that it has on the screen.
SIZES = """(figure) => [...figure.querySelectorAll('svg text')]
  .filter((text) => text.textContent && text.getBoundingClientRect().width)
  .map((text) => {
    const { a, b } = text.getScreenCTM();
    return [text.textContent, parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b)];
  })"""
# The points of a line that are seen, every other pixel: what its clip cuts off is not.
POINTS = """(line) => {
  const [matrix, length] = [line.getScreenCTM(), line.getTotalLength()];
  const url = line.closest('[clip-path]')?.getAttribute('clip-path');
  const rect = url && document.querySelector(url.slice(4, -1)).firstElementChild;
  const clip = rect && Object.fromEntries(['x', 'y', 'width', 'height'].map((name) =>
    [name, Number(rect.getAttribute(name))]));
  return Array.from({ length: Math.ceil(length / 2) + 1 }, (_, i) =>
    line.getPointAtLength(Math.min(length, 2 * i)))
    .filter(({ x, y }) => !clip || (x >= clip.x && x <= clip.x + clip.width
      && y >= clip.y && y <= clip.y + clip.height))
    .map((point) => point.matrixTransform(matrix)).map(({ x, y }) => ({ x, y }));
}"""
# Where the line's measured points are on the screen.
CORNERS = """(line) => line.getAttribute('d').match(/[\\d.]+,[\\d.]+/g).map((text) => {
  const point = new DOMPoint(...text.split(',').map(Number));
  const { x, y } = point.matrixTransform(line.getScreenCTM());
  return { x, y };
})"""
# The labels of a drawing that lie on one of its lines. Ticks and tips are no labels.
COVERED = f"""(node) => [...node.querySelectorAll('svg[aria-label]')].flatMap((svg) => {{
  const lines = [...svg.querySelectorAll('[aria-label=line] path, [aria-description=dense] line')];
  const points = lines.flatMap({POINTS});
  return [...svg.querySelectorAll('text')]
    .filter((text) => !text.closest('[aria-label*=axis], [aria-label=tip]'))
    .filter((text) => {{
      const {{ left, right, top, bottom }} = text.getBoundingClientRect();
      return points.some(({{ x, y }}) => x > left && x < right && y > top + 2 && y < bottom - 2);
    }})
    .map((text) => text.textContent);
}})"""
# How many points of lines a tip lies on; null without a tip.
UNDER_TIP = f"""(svg) => {{
  const box = svg.querySelector('[aria-label=tip] rect')?.getBoundingClientRect();
  if (!box) return null;
  return [...svg.querySelectorAll('[aria-label=line] path')].flatMap({POINTS})
    .filter(({{ x, y }}) => x > box.left && x < box.right && y > box.top && y < box.bottom).length;
}}"""
DRAWING = "#tickets .chart svg[aria-label]"


def shipped():
    table = json.loads((ROOT / "static" / "results" / "quick.json").read_text())["records"]
    return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def visit(page, name):
    """Go to a figure, until its chart is there, at the width that the page has now."""
    part, word = CHARTS[name]
    waits.chapter(page, "networks" if name in NETWORKS else "ticket")
    figure = page.locator(f"#{name}")
    figure.scroll_into_view_if_needed()
    expect(figure.locator(part).first).to_contain_text(word)
    waits.drawn(page)
    return figure


@pytest.fixture(scope="module")
def opened(open_pages):
    return open_pages(ready=None)


@pytest.fixture
def page(opened):
    """The module's page at the search of the chapter of the ticket."""
    visit(opened, "tickets")
    return opened


@pytest.fixture(params=[375, 1280])
def wide(page, request):
    """The page at a width."""
    page.set_viewport_size({"width": request.param, "height": 900})
    yield page
    page.set_viewport_size({"width": 1280, "height": 900})


def test_all_text_of_charts_can_be_read_on_a_phone(page):
    page.set_viewport_size({"width": 375, "height": 900})
    sizes = {name: visit(page, name).evaluate(SIZES) for name in CHARTS}
    waits.chapter(page, "cover")
    waits.drawn(page)
    sizes["digits"] = page.locator("#digits").evaluate(SIZES)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert all(sizes.values())
    small = [(name, *one) for name, found in sizes.items() for one in found if one[1] < 12]
    assert small == []
    size = "(all) => Math.min(...all.map((one) => parseFloat(getComputedStyle(one).fontSize)))"
    assert page.locator(".chart-key").evaluate_all(size) >= 12


def test_no_label_lies_on_a_line(wide):
    for name in ("training", "sweep", "tickets", "adjacency", "curves"):
        assert visit(wide, name).evaluate(COVERED) == [], name


def test_dense_is_one_line_with_one_label(page):
    drawing = page.locator(DRAWING)
    assert drawing.locator("[aria-description=dense] line").count() == 1
    names = drawing.locator("text").all_text_contents()
    assert [names.count(arm) for arm in ("lottery", "random", "dense")] == [1, 1, 1]


def test_names_and_values_of_the_arms_have_columns_of_their_own(wide):
    visit(wide, "arms")
    texts = wide.locator("#arms .differences svg[aria-label] text").evaluate_all(
        """(all) => all.filter((text) => !text.closest('[aria-label*=axis]')).map((text) =>
          ({ text: text.textContent, ...text.getBoundingClientRect().toJSON() }))"""
    )
    values = [one for one in texts if "n\u00a0=" in one["text"]]
    assert len(values) == 10
    assert max(one["right"] for one in values) - min(one["right"] for one in values) < 1
    column = min(one["left"] for one in values)
    marks = wide.locator("#arms .differences [aria-description=shipped] line, "
                         "#arms .differences [aria-description=published] path")  # fmt: skip
    rights = marks.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().right)")
    assert max(rights) < column
    for one in texts:
        for other in texts:
            apart = (
                one["right"] <= other["left"] or other["right"] <= one["left"]
                or one["bottom"] <= other["top"] + 3 or other["bottom"] <= one["top"] + 3
            )  # fmt: skip
            assert one is other or apart, (one["text"], other["text"])


def test_the_tip_is_beside_the_curves(page):
    for name in ("tickets", "training", "sweep"):
        chart = f"{CHARTS[name][0]} svg[aria-label]"
        drawing = visit(page, name).locator(chart)
        drawing.scroll_into_view_if_needed()
        for line in drawing.locator("[aria-label=line] path").all()[:3]:
            corners = line.evaluate(CORNERS)
            for share in (0.2, 0.5, 0.9):
                point = corners[int(share * len(corners))]
                page.mouse.move(point["x"], point["y"])
                expect(drawing.locator("[aria-label=tip] text")).not_to_be_empty()
                assert drawing.evaluate(UNDER_TIP) == 0, (name, share)
    page.mouse.move(0, 0)


def ticks(page):
    labels = page.locator(f"{DRAWING} [aria-label='y-axis tick label'] text").all_text_contents()
    return sorted(float(text.replace("−", "-")) for text in labels)


def test_the_axis_goes_as_far_as_the_data(page):
    groups: dict[tuple[str, int], list[float]] = {}
    for row in shipped():
        groups.setdefault((row["arm"], row["level"]), []).append(row["test_acc"])
    means = [sum(values) / len(values) for values in groups.values()]
    shown = ticks(page)
    step = shown[1] - shown[0]
    assert min(means) - 2 * step < shown[0]
    assert shown[-1] < max(means) + 2 * step


def test_the_difference_to_dense_is_paired_and_its_zero_is_dense(open_page):
    page = open_page(ready=None)
    figure = page.locator("#tickets")
    figure.scroll_into_view_if_needed()
    expect(figure.locator(".chart")).to_contain_text("shipped, n = 20")
    assert figure.get_by_label("Test accuracy", exact=True).is_checked()
    before = page.url
    figure.get_by_label("Difference to dense").check()
    drawing = page.locator(DRAWING)
    expect(drawing).to_have_attribute("aria-label", re.compile("^Difference to dense of test acc"))
    expect(drawing).to_contain_text("test accuracy minus dense, points")
    zero = drawing.locator("[aria-label='y-axis tick label'] text").get_by_text("0", exact=True)
    line = drawing.locator("[aria-description=dense] line").bounding_box()
    tick = zero.bounding_box()
    assert abs(tick["y"] + tick["height"] / 2 - line["y"]) < 2
    figure.get_by_role("group", name="Chart against sparsity").press("End")
    rows = shipped()
    last = max(row["level"] for row in rows)
    dense = {row["trial"]: row["test_acc"] for row in rows if row["arm"] == "dense"}
    spoken = figure.get_by_role("status").filter(has_text="deleted").first
    for arm in ("lottery", "random"):
        found = [row["test_acc"] - dense[row["trial"]] for row in rows
                 if row["arm"] == arm and row["level"] == last]  # fmt: skip
        mean = sum(found) / len(found)
        sign = "−" if mean < 0 else "+"
        expect(spoken).to_contain_text(f"{arm} to dense {sign}{abs(mean):.1f}\u00a0±")
    figure.get_by_label("final loss").check()
    expect(figure.get_by_label("Test loss", exact=True)).to_be_attached()
    expect(drawing).to_contain_text("test loss minus dense, nats")
    assert page.url == before
    page.reload()
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_label("Test accuracy", exact=True)).to_be_checked()


def test_a_mask_has_axes_that_are_in_line_with_its_weights(page):
    panel = visit(page, "mask").locator(".panel").first
    canvas = panel.locator("canvas").bounding_box()
    labels = panel.locator("svg text").evaluate_all(
        """(all) => all.map((text) => {
          const { x, y, width, height } = text.getBoundingClientRect();
          return [text.textContent, x + width / 2, y + height / 2];
        })"""
    )
    words = [text for text, *_ in labels]
    assert "input" in words
    assert words[-1].startswith("hidden unit")
    inputs = [(int(text), y) for text, x, y in labels if text.isdigit() and x < canvas["x"]]
    units = [(int(text), x) for text, x, y in labels if text.isdigit() and x >= canvas["x"]]
    (first, top), (second, below) = inputs[:2]
    cell = (below - top) / (second - first)
    assert abs(top - (canvas["y"] + (first + 0.5) * cell)) < 2
    (left, x), (right, beside) = units[:2]
    assert (beside - x) / (right - left) == pytest.approx(cell, rel=0.1)
    assert abs(x - (canvas["x"] + (left + 0.5) * cell)) < 2


def test_a_figure_has_one_left_edge_and_one_caption(wide):
    for name in CHARTS:
        figure = visit(wide, name)
        left = figure.bounding_box()["x"]
        assert figure.locator("figcaption").count() == 1
        for part in ("figcaption", ".finding", ".as-table", ".takeaway", CHARTS[name][0]):
            for box in figure.locator(part).all():
                if box.is_visible():
                    assert box.bounding_box()["x"] == pytest.approx(left, abs=1), (name, part)


def test_the_guide_of_a_caption_unfolds(page):
    guide = page.locator("#tickets details.guide")
    expect(guide.locator(".source")).to_be_hidden()
    guide.get_by_text("How to read this").click()
    expect(guide.locator(".source")).to_contain_text("seeds 0 to 19 (n = 20)")
    guide.get_by_text("How to read this").click()
