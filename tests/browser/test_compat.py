"""What visitors have of earlier releases still works: links, files, levels, drawings, job names.

The fixtures were made by an earlier release: see make_compat.py.
"""

import json

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.make_compat import DATASET, FOLDER, result_hash
from tests.browser.searched import result_of

# What was usual then, and is said outright now.
USUAL = {"prune_fraction": 0.37, "random_counts": "together"}
LINK = (FOLDER / "link.txt").read_text()
# Puts what the earlier release kept where the page looks for it.
FILL = """([kept, storage]) => new Promise((resolve, reject) => {
  Object.entries(storage).forEach(([key, value]) => localStorage.setItem(key, value));
  const opening = indexedDB.open('mnist1d-lab');
  opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const writing = opening.result.transaction('kept', 'readwrite');
    const revived = (_, one) => (one?.bytes ? Uint8Array.from(one.bytes) : one);
    for (const [key, value] of JSON.parse(kept, revived)) {
      writing.objectStore('kept').put(value, key);
    }
    writing.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


@pytest.fixture(scope="module")
def page(open_pages):
    """The link of an earlier release, opened in a browser that has what that release kept."""
    page = open_pages("?workers=1", ready=False)
    storage = json.loads((FOLDER / "storage.json").read_text())
    page.evaluate(FILL, [(FOLDER / "kept.json").read_text(), storage])
    page.goto(f"{page.url.split('#')[0]}#{LINK}")
    page.reload()
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")
    return page


def test_a_link_is_reproduced_from_the_levels_that_were_kept(page):
    tickets = page.locator("#tickets")
    expect(tickets.locator(".kept span")).to_contain_text("6 finished results are kept")
    tickets.get_by_role("button", name="Find lottery tickets").click()
    tickets.locator(".runner").get_by_text(
        "Done: all of it was kept from an earlier run."
    ).wait_for()
    expect(tickets.locator(".expected")).to_contain_text("Reproduced: all 7 means")


@pytest.mark.parametrize("name", ["records.json", "records.csv"])
def test_a_results_file_opens_and_holds_what_is_computed_today(page, name):
    page.locator("#tickets input[type=file]").set_input_files(FOLDER / name)
    item = page.locator("#tickets .opened li").filter(has_text=name)
    expect(item).to_contain_text("14 records")
    if name.endswith("json"):
        again = result_of(page, **USUAL)["records"]
        assert json.loads((FOLDER / name).read_text())["records"] == again


def test_drawn_templates_and_masks_are_there(page):
    waits.chapter(page, "data")
    expect(
        page.locator("#templates .shelf").get_by_role("button", name="mine", exact=True)
    ).to_be_visible()
    waits.chapter(page, "ticket")
    expect(page.locator("#draw .count")).to_contain_text("of 480 survive")
    found, drawn = page.evaluate("""() => {
      const text = document.querySelector('#draw .count').textContent;
      return [/one: (\\d+)/, /^(\\d+)/].map((number) => Number(number.exec(text)[1]));
    }""")
    stored = json.loads((FOLDER / "storage.json").read_text())["mnist1d-lab drawing 12x40"]
    bits = page.evaluate(
        "(text) => [...atob(text)].map((c) => c.charCodeAt(0))", json.loads(stored)["drawing"]
    )
    assert drawn == sum(bin(byte).count("1") for byte in bits)
    assert found > 0


def test_a_dataset_file_sets_its_settings(page):
    waits.chapter(page, "data")
    page.get_by_label("A dataset file", exact=True).set_input_files(FOLDER / "dataset.npz")
    page.wait_for_function("location.hash.includes('num_samples=20')")
    settings = dict(part.split("=") for part in page.evaluate("location.hash.slice(1)").split("&"))
    assert {name: int(settings[name]) for name in DATASET} == DATASET


@pytest.mark.parametrize(
    ("job", "args", "expected"),
    json.loads((FOLDER / "jobs.json").read_text()),
    ids=lambda v: v if isinstance(v, str) and len(v) < 20 else "",
)
def test_a_job_answers_to_its_old_name_with_the_same_values(page, job, args, expected):
    if "lottery" in args:
        args = {**args, "lottery": {**USUAL, **args["lottery"]}}
    elif "levels" in args:
        args = {**USUAL, **args}
    assert result_hash(page, job, args) == expected


def test_the_lab_has_what_scripts_of_earlier_releases_use(page):
    names = ["run", "estimate", "retry", "revive"]
    script = "(names) => names.filter((name) => typeof lab[name] !== 'function')"
    assert page.evaluate(script, names) == []
    assert page.evaluate("lab.kept.count()") > 0
    assert page.evaluate("lab.ready.then(({ kernels }) => kernels)") == "simd"


def test_the_arms_of_a_ticket_are_planned_under_both_names(page):
    plan = """async ([job, args]) => (await lab.run(job, args)).parts.map(({ name }) => name)"""
    args = {"lottery": {"hidden": 12, "steps": 30, "levels": 2, "trials": 1}, "level": 1}
    assert page.evaluate(plan, ["arms", args]) == page.evaluate(plan, ["plan_arms", args])


def test_settings_in_the_query_and_an_anchor_still_lead_there(open_page):
    page = open_page("?workers=1&final_seq_length=20&lottery.hidden=9#lottery-title", ready=False)
    expect(page.locator("#tickets").get_by_label("Hidden units")).to_have_value("9")
    expect(page.get_by_role("slider", name="Resolution", exact=True)).to_have_value("20")
    expect(page.locator("#lottery-title")).to_be_in_viewport()


def test_an_embedded_figure_stands_alone(open_page):
    page = open_page("?embed=lottery&workers=1#lottery.trials=1", ready=False)
    expect(page.locator("#tickets")).to_be_visible()
    expect(page.locator("#digits")).to_be_hidden()
