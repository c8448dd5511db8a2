"""A link with its result: what it carries, and what the page that opens it says."""

import json
import math
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser.searched import CLIPBOARD, SMALL, copied_link, result_of, run, searched

from mnist1d_lab.lottery.spec import YOUNGER

CHAPTER = "ticket"


@pytest.fixture(scope="module")
def page(browser, site, visitors):
    """A page on which a small search has ended."""
    with searched(browser, site, visitors) as page:
        yield page


@pytest.fixture(scope="module")
def result(page):
    return result_of(page)


@pytest.fixture(scope="module")
def link(page):
    return copied_link(page)


def expected_of(link):
    return parse_qs(urlsplit(link).fragment)["result"][0]


def said(page):
    return page.locator("#tickets .expected")


def opening(link):
    return "?workers=1#" + urlsplit(link).fragment


def fnv1a(text):
    """FNV-1a of 32 bits, from its definition."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return f"{value:08x}"


def test_the_fingerprint_is_what_the_readme_says(link, result):
    def known(fields):
        """Leave out what is younger than links, where it asks for what was always done."""
        return {k: v for k, v in fields.items() if k not in YOUNGER or v != YOUNGER[k]}

    spec_known = {**known(result["spec"]), "dataset": known(result["spec"]["dataset"])}
    spec = json.dumps(spec_known, sort_keys=True, separators=(",", ":"))
    rows = sorted((row["arm"], row["level"], row["trial"], row) for row in result["records"])
    lines = [
        f"{arm} {trial} {level} {round(10 * row['test_acc'])}" for arm, level, trial, row in rows
    ]
    sparsity = sum(row["sparsity"] for *_, level, _, row in rows if level == 2) / 4
    shown = f"2.{round(1000 * sparsity)}"  # of the level nearest to that of the claims
    text = f"2-{fnv1a(spec)}-{fnv1a(chr(10).join(lines))}-2-{shown}"
    for arm in ("dense", "lottery", "random"):
        text += f"-{arm}"
        for level in range(1 if arm == "dense" else 3):
            found = [row["test_acc"] for a, at, _, row in rows if (a, at) == (arm, level)]
            text += f".{math.floor(10 * sum(found) / 2 + 0.5)}"
    assert expected_of(link) == text


def test_a_link_carries_settings_and_result_and_reproduces(open_page, link, result):
    assert parse_qs(urlsplit(link).fragment)["lottery.hidden"] == ["12"]
    assert urlsplit(link).query == ""
    page = open_page(opening(link))
    last = [
        row["test_acc"] for row in result["records"] if (row["arm"], row["level"]) == ("lottery", 2)
    ]
    expect(said(page)).to_contain_text(f"lottery\u00a0{sum(last) / 2:.1f}")
    expect(said(page)).to_contain_text("n\u00a0=\u00a02")
    assert page.locator("#tickets").get_by_label("Hidden units").input_value() == "12"
    expect(page.locator("#tickets .opened li")).to_contain_text("the link: 7 records")
    expect(page.locator("#tickets .chart")).to_contain_text("dotted: the link")
    page.get_by_role("button", name="Check it").click()
    page.locator("#tickets .runner").get_by_text("Done in").wait_for()
    expect(said(page)).to_contain_text("Reproduced: all 7 means")
    page.locator("#tickets").get_by_label("First seed").fill("9")
    expect(page).not_to_have_url(re.compile("result="))  # it would not be the result of those
    run(page)
    expect(said(page)).to_contain_text("other settings than the one the link is of")


def test_a_link_from_a_page_on_numpy_asks_for_numpy(open_page):
    page = open_page(f"{SMALL}&kernels=numpy", permissions=CLIPBOARD)
    page.locator("#tickets").get_by_label("Trials").fill("1")
    run(page)
    link = copied_link(page)
    assert parse_qs(urlsplit(link).query)["kernels"] == ["numpy"]
    assert "result=" in link


def test_a_tampered_link_says_what_differs(open_page, link):
    head, lottery, rest = re.split(r"(lottery\.[\d.]+)", expected_of(link), maxsplit=1)
    arm, *means = lottery.split(".")
    was = int(means[2])
    tampered = f"{head}{'.'.join([arm, *means[:2], str(was + 13)])}{rest}"
    page = open_page(opening(link.replace(expected_of(link), tampered)))
    run(page)
    expect(said(page)).to_contain_text(
        f"Not reproduced: 1 of the link’s 7 means differ. lottery at level 2: "
        f"expected {(was + 13) / 10:.1f}, got {was / 10:.1f}."
    )


@pytest.mark.parametrize(
    "result", ["1-12345678-12345678-3-5.901-lottery.01", "<img src=x onerror=alert(1)>", "9" * 5000]
)
def test_a_malformed_result_gets_a_sentence_and_changes_nothing_else(open_page, result):
    page = open_page(f"?workers=1&lottery.hidden=7&result={quote(result)}", ready=None)
    page.locator("#tickets").scroll_into_view_if_needed()  # out of sight it waits for Python
    expect(said(page)).to_contain_text("The link’s result is not one that “Copy link” makes, got")
    expect(said(page)).to_contain_text("The rest of the link is used.")
    assert page.locator("#tickets").get_by_label("Hidden units").input_value() == "7"
    assert page.locator("#tickets .expected img").count() == 0


def test_without_a_clipboard_the_link_is_shown(open_page):
    page = open_page(
        "?workers=1&lottery.hidden=7",
        ready=None,
        before=lambda page: page.add_init_script("delete Navigator.prototype.clipboard"),
    )  # as on an address without https
    page.locator("#tickets").scroll_into_view_if_needed()  # out of sight it waits for Python
    page.locator("#tickets").get_by_role("button", name="Copy link").click()
    address = page.get_by_role("textbox", name="The link")
    assert "lottery.hidden=7" in address.input_value()
    assert address.evaluate("(input) => input.selectionEnd === input.value.length")
