"""When does a ticket win? The shipped grid as it is in its file, a live cell, stop and go on."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT

from mnist1d_lab import jobs

CHAPTER = "ticket"

FILE = ROOT / "static" / "results" / "grid.json"
TITLES = {
    "fresh": "Ticket minus dense",
    "reinitialized": "The same, reinitialised",
    "places": "Its places minus permuted places",
}
# How many trainings of a cell are kept in this browser, and how many it has.
KEPT = """async (cell) => {
  const {parts} = await lab.run('plan_cell', cell);
  const kept = await Promise.all(parts.map(({name}) => lab.kept.loadArm(name)));
  return [kept.filter(Boolean).length, parts.length];
}"""
# Smaller trainings on fewer examples, so that a cell takes seconds; here and in the page.
STEPS, EXAMPLES = 400, 1000
SHRINK = """([steps, num_samples]) => {
  const run = lab.run;
  const small = (lottery) => ({...lottery, steps, dataset: {...lottery.dataset, num_samples}});
  lab.run = async (job, ...rest) => {
    const value = await run(job, ...rest);
    if (job !== 'plan_cell') return value;
    const parts = value.parts.map((part) => ({...part, args: {
      ...part.args, steps, eval_every: steps, lottery: small(part.args.lottery)}}));
    return {...value, parts, lottery: small(value.lottery)};
  };
}"""
COUNT = """() => {
  window.trained = 0;
  const run = lab.run;
  lab.run = (job, ...rest) => { trained += job === 'arm' ? 1 : 0; return run(job, ...rest); };
}"""


@pytest.fixture(scope="module")
def page(open_pages):
    """One page for all; the tests below go on where the one before ended."""
    page = open_pages("?workers=1#grid.trials=1")
    page.evaluate(SHRINK, [STEPS, EXAMPLES])
    return page


def shipped():
    if not FILE.exists():
        pytest.skip("static/results/grid.json is not made yet: python3 build.py results grid")
    return json.loads(FILE.read_text(encoding="utf-8"))


def choose(page, hidden, ticket):
    figure = page.locator("#grid")
    figure.get_by_label("Hidden units", exact=True).select_option(str(hidden))
    figure.get_by_label("Ticket", exact=True).select_option(str(ticket))


def run_cell(page):
    page.get_by_role("button", name="Run this cell").click()


def table(page, of):
    """What the figure says in its table, by comparison, width and line: numbers, and n."""
    box = page.locator("#grid details.as-table")
    box.evaluate("(box) => { box.open = false; box.open = true; }")
    box.locator("tbody tr").first.wait_for()
    cells = box.evaluate("""(box) => [...box.querySelector('table').tBodies[0].rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent.replaceAll('\\u00a0', ' ')))""")
    return {
        (title, int(hidden), line): (numbers(span), int(n))
        for title, hidden, line, source, span, n in cells
        if source == of
    }


def numbers(text):
    return [float(one.replace("−", "-")) for one in re.findall(r"[+−]\d+\.\d", text)]


def told(rows):
    """The same of rows as Python has them."""

    def line(row):
        share = round(100 * row["sparsity"], 4)
        percent = f"{share:.0f}" if share == int(share) else f"{share:.1f}"
        return (f"{row['survivors']:,} survivors, " if row["survivors"] else "") + (
            f"{percent} % deleted"
        )

    def said(row):
        ends = [] if row["low"] is None else [row["low"], row["high"]]
        return pytest.approx([row["mean"], *ends], abs=0.051), row["n"]

    return {(TITLES[row["comparison"]], row["hidden"], line(row)): said(row) for row in rows}


def test_the_shipped_rows_are_drawn_as_the_file_has_them(page):
    file = shipped()
    page.locator("#grid").scroll_into_view_if_needed()
    expect(page.locator("#grid .map svg")).to_have_count(3)
    assert table(page, "shipped") == told(file["rows"])
    plain = [row for row in file["rows"] if not row["survivors"]]
    maps = page.locator("#grid .map")
    assert maps.locator("[aria-description=shipped] rect").count() == len(plain)
    clear = [row for row in plain if row["low"] > 0 or row["high"] < 0]
    bold = maps.locator("[aria-description='shipped, clear of zero'] text")
    assert bold.count() == len(clear)
    lines = page.locator("#grid .matched [aria-description=shipped] :is(path, circle)")
    assert lines.count() == len(file["rows"]) - len(plain)


def test_the_sentence_is_what_holds_at_the_chosen_sparsity(page):
    found = {line["comparison"]: line for line in shipped()["holds"] if line["sparsity"] == 0.9}
    choose(page, 300, 0.9)
    sentence = page.locator("#grid .finding").inner_text()
    assert sentence.startswith("At 90\u00a0% sparsity a ticket beats the dense network")
    for part, name in zip(sentence.split(";"), TITLES, strict=False):
        line = found[name]
        wanted = str(line["hidden"] or "only at" if line["widths"] else "at no width")
        assert wanted in part, (line, part)
    expect(page.locator("#grid .finding small")).to_contain_text("10 seeds, each the mean of 3")


def test_a_cell_is_chosen_by_a_click_and_by_the_arrow_keys(page):
    picked = page.locator("#grid .picked")
    page.locator("#grid .map svg").first.click(position={"x": 60, "y": 40})
    expect(picked).to_contain_text("100 hidden units, 60\u00a0% deleted.")
    page.locator("#grid .chart").press("ArrowRight")
    page.locator("#grid .chart").press("ArrowDown")
    expect(picked).to_contain_text("200 hidden units, 80\u00a0% deleted.")
    choose(page, 200, 20000)
    page.locator("#grid .chart").press("ArrowLeft")  # 100 hidden units have fewer weights
    expect(picked).to_contain_text("200 hidden units, 20,000 survivors")
    page.locator("#grid").get_by_label("Hidden units", exact=True).select_option("100")
    expect(picked).to_contain_text("100 hidden units, 90\u00a0% deleted.")


def small(lottery):
    return lottery | {"steps": STEPS, "dataset": lottery["dataset"] | {"num_samples": EXAMPLES}}


def native(cell):
    """What Python here computes of a cell of one trial."""
    plan = jobs.run("plan_cell", cell)
    masks = {}

    def on_progress(progress):
        if "checkpoint" in progress:
            masks[progress["checkpoint"]["level"] + 1] = progress["checkpoint"]["next_mask"]

    jobs.run("lottery", small(plan["lottery"]), on_progress)
    records = []
    for part in plan["parts"]:
        args = part["args"] | {"lottery": small(part["args"]["lottery"])}
        args |= {"steps": STEPS, "eval_every": STEPS, "mask": masks[plan["level"]]}
        final = jobs.run("arm", args)["records"][-1]
        kept = {key: final[key] for key in ("arm", "condition", "fresh_seed", "test_acc")}
        records.append({**plan["cell"], **kept, "trial": 0})
    return jobs.run("judge_cells", {"records": records})["rows"]


def test_a_live_cell_is_what_python_computes_beside_the_shipped_one(page):
    cell = {"hidden": 100, "sparsity": 0.6, "trials": 1, "seed": 10}
    choose(page, 100, 0.6)
    before = table(page, "shipped") if FILE.exists() else {}
    run_cell(page)
    expect(page.locator("#grid .runner")).to_contain_text("Done", timeout=200_000)
    assert table(page, "yours") == told(native(cell))
    assert len(table(page, "yours")) == 3
    if before:
        assert table(page, "shipped") == before
    expect(page.locator("#grid .map [aria-description=yours] rect")).to_have_count(3)
    assert "n\u00a0=\u00a01" in page.locator("#grid .picked").inner_text()
    assert page.evaluate(KEPT, cell) == [15, 15]


def test_stop_keeps_what_is_done_and_the_dense_networks_are_those_of_the_other_cell(page):
    cell = {"hidden": 100, "sparsity": 0.8, "trials": 1, "seed": 10}
    choose(page, 100, 0.8)
    assert page.evaluate(KEPT, cell) == [6, 15]
    run_cell(page)
    expect(page.locator("#grid .picked")).to_contain_text("Yours:", timeout=200_000)
    page.locator("#grid").get_by_role("button", name="Stop").click()
    expect(page.locator("#grid .runner")).to_contain_text("Stopped")
    kept, count = page.evaluate(KEPT, cell)
    assert 6 < kept < count
    expect(page.locator("#grid .picked")).to_contain_text("Yours:")
    page.evaluate(COUNT)
    run_cell(page)
    expect(page.locator("#grid .runner")).to_contain_text("Done", timeout=200_000)
    assert page.evaluate("trained") == count - kept
    assert len(table(page, "yours")) == 6


def test_a_wrong_number_is_explained_where_it_was_typed(page):
    page.locator("#grid").get_by_label("Trials").fill("-3")
    run_cell(page)
    expect(page.locator("#grid-trials-error")).to_have_text(
        "trials must be a whole number from 1 to 1000, got -3"
    )
    page.locator("#grid").get_by_label("Trials").fill("1")
