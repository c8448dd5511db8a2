"""For everyone: axe on every state, the keyboard, tables for charts, small screens, paper."""

import pytest
from playwright.sync_api import Route, expect
from tests.browser import waits
from tests.browser.conftest import ROOT
from tests.browser.drivers import CHROMIUM_ONLY

# Each chapter, and what is in it at last, with Python or without.
CHAPTERS = {
    "cover": ["#tickets svg"],
    "data": ["#templates .pad svg"],
    "networks": ["#training svg", "#sweep svg", "#pooling svg"],
    "ticket": ["#verdict table", "#draw canvas"],
    "double-descent": ["#descent .map svg[aria-label]", "#descent-claims table"],
    "learning-rate": ["#rate svg", "#rate-seeds svg"],
    "self-supervised": ["#contrast svg[aria-label]", "#contrast-claims table"],
    "exercises": [".exercise button"],
    "take-home": ["pre"],
}
WITH_TABLES = ["data", "networks", "ticket", "double-descent", "learning-rate",
               "self-supervised"]  # fmt: skip
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All rules in light; in dark only the colours are others.
SCHEMES = {"light": RULES, "dark": {"type": "rule", "values": ["color-contrast"]}}
# Of the document, or of these parts of it.
RUN = """async ([rules, parts]) => {
  const { violations, passes } = await axe.run(parts ?? document, {
    runOnly: rules, resultTypes: ['violations'], // of other results one node is described
  });
  const found = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  return { passes: passes.length, found: found.map(({ id, nodes }) =>
    [id, nodes.length, nodes[0].html.slice(0, 120), nodes[0].failureSummary.slice(0, 200)]) };
}"""
TABBABLE = """() => [...document.querySelectorAll(
    'a[href], button, input, select, summary, [tabindex="0"]')]
  .filter((node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility())
  .filter((node) => !(node.closest('details:not([open])') && node.localName !== 'summary'))
  .filter((node) => node.type !== 'radio' || node.checked)
  .map((node, i) => { node.dataset.tab = i; return i; })"""
FOCUSED = """() => {
  const node = document.activeElement;
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
  const seen = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  return [node.dataset.tab ?? null, seen, node.outerHTML.slice(0, 100)];
}"""


def go(page, chapter):
    waits.chapter(page, chapter)
    for part in CHAPTERS[chapter]:
        page.locator(f"#{chapter}").locator(part).first.wait_for()


def audit(page, state, report, parts=None):
    """Nothing serious on what is on screen, in light and in dark; parts: all that has changed."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE)
    page.evaluate("scrollTo(0, 0)")  # what the sticky line covers would count as too small to touch
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        waits.drawn(page)
        outcome = page.evaluate(RUN, [rules, parts])
        assert outcome["found"] == [], f"{state}, {scheme}: {outcome['found']}"
        report(f"axe: {state}, {scheme}: {outcome['passes']} rules pass, nothing serious")
    page.emulate_media(color_scheme="light")


@pytest.fixture
def networks(page):
    """The module's page at the chapter of the networks."""
    go(page, "networks")
    return page


def train(page, steps):
    page.locator("#train-steps").fill(str(steps))
    page.get_by_role("button", name="Train", exact=True).click()


@CHROMIUM_ONLY
def test_axe_while_loading_and_in_error(open_page, report):
    held: list[Route] = []
    late: list[bool] = []  # whether the files that were held are to be missing now

    def hold(route):
        if late:
            route.fulfill(status=404)
        else:
            held.append(route)

    page = open_page(
        ready=False,
        watch=False,
        before=lambda page: page.route("**/pyodide.asm.wasm", hold),
    )
    for chapter in ("cover", "networks"):  # what is near shows without Python
        waits.chapter(page, chapter)
        audit(page, f"loading, {chapter}", report)
    late.append(True)
    for route in held:
        route.fulfill(status=404)
    expect(page.locator("#trouble details")).to_be_visible()
    page.locator("#trouble summary").click()
    audit(page, "error", report)


@CHROMIUM_ONLY
def test_axe_before_during_and_after_a_run(page, report):
    for chapter in ("cover", "exercises", "take-home"):  # the others are audited at the end
        go(page, chapter)
        audit(page, f"ready, {chapter}", report)
    go(page, "networks")
    train(page, 100_000)
    expect(page.locator("#training .note").first).to_contain_text("left", timeout=30_000)
    audit(page, "in a run", report, ["#training"])  # of the rest see below
    page.locator("#training").get_by_role("button", name="Stop").click()
    train(page, waits.FEW)
    finding = page.locator("#training .finding")
    expect(finding).to_contain_text(f"After {waits.FEW} steps", timeout=30_000)
    for chapter in WITH_TABLES:
        go(page, chapter)
        for summary in page.locator(f"#{chapter} details.as-table summary").all():
            summary.click()
        audit(page, f"finished, tables open, {chapter}", report)


@CHROMIUM_ONLY
def test_axe_with_a_drawn_signal_and_an_answered_example(open_page, report):
    page = open_page(chapter="networks")
    page.locator("#inside .signal").get_by_label("draw your own").check()
    expect(page.locator("#inside .told")).to_contain_text("Your drawing")
    page.locator("#inside .pad [role=slider]").first.focus()
    page.keyboard.press("ArrowDown")  # shown by a ring, as wherever the keyboard is
    assert page.evaluate(FOCUSED)[1]
    page.get_by_role("button", name="Show me 20 examples").click()
    page.locator("#quiz").get_by_role("button", name="4", exact=True).click()
    expect(page.locator("#quiz .last")).not_to_be_empty()
    audit(page, "a drawn signal, an answered example", report, ["#inside", "#quiz"])


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_keyboard_gets_everywhere_and_shows_where(page, chapter):
    go(page, chapter)
    wanted = set(page.evaluate(TABBABLE))
    page.evaluate("(document.activeElement.blur(), scrollTo(0, 0))")
    reached: set[int] = set()
    unseen: list[str] = []
    for _ in range(4 * len(wanted)):  # more than these can be reached: scrollers, text areas
        if reached >= wanted:
            break
        page.keyboard.press("Tab")
        tab, seen, html = page.evaluate(FOCUSED)
        if tab is not None:
            reached.add(int(tab))
            unseen += [] if seen else [html]
    assert wanted - reached == set()
    assert unseen == []


def test_a_chart_is_also_a_table_of_the_same_numbers(networks):
    page = networks
    train(page, waits.FEW)
    finding = page.locator("#training .finding")
    expect(finding).to_contain_text(f"After {waits.FEW} steps", timeout=30_000)
    box = page.locator("#training details.as-table")
    box.evaluate("(box) => { box.open = false; box.open = true; }")
    expect(box.locator("tbody tr").first).to_be_visible()
    records = page.evaluate(
        "(steps) => lab.run('train', { steps, eval_every: 1 }).then((made) => made.records)",
        waits.FEW,
    )
    assert len(records) == waits.FEW + 1
    rows = [row.locator("th, td").all_inner_texts() for row in box.locator("tbody tr").all()]
    run = [cells[1:] for cells in rows if cells[0] == "your run"]
    mine = [cells for cells in run if cells[:2] == ["plain", "mlp"]]
    for record in records:
        at_step = [cells for cells in mine if cells[2] == str(record["step"])]
        assert len(at_step) == 1
        assert f"{record['test_acc']:.1f}" in at_step[0]
    assert len(run) == len(mine) * 4 * 2  # models, inputs in order and shuffled
    assert len(rows) > len(run)  # the shipped results are drawn too
    assert {cells[0] for cells in rows} == {"your run", "shipped"}


def test_a_run_is_announced_at_milestones_and_not_at_every_step(networks):
    page = networks
    page.evaluate("""() => {
      window.spoken = [];
      new MutationObserver((all) => {
        for (const { target } of all) {
          const region = target.closest?.('[role=status], [role=alert]');
          if (region?.textContent) spoken.push(region.textContent);
        }
      }).observe(document.querySelector('#training'), { childList: true, subtree: true });
    }""")
    train(page, 8)
    expect(page.locator("#training .finding")).to_contain_text("After 8 steps", timeout=60_000)
    spoken = page.evaluate("spoken")
    assert any("Waiting" in text for text in spoken)
    assert [text for text in spoken if text.endswith("% done.")] == [
        "25 % done.", "50 % done.", "75 % done.",
    ]  # fmt: skip
    assert len(spoken) <= 8


@pytest.mark.parametrize("width", [320, 768, 2560])
def test_the_article_fits_its_screen(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    for chapter in CHAPTERS:
        go(page, chapter)
        waits.drawn(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, chapter
    page.set_viewport_size({"width": 1280, "height": 720})


@CHROMIUM_ONLY
@pytest.mark.parametrize(("width", "media"), [(375, "screen"), (700, "print")])
def test_the_confusion_matrix_stays_one_where_tables_are_stacked(networks, width, media):
    page = networks
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside .told")).not_to_be_empty(timeout=30_000)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=media)
    rows = page.locator(".confusion tr")
    head, third = (
        [cell.bounding_box() for cell in rows.nth(row).locator("td, th").all()] for row in (0, 3)
    )
    assert len(third) == 11
    assert len({round(box["y"]) for box in third}) == 1
    assert [box["x"] for box in third] == sorted({box["x"] for box in third})
    assert [box["x"] for box in head] == [box["x"] for box in third]
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 720})


@CHROMIUM_ONLY
def test_motion_is_reduced_for_who_wants_that(page):
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate("""() => [...document.querySelectorAll('*')].filter((node) =>
      parseFloat(getComputedStyle(node).transitionDuration) > 0.01).length""")
    page.emulate_media(reduced_motion="no-preference")
    assert moving == 0


@CHROMIUM_ONLY
def test_paper_gets_the_article_and_no_controls(networks):
    page = networks
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside .told")).not_to_be_empty(timeout=30_000)
    token = """(name) => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = `var(${name})`;
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    }"""
    inks = ["--lottery", "--mlp", "--cnn", "--gru", "--permuted", "--above"]
    light = [page.evaluate(token, name) for name in inks]
    page.emulate_media(media="print", color_scheme="dark")
    waits.drawn(page)
    assert [page.evaluate(token, name) for name in inks] == light
    gone = ".controls, .runner, .takeaway, .opener, .tools, input, .starting, #quiz"
    assert page.locator(gone).locator("visible=true").count() == 0
    assert page.locator("button:not(.confusion *)").locator("visible=true").count() == 0
    assert page.locator("figcaption, h2, .finding").locator("visible=true").count() > 20
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(paper) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen", color_scheme="light")
