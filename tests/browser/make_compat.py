"""Make the fixtures of test_compat.py with an earlier release: what its visitors still have.

python tests/browser/make_compat.py DIST    DIST is the built site of that release

Those in fixtures/compat are of the last release with one flat static/ folder (November 2026). They
are made once, and not again: that they stay readable is what the test is about.
"""

import hashlib
import json
import sys
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "py")]

from tests.browser import waits  # noqa: E402
from tests.browser.conftest import FLAGS, patient  # noqa: E402
from tests.browser.drivers import launch  # noqa: E402
from tests.browser.searched import CLIPBOARD, SMALL, copied_link, run  # noqa: E402

from build_steps.server import bind  # noqa: E402

FOLDER = Path(__file__).with_name("fixtures") / "compat"
SEARCH = {"steps": 30, "hidden": 12, "levels": 2, "trials": 1, "dataset": {"num_samples": 200}}
DATASET = {"num_samples": 20, "max_translation": 20, "seed": 3}
TEMPLATE = "3:0,0.1,0.2,0.3,0.4,0.5,0.4,0.3,0.2,0.1,0,-0.1"

# All that the page's database holds, typed arrays as {bytes: […]}.
DUMP = """() => new Promise((resolve, reject) => {
  const opening = indexedDB.open('mnist1d-lab');
  opening.onerror = () => reject(opening.error);
  opening.onsuccess = () => {
    const found = [];
    const cursor = opening.result.transaction('kept').objectStore('kept').openCursor();
    cursor.onsuccess = () => {
      if (!cursor.result) return resolve(JSON.stringify(found,
        (_, value) => (ArrayBuffer.isView(value) ? { bytes: Array.from(value) } : value)));
      found.push([cursor.result.key, cursor.result.value]);
      cursor.result.continue();
    };
  };
})"""
# A job's result as text that is the same for the same result.
JOB = """async ([job, args]) => {
  const newer = ['random_counts', 'survivors', 'optimizer', 'momentum', 'weight_decay', 'init',
    'batch_order', 'label_noise', 'depth', 'early_stop']; // that the earlier release did not have
  const sorted = (key, value) => {
    if (newer.includes(key)) return undefined;
    if (ArrayBuffer.isView(value)) return Array.from(value, String);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const bytes = (text) => Uint8Array.from(text, Number);
  const given = { ...args, ...(args.mask && { mask: bytes(args.mask) }),
    ...(args.file && { file: bytes(args.file) }) };
  return JSON.stringify(await lab.run(job, given), sorted);
}"""
# The ticket of a search's first level, packed.
TICKET = """async (args) => {
  let found = null;
  await lab.run('lottery', args, { onProgress: ({ masks, records }) => {
    if (!found && masks[0][1]) found = Array.from(masks[0][1]);
  } });
  return found;
}"""


def result_hash(page, job, args):
    """Call a job on a page; a hash of all that it returns."""
    file = list((FOLDER / args["file"]).read_bytes()) if "file" in args else None
    text = page.evaluate(JOB, [job, {**args, **({"file": file} if file else {})}])
    return hashlib.sha256(text.encode()).hexdigest()


def calls(mask):
    """Calls by the names that jobs had: job, arguments. A file is given by its name here."""
    ticket = {"lottery": SEARCH, "level": 1}
    return [
        ["look", {**ticket, "mask": mask}],
        ["opened", {"file": "dataset.npz"}],
        ["plan", SEARCH],
        ["adjacency", {"mask": [1, 1, 0, 0, 1, 1], "inputs": 3}],
        ["parts", DATASET],
        ["code", DATASET],
        ["train", {"model": "mlp", "steps": 20, "eval_every": 10, "dataset": {"num_samples": 200}}],
        ["lottery", SEARCH],
    ]


def save(name, content):
    data = content if isinstance(content, bytes) else content.encode()
    (FOLDER / name).write_bytes(data)


def downloaded(page, figure, button):
    with page.expect_download() as waiting:
        page.locator(figure).get_by_role("button", name=button, exact=True).click()
    return waiting.value.path().read_bytes()


def make(page, site):
    """Do what a visitor does, and keep what stays with them."""
    page.goto(f"{site}{SMALL}#ticket")
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")
    run(page)
    save("link.txt", copied_link(page).split("#")[1])
    save("records.json", downloaded(page, "#tickets", "Records as JSON"))
    save("records.csv", downloaded(page, "#tickets", "Records as CSV"))
    page.locator("#draw").get_by_role("button", name="comb").click()
    waits.chapter(page, "data")
    page.locator("#templates textarea").fill(TEMPLATE)
    page.locator("#templates textarea").press("Tab")
    page.locator("#templates-name").fill("mine")
    page.locator("#templates").get_by_role("button", name="Save").click()
    save("storage.json", page.evaluate("JSON.stringify({ ...localStorage })"))
    save("kept.json", page.evaluate(DUMP))
    fragment = "&".join(f"{name}={value}" for name, value in DATASET.items())
    page.goto(f"{site}?workers=1#{fragment}&at=data")
    page.reload()
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")
    save("dataset.npz", downloaded(page, "#overview", "Dataset as NPZ"))
    made = calls(page.evaluate(TICKET, SEARCH))
    rows = [[job, args, result_hash(page, job, args)] for job, args in made]
    save("jobs.json", "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")


def main(dist: Path) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with bind(dist, 8300) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = launch(playwright, FLAGS)
        context = browser.new_context(permissions=CLIPBOARD, service_workers="block")
        page = patient(context.new_page())
        page.set_default_timeout(60_000)
        make(page, f"http://localhost:{server.server_port}/")
        browser.close()
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
