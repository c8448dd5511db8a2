"""Drawn templates: by mouse and typed, in links, and in what trains on them."""

import pytest
from playwright.sync_api import expect
from tests.browser.knobs import LINES, address, published, slider

from mnist1d_lab import jobs

CHAPTER = "data"

POINTS = "0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.4, 0.3, 0.2, 0.1, 0, 0"


@pytest.fixture
def fresh(page):
    """The module's page with the published dataset and the details open."""
    return published(page)


def test_templates_of_a_bad_link_are_explained_and_the_rest_is_in_force(open_page):
    page = open_page("?workers=1&templates=3:1,2&corr_noise_scale=0.5", ready=None)
    note = "templates must be templates as this page writes them, got “3:1,2”: it is left out"
    expect(page.locator("#corrected")).to_contain_text(note)
    assert slider(page, "Noise").input_value() == "0.5"
    page.wait_for_function("!location.href.includes('templates=')")


def test_a_digit_is_drawn_with_the_mouse_saved_shared_and_reset(open_page):
    page = open_page()
    page.get_by_role("button", name="Edit digit 5").click()
    before = page.evaluate(LINES)
    box = page.locator("#templates .points").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.55
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=5)
    page.mouse.up()
    address(page, "templates=5:")
    page.wait_for_function(f"(old) => ({LINES})()[5] !== old", arg=before[5])
    assert page.evaluate(LINES)[4] == before[4]
    page.get_by_label("Keep it in this browser as").fill("my five")
    page.get_by_role("button", name="Save", exact=True).click()
    url = page.url
    page.get_by_role("button", name="Reset all").click()
    page.wait_for_function("!location.href.includes('templates')")
    page.reload()
    page.get_by_role("button", name="my five", exact=True).click()
    address(page, "templates=5:")
    assert page.url.split("templates=")[1] == url.split("templates=")[1]


def test_points_are_typed_and_a_mistake_is_explained_and_keeps_what_was_drawn(fresh):
    page = fresh
    page.get_by_role("button", name="Edit digit 2").click()
    box = page.locator("#templates-typed")
    box.fill(POINTS)
    box.blur()
    address(page, f"templates=2:{POINTS.replace(' ', '')}")
    for bad in ("1, 2, three", "1 2 3", "99" + POINTS[1:], "4:1,2"):
        box.fill(bad)
        box.blur()
        problem = page.locator("#templates .problem")
        expect(problem).to_contain_text("points must be 12 numbers from -10 to 10")
        expect(problem).to_contain_text(bad[:20])
        assert box.input_value() == bad
        address(page, f"templates=2:{POINTS.replace(' ', '')}")
    undo = page.locator("#templates").get_by_role("button", name="Undo")
    page.get_by_role("button", name="Back to the published dataset").click()
    page.wait_for_function("!location.href.includes('templates')")
    undo.click()  # what was reset elsewhere is not lost
    address(page, f"templates=2:{POINTS.replace(' ', '')}")
    undo.click()
    page.wait_for_function("!location.href.includes('templates')")


def test_models_and_lottery_train_on_drawn_templates(fresh):
    templates = "2:" + POINTS.replace(" ", "")
    args = {"dataset": {"num_samples": 200, "templates": templates}, "hidden": 8, "steps": 30}
    plain = {**args, "dataset": {"num_samples": 200}}
    for job in ("train", "lottery"):
        more = {"levels": 1, "trials": 1} if job == "lottery" else {}
        run = "([job, args]) => lab.run(job, args).then((r) => r.records)"
        drawn = fresh.evaluate(run, [job, {**args, **more}])
        assert drawn != fresh.evaluate(run, [job, {**plain, **more}])
        assert drawn[-1]["train_loss"] == pytest.approx(
            jobs.run(job, {**args, **more})["records"][-1]["train_loss"], rel=1e-2
        )
