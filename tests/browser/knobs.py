"""What the tests of the generator's figures share. No tests here."""

LINES = """() => [...document.querySelectorAll('#digits .dots')]
  .map((path) => path.getAttribute('d'))"""


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def published(page):
    """The page with the published dataset, and the details open."""
    page.evaluate("document.querySelector('#digits details').open = true")
    page.get_by_role("button", name="Back to the published dataset").click()
    page.wait_for_function("!(location.search + location.hash).includes('=')")
    return page


def address(page, part):
    page.wait_for_function("(part) => decodeURIComponent(location.href).includes(part)", arg=part)
