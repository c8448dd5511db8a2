"""`build.py serve --watch`: a change of Python or JavaScript is there after a reload."""

import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT, opener

TREE = ("build.py", "py", "static", "icons", "index.html", "app.js", "sw.js",
        "manifest.webmanifest", "package.json", "package-lock.json", "pyproject.toml",
        "LICENSE", "README.md")  # fmt: skip
MADE = (".venv", ".cache", "node_modules")


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the sources, with the tools and downloads of this work tree."""
    root = tmp_path_factory.mktemp("watched") / "tree"
    root.mkdir()
    for name in TREE:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, root / name)
    for name in MADE:
        (root / name).symlink_to(ROOT / name, target_is_directory=True)
    return root


@contextmanager
def serving(root):
    """Yield the address at which the tree is served."""
    command = [sys.executable, "-u", "build.py", "serve", "--watch", "--port", "8700"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            lines = iter(process.stdout.readline, "")
            line = next(line for line in lines if line.startswith("Serving "))
            yield line.split()[1]
        finally:
            process.terminate()
            process.stdout.read()
            process.wait()


def replace(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


REFUSED = "lab.run('digits', { max_translation: -1 }).catch(({ message }) => message)"


def test_a_reload_shows_a_change_of_python_and_of_javascript(browser, tree):
    with serving(tree) as address, opener(browser, f"{address}some/../") as open_page:
        page = open_page("?workers=1#nonsense=1")
        corrected = page.locator("#corrected")
        expect(corrected).to_contain_text("is no setting")
        assert " must be " in page.evaluate(REFUSED)
        assert page.evaluate("lab.run('digits').then((made) => made.x.length)") == 400
        replace(tree / "py" / "mnist1d_lab" / "validation.py", " must be ", " has to be ")
        replace(tree / "static" / "settings" / "address-bar.js", "is no setting", "is unknown")
        page.goto(f"{address}?workers=1&again#nonsense=1")
        expect(corrected).to_contain_text("is unknown")
        page.wait_for_function("document.documentElement.dataset.state !== 'loading'")
        assert " has to be " in page.evaluate(REFUSED)
