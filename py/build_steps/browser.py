"""Find a Chromium for the browser tests, or install one. It does not drive it."""

import os
import shutil
import subprocess
from pathlib import Path

from build_steps import console, shell
from build_steps.console import BuildError
from build_steps.paths import Paths

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)
"""


def ensure(paths: Paths, python: Path) -> Path:
    """The executable of a Chromium."""
    with console.step("Chromium for the browser tests") as result:
        found = find(python)
        if not found:
            _install(paths, python)
            found = find(python)
        if not found:
            raise BuildError(
                f"Chromium: expected one of {', '.join(NAMES)} on PATH, got none, and installing "
                "one failed. Install Chromium or Chrome, or set CHROMIUM to its executable."
            )
        result(str(found))
    return found


def find(python: Path) -> Path | None:
    """CHROMIUM if it is set, else Playwright's own, else one on PATH."""
    if chosen := os.environ.get("CHROMIUM"):
        if not shutil.which(chosen):
            raise BuildError(f"CHROMIUM: expected an executable, got {chosen!r}.")
        return Path(chosen)
    return _of_playwright(python) or _on_path()


def _of_playwright(python: Path) -> Path | None:
    done = subprocess.run(
        [python, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False
    )
    path = Path(done.stdout.strip())
    return path if done.returncode == 0 and path.is_file() else None


def _on_path() -> Path | None:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def _install(paths: Paths, python: Path) -> None:
    """Try to install one; the caller looks again to see whether that worked."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        env = {"DEBIAN_FRONTEND": "noninteractive"}
        shell.status(["apt-get", "update", "-q"], paths.root, env)
        packages = ("chromium", "fonts-liberation")  # without any font, text has no size
        install = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
        shell.status(install, paths.root, env)
    if not find(python):
        shell.status([python, "-m", "playwright", "install", "chromium"], paths.root)
