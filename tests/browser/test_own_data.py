"""Data of one's own in the page: dropped, looked at, used, trained, pruned, kept; and back."""

import base64
from pathlib import Path

from playwright.sync_api import expect

CHAPTER = "data"
ARCHIVES = Path(__file__).parents[1] / "unit" / "dataset" / "archives"
FILE = "GunPoint_TRAIN.ts"
IN_FORCE = "Data in force: GunPoint_TRAIN.ts (2 classes, 150 numbers each, 40 examples to train on"

SMALL = "?workers=1#train.steps=40&lottery.hidden=20&lottery.steps=60&lottery.levels=2"
SMALL += "&lottery.trials=1"

DROP = """([name, base64]) => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name));
  const init = { dataTransfer, bubbles: true, cancelable: true };
  document.querySelector('#overview .parcel').dispatchEvent(new DragEvent('drop', init));
}"""


def drop(page, name, content):
    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def go(page, chapter):
    page.locator("#chapters").get_by_role("link", name=chapter, exact=True).click()


def has_no_overflow(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def use(page):
    """Drop a file, look at its preview at two widths, and use it."""
    drop(page, FILE, (ARCHIVES / FILE).read_bytes())
    panel = page.get_by_role("region", name="Your own data")
    expect(panel).to_contain_text("2 classes, 150 numbers an example; 40 examples to train on")
    expect(panel.locator(".previewed")).to_have_count(2)
    panel.get_by_label("Resample to (0: as it is)").fill("50")
    panel.get_by_label("Resample to (0: as it is)").blur()
    expect(panel).to_contain_text("50 numbers an example, resampled from 150")
    panel.get_by_label("Resample to (0: as it is)").fill("0")
    panel.get_by_label("Resample to (0: as it is)").blur()
    expect(panel).to_contain_text("150 numbers an example; 40")
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert has_no_overflow(page)
    panel.get_by_role("button", name="Use it").click()
    expect(page.locator("#in-force")).to_contain_text(IN_FORCE)
    expect(page.locator("#overview .note").first).to_contain_text("40 examples to train on, 10 to")


def test_a_dropped_file_is_used_in_every_chapter_kept_and_left_again(open_page, report):
    page = open_page(SMALL)
    rows = [f"b,1,2,3,4,5,6,7,{i}" for i in range(12)]
    rows[3] = "a,1,2,3,4,,6,7,8"
    drop(page, "hole.csv", "\n".join(rows).encode())
    problem = page.locator("#overview .unopened")
    expect(problem).to_contain_text("hole.csv was not opened: file must be one that can be taken")
    expect(problem).to_contain_text("row 4, column 6 has none (a missing value)")
    use(page)
    expect(page.locator("#making .of-generator")).to_contain_text("Not with your own data")
    expect(page.locator("#data-sliders").get_by_role("slider", name="Noise")).to_be_hidden()

    go(page, "The networks")
    expect(page.locator("#training .stale-note").first).to_contain_text(
        "Made with data of MNIST-1D"
    )
    page.locator("#training .runner .start").click()
    expect(page.locator("#training .finding")).to_contain_text("After 40 steps", timeout=90_000)
    expect(page.locator("#training .source")).to_contain_text("data of your own: GunPoint_TRAIN.ts")
    expect(page.locator("#training .stale-note").first).to_be_hidden()
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside .since")).to_contain_text("Your networks, after 40 steps")
    expect(page.locator("#inside .shares thead th")).to_have_text(["Network", "1", "2"])
    expect(page.locator("#inside .confusion tr")).to_have_count(3)
    page.locator("#quiz .start").first.click()
    expect(page.locator("#quiz .keys button")).to_have_text(["1", "2"])
    page.locator("#quiz .keys button").first.click()
    expect(page.locator("#quiz .last")).to_contain_text("1")

    go(page, "MNIST-1D Lab")
    page.locator("#tickets .runner .start").click()
    finding = page.locator("#tickets .finding")
    expect(finding).to_contain_text("data of your own: GunPoint_TRAIN.ts", timeout=90_000)
    report(f"own data in the page: {finding.inner_text()}")

    url = page.url
    page.reload()
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")
    assert page.url == url
    expect(page.locator("#in-force")).to_contain_text(IN_FORCE)
    go(page, "The data")
    page.locator("#overview .parcel").scroll_into_view_if_needed()
    expect(page.locator("#overview .classes").first).to_have_text("12")
    page.get_by_role("button", name="Back to MNIST-1D").click()
    expect(page.locator("#in-force")).to_be_hidden()
    page.get_by_role("button", name=f"Use {FILE}").click()
    expect(page.locator("#in-force")).to_contain_text(IN_FORCE)
    page.get_by_role("button", name=f"Forget {FILE}").click()
    expect(page.locator("#in-force")).to_be_hidden()
    expect(page.get_by_role("list", name="Your own data in this browser")).to_be_hidden()
    assert page.evaluate("lab.own().then((own) => own.all())") == []
    expect(page.locator("#overview .note").first).to_contain_text("4,000 examples to train on")
    assert "source" not in page.url


def test_a_link_to_data_that_are_not_here_names_the_file(open_page):
    name = f"my_ecg.csv-3-64-80-20-{'0123abcd' * 4}"
    page = open_page(f"?workers=1#source={name}", watch=False)
    expect(page.locator("#in-force")).to_contain_text(
        "Open the file my_ecg.csv in the chapter of the data"
    )
    page.locator("#overview .parcel").scroll_into_view_if_needed()
    expect(page.locator("#overview .problem").first).to_contain_text("open the file my_ecg.csv")
