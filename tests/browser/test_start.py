"""Every fault of a start ends in a sentence within 10 s, detail folded, and a Retry that works."""

import threading
import time
from functools import partial

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.conftest import ROOT, opener
from tests.browser.drivers import CHROMIUM_ONLY
from tests.browser.faults import (
    SOON,
    begun,
    drop,
    faulty,
    retry,
    said,
    state,
    status,
    train,
    trained,
    typed,
    web_page,
    without,
    works,
)

from build_steps import server

NO_WEBASSEMBLY = "delete globalThis.WebAssembly;\n"
NO_SIMD = "WebAssembly.validate = () => false;\n"


def damaged(route):
    body = bytearray(route.fetch().body())
    body[len(body) // 2] ^= 255
    route.fulfill(body=bytes(body), content_type="application/zip")


def forbidding(route):
    """The worker, under a policy that lacks what Python needs."""
    answer = route.fetch()
    policy = answer.headers["content-security-policy"].replace("'wasm-unsafe-eval'", "")
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})


MISSING, REFUSED = "not on this site’s server (HTTP 404)", "refuses a file"
DAMAGED, LOST = "arrived damaged or cut off", "did not arrive: the connection was lost"
INSTEAD, UNTYPED = "A web page came in place of a file", "sends JavaScript as “text/plain”"
WASM, LIBRARY = r"pyodide\.asm\.wasm$", r"python_stdlib\.zip$"
NUMPY, OURS = r"numpy-.*\.whl$", r"mnist1d_lab-.*\.whl$"
SCRIPT, PART = r"worker/worker\.js$", r"worker/downloads\.js$"
FAULTS = {
    "wasm 404": (WASM, status(404), MISSING),
    "wasm 403": (WASM, status(403), REFUSED),
    "wasm truncated": (WASM, begun("application/wasm"), DAMAGED),
    "wasm truncated, wrong type": (WASM, begun("application/octet-stream"), DAMAGED),
    "wasm, connection lost": (WASM, drop, LOST),
    "wasm, a web page": (WASM, web_page, INSTEAD),
    "wasm forbidden": (SCRIPT, forbidding, "which this site’s server forbids"),
    "pyodide.mjs missing": (r"pyodide\.mjs$", status(404), MISSING),
    "pyodide.mjs, connection lost": (r"pyodide\.mjs$", drop, LOST),
    "pyodide.mjs, wrong type": (r"pyodide\.mjs$", typed("text/plain"), UNTYPED),
    "pyodide.mjs, a web page": (r"pyodide\.mjs$", web_page, INSTEAD),
    "pyodide.mjs truncated": (r"pyodide\.mjs$", begun("text/javascript"), DAMAGED),
    "pyodide.asm.mjs, wrong type": (r"pyodide\.asm\.mjs$", typed("text/plain"), UNTYPED),
    "standard library 503": (LIBRARY, status(503), "could not send a file"),
    "standard library truncated": (LIBRARY, begun("application/zip"), DAMAGED),
    "list of packages, a web page": (r"pyodide-lock\.json$", web_page, INSTEAD),
    "numpy's wheel, wrong hash": (NUMPY, damaged, DAMAGED),
    "our wheel missing": (OURS, status(404), MISSING),
    "our wheel, a web page": (OURS, web_page, INSTEAD),
    "build.json missing": (r"build\.json$", status(404), MISSING),
    "build.json truncated": (r"build\.json$", begun("application/json"), DAMAGED),
    "worker's script missing": (SCRIPT, status(404), MISSING),
    "worker's script, a web page": (SCRIPT, web_page, INSTEAD),
    "part of the worker truncated": (PART, begun("text/javascript"), DAMAGED),
    "no WebAssembly": (SCRIPT, without(NO_WEBASSEMBLY), "lacks or has switched off"),
}
# A start of Python takes seconds, and Retry fetches all anew: one is retried of what the page
# fetches, of a script of the worker, of what this fetches, and of what it installs.
RETRIED = (
    "wasm, a web page", "pyodide.mjs truncated", "standard library truncated",
    "numpy's wheel, wrong hash", "worker's script missing",
)  # fmt: skip
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
    report(f"fault: {name} | {shown}{' | Retry worked' * (name in RETRIED)}")
    if name in RETRIED:
        fault["now"] = None
        retry(page)
        assert works(page)
        expect(page.locator("#digits .problem")).to_be_empty()


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

    fault["now"] = r"\.wasm$", typed("text/plain")
    page.reload()
    assert works(page)
    fault["now"] = None


def test_workers_that_are_blocked(open_page, report):
    page = open_page(
        ready=False, watch=False, before=lambda page: page.add_init_script(BLOCK_WORKERS)
    )
    state(page, "error")
    shown, detail = said(page)
    assert "which this browser does not allow" in shown
    assert "workers are switched off" in detail
    page.evaluate("blocked = false")
    retry(page)
    assert works(page)
    report(f"fault: workers blocked | {shown} | Retry worked")


@CHROMIUM_ONLY
def test_a_device_that_is_offline(rig, report):
    page, fault = rig
    fault["now"] = r"build\.json$", status(404)
    page.reload()
    state(page, "error")
    fault["now"] = None
    page.context.set_offline(True)
    retry(page)
    expect(page.locator("#trouble .sentence")).to_contain_text("this device is offline")
    shown, _ = said(page)
    page.context.set_offline(False)
    retry(page)
    assert works(page)
    report(f"fault: offline | {shown} | Retry worked")


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
