"""A page whose files go wrong on demand, and what it says then; for tests, tests nothing itself."""

import re

from playwright.sync_api import expect
from tests.browser.waits import FEW

TOUCHED = re.compile(
    r"/(app|plot|stats|networks|worker|downloads|build|pyodide|python|numpy|mnist1d|kernels)[^/]*$"
)
SOON = 10_000  # milliseconds


def status(code):
    return lambda route: route.fulfill(status=code)


def without(what):
    return lambda route: route.fulfill(response=route.fetch(), body=what + route.fetch().text())


def drop(route):
    route.abort()


def web_page(route):
    """What a server sends that answers every address with its start page."""
    route.fulfill(body="<!doctype html>\n<title>Home</title>", content_type="text/html")


def typed(content_type):
    """The file, called something else."""

    def act(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-type": content_type})

    return act


def begun(content_type):
    """The first half of the file."""

    def act(route):
        body = route.fetch().body()
        route.fulfill(body=body[: len(body) // 2], content_type=content_type)

    return act


def state(page, wanted):
    script = "(wanted) => document.documentElement.dataset.state === wanted"
    page.wait_for_function(script, arg=wanted, timeout=SOON)


def works(page):
    state(page, "ready")
    return page.evaluate("lab.run('digits').then((made) => made.x.length)") == 400


def retry(page, place="#trouble"):
    page.locator(place).get_by_role("button", name="Retry").click()


def said(page, place="#trouble"):
    """What is shown at once, of which nothing is for programmers, and what is folded."""
    detail = page.locator(f"{place} details")
    assert not detail.locator("pre").is_visible()
    sentence = page.locator(f"{place} .sentence").inner_text()
    assert not re.search(r"undefined|Error|https?:", sentence)
    return sentence, detail.locator("pre").text_content()


def faulty(open_pages, ready=True):
    """A page whose requests go wrong as `fault` says: (pattern, act) or None.

    With `ready` None it is a page whose Python never starts.
    """
    fault = {"now": None}

    def handle(route):
        if fault["now"] and re.search(fault["now"][0], route.request.url.split("?")[0]):
            fault["now"][1](route)
        else:
            route.continue_()

    page = open_pages(watch=False, ready=ready, before=lambda page: page.route(TOUCHED, handle))
    return page, fault


def train(page, steps=FEW):
    page.locator("#train-steps").fill(str(steps))
    page.get_by_role("button", name="Train", exact=True).click()


def trained(page):
    expect(page.locator("#training .finding")).to_contain_text(f"After {FEW} steps", timeout=90_000)
