"""The sandbox: what runs there reaches nothing, can be stopped, and has packages of the site."""

import ast
import json
import re
import shutil
import threading
import time
from pathlib import Path

import pytest
from tests.browser.conftest import ROOT, opener
from tests.browser.wheels import wheel_of

from build_steps import release, server, wheel_index
from build_steps.paths import Paths

ATTEMPTS = (ROOT / "tests" / "browser" / "sandbox_attempts.js").read_text(encoding="utf-8")
MADE = """async (address) => {
  const { Sandbox } = await import(address);
  window.sandbox = new Sandbox();
  const begun = performance.now();
  await sandbox.evaluate('1');
  return performance.now() - begun;
}"""
ASKED = """async ([method, ...args]) => {
  const printed = [];
  const last = args.at(-1);
  if (last?.printed) args.splice(-1, 1, { onPrint: (text) => printed.push(text) });
  try {
    const value = await sandbox[method](...args);
    return { value, printed: printed.join('') };
  } catch ({ name, message, field, line }) {
    return { error: { name, message, field, line }, printed: printed.join('') };
  }
}"""
TRY_ALL = """
import js
from pyodide.ffi import to_js
js.importScripts(js.URL.createObjectURL(js.Blob.new(to_js([{code!r}]))))
await js.attempts({site!r})
"""
asked_of_server: list[str] = []


class Handler(server.Handler):
    """Notes what it is asked for."""

    def send_head(self):
        asked_of_server.append(self.path)
        return super().send_head()


@pytest.fixture(scope="module")
def hosted(tmp_path_factory):
    """Address of the site whose host has laid three wheels into wheels/; one was damaged later."""
    root, host = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("host")
    site = host / "some" / "path"
    shutil.copytree(ROOT / "dist", site, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    (home,) = (site / "v").iterdir()
    (root / "static" / "wheels").mkdir(parents=True)
    for name in ("sortedcontainers", "iniconfig"):
        wheel_of(name, root / "static" / "wheels")
    wheel_index.write(Paths(root), home / "wheels")
    release.move_wheels(site, home)
    about = json.loads((home / "build.json").read_text())
    about["hosted"] = [
        *(path.relative_to(home).as_posix() for path in (home / "wheels").rglob("*.html")),
        *(
            f"../../{path.relative_to(site).as_posix()}"
            for path in (site / "wheels").rglob("*.whl")
        ),
    ]
    (home / "build.json").write_text(json.dumps(about))
    (damaged,) = (site / "wheels").glob("*/iniconfig-*.whl")
    damaged.write_bytes(damaged.read_bytes() + b"\0")
    with server.bind(host, 8400, Handler) as bound:
        threading.Thread(target=bound.serve_forever, daemon=True).start()
        yield f"http://localhost:{bound.server_port}/some/path/"
        bound.shutdown()


@pytest.fixture(scope="module")
def page(browser, hosted, report):
    """A page with a sandbox that has started; its Python is not needed."""
    (home,) = (ROOT / "dist" / "v").iterdir()
    with opener(browser, hosted) as open_page:
        page = open_page("?workers=1", ready=False, watch=False)
        took = page.evaluate(MADE, f"{hosted}v/{home.name}/static/lab/sandbox.js")
        report(f"sandbox: {took / 1000:.1f} s from the first use to the first answer")
        yield page


def ask(page, method, *args):
    return page.evaluate(ASKED, [method, *args])


def evaluated(page, source):
    """What a text comes to, which must be no error."""
    answer = ask(page, "evaluate", source)
    assert "value" in answer, answer
    assert answer["value"]["error"] is None, answer["value"]["error"]
    return answer["value"]


def test_code_that_tries_gets_nothing(page, hosted, report):
    asked_of_server.clear()
    text = evaluated(page, TRY_ALL.format(code=ATTEMPTS, site=hosted))["text"]
    came = json.loads(ast.literal_eval(text))
    assert came.pop("origin") == "null"
    got = {name: what for name, what in came.items() if what.startswith("GOT")}
    assert got == {}
    assert len(came) == 20
    report(
        "sandbox, what each attempt said:\n" + "\n".join(f"    {a}: {b}" for a, b in came.items())
    )
    assert [path for path in asked_of_server if "runtime" not in path] == []


def test_an_endless_loop_ends_at_once_and_the_next_line_works(page, report):
    took = page.evaluate("""async () => {
      const loop = sandbox.evaluate('while True: pass');
      await new Promise((resolve) => setTimeout(resolve, 300));
      const begun = performance.now();
      sandbox.stop();
      const name = await loop.catch((error) => error.name);
      await new Promise(requestAnimationFrame);
      return { name, stopped: performance.now() - begun };
    }""")
    assert took["name"] == "AbortError"
    assert took["stopped"] < 500
    begun = time.monotonic()
    assert evaluated(page, "6 * 7")["text"] == "42"
    again = time.monotonic() - begun
    report(
        f"sandbox: stopped in {took['stopped']:.0f} ms; a fresh one answered {again:.1f} s later"
    )


def test_a_flood_of_output_is_cut(page):
    answer = ask(page, "evaluate", "for i in range(10**5): print('flood')", {"printed": True})
    assert answer["printed"].endswith("\n… more output is not shown.\n")
    assert 20_000 <= len(answer["printed"]) < 20_100


def test_what_needs_too_much_memory_is_told_and_nothing_is_lost(page):
    evaluated(page, "kept = 'still here'")
    error = ask(page, "evaluate", "[bytearray(2**31 - 2**16) for _ in range(3)]")["value"]["error"]
    assert (error["name"], error["line"]) == ("MemoryError", 1)
    assert error["message"].startswith("This needs more memory than the browser gives it")
    assert evaluated(page, "kept")["text"] == "'still here'"


@pytest.mark.parametrize("death", ["its own", "with its frame"])
def test_a_worker_that_dies_is_told_in_one_sentence(page, death):
    line = "import js; js.close()" if death == "its own" else "while True: pass"
    page.evaluate(
        "(line) => { sandbox.evaluate(line).catch((error) => { window.gone = error; }); }", line
    )
    if death == "with its frame":  # as when the browser ends its process
        page.evaluate("document.querySelector('iframe[title=Sandbox]').remove()")
    page.wait_for_function("window.gone?.name === 'EndedError'")
    assert page.evaluate("gone.message").startswith("The browser ended the sandbox")
    page.evaluate("window.gone = null")
    assert evaluated(page, "1 + 1")["text"] == "2"


def test_a_job_gives_what_the_lab_gives_and_refuses_alike(page):
    args = {"model": "mlp", "hidden": 5, "steps": 3, "dataset": {"num_samples": 50}}
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")
    ours = page.evaluate("async (args) => (await lab.run('train', args)).records", args)
    assert ask(page, "run", "train", args)["value"]["records"] == ours
    refused = ask(page, "run", "train", {"hidden": 0})["error"]
    assert (refused["name"], refused["field"]) == ("ValueError", "hidden")


def test_our_own_package_came_by_micropip(page):
    text = evaluated(
        page,
        "import importlib.metadata as m; (m.distribution('mnist1d-lab').read_text('INSTALLER'), "
        "mnist1d_lab.kernels.backend(), m.version('numpy') == np.__version__)",
    )["text"]
    assert text == "('micropip', 'simd', True)"


def test_a_wheel_of_the_host_is_installed(page):
    assert re.fullmatch(
        r"Installed: sortedcontainers [\d.]+\.", ask(page, "install", "sortedcontainers")["value"]
    )
    text = evaluated(page, "from sortedcontainers import SortedList; SortedList([3, 1, 2])")["text"]
    assert text == "SortedList([1, 2, 3])"


SENTENCES = {
    "iniconfig": r"The wheel is not the one that its index describes: sha256 \w+… was .*",
    "no-such-thing": r"No wheel of no-such-thing is here: .*",
    "sortedcontainers==99": r"sortedcontainers==99 was asked for, but .* is there already.*",
    "iniconfig==99": r"No wheel of iniconfig==99 that is here can run in a browser\.",
    "not a name": r"The name of a package was expected, as in name or name==1\.0; got not a name\.",
}


@pytest.mark.parametrize("what", SENTENCES)
def test_what_cannot_be_installed_is_said_in_one_sentence(page, what):
    assert re.fullmatch(SENTENCES[what], ask(page, "install", what)["error"]["message"])


def dropped(page, file: Path, name: str = ""):
    """Give a file of this machine to the sandbox."""
    return page.evaluate(
        """async ([name, bytes]) => sandbox.install(name, { file: new Uint8Array(bytes).buffer })
          .catch((error) => error.message)""",
        [name or file.name, list(file.read_bytes())],
    )


def test_a_wheel_of_the_visitor_is_installed_or_refused(page, tmp_path):
    assert re.fullmatch(r"Installed: pluggy [\d.]+\.", dropped(page, wheel_of("pluggy", tmp_path)))
    assert evaluated(page, "import pluggy; pluggy.PluginManager('x').project_name")["text"] == "'x'"
    needs_more = dropped(page, wheel_of("pytest-timeout", tmp_path))
    assert needs_more.startswith("No wheel of pytest is here")
    other = "pluggy-9.0-cp311-cp311-manylinux_2_17_x86_64.whl"
    assert "made for another system, manylinux_2_17_x86_64" in dropped(
        page, wheel_of("pluggy", tmp_path), other
    )
    broken = tmp_path / "broken-1.0-py3-none-any.whl"
    broken.write_bytes(b"no zip")
    assert dropped(page, broken) == "This file is no wheel: it cannot be unpacked."
