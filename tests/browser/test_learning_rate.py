"""The chapter of the learned learning rate: shipped results, a run, the ball, what diverges."""

import time

from playwright.sync_api import expect

from mnist1d_lab import jobs

CHAPTER = "learning-rate"
SHORT = "#rate.steps=20&rate.outer_steps=3"


def run(page, timeout=30_000):
    page.get_by_role("button", name="Learn the rate").click()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden(timeout=timeout)
    expect(page.locator("#rate .run-status")).to_contain_text("Done", timeout=timeout)


def test_the_published_runs_are_there_and_a_run_gives_what_python_computes(open_page):
    page = open_page(f"?workers=1{SHORT}")
    figure = page.locator("#rate")
    expect(figure.locator(".source")).to_contain_text("Shipped with the page: 200 steps")
    expect(figure.locator(".table tbody tr")).to_have_count(5)
    expect(figure.locator(".finding")).to_contain_text("10 of 10 published rates agree")
    expect(page.locator("#rate-seeds .verdict")).to_have_text(["✓ supported", "✓ supported"])
    expect(page.locator("#rate-seeds .finding")).to_contain_text("n\u00a0=\u00a020")
    run(page)
    last = jobs.run("learn_rate", {"steps": 20, "outer_steps": 3})["records"][-1]
    expect(figure.locator(".finding")).to_contain_text(
        f"From 1.5: rate {last['updated_rate']:.4f} after 3 outer steps."
    )
    expect(figure.locator(".table tbody tr")).to_have_count(0)  # not the published settings
    slider = figure.get_by_role("slider", name="Outer step")
    slider.focus()
    page.keyboard.press("Home")
    expect(figure.locator(".told")).to_contain_text("From 1.5: rate 1.5000")
    run(page)
    expect(figure.locator(".run-status")).to_contain_text("all of it was kept")
    assert page.evaluate("location.hash").startswith("#rate.steps=20")
    start = figure.get_by_label("Start", exact=True)
    start.fill("500")
    figure.get_by_label("Horizon").fill("200")
    run(page)
    expect(figure.locator(".finding")).to_contain_text("The training diverged at outer step 0")
    assert "NaN" not in figure.locator(".landscape svg[aria-label]").inner_html()
    start.fill("0")
    page.get_by_role("button", name="Learn the rate").click()
    expect(figure.locator(".rate-start .error")).to_contain_text("start must be a number greater")


def test_a_run_can_be_stopped_and_its_parts_are_kept(open_page):
    page = open_page("?workers=1#rate.steps=2000&rate.outer_steps=50")
    figure = page.locator("#rate")
    page.get_by_role("button", name="Learn the rate").click()
    expect(figure.locator(".source")).to_contain_text("Your run")
    expect(figure.locator(".landscape svg[aria-label] circle").first).to_be_visible(timeout=20_000)
    stopped = time.monotonic()
    figure.get_by_role("button", name="Stop").click()
    expect(figure.locator(".run-status")).to_contain_text("Stopped.")
    assert time.monotonic() - stopped < 2
