"""The exercises: begun, judged on the visitor's own runs, kept, opened by a link, printed."""

import pytest
from playwright.sync_api import expect
from tests.browser import waits

CHAPTER = "exercises"
STATE = "#exercise .state"


@pytest.fixture(scope="module")
def page(open_pages):
    return open_pages("?workers=1")


def train(page, settings):
    """Train with the settings of an address."""
    page.goto(f"{page.url.split('#')[0]}#{settings}&at=training")
    page.get_by_role("button", name="Train", exact=True).click()
    page.locator("#training .runner").get_by_text("Done in").wait_for()


def test_an_exercise_is_begun_judged_and_solved_and_stays_so(page):
    exercise, bar = page.locator("#exercise-by-heart"), page.locator("#exercise")
    expect(bar).to_be_hidden()
    begin = exercise.get_by_role("button", name="Begin")
    begin.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#networks")).to_be_visible()
    expect(bar.get_by_role("link")).to_have_text("Exercise 4. Learned by heart")
    train(page, "num_samples=100&train.steps=3")
    expect(page.locator(STATE)).to_contain_text("of the training examples it is to be 99 %.")
    train(page, "num_samples=100&train.steps=200")
    expect(page.locator(STATE)).to_contain_text("Solved. The MLP gets 100.0")
    bar.get_by_role("link").click()
    expect(exercise.locator(".state")).to_contain_text("Solved. The MLP gets 100.0")
    expect(page.locator("#exercise-count")).to_have_text("1 of 8 are solved in this browser.")
    page.reload()
    expect(exercise.locator(".state")).to_contain_text("Solved. The MLP gets 100.0")
    expect(exercise.get_by_role("button")).to_have_text("Go on")
    waits.chapter(page, "networks")
    bar.get_by_role("button", name="End the exercise").click()
    expect(bar).to_be_hidden()


def test_begin_sets_what_it_needs_and_back_brings_back_what_was_set(page):
    page.goto(page.url.split("#")[0] + "#max_translation=20&at=exercises")
    page.locator("#exercise-random").get_by_role("button", name="Begin").click()
    expect(page.locator("#ticket #tickets")).to_be_visible()
    assert "lottery.trials=1" in page.url and "max_translation" not in page.url
    expect(page.locator("#exercise .state")).to_have_text("")
    page.go_back()
    expect(page.locator("#exercises")).to_be_visible()
    assert "max_translation=20" in page.url


def test_a_link_leads_to_one_exercise_whose_solution_is_folded(page):
    page.goto(page.url.split("#")[0] + "#exercise-narrow")
    solution = page.locator("#exercise-narrow .solution")
    expect(solution.locator("p").first).to_be_hidden()
    solution.locator("summary").click()
    expect(solution.locator(".found")).to_have_text(
        "With 50 hidden units tickets are −20.3 points from the dense network."
    )
    assert page.locator("#exercise-narrow h3").bounding_box()["y"] < 400


@pytest.mark.parametrize(
    ("sheet", "shown"), [("Print the sheet", 0), ("Print it with solutions", 8)]
)
def test_a_sheet_has_all_exercises_and_nothing_else(page, sheet, shown):
    page.goto(page.url.split("#")[0] + "#exercises")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name=sheet, exact=True).click()
    page.emulate_media(media="print")
    assert page.locator(".exercise .task:visible").count() == 8
    assert page.locator(".exercise .solution:visible").count() == shown
    assert page.locator(".exercise .hint p:visible").count() == 8
    assert page.locator("#cover:visible, footer:visible, .exercise button:visible").count() == 0
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".exercise .hint p").first).to_be_hidden()
