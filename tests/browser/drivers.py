"""The browser that the suite drives: Chromium, or with ENGINE=firefox a stock Firefox."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator

ENGINE = os.environ.get("ENGINE", "chromium")
FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
NO_FIREFOX = "no Firefox on this machine: install firefox-esr, or set FIREFOX to its executable"


def fill_emptied() -> None:
    """Have inputs for numbers emptied before they are filled.

    Playwright selects what is in an input and types over it; in an input for numbers Firefox types
    behind it.
    """
    fill = Locator.fill

    def emptied(self, value, **options):
        if value:
            self.evaluate("(input) => { if (input.type === 'number') input.value = ''; }")
        fill(self, value, **options)

    Locator.fill = emptied  # type: ignore[method-assign]


def launch(playwright, flags):
    """Start the browser; the flags are for Chromium."""
    if ENGINE == "chromium":
        return playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
    if not FIREFOX:
        pytest.skip(NO_FIREFOX)
    fill_emptied()
    return playwright.firefox.launch(
        channel="moz-firefox",  # WebDriver BiDi, as stock Firefox speaks it
        executable_path=Path(__file__).with_name("relay.mjs"),
        env={**os.environ, "FIREFOX": FIREFOX},
    )
