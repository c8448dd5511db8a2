"""The console on the page: opened on demand, typed into, completed, stopped."""

import re
import time

import pytest
from playwright.sync_api import expect
from tests.browser.test_access import audit
from tests.browser.wheels import wheel_of

CHAPTER = "take-home"


@pytest.fixture(scope="module")
def page(open_pages, report):
    """A page with an open console that has answered."""
    asked = []
    page = open_pages("", before=lambda page: page.on("request", lambda r: asked.append(r.url)))
    later = re.compile(r"sandbox|console/(?!figures/take-home)|micropip")
    assert [url for url in asked if later.search(url)] == []
    begun = time.monotonic()
    page.get_by_role("button", name="Open the console").click()
    page.get_by_label("Python", exact=True).fill("6 * 7")
    expect(page.locator("#console .status")).to_have_text("Ready.", timeout=60_000)
    report(f"console: {time.monotonic() - begun:.1f} s from the click until it is ready")
    page.keyboard.press("Enter")
    expect(page.locator("#console pre.result")).to_have_text("42")
    return page


def typed(page, text):
    """Type a text and run it, until it has ended."""
    source = page.get_by_label("Python", exact=True)
    source.fill(text)
    source.press("Enter")
    expect(page.locator("#console .status")).to_have_text("Ready.")


def last(page, kind):
    return page.locator(f"#console .output .{kind}").last


def test_lines_are_answered(page):
    typed(page, "for i in range(3): print('line', i)\n")
    expect(last(page, "stdout")).to_have_text("line 0\nline 1\nline 2\n")
    typed(page, "1 / 0")
    expect(last(page, "error")).to_have_text(
        re.compile(r"line 1, in \"<console>\".*\nZeroDivision")
    )
    typed(page, "figures['dataset']['seed'], figures['search'] is None")
    expect(last(page, "result")).to_have_text(re.compile(r"\(42, (True|False)\)"))


def test_records_are_a_table(page):
    typed(
        page,
        "mnist1d_lab.jobs.run('train', {'steps': 2, 'hidden': 3, 'eval_every': 1, "
        "'dataset': {'num_samples': 50}})['records']",
    )
    table = page.locator("#console .output table").last
    expect(table.locator("tbody tr")).to_have_count(3)
    expect(table.locator("thead th", has_text="test_acc")).to_have_count(1)


def test_an_open_block_goes_on_in_the_next_line(page):
    source = page.get_by_label("Python", exact=True)
    source.fill("def double(x):")
    source.press("Enter")
    expect(source).to_have_value("def double(x):\n    ")
    source.press_sequentially("return 2 * x")
    source.press("Enter")
    expect(source).to_have_value("def double(x):\n    return 2 * x\n    ")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(source).to_have_value("")
    typed(page, "double(21)")
    expect(last(page, "result")).to_have_text("42")


def test_history_and_completion(page):
    source = page.get_by_label("Python", exact=True)
    typed(page, "first = 1")
    typed(page, "second = 2")
    source.press("ArrowUp")
    source.press("ArrowUp")
    expect(source).to_have_value("first = 1")
    source.press("ArrowDown")
    expect(source).to_have_value("second = 2")
    source.fill("np.aran")
    source.press("Tab")
    expect(source).to_have_value("np.arange(")
    source.fill("np.linalg.s")
    source.press("Tab")
    expect(page.locator("#console .names")).to_contain_text("solve")
    source.press("Escape")
    source.press("Tab")
    expect(source).not_to_be_focused()


def test_stop_ends_an_endless_line(page):
    source = page.get_by_label("Python", exact=True)
    source.fill("while True: print('x' * 1000)\n")
    source.press("Enter")
    expect(last(page, "stdout")).to_contain_text("… more output is not shown.")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(last(page, "note")).to_contain_text("Stopped. What was defined is gone")
    typed(page, "'first' in globals()")
    expect(last(page, "result")).to_have_text("False")


def test_a_wheel_is_installed_from_a_file(page, tmp_path):
    choose = page.locator("#console input[type=file]")
    choose.set_input_files(wheel_of("sortedcontainers", tmp_path))
    expect(last(page, "note")).to_contain_text("Installed: sortedcontainers")
    wrong = tmp_path / "notes.whl"
    wrong.write_bytes(b"")
    choose.set_input_files(wrong)
    expect(last(page, "error")).to_contain_text("notes.whl is no wheel")


def test_axe_finds_nothing_serious(page, report):
    audit(page, "the console", report)
