"""Learning without labels in the page: shipped curves, a short run, stop and go on, neighbours."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT

from mnist1d_lab import jobs

CHAPTER = "self-supervised"
FILE = ROOT / "static" / "results" / "self-supervised.json"
SHORT = "?workers=2#contrast.epochs=2&contrast.max_roll=5&num_samples=400"
SPEC = {"epochs": 2, "max_roll": 5, "dataset": {"num_samples": 400}}


@pytest.fixture(scope="module")
def page(open_pages):
    """One page for all; the tests below go on where the one before ended."""
    return open_pages(SHORT)


def table(page, figure):
    """The rows of a figure's table."""
    box = page.locator(f"{figure} details.as-table")
    box.evaluate("(box) => { box.open = false; box.open = true; }")
    box.locator("tbody tr").first.wait_for()
    return box.evaluate("""(box) => [...box.querySelector('table').tBodies[0].rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent.replaceAll('\\u00a0', ' ')))""")


def test_the_shipped_networks_are_drawn_beside_what_was_published(page):
    file = json.loads(FILE.read_text(encoding="utf-8"))
    seeds = str(len(file["seeds"]))
    expect(page.locator("#contrast .linear svg[aria-label]").first).to_be_visible()
    rows = {(row[1], row[2]): row for row in table(page, "#contrast") if row[0] == "shipped"}
    assert len(rows) == 6 + 4 + 8 + 6  # layers of each arm
    assert rows["projector of 2", "conv 3"][5:] == ["82.1", seeds]
    assert rows["untrained", "conv 3"][5] == "–"
    diamonds = page.locator("#contrast .linear [aria-description=published] path")
    assert diamonds.count() == 3 + 5 + 3 + 7
    claims = page.locator("#contrast-claims .verdict").all_inner_texts()
    assert [text[2:] for text in claims] == [row["verdict"] for row in file["verdict"]]


def test_a_run_trains_probes_and_finds_what_python_finds(page):
    page.get_by_role("button", name="Train without labels").click()
    expect(page.locator("#contrast .runner")).to_contain_text("Done", timeout=120_000)
    made = jobs.run("contrast", SPEC)
    probes = jobs.run("probe", {**SPEC, "state": made["state"]})["records"]
    own = [row for row in table(page, "#contrast") if row[0] == "yours"]
    told = [[row["linear_acc"], row["knn_acc"]] for row in probes]
    assert [[float(one) for one in row[3:5]] for row in own] == [
        pytest.approx(row, abs=0.051) for row in told
    ]
    expect(page.locator("#contrast .finding")).to_contain_text(f"{own[3][3]}\u00a0%")
    expect(page.locator("#contrast-claims th")).to_contain_text(["Claim", "Yours"])
    assert "contrast.max_roll=5" in page.url


def test_the_neighbours_of_a_signal_are_those_that_python_finds(page):
    page.locator("#nearest").scroll_into_view_if_needed()
    network = page.locator("#nearest").get_by_label("Network")
    expect(network).to_contain_text("yours: projector of 2, 2 epochs")
    network.select_option("untrained")
    page.get_by_role("button", name="Next signal").click()
    expect(page.locator("#nearest .told")).to_contain_text("Test signal 2,")
    found = jobs.run("neighbours", {**SPEC, "epochs": 0, "example": 1, "count": 8})
    expected = [", ".join(map(str, layer["labels"].tolist())) for layer in found["layers"]]
    page.wait_for_function("!document.querySelector('#nearest .problem').textContent")
    assert [row[1] for row in table(page, "#nearest")] == expected


def test_what_is_wrong_is_said_where_it_was_typed_and_a_stop_keeps_what_is_done(page):
    figure = page.locator("#contrast")
    figure.get_by_label("Temperature").fill("0")
    page.get_by_role("button", name="Train without labels").click()
    expect(page.locator("#contrast-temperature-error")).to_have_text(
        re.compile(r"^temperature must be a number of at least 0\.01")
    )
    figure.get_by_label("Temperature").fill("0.5")
    figure.get_by_label("Epochs").fill("4000")
    page.get_by_role("button", name="Train without labels").click()
    page.wait_for_function("document.querySelector('#contrast progress').value > 0")
    figure.get_by_role("button", name="Stop").click()
    expect(page.locator("#contrast .runner")).to_contain_text("Stopped. What is finished is kept")
