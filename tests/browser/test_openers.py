"""Records of every kind, made by the real command, opened in the page: what is drawn, and where."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.conftest import ROOT
from tests.browser.test_alternatives import move, number, opened
from tests.unit.command.test_command import ENVIRONMENT

from mnist1d_lab import jobs

CHAPTER = "ticket"
SMALL = ["--steps", "20", "--dataset.num-samples", "200"]
TICKET = [
    "--lottery.steps=20",
    "--lottery.dataset.num-samples=200",
    "--lottery.hidden=10",
    "--lottery.levels=1",
]
GRID = """
job: train
seeds: 0:2
set: {steps: 20, dataset.num_samples: 200}
grid: {model: [mlp, cnn], dataset.corr_noise_scale: [0, 0.5]}
"""
DROP = """([selector, name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
  return event.defaultPrevented;
}"""


def command(*words):
    line = [sys.executable, "-m", "mnist1d_lab", *map(str, words)]
    subprocess.run(line, env=ENVIRONMENT, check=True, capture_output=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folder of what the command has written."""
    folder = tmp_path_factory.mktemp("made")
    for end in ("json", "csv"):  # the second goes on with what is kept of the first
        keep = ["--keep", folder / "kept", "--out", folder / f"arms.{end}"]
        command("arms", "--seeds", "0:2", *TICKET, "--level", 1, "--steps", 20, *keep)
    command("train", "--model", "cnn", "--seeds", "0:2", *SMALL, "--out", folder / "train.csv")
    (folder / "grid.yaml").write_text(GRID, encoding="utf-8")
    command("sweep", folder / "grid.yaml", "--out", folder / "sweep")
    return folder


def drop(page, selector, name, text):
    assert page.evaluate(DROP, [selector, name, text])  # else the browser would leave the page


def choose(page, figure, *files):
    page.locator(f"#{figure} .opener input[type=file]").set_input_files(files=list(files))


def row(page, figure, *cells):
    """The other cells of the row that begins with these, in the figure's table."""
    _, (rows, *_) = opened(page, figure)
    (found,) = (one[len(cells) :] for one in rows if one[: len(cells)] == list(cells))
    return found


def mean_of(cell):
    return number(cell.split("\u00a0")[0].replace("+", ""))


def close(shown, values):
    return abs(shown - sum(values) / len(values)) < 0.051


def test_arms_are_drawn_in_their_figure_whatever_they_are_dropped_on(page, made):
    text = (made / "arms.json").read_text()
    drop(page, "#tickets .chart", "arms.json", text)
    came = page.locator("#tickets .came")
    expect(came).to_contain_text(
        "arms.json: arms of a ticket that is taken apart, 2\u00a0trials, quick, hidden 10"
    )
    expect(came).to_contain_text("arms.json: a search for tickets, 2\u00a0trials")
    expect(page.locator("#tickets .opened li")).to_contain_text("arms.json: 10 records")
    assert page.locator("#tickets .chart [stroke-dasharray='0.1 5']").count()
    came.get_by_role("link", name="What does the gain depend on?").click()
    arms = json.loads(text)["arms"]
    expect(page.locator("#arms .opened li")).to_contain_text(f"arms.json: {len(arms)} records")
    last = {(one["arm"], one["condition"], one["trial"]): one["test_acc"] for one in arms}
    tickets = {(arm, condition) for arm, condition, _ in last if arm != "dense"}
    expect(page.locator("#arms [aria-description='arms.json'] > *")).to_have_count(len(tickets))
    expect(page.locator("#arms .chart-keys").first).to_contain_text("dotted: arms.json")
    expected = [last["lottery", "fresh", t] - last["dense", "fresh", t] for t in (0, 1)]
    difference, n = row(page, "arms", "lottery ticket", "arms.json")
    assert n == "2" and close(mean_of(difference), expected)
    assert page.locator("#curves [aria-description=opened] path").count() >= len(tickets)


def test_a_training_opens_the_chapter_of_its_figure_and_is_removed_again(page, made):
    move(page, "max_translation", 47)
    choose(page, "arms", made / "train.csv")
    expect(page.locator("#networks")).to_be_visible()
    expect(page.locator("#training .opened li")).to_contain_text("train.csv: 4 records; no spec")
    said = page.locator("#training .came")
    expect(said).to_contain_text("train.csv: a training of networks, 2\u00a0trials")
    expect(said).to_contain_text("drawn dotted in this figure")
    lines = (made / "train.csv").read_text().splitlines()
    names = lines[0].split(",")
    rows = [dict(zip(names, line.split(","), strict=True)) for line in lines[1:]]
    values = [float(one["test_acc"]) for one in rows if one["step"] == "20"]
    told = re.search(r"after 20 steps: CNN (\S+)", said.inner_text())
    assert told and close(mean_of(told[1]), values)
    test_acc = row(page, "training", "train.csv", "plain", "cnn", "20")[0]
    assert close(mean_of(test_acc), values)
    dotted = page.locator("#training .accuracy [aria-description=opened]")
    expect(dotted.first).to_be_attached()
    expect(page.locator("#training .accuracy .chart-keys")).to_contain_text("dotted: train.csv")
    page.wait_for_function("location.hash.includes('max_translation=47')")  # it is set still
    page.get_by_role("button", name="Remove train.csv").click()
    expect(page.locator("#training .opened li")).to_have_count(0)
    expect(dotted).to_have_count(0)


def test_a_sweep_of_the_command_chooses_the_setting_that_it_moves(page, made):
    waits.chapter(page, "networks")
    (file,) = (made / "sweep" / "page").iterdir()
    choose(page, "training", file)
    expect(page.locator("#training .came").get_by_role("link")).to_have_text(
        "When does convolution help?"
    )
    expect(page.locator("#sweep .opened li")).to_contain_text(f"{file.name}: 8 records")
    expect(page.get_by_role("radio", name="noise")).to_be_checked()
    records = [one for one in json.loads(file.read_text())["records"] if one["step"] == 20]
    for arm in ("mlp", "cnn"):
        for value in (0, 0.5):
            values = [
                one["test_acc"] for one in records
                if (one["arm"], one["dataset.corr_noise_scale"]) == (arm, value)
            ]  # fmt: skip
            cell = row(page, "sweep", file.name, arm, "corr_noise_scale", str(value))[0]
            assert len(values) == 2 and close(mean_of(cell), values)
    expect(page.locator("#sweep .swept [aria-description='opened mean'] circle")).to_have_count(4)
    expect(page.locator("#sweep .gap [aria-description='opened mean'] circle")).to_have_count(2)


def test_cells_are_judged_and_drawn_beside_the_shipped_ones(page):
    shipped = json.loads((ROOT / "static" / "results" / "grid.json").read_text())["records"]
    rows = [dict(zip(shipped["columns"], cells, strict=True)) for cells in shipped["rows"]]
    rows = [one for one in rows if one["hidden"] == 500 and one["trial"] < 3]
    judged = jobs.run("judge_cells", {"records": rows})["rows"]
    content = {"format": "mnist1d-lab records 1", "name": "grid", "spec": {}, "records": rows}
    drop(page, "#sweep", "mine.json", json.dumps(content))
    expect(page.locator("#ticket")).to_be_visible()
    expect(page.locator("#grid .opened li")).to_contain_text(f"mine.json: {len(rows)} records")
    picked = page.locator("#grid .picked")
    expect(picked).to_contain_text("mine.json: ")
    (own,) = (
        one for one in judged
        if (one["comparison"], one["sparsity"], one["survivors"]) == ("fresh", 0.9, 0)
    )  # fmt: skip
    told = re.search(r"mine\.json: ticket minus dense (\S+) \[", picked.inner_text())
    assert told and abs(number(told[1].replace("+", "")) - own["mean"]) < 0.051
    cells = {one["sparsity"] for one in rows if one["sparsity"] and not one["survivors"]}
    drawn = page.locator("#grid .map [aria-description=opened] rect")
    expect(drawn).to_have_count(len(cells) * len({one["comparison"] for one in judged}))


def test_arms_as_csv_leave_the_chapter_of_the_networks(page, made):
    waits.chapter(page, "networks")
    drop(page, "#training", "arms.csv", (made / "arms.csv").read_text())
    expect(page.locator("#ticket")).to_be_visible()
    expect(page.locator("#arms .opened li")).to_have_count(2)
    assert row(page, "arms", "lottery ticket", "arms.csv") == row(
        page, "arms", "lottery ticket", "arms.json"
    )


def test_what_is_no_results_file_is_told_where_no_figure_takes_any(page):
    waits.chapter(page, "data")
    drop(page, "#making", "a.csv", "x,y\n1,2\n")
    notice = page.locator("#unopened")
    expect(notice).to_contain_text("a.csv is not a results file")
    waits.chapter(page, "networks")
    drop(page, "#sweep", "a.json", "[]")
    expect(page.locator("#sweep .opener .problem")).to_contain_text("a.json is not a results file")
    expect(notice).to_be_hidden()
    expect(page.locator("#training .opener .problem")).to_be_hidden()
