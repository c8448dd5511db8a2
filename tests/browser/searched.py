"""A page on which a small search has ended, for what is taken from it. No tests here."""

from contextlib import contextmanager

from tests.browser.conftest import opener

SMALL = "?workers=1&lottery.steps=30&lottery.hidden=12&lottery.levels=2&lottery.trials=2"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def run(page):
    page.get_by_role("button", name="Find lottery tickets").click()
    page.locator("#tickets .runner").get_by_text("Done in").wait_for()


@contextmanager
def searched(browser, site, visitors):
    """Yield a page on which a small search has ended."""
    with opener(browser, site, visitors, home="ticket") as open_page:
        page = open_page(SMALL, permissions=CLIPBOARD)
        run(page)
        yield page


def result_of(page, **more):
    """The spec and the records of that search, as `window.lab` gives them."""
    args = {"steps": 30, "hidden": 12, "levels": 2, "trials": 2, **more}
    return page.evaluate("(args) => lab.run('lottery', args)", args)


def copied_link(page):
    page.locator("#tickets").get_by_role("button", name="Copy link").click()
    page.locator("#tickets .takeaway .outcome").get_by_text("Copied.").wait_for()
    return page.evaluate("navigator.clipboard.readText()")
