"""The chapter of the double descent: what is shipped, a run, the epochs, stop and go on."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT

from mnist1d_lab import jobs

CHAPTER = "double-descent"
FILE = ROOT / "static" / "results" / "double-descent.json"
SHORT = "?workers=2#descent.epochs=3&descent.largest=47&descent.seed=4"


@pytest.fixture(scope="module")
def page(open_pages):
    """One page for all; the tests below go on where the one before ended."""
    return open_pages(SHORT)


def table(page):
    """The rows of the figure's table."""
    box = page.locator("#descent details.as-table")
    box.evaluate("(box) => { box.open = false; box.open = true; }")
    box.locator("tbody tr").first.wait_for()
    return box.evaluate("""(box) => [...box.querySelector('table').tBodies[0].rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent.replaceAll('\\u00a0', ' ')))""")


def test_the_shipped_networks_follow_the_label_noise(page):
    file = json.loads(FILE.read_text(encoding="utf-8"))
    figure = page.locator("#descent")
    expect(figure.locator(".errors svg[aria-label]")).to_be_visible()
    expect(figure.locator(".map svg[aria-label]")).to_be_visible()
    assert figure.locator(".errors [aria-description=published] path").count() == 19
    expect(figure.locator(".finding")).to_contain_text(re.compile(r"rises to .* at width \d\d "))
    rows = {row[1]: row for row in table(page)}
    assert (rows["47"][7], rows["47"][8]) == ("54.0", str(len(file["seeds"])))
    noise = figure.get_by_role("slider", name="Label noise")
    noise.fill("0")
    expect(figure.locator(".finding")).to_contain_text("The test error has no peak")
    noise.fill("0.35")
    expect(figure.locator(".source")).to_contain_text("nearest to 35\u00a0% that is shipped")
    noise.fill("0.15")
    claims = page.locator("#descent-claims .verdict").all_inner_texts()
    assert [text[2:] for text in claims] == [row["verdict"] for row in file["verdict"]]


def test_a_run_gives_what_python_computes_over_width_and_epoch(page):
    figure = page.locator("#descent")
    page.get_by_role("button", name="Train all widths").click()
    expect(figure.locator(".run-status")).to_contain_text("Done", timeout=120_000)
    own = {int(row[1]): row for row in table(page) if row[0] == "yours"}
    assert sorted(own) == [2, 3, 4, 5, 7, 9, 12, 16, 21, 27, 36, 47]
    made = jobs.run("double_descent", {"width": 16, "epochs": 3, "seed": 4})
    last = made["records"][-1]
    told = [float(own[16][column]) for column in (3, 4, 5)]
    expected = [last["test_error"], last["train_error"], last["test_loss"]]
    assert told == pytest.approx(expected, abs=0.051)
    expect(page.locator("#descent-claims th")).to_contain_text(["Claim", "Yours"])
    slider = figure.get_by_role("slider", name="Epoch")
    expect(slider).to_have_attribute("aria-valuetext", "3, the last")
    slider.fill("1")
    expect(slider).to_have_attribute("aria-valuetext", "1")
    assert "descent.epochs=3" in page.url


def test_what_is_wrong_is_said_where_it_was_typed_and_a_stop_keeps_what_is_done(page):
    figure = page.locator("#descent")
    epochs = figure.get_by_label("Epochs")
    start = page.get_by_role("button", name="Train all widths")
    epochs.fill("0")
    start.click()
    expect(page.locator("#descent-epochs-error")).to_have_text(
        re.compile(r"^epochs must be a whole number from 1 to 5000")
    )
    epochs.fill("5000")
    figure.get_by_label("Loss", exact=True).select_option("squared_error")
    start.click()
    page.wait_for_function("document.querySelector('#descent progress').value > 0")
    figure.get_by_role("button", name="Stop").click()
    expect(figure.locator(".run-status")).to_contain_text("Stopped. What is finished is kept")
