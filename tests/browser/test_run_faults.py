"""Every fault of a run ends in a sentence within 10 s, detail folded, and a Retry that works."""

import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT
from tests.browser.faults import SOON, faulty, retry, said, state, train, trained, without
from tests.browser.waits import FEW

from build_steps import content_hash

CHAPTER = "networks"

LITTLE_MEMORY = """
  const grow = WebAssembly.Memory.prototype.grow;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength > 6e7) throw new RangeError('there is no more memory');
    return grow.call(this, pages);
  };
"""
BLOCK_STORAGE = """
  const open = IDBFactory.prototype.open;
  window.blocked = true;
  IDBFactory.prototype.open = function (...args) {
    if (window.blocked) throw new DOMException('storage is switched off', 'SecurityError');
    return open.apply(this, args);
  };
"""
KEEP_WORKERS = """
  const Original = Worker;
  window.workers = [];
  window.Worker = class extends Original {
    constructor(...args) {
      super(...args);
      workers.push(this);
      this.addEventListener('message', ({ data }) => { this.ready ||= data.kind === 'ready'; });
    }
  };
"""


@pytest.fixture(scope="module")
def rig(open_pages):
    return faulty(open_pages)


def test_storage_that_is_blocked(open_page, report):
    page = open_page(chapter="ticket", before=lambda page: page.add_init_script(BLOCK_STORAGE))
    for label, value in {"Hidden units": 8, "Steps": 5, "Trials": 1, "Levels": 1}.items():
        page.locator("#tickets").get_by_label(label, exact=True).fill(str(value))
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(page.locator("#tickets .finding")).to_contain_text("8 hidden units", timeout=30_000)
    shown = page.locator(".keeping .sentence").inner_text()
    assert "stores nothing for this page" in shown
    page.evaluate("blocked = false")
    retry(page, ".keeping")
    expect(page.locator(".keeping")).to_be_empty()
    expect(page.locator("#tickets .kept")).to_contain_text("are kept in this browser")
    assert page.evaluate("lab.kept.count()") == 2  # levels
    report(f"fault: storage blocked | {shown} | Retry worked")


def test_python_without_memory(rig, report):
    page, fault = rig
    fault["now"] = r"worker/worker\.js$", without(LITTLE_MEMORY)
    page.reload()
    state(page, "ready")
    page.locator("#train-hidden").fill("2000")
    train(page)
    expect(page.locator("#training .trouble")).to_be_visible(timeout=SOON)
    shown, detail = said(page, "#training .trouble")
    assert "needs more memory than the browser gives it" in shown
    assert "Unable to allocate" in detail
    fault["now"] = None
    page.locator("#train-hidden").fill("100")
    retry(page, "#training .trouble")
    trained(page)
    report(f"fault: out of memory in Python | {shown} | Retry worked")


def test_an_exception_in_a_job(rig, report):
    """In a wheel that was built with a mistake; the next worker gets the mended one."""
    page, fault = rig
    (path,) = Path(ROOT, "dist").rglob("page/*/mnist1d_lab-*.whl")
    bad = io.BytesIO()
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(bad, "w") as made:
        for name in good.namelist():
            if "/__pycache__/adam." in name:  # of the good source
                continue
            more = b"\nAdam.step = lambda self: 1 / 0\n" if name.endswith("/adam.py") else b""
            made.writestr(name, good.read(name) + more)

    def handle(route):
        if route.request.url.endswith(".whl"):
            route.fulfill(body=bad.getvalue())
        else:
            text = route.fetch().text()
            sha256 = hashlib.sha256(bad.getvalue()).hexdigest()
            route.fulfill(body=text.replace(content_hash.key(path), sha256))

    fault["now"] = r"build\.json$|mnist1d.*whl$", handle
    page.reload()
    state(page, "ready")
    train(page)
    expect(page.locator("#training .trouble")).to_be_visible(timeout=SOON)
    shown, detail = said(page, "#training .trouble")
    assert shown == "Python stopped at an error: division by zero"
    assert "Traceback" in detail
    fault["now"] = None
    retry(page, "#training .trouble")
    trained(page)
    report(f"fault: an exception in a job | {shown} | Retry worked")


def test_a_worker_that_is_killed_again_and_again(open_page, report):
    page = open_page(before=lambda page: page.add_init_script(KEEP_WORKERS))
    page.evaluate("""() => {
      const run = lab.run;
      window.mend = () => { lab.run = run; };
      let killed = 0;
      lab.run = (job, args, options) => run(job, args, { ...options, onProgress(progress) {
        options.onProgress?.(progress);
        if (workers.length === killed || !workers.at(-1).ready) return; // told by one that is dead
        killed = workers.length;
        workers.at(-1).terminate();
      }});
    }""")
    train(page, 100_000)
    expect(page.locator("#training .trouble")).to_be_visible(timeout=90_000)
    shown, _ = said(page, "#training .trouble")
    assert "ended this computation several times" in shown
    page.evaluate("mend()")
    page.locator("#train-steps").fill(str(FEW))
    retry(page, "#training .trouble")
    trained(page)
    report(f"fault: the worker killed again and again | {shown} | Retry worked")
