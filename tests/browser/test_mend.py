"""A bad copy in the browser, half a deployment: the page goes on, or says why."""

import json
import re
import shutil

import pytest
from playwright.sync_api import Error, expect
from tests.browser import waits
from tests.browser.conftest import ROOT
from tests.browser.test_offline import KEPT, Host, heading, host, releases, second, visiting

__all__ = ["host", "second"]  # fixtures

# Turns one byte of a kept file, or all of it with `text`; returns how many copies there were.
DAMAGE = """async ([ending, text]) => {
  let count = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!new URL(request.url).pathname.endsWith(ending)) continue;
      const response = await cache.match(request);
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[bytes.length >> 1] ^= 1;
      await cache.put(request, new Response(text ?? bytes, { headers: response.headers }));
      count += 1;
    }
  }
  return count;
}"""
READY = "document.documentElement.dataset.state === 'ready'"
(RELEASE,) = (ROOT / "dist" / "v").iterdir()
(OURS,) = (RELEASE / "wheels" / "page").glob("*/mnist1d_lab-*.whl")
FILES = {
    "the wheel": f"{OURS.parent.name}/{OURS.name}",
    "NumPy": "wasm32.whl",
    "WebAssembly": "pyodide.asm.wasm",
    "the list of parts": f"{RELEASE.name}/build.json",
}


@pytest.fixture(scope="module")
def kept(browser, tmp_path_factory):
    """A page that its browser has saved, and the host it is from."""
    it = Host(tmp_path_factory.mktemp("kept") / "host")
    it.folder.mkdir()
    it.deploy(ROOT / "dist")
    it.up()
    with visiting(browser, it) as page:
        expect(page.locator("#offline")).to_contain_text(KEPT, timeout=30_000)
        yield page
    it.down()


@waits.eventually
def started(page):
    """Until Python runs; the page may load itself anew meanwhile."""
    try:
        assert page.evaluate(READY), page.locator("#trouble").inner_text()
    except Error as error:
        raise AssertionError from error


@pytest.mark.parametrize("ending", FILES.values(), ids=FILES.keys())
def test_a_wrong_byte_in_what_the_browser_keeps_is_mended_by_itself(kept, ending):
    page = kept
    assert page.evaluate(DAMAGE, [ending, None]) == 1
    page.reload()
    started(page)


@pytest.mark.parametrize("text", ["}", "null.x;"], ids=["cannot be read", "stops at an error"])
def test_a_module_that_is_damaged_is_mended_by_itself(kept, text):
    page = kept
    assert page.evaluate(DAMAGE, ["/app.js", text]) == 1
    page.reload()
    started(page)


def test_retry_mends_once_there_is_a_network_again(kept):
    page = kept
    page.context.set_offline(True)
    assert page.evaluate(DAMAGE, [FILES["the wheel"], None]) == 1
    page.reload()
    expect(page.locator("#trouble")).not_to_be_empty(timeout=30_000)
    page.context.set_offline(False)
    page.locator("#trouble").get_by_role("button", name="Retry").click()
    started(page)
    page.context.set_offline(True)  # what was mended is kept again
    page.reload()
    started(page)
    page.context.set_offline(False)


@pytest.fixture
def half(second, tmp_path):
    """The second release where its page and its service worker are there, and its files are not."""
    site = tmp_path / "half"
    shutil.copytree(ROOT / "dist", site, symlinks=True)
    for name in ("index.html", "sw.js"):
        shutil.copy2(second / name, site / name)
    return site


def test_half_a_deployment_leaves_the_old_release_whole(browser, host, half, second):
    with visiting(browser, host) as page:
        expect(page.locator("#offline")).to_contain_text(KEPT, timeout=30_000)
        first = releases(page)
        host.deploy(half)
        for _ in range(2):
            page.reload()
            page.wait_for_function(READY)
            assert releases(page) == first
            assert not heading(page).startswith("The second release")
        host.deploy(second)  # the rest has arrived
        page.reload()
        page.wait_for_function(READY)
        assert heading(page).startswith("The second release")
        assert releases(page).isdisjoint(first)


def test_half_a_deployment_is_told_to_who_comes_first_then(browser, host, half, second):
    host.deploy(half)
    with visiting(browser, host, ready=False) as page:
        trouble = page.locator("#trouble")
        expect(trouble).to_contain_text("is not on this site’s server (HTTP 404)", timeout=10_000)
        host.deploy(second)
        trouble.get_by_role("button", name="Retry").click()
        page.wait_for_function(READY)
        assert heading(page).startswith("The second release")


def test_what_speaks_when_a_start_fails_is_not_below_the_releases_address():
    page = (ROOT / "dist" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r'<script src="([^"]+)"></script>', page)
    assert scripts == ["start/arrivals.js", "start/before-modules.js"]
    assert all((ROOT / "dist" / script).is_file() for script in scripts)
    told = json.loads((ROOT / "dist" / "sw.js").read_text().split("\n")[0][15:].rstrip(";"))
    assert set(scripts) <= {file["path"] for file in told["files"]}
