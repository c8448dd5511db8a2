"""What a visitor takes away and brings back: files, pictures, a ticket."""

import csv
import hashlib
import html
import io
import json
import math
import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.drivers import CHROMIUM_ONLY
from tests.browser.searched import result_of, searched

from mnist1d_lab import files
from mnist1d_lab.models.mlp import MLP

CHAPTER = "ticket"

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = "arm,trial,level,step,sparsity,test_loss,test_acc"
VALUES = ",0,1,30,0.37,1.5,50.5"  # after an arm
NS = "{http://www.w3.org/2000/svg}"


def download(page, button, figure="#tickets"):
    with page.expect_download() as waiting:
        page.locator(figure).get_by_role("button", name=button, exact=True).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def open_file(page, name, content, kind="application/octet-stream"):
    content = content.encode() if isinstance(content, str) else content
    file = {"name": name, "mimeType": kind, "buffer": content}
    page.locator("#tickets input[type=file]").set_input_files(files=[file])


def opened(page):
    return page.locator("#tickets .opened li")


def problem(page):
    return page.locator("#tickets .opener .problem")


@pytest.fixture(scope="module")
def page(browser, site, visitors):
    """A page on which a small search has ended."""
    with searched(browser, site, visitors) as page:
        yield page


@pytest.fixture(scope="module")
def result(page):
    return result_of(page)


@pytest.fixture
def nothing_open(page):
    """The page with no file open; what a test opened is removed before the next."""
    for _ in range(opened(page).count()):
        opened(page).first.get_by_role("button", name="Remove").click()
    return page


# Files


def test_json_has_everything_and_is_read_back_as_it_was(nothing_open, result):
    page = nothing_open
    name, content = download(page, "Records as JSON")
    file = json.loads(content)
    assert file["format"] == "mnist1d-lab records 1"
    build = page.evaluate("fetch('build.json').then((r) => r.json())")
    assert file["version"] == build["version"]
    assert file["spec"] == result["spec"]
    assert file["records"] == result["records"]
    assert re.fullmatch(
        r"mnist1d-lab_search_quick_hidden-12_steps-30_levels-2_trials-2_seed-0_[0-9a-f]{8}\.json",
        name,
    )
    open_file(page, name, content)
    expect(opened(page)).to_contain_text(f"{name}: {len(result['records'])} records; quick")
    expect(page.locator("#tickets .chart")).to_contain_text(f"dotted: {name[:9]}")
    expect(problem(page)).to_be_hidden()
    assert read_back(page, name, content) == {"spec": result["spec"], "records": result["records"]}


def test_csv_is_what_pythons_csv_reads_and_is_read_back_as_it_was(nothing_open, result):
    page = nothing_open
    name, content = download(page, "Records as CSV")
    assert content.endswith(b"\r\n")
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert [{key: number(text) for key, text in row.items()} for row in rows] == result["records"]
    open_file(page, name, content)
    expect(opened(page)).to_contain_text(f"{name}: {len(rows)} records; no spec in it")
    assert read_back(page, name, content) == {"spec": None, "records": result["records"]}


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


def read_back(page, name, content):
    """What the page's own reader makes of a file."""
    script = """async ([name, text]) => {
      const { readText } = await import('./static/files/read-results.js');
      const { KINDS } = await import('./static/lottery/record-kinds.js');
      const [{ spec, records }] = readText(text, name, KINDS).results;
      return { spec, records };
    }"""
    return page.evaluate(script, [name, content.decode()])


def test_a_file_is_dropped_drawn_and_removed(nothing_open):
    page = nothing_open
    dotted = page.locator("#tickets .chart [stroke-dasharray='0.1 5']")
    expect(dotted).to_have_count(0)
    drop(page, "mine.csv", table("lottery", "random", "dense"))
    expect(opened(page)).to_contain_text("mine.csv: 3 records")
    expect(dotted.first).to_be_attached()
    opened(page).get_by_role("button", name="Remove mine.csv").click()
    expect(opened(page)).to_have_count(0)
    expect(dotted).to_have_count(0)


def drop(page, name, text, times=1):
    script = """([name, text, times]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text.repeat(times)], name));
      const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      document.querySelector('#digits').dispatchEvent(event); // anywhere on the page
      return event.defaultPrevented;
    }"""
    assert page.evaluate(script, [name, text, times])  # else the browser would leave the page


def table(*arms):
    return "\r\n".join([COLUMNS, *(arm + VALUES for arm in arms), ""])


# Many more of them are read in tests/page/results-files.test.js.
@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("a.json", "[]", 'a.json is not a results file: format must be "mnist1d-lab records 1", got'),
    ("a.csv", table("=1+1"), 'lottery, random, dense or permuted, got "=1+1".'),
    ("a.png", b"\x89PNG\xff\xfe", "a.png is not text in UTF-8."),
], ids=["JSON", "CSV", "bytes"])  # fmt: skip
def test_a_mangled_file_gets_a_sentence_and_changes_nothing(page, name, content, sentence):
    open_file(page, "before.csv", table("lottery"))
    expect(opened(page).get_by_text("before.csv")).to_be_visible()
    expect(problem(page)).to_be_hidden()
    state = "document.querySelector('#tickets .opened').textContent"
    chart = "document.querySelector('#tickets .chart').innerHTML"
    before = page.evaluate(state), page.evaluate(chart), page.url
    open_file(page, name, content)
    expect(problem(page)).to_contain_text(sentence)
    assert problem(page).inner_text().startswith(name)
    assert (page.evaluate(state), page.evaluate(chart), page.url) == before


def test_a_file_that_is_too_large_is_not_even_read(nothing_open):
    page = nothing_open
    drop(page, "a.csv", "x", times=2**24 + 1)
    expect(problem(page)).to_have_text("a.csv is too large: at most 16 MB, got 16.1 MB.")
    expect(opened(page)).to_have_count(0)


# Code


@pytest.fixture(scope="module")
def desk(page, tmp_path_factory):
    """A folder, and the environment of a desk that has the wheel which the scripts name."""
    folder = tmp_path_factory.mktemp("desk")
    _, script = download(page, "Get this as code: a script in Python")
    wheel = re.findall(r'^#   "(mnist1d-lab @ .*)",$', script.decode(), re.MULTILINE)
    assert all(re.search(r"/some/path/wheels/[0-9a-f]{12}/mnist1d_lab-", one) for one in wheel)
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target")
    subprocess.run([*pip, folder / "packages", *wheel], check=True)  # its sum is checked
    kernels = str(Path(os.environ["MNIST1D_LIBRARY"]).resolve())
    packages = str(folder / "packages")
    return folder, {**os.environ, "PYTHONPATH": packages, "MNIST1D_LIBRARY": kernels}


def run_at_the_desk(desk, name, script):
    """The records that a script saves, as the text of their file."""
    folder, environment = desk
    (folder / name).write_bytes(script)
    subprocess.run([sys.executable, name], check=True, cwd=folder, env=environment)
    return (folder / "records.json").read_text(encoding="utf-8")


def test_a_script_finds_what_the_page_does_and_its_records_open_there(nothing_open, result, desk):
    page = nothing_open
    name, script = download(page, "Get this as code: a script in Python")
    assert re.fullmatch(r"mnist1d-lab_search_quick_hidden-12_.*_[0-9a-f]{8}\.py", name)
    text = run_at_the_desk(desk, name, script)
    assert json.loads(text)["records"] == result["records"]
    assert json.loads(text)["spec"] == result["spec"]
    open_file(page, "records.json", text)
    expect(opened(page)).to_contain_text(f"records.json: {len(result['records'])} records; quick")
    name, notebook = download(page, "Get this as code: a notebook")
    assert name.endswith(".ipynb")
    cells = ["".join(cell["source"]) for cell in json.loads(notebook)["cells"]]
    assert all(cell in script.decode() for cell in [cells[0], *cells[2:]])  # 1 installs
    assert "lottery.hidden=12" in cells[0]  # the page with its settings


SWEEP = """
preset: quick
seeds: 0:2
set: {steps: 30, hidden: 12, levels: 2}
"""


def records_hash(records):
    """The hash of all bits of records, in order; JSON has one kind of number, so all are floats."""
    rows = [
        {name: one if isinstance(one, str) else float(one).hex() for name, one in row.items()}
        for row in records
    ]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:12]


def by_the_command(desk, *words):
    """What a command of the desk's package says on its way, after it."""
    folder, environment = desk
    line = [sys.executable, "-P", "-m", "mnist1d_lab", *words]
    environment = {**environment, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_one_spec_by_four_routes_gives_equal_records(
    nothing_open, result, desk, monkeypatch, report
):
    folder, environment = desk
    found = {"page": result["records"]}
    fields = ("--steps", "30", "--hidden", "12", "--levels", "2")
    by_the_command(desk, "lottery", "--seeds", "0:2", *fields, "--out", "command.parquet")
    found["command"] = files.read(folder / "command.parquet").records
    _, notebook = download(nothing_open, "Get this as code: a notebook")
    (folder / "records.json").unlink(missing_ok=True)
    with monkeypatch.context() as there:
        for name, value in environment.items():
            there.setenv(name, value)
        there.delenv("MPLBACKEND", raising=False)  # a notebook draws into itself
        there.setenv("IPYTHONDIR", str(folder / "ipython"))
        cells = nbformat.reads(notebook.decode(), as_version=4)
        NotebookClient(cells, timeout=60, resources={"metadata": {"path": folder}}).execute()
    found["notebook"] = files.read(folder / "records.json").records
    (folder / "grid.yaml").write_text(SWEEP, encoding="utf-8")
    local = ("--scheduler", "local", "--workers", "4", "--out", "out")
    told = by_the_command(desk, "sweep", "grid.yaml", *local)
    assert re.search(r"^4 workers at tcp://\S+; http://\S+/status$", told, re.MULTILINE), told
    found["Dask with 4 workers"] = files.read(folder / "out" / "page" / "all.json").records
    hashes = {route: records_hash(records) for route, records in found.items()}
    report(f"one spec by four routes, the hash of its {len(found['page'])} records: "
           f"{', '.join(f'{route} {one}' for route, one in hashes.items())}")  # fmt: skip
    assert len(set(hashes.values())) == 1


# Pictures


def background(root):
    rect = root.find(f"{NS}rect")
    assert rect is not None
    return rect.get("fill")


def test_the_svg_is_well_formed_and_needs_nothing_of_the_page(page):
    name, content = download(page, "Figure as SVG")
    text = content.decode()
    assert name.startswith("mnist1d-lab_search_quick_") and name.endswith(".svg")
    assert "var(" not in text and "currentColor" not in text
    inside = [
        url for url in re.findall(r'url\("?([^")]+)', html.unescape(text)) if url[:5] != "data:"
    ]
    assert all(url[0] == "#" and f'id="{url[1:]}"' in text for url in inside), inside
    assert "url(&quot;data:font" in text or 'url("data:font' in text
    root = ElementTree.fromstring(content)
    texts = {element.text for element in root.iter(f"{NS}text")}
    assert {"lottery", "random", "dense"} <= texts
    assert background(root) == "rgb(255, 255, 255)"
    assert root.findtext(f"{NS}title") == "MNIST-1D Lab: search"
    caption, _, spec = root.findtext(f"{NS}desc", "").rpartition("\n")
    assert caption.startswith("Test accuracy after training")
    assert json.loads(spec)["hidden"] == 12
    colours = {element.get("stroke") for element in root.iter()}
    assert {"rgb(0, 114, 178)", "rgb(213, 94, 0)"} <= colours


def test_the_png_is_twice_as_large_and_shows_the_curves(page):
    drawing = page.locator("#tickets .chart svg[aria-label]").bounding_box()
    legend = page.locator("#tickets .chart .chart-keys").bounding_box()
    size = {"width": drawing["width"], "height": drawing["y"] + drawing["height"] - legend["y"]}
    name, content = download(page, "Figure as PNG")
    assert name.endswith(".png")
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    margins = 2 * 16
    assert width == 2 * math.ceil(size["width"] + margins)
    assert height == pytest.approx(2 * (size["height"] + margins), abs=8)  # of the legend's letters
    count = """async (bytes) => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const found = {};
      for (let i = 0; i < data.length; i += 4) {
        const colour = data.slice(i, i + 4).join();
        found[colour] = (found[colour] ?? 0) + 1;
      }
      return ['255,255,255,255', '0,114,178,255', '213,94,0,255'].map((one) => found[one] ?? 0);
    }"""
    white, lottery, random = page.evaluate(count, list(content))
    assert white > width * height / 2
    assert lottery > 1000 and random > 1000


def texts_of(png):
    """What is written in a PNG file, by keyword; each checksum is checked."""
    found, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        body = png[at + 4 : at + 8 + length]
        assert struct.unpack(">I", png[at + 8 + length : at + 12 + length]) == (zlib.crc32(body),)
        if body[:4] == b"iTXt":
            keyword, _, text = body[4:].partition(b"\0")
            found[keyword.decode()] = text[4:].decode()
        at += 12 + length
    return found


def test_a_png_says_what_it_is_and_which_settings_made_it(page, result):
    texts = texts_of(download(page, "Figure as PNG")[1])
    assert texts["Title"] == "MNIST-1D Lab: search"
    assert json.loads(texts["Settings"]) == result["spec"]
    assert texts["Description"].startswith("Test accuracy after training")
    assert "How to read this" not in texts["Description"]
    assert "bands are their 95 % t-intervals" in texts["Description"]


def test_a_legend_is_in_the_picture(page):
    root = ElementTree.fromstring(download(page, "Figure as SVG", "#arms")[1])
    texts = {element.text for element in root.iter(f"{NS}text")}
    assert {"shipped, 95 % interval", "the published figure"} <= texts
    images = sum(1 for _ in root.iter(f"{NS}svg"))
    legend = page.locator("#arms .chart-key svg").count()
    assert images == 1 + 1 + legend  # the picture itself, the drawing, a sample of each mark


@CHROMIUM_ONLY
def test_a_dark_page_gives_a_dark_picture(page):
    page.emulate_media(color_scheme="dark")
    _, content = download(page, "Figure as SVG")
    page.emulate_media(color_scheme="light")
    assert background(ElementTree.fromstring(content)) == "rgb(22, 23, 26)"


def test_a_mask_is_taken_with_the_words_beside_it(page):
    mask = page.locator("#mask")
    expect(mask.locator("canvas").first).to_be_visible()
    _, content = download(page, "Figure as SVG", "#mask")
    root = ElementTree.fromstring(content)
    images = [image.get("href", "") for image in root.iter(f"{NS}image")]
    assert len(images) == mask.locator("canvas").locator("visible=true").count() == 2
    assert all(image.startswith("data:image/png;base64,") for image in images)
    assert {"lottery", "input"} <= {text.text for text in root.iter(f"{NS}text")}


def test_a_training_is_taken_away_too(page, desk):
    waits.chapter(page, "networks")
    page.locator("#training").get_by_label("Steps").fill("4")
    page.get_by_role("button", name="Train", exact=True).click()
    page.locator("#training .runner").get_by_text("Done in").wait_for()
    name, content = download(page, "Records as JSON", "#training")
    assert name.startswith("mnist1d-lab_training_hidden-100_steps-4_trials-1_seed-0_")
    args = {"steps": 4, "eval_every": 1}
    records = page.evaluate("(args) => lab.run('train', args).then((r) => r.records)", args)
    rows = [row for row in json.loads(content)["records"] if row["arm"] == "mlp"]
    plain = [row for row in rows if row["condition"] == "plain"]
    measured = "step", "train_loss", "train_acc", "test_loss", "test_acc"
    assert [[row[name] for name in measured] for row in plain] == [
        [record[name] for name in measured] for record in records
    ]
    names = {
        download(page, f"Figure: {one} as SVG", "#training")[0] for one in ("accuracy", "learned")
    }
    assert len(names) == 2
    script = download(page, "Get this as code: a script in Python", "#training")
    assert json.loads(run_at_the_desk(desk, *script))["records"] == json.loads(content)["records"]
    waits.chapter(page, "ticket")


# The ticket


def test_the_ticket_opens_with_numpy_and_is_what_was_trained(page, result):
    ticket = page.locator("#tickets").get_by_role("group", name="Ticket")
    expect(ticket.get_by_label("level of the ticket")).to_have_value("2")  # the last
    ticket.get_by_label("trial of the ticket").select_option("1")
    expect(ticket.get_by_label("level of the ticket")).to_have_value("2")
    name, content = download(page, "The ticket as NPZ: mask and initial weights")
    assert name.endswith("-level-2.npz")
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays = dict(file)
    spec = json.loads(str(arrays["spec"]))
    assert (spec["lottery"]["seed"], spec["level"]) == (1, 2)
    initial = MLP(hidden=12).init(np.random.default_rng(1))
    masks = [arrays[f"mask.{key}"] for key in initial]
    for key, values in initial.items():
        assert np.array_equal(arrays[f"initial.{key}"], values), key
        assert arrays[f"mask.{key}"].shape == values.shape
    (found,) = [
        row for row in result["records"]
        if (row["arm"], row["trial"], row["level"]) == ("lottery", 1, 2)
    ]  # fmt: skip
    kept = sum(mask.sum() for mask in masks) / sum(mask.size for mask in masks)
    assert kept == pytest.approx(1 - found["sparsity"])


def test_before_a_run_the_shipped_training_is_taken_away(open_page):
    page = open_page(ready=None, chapter="networks")
    page.locator("#training").scroll_into_view_if_needed()  # out of sight it waits for Python
    expect(page.locator("#training .accuracy")).to_contain_text("shipped, n = 20")
    file = json.loads(download(page, "Records as JSON", "#training")[1])
    shipped = json.loads((ROOT / "static" / "results" / "models.json").read_text(encoding="utf-8"))
    assert file["spec"] == shipped["spec"]
    assert len(file["records"]) == len(shipped["records"]["rows"])
    _, content = download(page, "Figure: accuracy as SVG", "#training")
    texts = {text.text for text in ElementTree.fromstring(content).iter(f"{NS}text")}
    assert {"CNN, shuffled", "inputs in order", "shipped, n = 20", "people"} <= texts


def test_without_any_result_there_is_nothing_to_save(open_page):
    page = open_page(
        ready=None,
        chapter="networks",
        watch=False,  # the browser logs the file that is not there
        before=lambda page: page.route("**/results/models.json", lambda route: route.abort()),
    )
    page.locator("#training").scroll_into_view_if_needed()  # out of sight it waits for Python
    page.locator("#training").get_by_role("button", name="Records as CSV").click()
    expect(page.locator("#training .takeaway").first).to_contain_text(
        "There is nothing to save yet."
    )
