"""Results made at the desk, in the page: what `mnist1d-lab open` serves is opened and drawn."""

import json
import threading
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

from mnist1d_lab import files, jobs
from mnist1d_lab.command.main import main
from mnist1d_lab.command.open import address_of, found, serve

DIST = Path(__file__).resolve().parents[2] / "dist"
GRID = """
seeds: 0:2
set: {steps: 20, levels: 2, dataset.num_samples: 100}
grid: {hidden: [10, 20]}
"""
MOVED = {"job": "train", "set": {"steps": 9}, "grid": {"dataset.max_translation": [1, 48]}}
ARMS = ["arms", "--level=1", "--lottery.levels=1", "--lottery.steps=9", "--lottery.hidden=8"]


@contextmanager
def opened_at_the_desk(browser, results):
    """The page that the command `open` shows with these results, and its server."""
    with serve(DIST, results, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context(service_workers="block")
        page = context.new_page()
        page.goto(address_of(server, results))
        yield page, server
        context.close()
        server.shutdown()


def test_records_of_each_kind_are_opened_by_the_command(browser, tmp_path):
    (tmp_path / "moved.json").write_text(json.dumps(MOVED), encoding="utf-8")
    train, arms, folder = tmp_path / "train.npz", tmp_path / "arms.parquet", tmp_path / "moved"
    assert main(["train", "--model=mlp", "--steps=9", "--out", str(train)]) == 0
    assert main([*ARMS, "--steps=9", "--out", str(arms)]) == 0
    assert main(["sweep", str(tmp_path / "moved.json"), "--out", str(folder)]) == 0
    results = found([train, arms, folder])
    assert list(results) == ["train.json", "arms.json", "all.json"]
    with opened_at_the_desk(browser, results) as (page, _):
        opened = page.locator(".opened li")
        expect(page.locator("#training .opened li")).to_contain_text("train.json: 2 records; ")
        expect(page.locator("#networks")).to_be_visible()  # of the first file
        expect(page.locator("#training .came")).to_contain_text("drawn dotted in this figure")
        expect(page.locator("#sweep .opened li")).to_contain_text("all.json: 2 records; ")
        page.locator("#chapters a[data-place=ticket]").click()
        count = len(files.read(arms).arms)
        expect(page.locator("#arms .opened li")).to_contain_text(f"arms.json: {count} records")
        expect(page.locator("#tickets .opened li")).to_contain_text("arms.json: 5 records")
        expect(opened).to_have_count(4)
        assert page.locator("#unopened").inner_text() == ""


def test_a_sweep_and_a_parquet_file_are_opened_and_drawn(browser, tmp_path):
    (tmp_path / "grid.yaml").write_text(GRID, encoding="utf-8")
    assert main(["sweep", str(tmp_path / "grid.yaml"), "--out", str(tmp_path / "out")]) == 0
    single = jobs.run("lottery", {"hidden": 10, "steps": 20, "levels": 1, "trials": 1})
    files.write(tmp_path / "single.parquet", files.Results(single["records"], single["spec"]))
    results = found([tmp_path / "out", tmp_path / "single.parquet"])
    with opened_at_the_desk(browser, results) as (page, server):
        opened = page.locator("#tickets .opened li")
        expect(opened).to_have_count(3)
        expect(opened.nth(0)).to_contain_text("hidden-10.json: 14 records; quick, hidden 10")
        expect(opened.nth(1)).to_contain_text("hidden-20.json: 14 records; quick, hidden 20")
        expect(opened.nth(2)).to_contain_text("single.json: 5 records; quick, hidden 10, steps 20")
        dotted = page.locator("#tickets .chart [stroke-dasharray='0.1 5']")
        expect(dotted.first).to_be_attached()
        assert page.locator("#tickets .opener .problem").inner_text() == ""
        page.goto(f"{address_of(server, ['no.json'])}")
        page.reload()
        expect(page.locator("#unopened")).to_have_text("no.json is empty.")
