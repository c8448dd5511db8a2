"""The same bits in stock Firefox, where there is one, and in Node; Chromium is in test_kernels."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.browser import webkit
from tests.browser.smoke import SMOKE
from tests.parity import kernel_cases
from tests.pyodide_page import START

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NODE = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
WEBKIT = webkit.installed()
SPARSITIES = (0, 0.9)
SECONDS = 300

pytestmark = pytest.mark.usefixtures("compiled")


def values(script, *arguments):
    """Our fingerprints of trained weights, as this script computes them."""
    cases = Path(kernel_cases.__file__).read_text()
    code = [f"{cases}\nNone", *(f"fingerprint({sparsity})" for sparsity in SPARSITIES)]
    code += ["contrast_fingerprint()", "rate_fingerprint()", "descent_fingerprint()"]
    assert NODE, "the build found a Node, so there is one"
    done = subprocess.run(
        [NODE, HERE / script, *arguments],
        input=json.dumps({"start": START, "code": code}),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return answer["engine"], answer["values"][1:]


def same_as(chromiums, seen, report):
    """An engine saw what Chromium saw, to the last bit."""
    assert seen["errors"] == []
    assert (seen["state"], seen["kernels"], seen["trouble"]) == ("ready", "simd", "")
    assert seen["hash"] == "#max_translation=5"
    assert seen["records"] == chromiums["records"]
    for one in (chromiums, seen):
        took = " | ".join(f"{one['seconds'][what]:.1f} s" for what in ("start", "lottery"))
        report(f"| {one['engine']} | {took} | equal |")


@pytest.fixture
def chromiums(browser, open_page):
    """What the same visit sees in Chromium."""
    page = open_page(ready=False)
    return {"engine": f"Chromium {browser.version}", **page.evaluate(SMOKE)}


@pytest.fixture(scope="module")
def ours():
    """The same in this CPython."""
    trained = [kernel_cases.fingerprint(sparsity) for sparsity in SPARSITIES]
    return [
        *trained,
        kernel_cases.contrast_fingerprint(),
        kernel_cases.rate_fingerprint(),
        kernel_cases.descent_fingerprint(),
    ]


@pytest.mark.skipif(
    not FIREFOX,
    reason="no Firefox on this machine: install firefox-esr, or set FIREFOX to its executable",
)
def test_training_gives_the_same_bits_in_firefox(site, ours, report):
    # A page of the site without scripts of its own: Firefox would show JSON with a viewer's.
    engine, found = values("firefox.mjs", FIREFOX, f"{site}app.js")
    assert found == ours
    report(f"{engine}: weights after 200 steps equal CPython's, bit for bit")


def test_training_gives_the_same_bits_in_node(ours, report):
    engine, found = values("node.mjs", ROOT / "dist")
    assert found == ours
    report(f"{engine}: weights after 200 steps equal CPython's, bit for bit")


@pytest.mark.skipif(
    not FIREFOX,
    reason="no Firefox on this machine: install firefox-esr, or set FIREFOX to its executable",
)
def test_the_page_works_in_firefox(site, chromiums, report):
    assert NODE, "the build found a Node, so there is one"
    assert FIREFOX
    done = subprocess.run(
        [NODE, HERE / "smoke.mjs", FIREFOX, f"{site}?workers=1"],
        input=SMOKE,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    same_as(chromiums, json.loads(done.stdout), report)


@pytest.mark.skipif(
    not WEBKIT,
    reason="no WebKitGTK on this machine: install webkit2gtk-driver, xvfb and xauth",
)
def test_the_page_works_in_webkit(site, chromiums, report):
    with webkit.driver() as run:
        same_as(chromiums, run(f"{site}?workers=1", SMOKE), report)
