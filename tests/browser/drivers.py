"""The browser that the suite drives: Chromium, or with ENGINE=firefox a stock Firefox."""

import os
import shutil
from pathlib import Path

import pytest

ENGINE = os.environ.get("ENGINE", "chromium")
FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
NO_FIREFOX = "no Firefox on this machine: install firefox-esr, or set FIREFOX to its executable"


def launch(playwright, flags):
    """Start the browser; the flags are for Chromium."""
    if ENGINE == "chromium":
        return playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=flags)
    if not FIREFOX:
        pytest.skip(NO_FIREFOX)
    return playwright.firefox.launch(
        channel="moz-firefox",  # WebDriver BiDi, as stock Firefox speaks it
        executable_path=Path(__file__).with_name("relay.mjs"),
        env={**os.environ, "FIREFOX": FIREFOX},
    )
