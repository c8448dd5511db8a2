"""The code behind a figure: changed, run, marked, stopped, shared; what is wrong is said there."""

import json
import re

import pytest
from playwright.sync_api import expect
from tests.browser.searched import CLIPBOARD

from mnist1d_lab import edits, jobs
from mnist1d_lab.jobs.hooks import HooksArgs, text_of

CHAPTER = "ticket"
SMALL = "?workers=1#lottery.steps=30&lottery.hidden=12&lottery.levels=2&lottery.trials=1"
ARGS = {"steps": 30, "hidden": 12, "levels": 2, "trials": 1}
OURS = text_of("score", HooksArgs())
LARGEST = "def score(weights):\n    print('scored', weights.shape)\n    return -np.abs(weights)\n"
SHAPE = "def score(weights):\n    return weights.sum(1)\n"
RAN = "def score(weights):\n    print('I have run')\n    return -np.abs(weights)\n"
ENDLESS = "def score(weights):\n    print('begun')\n    while True:\n        pass\n"
# Presses the button; the milliseconds until the page says that it has stopped.
STOPPED = """async (button) => {
  const began = performance.now();
  button.click();
  const isRunning = () => !button.closest('.runner').textContent.includes('Stopped.');
  while (isRunning()) await new Promise((resolve) => setTimeout(resolve));
  return performance.now() - began;
}"""
PLAIN = """
def init(rng, inputs, hidden):
    return {"linear1.weight": rng.normal(0, 0.2, (10, inputs))}

def forward(params, x):
    return params["linear1.weight"] @ x

def backward(params, x, logits, dlogits):
    return {"linear1.weight": 3 * dlogits @ x.T}
"""


@pytest.fixture(scope="module")
def page(open_pages):
    """A page on which the code of the search is shown; somebody has edited nothing yet."""
    page = open_pages(SMALL, permissions=CLIPBOARD)
    section(page).locator("summary").first.click()
    expect(editor(page)).to_contain_text("def score(weights")
    return page


def section(page):
    return page.locator("#tickets .code-section")


def editor(page):
    return section(page).locator(".code-host .cm-content").last


def alert(page):
    return section(page).locator(".problem[role=alert]").last


def choose(page, name):
    section(page).get_by_role("radio", name=re.compile(name)).check()


def write(page, text, hook="what is pruned"):
    """Write a text in place of what is there."""
    choose(page, hook)
    editor(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def start(page):
    section(page).get_by_role("button", name="Run this code").click()


def run(page, text, hook="what is pruned"):
    section(page).get_by_role("button", name="Back to ours").click(force=True)
    write(page, text, hook)
    start(page)


def refused(page, text, hook="what is pruned"):
    """Run what is wrong; return the sentence, and the line that is marked."""
    run(page, text, hook)
    expect(alert(page)).not_to_be_empty(timeout=60_000)
    marked = section(page).locator(".cm-lintRange-error, .cm-lintPoint-error")
    line = marked.first.evaluate("(mark) => mark.closest('.cm-line').textContent")
    return alert(page).text_content(), line.strip()


def test_an_edited_criterion_changes_the_curve_and_all_of_it_says_so(page):
    own = section(page)
    expect(own).to_contain_text("This is what runs now")
    write(page, LARGEST)
    expect(own.get_by_role("radio", name="what is pruned (edited)")).to_be_checked()
    start(page)
    finding = page.locator("#tickets .edited-finding")
    expect(own.locator(".runner")).to_contain_text("Done in", timeout=90_000)
    wanted = edits.run("lottery", ARGS, {"score": LARGEST})
    mark = wanted["edited"]
    expect(finding).to_contain_text(f"Edited (what is pruned; {mark}): With ")
    expect(own.locator(".printed")).to_contain_text("scored (12, 40)")
    expect(page.locator("#tickets .chart-keys")).to_contain_text(
        re.compile(rf"dotted: edited {mark[:2]}")
    )
    page.evaluate("document.querySelector('#tickets .alternative details').open = true")
    expect(page.locator("#tickets .alternative")).to_contain_text(f"edited {mark}")
    with page.expect_download() as saved:
        own.get_by_role("button", name="Save JSON: the edited records and their code").click()
    assert mark in saved.value.suggested_filename
    file = json.loads(saved.value.path().read_text(encoding="utf-8"))
    assert file["edits"] == {"score": LARGEST}
    assert {record["edited"] for record in file["records"]} == {mark}
    # It is the curve of that criterion: the smallest weights, which it keeps, are worse than ours.
    level = next(r for r in file["records"] if r["arm"] == "lottery" and r["level"] == 2)
    assert level["test_acc"] == pytest.approx(wanted["records"][-2]["test_acc"], abs=3)
    ours = jobs.run("lottery", ARGS)["records"][-2]
    assert level["p2"] != ours["p2"] and level["sparsity"] == ours["sparsity"]
    own.get_by_role("button", name="Back to ours").click()
    expect(editor(page)).to_contain_text("np.abs(weights)")
    expect(editor(page)).not_to_contain_text("scored")
    expect(page.locator("#tickets .chart-keys")).not_to_contain_text("edited")
    expect(finding).to_be_hidden()


def test_what_is_wrong_is_said_at_its_line(page, report):
    said = {
        "syntax": refused(page, "def score(weights):\n    x = 1\n    return np.abs(weights\n"),
        "shape": refused(page, SHAPE),
        "gradient": refused(page, PLAIN, "network"),
        "missing": (refused_sentence(page, "x = 1\n"), ""),
    }
    assert "SyntaxError" in said["syntax"][0] and said["syntax"][1] == "return np.abs(weights"
    assert said["shape"] == (
        "score, line 1: score must return an array of shape (12, 40), got (12,)",
        "def score(weights):",
    )
    sentence, line = said["gradient"]
    assert "the gradient of linear1.weight is off by 66.7 %" in sentence
    assert line.startswith("def backward")
    assert "the code must define score(weights, initial, grads, masks)" in said["missing"][0]
    for kind, (sentence, _) in said.items():
        report(f"edited code, {kind}: {sentence}")


def refused_sentence(page, text):
    run(page, text)
    expect(alert(page)).to_contain_text("must define", timeout=60_000)
    return alert(page).text_content()


def test_an_endless_loop_is_stopped_and_nothing_else_is_lost(page, report):
    run(page, ENDLESS)
    expect(section(page).locator(".printed")).to_contain_text("begun", timeout=60_000)
    took = section(page).get_by_role("button", name="Stop").evaluate(STOPPED)
    assert took < 500
    report(f"edited code, an endless loop: stopped in {took:.0f} ms")
    expect(editor(page)).to_contain_text("while True")
    assert page.evaluate("lab.run('plan', {}).then(({ total }) => total)") > 0
    editor(page).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(editor(page)).not_to_be_focused()


def test_an_edited_optimizer_trains_a_curve_of_its_own(page):
    """It shares the page, whose sandbox has been stopped before."""
    page.locator("#chapters a[data-place=networks]").click()
    page.locator("#train-steps").fill("30")
    own = page.locator("#training .code-section")
    own.locator("summary").first.click()
    own.get_by_role("radio", name="optimiser").check()
    own.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("def step(param, grad, state):\n    param -= 0.1 * grad\n")
    own.get_by_role("button", name="Run this code").click()
    expect(own.locator(".runner")).to_contain_text("Done in", timeout=60_000)
    expect(page.locator("#training .chart-keys").first).to_contain_text("edited ")
    row = page.locator("#training .comparison tr", has_text="edited").first
    text = "def step(param, grad, state):\n    param -= 0.1 * grad\n"
    args = {"model": "mlp", "steps": 30, "eval_every": 2}
    accuracy = edits.run("train", args, {"optimizer": text})["records"][-1]["test_acc"]
    assert abs(float(row.locator("td").nth(1).text_content().split()[0]) - accuracy) < 1
    own.get_by_role("button", name="Back to ours").click()
    expect(page.locator("#training .chart-keys").first).not_to_contain_text("edited ")
    page.locator("#chapters a[data-place=ticket]").click()


def test_shared_code_has_not_run_before_it_was_accepted(page, open_pages):
    run(page, RAN)
    expect(section(page).locator(".printed")).to_contain_text("I have run", timeout=90_000)
    expect(section(page).locator(".runner")).to_contain_text("Done in", timeout=90_000)
    section(page).get_by_role("button", name="Copy a link").click()
    expect(section(page)).to_contain_text("Whoever opens it sees your code")
    link = page.evaluate("navigator.clipboard.readText()")
    other = open_pages(link.split("/some/path/")[1], chapter="", permissions=CLIPBOARD)
    shown = section(other).locator(".shared-code")
    expect(shown).to_contain_text("It has not run.")
    expect(shown.locator(".cm-content")).to_contain_text("I have run")  # the code itself
    expect(shown.locator(".cm-deletedChunk").first).to_be_visible()  # and what it takes out of ours
    assert other.locator("iframe").count() == 0  # there is nothing that it could have run in
    expect(section(other).locator(".printed")).to_be_hidden()
    shown.get_by_role("button", name="I have read this; run it").click()
    expect(section(other).locator(".printed")).to_contain_text("I have run", timeout=90_000)
    expect(section(other).locator(".runner")).to_contain_text("Done in", timeout=90_000)
    assert "code=" not in other.evaluate("location.hash")
    other.reload()  # what was accepted or written is kept, and does not run by itself
    expect(section(other).locator("summary").first).to_contain_text("yours is kept")
    section(other).locator("summary").first.click()
    expect(editor(other)).to_contain_text("I have run")
    expect(section(other).locator(".printed")).to_be_hidden()
