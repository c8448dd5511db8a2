"""Without a network the page works whole; a second deployment replaces it whole, and is offered."""

import json
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT, opener

from build_steps import release, server

KEPT = "works without a network"
RUN = """() =>
  lab.run('lottery', {dataset: {num_samples: 300}, hidden: 8, steps: 9, levels: 2, trials: 1})
    .then(({records}) => records.length)"""
LOADED = """() => performance.getEntriesByType('resource').map(({ name }) => name)
  .concat([...document.scripts].map(({ src }) => src))
  .flatMap((name) => name.match(/[/]v[/]([0-9a-f]{12})[/]/)?.[1] ?? [])"""
# Where the sandbox's worker says that it is.
IN_SANDBOX = """async (path) => {
  const { Sandbox } = await import(new URL(path, location));
  const { text } = await new Sandbox().evaluate('import js; js.self.origin');
  return text.slice(1, -1);
}"""
CACHES = "caches.keys()"
COPIES = ("*.br", "*.gz")


class Host:
    """A static host: what is deployed can be replaced, and it can be cut off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 8400
        self.server: server.Server | None = None

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}/some/path/"

    def deploy(self, site: Path) -> None:
        link = self.folder / "some" / "path"
        link.parent.mkdir(exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(site)

    def up(self) -> None:
        self.server = server.bind(self.folder, self.port)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def down(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
        self.server = None


@pytest.fixture
def host(tmp_path):
    it = Host(tmp_path / "host")
    it.folder.mkdir()
    it.deploy(ROOT / "dist")
    it.up()
    yield it
    it.down()


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """Another release of the same sources: its heading differs."""
    flat = tmp_path_factory.mktemp("second") / "site"
    (first,) = (ROOT / "dist" / "v").iterdir()
    shutil.copytree(ROOT / "dist", flat, ignore=shutil.ignore_patterns("v", *COPIES))
    shutil.copytree(first, flat, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*COPIES))
    about = (ROOT / "dist" / "build.json").read_text().replace(f"v/{first.name}/", "")
    (flat / "build.json").unlink()
    for name in ("index.html", "sw.js"):
        text = (ROOT / name).read_text().replace("Deep learning’s fruit fly", "The second release")
        (flat / name).write_text(text)
    assert release.make(flat, json.loads(about)) != first.name
    return flat


@contextmanager
def visiting(browser, host, ready=True):
    with opener(browser, host.address) as open_page:
        yield open_page("?workers=1", service_workers="allow", watch=False, ready=ready)


def heading(page):
    return page.locator("h1").inner_text()


def releases(page):
    return set(page.evaluate(LOADED))


def test_the_page_works_without_a_network_and_takes_the_next_release_whole(
    browser, host, second, report
):
    with visiting(browser, host) as page:
        expect(page.locator("#offline")).to_contain_text(KEPT, timeout=60_000)
        first = releases(page)
        assert len(first) == 1

        host.down()
        page.reload()
        page.wait_for_function("document.documentElement.dataset.state === 'ready'")
        assert page.evaluate(RUN) == 7
        assert page.evaluate(IN_SANDBOX, f"v/{first.copy().pop()}/static/lab/sandbox.js") == "null"
        page.goto(f"{host.address}?workers=1&embed=lottery#lottery.trials=2")  # any of its links
        expect(page.locator("#tickets svg").first).to_be_visible()
        assert releases(page) == first

        host.deploy(second)
        host.up()
        page.goto(f"{host.address}?workers=1")
        assert heading(page).startswith("The second release")
        page.wait_for_function("document.documentElement.dataset.state === 'ready'")
        expect(page.locator("#offline")).to_contain_text(KEPT, timeout=60_000)
        new = releases(page)
        assert len(new) == 1
        assert new != first
        page.wait_for_function("caches.keys().then((names) => names.length === 1)")
        assert page.evaluate(CACHES)[0].endswith(new.pop())

        host.down()
        page.reload()
        assert heading(page).startswith("The second release")
        page.wait_for_function("document.documentElement.dataset.state === 'ready'")
        report("offline: reloaded, 7 records of a lottery; second release seen, first one deleted")


def test_a_page_that_is_open_is_offered_the_new_release_and_stays_whole_until_then(
    browser, host, second
):
    with visiting(browser, host) as page:
        expect(page.locator("#offline")).to_contain_text(KEPT, timeout=60_000)
        first = releases(page)
        host.deploy(second)  # the files of the first are gone from the host
        page.evaluate("navigator.serviceWorker.ready.then((it) => it.update()).then(() => 0)")
        offer = page.locator("#offline")
        expect(offer).to_contain_text("There is a new version of this page.", timeout=30_000)
        assert page.evaluate("lab.retry().then(() => 'ready')") == "ready"  # a worker of the first
        assert page.evaluate(RUN) == 7
        assert releases(page) == first
        offer.get_by_role("button", name="Load it").click()
        page.wait_for_function("document.querySelector('h1')?.innerText.startsWith('The second')")
        assert releases(page).isdisjoint(first)


def test_the_page_can_be_installed(page):
    manifest = page.evaluate("""async () => {
      const { href } = document.querySelector('link[rel=manifest]');
      const manifest = await (await fetch(href)).json();
      const icons = await Promise.all(manifest.icons.map(async ({ src, sizes }) => {
        const image = new Image();
        image.src = new URL(src, href).href;
        await image.decode();
        return [`${image.naturalWidth}x${image.naturalHeight}`, sizes];
      }));
      const start = new URL(manifest.start_url, href).href;
      return { ...manifest, icons, start };
    }""")
    assert manifest["start"] == page.url.split("?")[0].split("#")[0]
    assert manifest["display"] == "standalone"
    assert [found == told for found, told in manifest["icons"]] == [True, True]
