"""The browser that the suite drives: Chromium, or with ENGINE=firefox a stock Firefox."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator

ENGINE = os.environ.get("ENGINE", "chromium")
FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
CHROMIUM_ONLY = pytest.mark.skipif(
    ENGINE != "chromium",
    reason="Firefox's driver has no dark scheme, reduced motion, paper, touch, double click "
    "or script-less page",
)
NO_FIREFOX = "no Firefox on this machine: install firefox-esr, or set FIREFOX to its executable"


TYPED = """(input) => {
  const typed = input.type === 'number' || input.localName === 'textarea';
  if (typed) input.value = '';
  return typed;
}"""


def fill_by_typing() -> None:
    """Have numbers and longer texts typed into their emptied inputs, not filled in.

    Playwright selects what is there and inserts the new value. In an input for numbers Firefox
    inserts behind it, and no insertion into a text area is a `change` to it.
    """
    fill = Locator.fill

    def typing(self, value, **options):
        if value and self.evaluate(TYPED):
            self.press_sequentially(value)
        else:
            fill(self, value, **options)

    Locator.fill = typing  # type: ignore[method-assign]


def launch(playwright, flags):
    """Start the browser; the flags are for Chromium."""
    if ENGINE == "chromium":
        return playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
    if not FIREFOX:
        pytest.skip(NO_FIREFOX)
    fill_by_typing()
    return playwright.firefox.launch(
        channel="moz-firefox",  # WebDriver BiDi, as stock Firefox speaks it
        executable_path=Path(__file__).with_name("relay.mjs"),
        env={**os.environ, "FIREFOX": FIREFOX},
    )
