"""The generator studio: every knob, the ten digits, how one is made, files."""

import io
import json
import re

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.knobs import LINES, address, published, slider
from tests.browser.test_lab import fetch
from tests.parity import spec_cases

from mnist1d_lab import jobs
from mnist1d_lab.dataset import generator
from mnist1d_lab.dataset.generator import make_dataset
from mnist1d_lab.dataset.spec import DatasetSpec

CHAPTER = "data"

STROKES = """async (specs) => {
  const { digitSignals } = await import('./static/dataset/digit-signals.js');
  const all = [];
  for (const spec of specs) all.push([...digitSignals(await lab.run('parts', spec), spec)]);
  return all;
}"""


@pytest.fixture
def fresh(page):
    """The module's page with the published dataset and the details open."""
    return published(page)


def test_random_specs_in_pyodide_equal_the_reference(page, report):
    cases = spec_cases.cases()
    assert len(cases) >= 200
    worst = 0.0
    for spec, expected in cases:
        worst = max(worst, spec_cases.difference(fetch(page, spec)[1], expected))
        assert worst <= 1e-12, spec
    report(f"parity with mnist1d in Pyodide: {worst:.2g} at most over {len(cases)} random specs")


def test_the_pages_own_sums_are_pythons(page, report):
    specs = [spec for spec, _ in spec_cases.cases()[:60]]
    specs.append(json.loads(json.dumps(vars(DatasetSpec()))))
    worst = 0.0
    for spec, drawn in zip(specs, page.evaluate(STROKES, specs), strict=True):
        made = jobs.run("digits", spec)["x"]
        raw = np.array(drawn)
        whole = make_dataset(spec)
        scale = (
            whole["t"][-1] / generator.get_templates()["t"][-1]
        )  # one over their standard deviation
        moved = made - raw * scale
        worst = max(worst, np.ptp(moved))  # but for one number, the mean, for all ten
        assert worst <= 1e-12 * max(1, scale), spec
    report(f"ten digits added up in the page: {worst:.2g} from Python's over {len(specs)} specs")


def test_every_parameter_of_the_reference_has_a_control_that_resets(fresh):
    page = fresh
    controls = page.locator("#digits .control, #data-sliders .control")
    assert controls.count() == 13  # eleven numbers, of which one is a pair, and the order
    for label, value, part in [
        ("White noise", "0.1", "iid_noise_scale=0.1"),
        ("Scaling", "0.9", "scale_coeff=0.9"),
        ("Shear", "1.5", "shear_scale=1.5"),
        ("Least padding", "10", "padding_low=10"),
        ("Most padding", "70", "padding_high=70"),
        ("Template length", "20", "template_len=20"),
        ("Examples", "700", "num_samples=700"),
        ("Training share", "0.5", "train_split=0.5"),
        ("Seed of the data", "7", "seed=7"),
    ]:
        box = page.locator("#digits").get_by_label(label, exact=True)
        box.fill(value)
        address(page, part)
        control = page.locator("#digits .control", has=page.get_by_label(label, exact=True))
        term = "padding" if "padding" in part else part.split("=")[0]
        assert term in control.locator(".help").inner_text()
    page.locator("#digits").get_by_label("Order of the numbers").select_option("shuffled")
    address(page, "shuffle_seq=true")
    again = page.evaluate("location.search + location.hash")
    resets = page.locator("#digits .more button.reset:visible")
    assert resets.count() == 10
    while resets.count():
        resets.first.click()
    page.wait_for_function("location.search + location.hash === '#data'")
    assert "padding_low=10" in again


def test_a_limit_follows_what_it_hangs_on_and_gives_back_what_it_took(fresh):
    page = fresh
    shift, most = slider(page, "Shift"), slider(page, "Most padding")
    most.fill("20")
    assert shift.get_attribute("max") == "32"
    assert shift.input_value() == "32"  # 48 cannot be chosen there
    assert slider(page, "Least padding").input_value() == "20"
    address(page, "max_translation=32")
    expect(page.locator("#digits > .problem")).to_be_empty()
    most.fill("60")
    assert shift.input_value() == "48"
    assert slider(page, "Least padding").input_value() == "36"
    page.wait_for_function("location.search + location.hash === '#data'")
    assert page.locator("#digits .error:not(:empty)").count() == 0


# `answered` once Python has answered to the sliders; what is asked in advance has no function.
ANSWERED = """() => {
  const run = lab.run;
  window.answered = false;
  window.mend = () => { lab.run = run; };
  lab.run = async (job, args, ...more) => {
    const made = await run.call(lab, job, args, ...more);
    window.answered ||= job === 'parts' && typeof args === 'function';
    return made;
  };
}"""


def test_the_same_examples_morph_and_python_draws_what_the_page_drew(fresh):
    page = fresh
    page.evaluate(ANSWERED)
    slider(page, "Noise").fill("0")
    quiet = page.evaluate(LINES)
    slider(page, "Noise").fill("0.01")
    near = page.evaluate(LINES)  # within the same turn, without Python
    assert near != quiet

    def first(lines):
        return np.array(re.findall(r"M([\d.]+)", lines[0]), float)

    assert np.abs(first(near) - first(quiet)).max() < 3  # pixels
    page.wait_for_function("answered")
    waits.drawn(page)
    page.evaluate("mend()")
    assert page.evaluate(LINES) == near


def test_an_address_rebuilds_the_dataset(open_page):
    query = (
        "?workers=1&padding_low=5&padding_high=30&max_translation=9&seed=11&shuffle_seq=true"
        "&num_samples=200&templates=4:0,0,0.5,0.5,0,0,0,0,0,0,0,0"
    )
    page = open_page(query)
    for part in query[1:].split("&"):
        address(page, part)
    page.locator("#overview").scroll_into_view_if_needed()
    code = page.locator("#overview code.lab")
    expect(code).to_contain_text("seed", timeout=30_000)
    scope: dict[str, dict[str, np.ndarray]] = {}
    exec(code.text_content(), scope)
    wanted = make_dataset({
        "padding": [5, 30], "max_translation": 9, "seed": 11, "shuffle_seq": True,
        "num_samples": 200, "templates": "4:0,0,0.5,0.5,0,0,0,0,0,0,0,0",
    })  # fmt: skip
    assert (scope["data"]["x"] == wanted["x"]).all()
    with page.expect_download() as download:
        page.get_by_role("button", name="Dataset as NPZ").click()
    with np.load(io.BytesIO(download.value.path().read_bytes())) as file:
        assert np.abs(file["x"] - wanted["x"]).max() < 1e-12
        assert (file["y_test"] == wanted["y_test"]).all()


@pytest.mark.parametrize("form", ["csv", "json", "npz"])
def test_a_file_taken_away_sets_its_settings_when_it_is_opened(fresh, tmp_path, form):
    page = fresh
    page.locator("#digits").get_by_label("Examples", exact=True).fill("100")
    slider(page, "Most padding").fill("20")
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Dataset as {form.upper()}").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    page.get_by_role("button", name="Back to the published dataset").click()
    page.get_by_label("A dataset file", exact=True).set_input_files(path)
    address(page, "num_samples=100")
    assert slider(page, "Most padding").input_value() == "20"
    assert slider(page, "Shift").input_value() == "32"


@pytest.mark.parametrize("content", ["hello", '{"format": "mnist1d-lab records 1"}', ""])
def test_a_file_that_is_not_ours_changes_nothing(fresh, tmp_path, content):
    page = fresh
    slider(page, "Noise").fill("0.4")
    (tmp_path / "strange.json").write_text(content)
    page.get_by_label("A dataset file", exact=True).set_input_files(tmp_path / "strange.json")
    problem = page.locator("#overview .unopened")
    expect(problem).to_contain_text("strange.json was not opened: file must be a dataset")
    assert slider(page, "Noise").input_value() == "0.4"


@pytest.mark.parametrize(("label", "value", "field"), [
    ("Examples", "3", "num_samples"),
    ("Seed of the data", "-4", "seed"),
    ("Seed of the data", "1.5", "seed"),
])  # fmt: skip
def test_a_typed_value_that_is_bad_is_explained_there(fresh, label, value, field):
    page = fresh
    page.locator("#digits").get_by_label(label, exact=True).fill(value)
    error = page.locator(f"#dataset-{field}-error")
    expect(error).to_have_text(re.compile(rf"^{field} must be a whole number .* got {value}"))
    page.locator("#digits").get_by_label(label, exact=True).fill("50")
    expect(error).to_be_empty()


def test_a_digits_stages_are_scrubbed_and_played_and_follow_the_sliders(fresh):
    page = fresh
    page.locator("#making").scroll_into_view_if_needed()
    stages = page.locator("#making .stage")
    expect(stages).to_have_count(9)
    code = page.locator("#making code")
    for name, start in (("pad", "def pad("), ("shear", "def shear(")):
        stages.filter(has_text=re.compile(f"^{name}$")).click()
        expect(code).to_contain_text(start)
        assert page.locator("#making .stage[aria-pressed=true]").inner_text() == name
    large = page.locator("#making .large path").nth(1)
    before = large.get_attribute("d")
    slider(page, "Shear").fill("2")
    page.locator("#making").scroll_into_view_if_needed()  # out of view nothing is drawn
    expect(large).not_to_have_attribute("d", before)
    slider(page, "Stage").fill("25")  # half-way to the second stage
    expect(code).to_contain_text("def pad(")
    page.get_by_role("button", name="Play", exact=True).click()
    expect(code).to_contain_text("def dilate(", timeout=10_000)
    page.get_by_role("button", name="Pause", exact=True).click()
    here = slider(page, "Stage").input_value()
    waits.drawn(page)
    assert slider(page, "Stage").input_value() == here


def test_the_overview_says_how_small_the_dataset_is(fresh):
    page = fresh
    page.locator("#overview").scroll_into_view_if_needed()
    claim = page.locator("#claim")
    expect(claim).to_contain_text("one of these is 40: 20 times fewer.", timeout=30_000)
    expect(claim).to_contain_text("takes 800\u00a0kB")
    squares = page.locator("#overview .size path")
    assert [squares.nth(i).get_attribute("d").count("M") for i in range(2)] == [784, 40]
    slider(page, "Resolution").fill("20")
    page.locator("#overview").scroll_into_view_if_needed()
    expect(claim).to_contain_text("one of these is 20: 39 times fewer.", timeout=30_000)
    painted = page.evaluate("""[...document.querySelectorAll('#overview canvas')]
      .map((one) => one.getContext('2d').getImageData(0, 0, one.width, one.height))
      .map(({ data }) => new Set(data).size)
    """)
    assert min(painted) > 50


def test_a_hundred_thousand_examples_do_not_freeze_the_page_and_tell_how_far_they_are(fresh):
    outcome = fresh.evaluate("""async () => {
      const told = [];
      let ticks = 0, running = true;
      const tick = () => {
        ticks += 1;
        if (running) setTimeout(tick, 5);
      };
      tick();
      const made = await lab.run('dataset', { num_samples: 100000 },
        { onProgress: ({ done, total }) => told.push([done, total]) });
      running = false;
      return { ticks, told: told.length, last: told.at(-1), shape: made.shape };
    }""")
    assert outcome["shape"] == [80_000, 40]
    assert outcome["told"] == 100
    assert outcome["last"] == [100_000, 100_000]
    assert outcome["ticks"] > 20  # the page went on: the making is a worker's


def focused(page):
    return page.evaluate("""() => { const e = document.activeElement;
      return e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent; }""")


def tab_to(page, name, most=80, key="Tab"):
    for _ in range(most):
        page.keyboard.press(key)
        if (focused(page) or "").strip() == name:
            return
    raise AssertionError(f"Tab never came to {name}")


def test_the_whole_studio_by_keyboard_alone(open_page):
    page = open_page()
    tab_to(page, "Noise")
    page.keyboard.press("ArrowRight")
    address(page, "corr_noise_scale=0.26")
    tab_to(page, "Every parameter of the generator")
    page.keyboard.press("Enter")
    tab_to(page, "Shear")
    page.keyboard.press("ArrowLeft")
    address(page, "shear_scale=0.74")
    tab_to(page, "Examples")
    page.keyboard.press("Control+a")
    page.keyboard.type("500")
    address(page, "num_samples=500")
    tab_to(page, "Digit")  # the steps are asked for when their figure comes near
    page.locator("#making .stage").last.wait_for()
    tab_to(page, "pad", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#making code")).to_contain_text("def pad(")
    tab_to(page, "Stage")
    page.keyboard.press("End")
    expect(page.locator("#making code")).to_contain_text("def resample(")
    tab_to(page, "Play")
    page.keyboard.press("Space")
    expect(page.locator("#making .play button")).to_have_text("Pause")
    page.keyboard.press("Space")
    tab_to(page, "Edit digit 1")
    page.keyboard.press("Enter")
    tab_to(page, "Point 3 of 12")
    page.keyboard.press("PageUp")
    address(page, "templates=1:")
    tab_to(page, "Keep it in this browser as")
    page.keyboard.type("mine")
    tab_to(page, "Save")
    page.keyboard.press("Enter")
    expect(page.locator("#templates .outcome")).to_contain_text("Saved “mine”")
    tab_to(page, "Dataset as NPZ")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    with np.load(download.value.path()) as file:
        spec = json.loads(str(file["spec"]))
        assert (spec["num_samples"], spec["templates"][:2]) == (500, "1:")
        assert np.abs(file["x"] - make_dataset(spec)["x"]).max() < 1e-12


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_the_studio_is_not_wider_than_the_screen(fresh, width):
    page = fresh
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    for figure in ("making", "templates", "overview"):
        page.locator(f"#{figure}").scroll_into_view_if_needed()
    expect(page.locator("#overview code.lab")).to_contain_text("make_dataset", timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
