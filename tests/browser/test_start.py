"""Every fault of a start ends in a sentence within 10 s, detail folded, and a Retry that works."""

import threading
import time
from functools import partial

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.conftest import ROOT, opener
from tests.browser.faults import (
    SOON,
    faulty,
    retry,
    said,
    state,
    status,
    train,
    trained,
    without,
    works,
)

from build_steps import server

NO_WEBASSEMBLY = "delete globalThis.WebAssembly;\n"
NO_SIMD = "WebAssembly.validate = () => false;\n"


def drop(route):
    route.abort()


def half(route):
    route.fulfill(body=route.fetch().body()[: 1 << 20], content_type="application/wasm")


def damaged(route):
    if route.request.method == "HEAD":
        return route.continue_()
    body = bytearray(route.fetch().body())
    body[len(body) // 2] ^= 255
    return route.fulfill(body=bytes(body), content_type="application/zip")


MISSING, REFUSED = "not on this site’s server (HTTP 404)", "refuses a file"
DAMAGED, LOST = "arrived damaged or cut off", "did not arrive: the connection was lost"
FAULTS = {
    "wasm 404": (r"pyodide\.asm\.wasm$", status(404), MISSING),
    "wasm 403": (r"pyodide\.asm\.wasm$", status(403), REFUSED),
    "wasm truncated": (r"pyodide\.asm\.wasm$", half, DAMAGED),
    "wasm, connection lost": (r"pyodide\.asm\.wasm$", drop, LOST),
    "pyodide.mjs missing": (r"pyodide\.mjs$", status(404), LOST),
    "pyodide.asm.mjs missing": (r"pyodide\.asm\.mjs$", status(404), LOST),
    "standard library 503": (r"python_stdlib\.zip$", status(503), "could not send a file"),
    "numpy's wheel missing": (r"numpy-.*\.whl$", status(404), MISSING),
    "numpy's wheel, wrong hash": (r"numpy-.*\.whl$", damaged, DAMAGED),
    "our wheel missing": (r"mnist1d_lab-.*\.whl$", status(404), MISSING),
    "our wheel, wrong hash": (r"mnist1d_lab-.*\.whl$", damaged, DAMAGED),
    "build.json missing": (r"build\.json$", status(404), MISSING),
    "worker's script missing": (r"worker/worker\.js$", status(404), LOST),
    "no WebAssembly": (
        r"worker/worker\.js$",
        without(NO_WEBASSEMBLY),
        "lacks or has switched off",
    ),
}
SLOW = {
    "kernels missing": (r"kernels\.so$", status(404), "answered HTTP 404"),
    "kernels corrupt": (r"kernels\.so$", damaged, "not as it was built"),
    "no SIMD": (r"worker/worker\.js$", without(NO_SIMD), "has no SIMD"),
}
BLOCK_WORKERS = """
  const Original = Worker;
  window.blocked = true;
  window.Worker = class extends Original {
    constructor(...args) {
      if (window.blocked) throw new DOMException('workers are switched off', 'SecurityError');
      super(...args);
    }
  };
"""


@pytest.fixture(scope="module")
def rig(open_pages):
    return faulty(open_pages)


@pytest.mark.parametrize("name", FAULTS)
def test_a_start_that_fails_says_why_and_retry_works(rig, name, report):
    page, fault = rig
    pattern, act, sentence = FAULTS[name]
    fault["now"] = pattern, act
    page.reload()
    state(page, "error")
    shown, detail = said(page)
    assert sentence in shown
    assert "rror" in detail  # the reason as it was thrown
    fault["now"] = None
    retry(page)
    assert works(page)
    expect(page.locator("#digits .problem")).to_be_empty()
    report(f"fault: {name} | {shown} | Retry worked")


@pytest.mark.parametrize("name", SLOW)
def test_without_kernels_numpy_computes_and_the_page_says_so(rig, name, report):
    page, fault = rig
    *fault["now"], reason = SLOW[name]
    page.reload()
    assert works(page)
    shown = page.locator("#trouble .sentence").inner_text()
    assert shown.startswith("Plain NumPy, over ten times slower")
    assert reason in shown
    fault["now"] = None
    retry(page)
    expect(page.locator("#trouble")).to_be_empty(timeout=SOON)
    assert works(page)
    report(f"fault: {name} | {shown} | Retry worked")


def test_a_wrong_mime_type_is_survived(rig):
    page, fault = rig

    def plain(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-type": "text/plain"})

    fault["now"] = r"\.wasm$", plain
    page.reload()
    assert works(page)
    fault["now"] = None


@pytest.mark.parametrize(
    "pattern", [r"vendor/plot\.js$", r"static/records/stats\.js$", r"app\.js$"]
)
def test_a_missing_part_of_the_page_itself_is_told_too(rig, pattern):
    page, fault = rig
    fault["now"] = pattern, status(404)
    page.reload()
    state(page, "error")
    assert page.locator("#status").inner_text().startswith("A part of this page could not be")
    fault["now"] = None
    retry(page, "#status")
    assert works(page)


def test_workers_that_are_blocked(open_page, report):
    page = open_page(
        ready=False, watch=False, before=lambda page: page.add_init_script(BLOCK_WORKERS)
    )
    state(page, "error")
    shown, detail = said(page)
    assert "this browser lets it have none" in shown
    assert "workers are switched off" in detail
    page.evaluate("blocked = false")
    retry(page)
    assert works(page)
    report(f"fault: workers blocked | {shown} | Retry worked")


class Tap(server.Handler):
    """Lets bytes through at a rate, and none at all for a while."""

    rate = 4e6  # bytes a second
    lock = threading.Lock()
    silent_at = 6e6
    silence = 6.5  # seconds
    sent = 0

    def copyfile(self, source, outputfile):
        while part := source.read(1 << 16):
            with self.lock:
                time.sleep(len(part) / self.rate)
                type(self).sent += len(part)
                if type(self).silent_at < type(self).sent:
                    type(self).silent_at = float("inf")
                    time.sleep(self.silence)
            outputfile.write(part)


# Keeps what is shown of the start, each text once.
RECORD = """() => {
  window.seen = { '#arrival': [], '#trouble': [] };
  for (const [place, texts] of Object.entries(seen)) {
    const node = document.querySelector(place);
    const note = () => {
      const text = (node.querySelector('.sentence') ?? node).textContent;
      if (text && text !== texts.at(-1)) texts.push(text);
    };
    note();
    const all = { childList: true, characterData: true, subtree: true };
    new MutationObserver(note).observe(node, all);
  }
}"""


def test_a_slow_network_is_waited_for_and_shown_in_megabytes(browser, report):
    with server.bind(ROOT / "dist", 8300) as slow:
        slow.RequestHandlerClass = partial(Tap, directory=str(ROOT / "dist"))
        threading.Thread(target=slow.serve_forever, daemon=True).start()
        site = f"http://localhost:{slow.server_port}/"
        with opener(browser, f"{site}some/../") as open_page:
            page = open_page(ready=False)
            page.evaluate(RECORD)
            page.wait_for_function("document.documentElement.dataset.state !== 'loading'")
            texts, silences = page.evaluate("[seen['#arrival'], seen['#trouble']]")
            assert works(page)
            assert page.locator("#arrival").inner_text() == ""
            assert page.locator("#trouble").inner_text() == ""
        slow.shutdown()
    arrived = [float(text.split(" of ")[0]) for text in texts]
    said_of_silence = silences[-1]
    assert arrived == sorted(arrived)
    assert len(set(arrived)) > 5
    assert said_of_silence.startswith("Nothing has arrived for a while")
    report(f"fault: slow network | {arrived[0]} … {arrived[-1]} MB, {said_of_silence} | went on")


def test_a_run_asked_for_after_a_failed_start_is_refused_with_the_reason(rig):
    page, fault = rig
    fault["now"] = r"build\.json$", status(404)
    page.reload()
    run = "lab.run('dataset').catch((error) => error.message)"
    assert MISSING in page.evaluate(run)  # it may still be starting
    state(page, "error")
    assert MISSING in page.evaluate(run)
    waits.chapter(page, "networks")
    train(page)
    expect(page.locator("#training .trouble")).to_contain_text(MISSING)
    fault["now"] = None
    retry(page, "#training .trouble")  # there as good as at the top
    trained(page)
    expect(page.locator("#trouble")).to_be_empty()


def test_stopping_before_python_is_up_neither_breaks_the_start_nor_starts_it_anew(open_page):
    page = open_page(ready=False)
    page.wait_for_function("Boolean(window.lab)")
    outcome = page.evaluate("""async () => {
      const stop = new AbortController();
      const run = lab.run('dataset', {}, {signal: stop.signal}).catch((error) => error.name);
      stop.abort();
      const name = await run;
      await lab.ready;
      return [name, (await lab.run('digits')).x.length];
    }""")
    assert outcome == ["AbortError", 400]
