"""The page as a visitor uses it: reads, drags, trains, finds tickets, stops, makes mistakes."""

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.drivers import CHROMIUM_ONLY
from tests.browser.knobs import LINES

SLIDERS = {"Noise": "0.25", "Shift": "48", "Resolution": "40"}

WIDTH = "document.documentElement.scrollWidth"
DOTS = """(count) => [...document.querySelectorAll('#digits .dots')]
  .reduce((sum, path) => sum + path.getAttribute('d').split('h0').length - 1, 0) === count"""


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def fill(page, figure, **fields):
    for label, value in fields.items():
        page.locator(figure).get_by_label(label.replace("_", " ")).fill(str(value))


def drawing(page):
    return page.locator("#digits .chart").inner_html()


def dots(page):
    return page.evaluate("""[...document.querySelectorAll('#digits .dots')]
      .reduce((sum, path) => sum + path.getAttribute('d').split('h0').length - 1, 0)""")


@pytest.fixture
def fresh(page):
    """The module's page at its cover, with published settings and nothing running."""
    waits.chapter(page, "cover")
    for name, value in SLIDERS.items():
        slider(page, name).fill(value)
    return page


@pytest.fixture
def networks(fresh):
    """The same at the chapter of the networks."""
    waits.chapter(fresh, "networks")
    return fresh


@pytest.fixture
def ticket(fresh):
    """The same at the chapter of the ticket."""
    waits.chapter(fresh, "ticket")
    return fresh


@CHROMIUM_ONLY
def test_the_text_can_be_read_before_any_script(open_page):
    page = open_page(ready=False, java_script_enabled=False)
    for heading in (
        "A digit is 40 numbers",
        "Train four networks",
        "Find a lottery ticket",
    ):
        assert page.get_by_role("heading", name=heading).is_visible()
    assert "The figures need JavaScript" in (page.locator("#status noscript").text_content() or "")


def test_a_picture_is_there_before_python_is(open_page):
    page = open_page(ready=None)
    page.locator("#digits .dots").first.wait_for(state="attached")
    assert page.evaluate("document.documentElement.dataset.state") == "loading"
    assert dots(page) == 400


def test_every_slider_moves_the_digits_before_python_is(open_page):
    page = open_page(ready=None)
    page.wait_for_function(DOTS, arg=400)
    for name, value in (("Noise", "0.8"), ("Shift", "10"), ("Resolution", "20")):
        before = page.evaluate(LINES)
        slider(page, name).fill(value)
        assert page.evaluate(LINES) != before  # within the same turn
    assert dots(page) == 200
    assert page.evaluate("document.documentElement.dataset.state") == "loading"


def test_sliders_start_at_the_published_values_and_show_them(page):
    for name, value in SLIDERS.items():
        assert slider(page, name).input_value() == value
        assert (
            page.locator(".control", has=slider(page, name)).locator(".value").inner_text() == value
        )


@pytest.mark.parametrize(("name", "value", "field"), [
    ("Noise", "0.8", "corr_noise_scale"),
    ("Shift", "10", "max_translation"),
    ("Resolution", "20", "final_seq_length"),
])  # fmt: skip
def test_moving_a_slider_redraws_the_digits_and_the_address(fresh, name, value, field):
    page = fresh
    page.wait_for_function(DOTS, arg=400)
    before = drawing(page)
    slider(page, name).fill(value)
    page.wait_for_function(
        "(old) => document.querySelector('#digits .chart').innerHTML !== old", arg=before
    )
    assert f"{field}={value}" in page.url
    if name == "Resolution":
        page.wait_for_function(DOTS, arg=200)
        assert page.locator("#data-title").text_content() == "A digit is 20 numbers"


def test_the_digits_follow_a_slider_that_is_dragged(fresh):
    page = fresh
    box = slider(page, "Noise").bounding_box()
    page.evaluate("""() => {
      window.drawn = 0;
      new MutationObserver(() => { window.drawn += 1; })
        .observe(document.querySelector('#digits .chart'), {attributes: true, subtree: true});
    }""")
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    page.mouse.down()
    for part in range(26, 76):
        page.mouse.move(box["x"] + box["width"] * part / 100, box["y"] + box["height"] / 2)
        waits.drawn(page)
    assert page.evaluate("drawn") >= 3  # while the button is still down
    page.mouse.up()
    assert float(slider(page, "Noise").input_value()) == pytest.approx(0.75, abs=0.03)


def test_a_slider_follows_the_keyboard(fresh):
    page = fresh
    slider(page, "Shift").press("ArrowRight")
    assert slider(page, "Shift").input_value() == "49"
    assert "max_translation=49" in page.url


def test_settings_come_back_from_the_address(open_page):
    page = open_page("?workers=1&corr_noise_scale=0.5&train.hidden=12", chapter="networks")
    assert slider(page, "Noise").input_value() == "0.5"
    assert page.locator("#training").get_by_label("Hidden units").input_value() == "12"


def test_the_first_picture_is_not_shown_for_settings_it_is_not_of(open_page):
    page = open_page("?workers=1&final_seq_length=10", ready=False)
    page.locator("#digits .dots").first.wait_for(state="attached")
    assert dots(page) == 100


@pytest.mark.parametrize("value", ["abc", ""])
def test_an_address_without_a_number_means_the_default(open_page, value):
    page = open_page(f"?workers=1&max_translation={value}", ready=None)
    assert slider(page, "Shift").input_value() == "48"
    assert "nan" not in page.url.lower()


def test_training_shows_curves_and_a_sentence_computed_from_the_records(networks):
    page = networks
    fill(page, "#training", Hidden_units=16, Steps=5)
    page.get_by_role("button", name="Train", exact=True).click()
    finding = page.locator("#training .finding")
    expect(finding).to_contain_text("After 5 steps", timeout=60_000)
    last = page.evaluate("""async () =>
      (await lab.run('train', {hidden: 16, steps: 5})).records.at(-1)""")
    assert f"{last['test_acc']:.1f}\u00a0%" in finding.text_content()
    assert f"{last['train_acc']:.1f}\u00a0%" in finding.text_content()
    for part in (".accuracy", ".learned"):  # four models, solid and dashed, shipped and live
        assert page.locator(f"#training {part} svg [aria-label=line] path").count() == 16


def test_a_bad_number_is_explained_where_it_was_typed_and_nothing_is_lost(networks):
    page = networks
    fill(page, "#training", Steps=-5, Hidden_units=33)
    page.get_by_role("button", name="Train", exact=True).click()
    box = page.locator("#training .control", has=page.locator("#train-steps"))
    expect(box.get_by_role("alert")).to_have_text(
        "steps must be a whole number from 1 to 1000000000, got -5"
    )
    assert page.locator("#train-hidden").input_value() == "33"
    assert page.locator("#train-steps").get_attribute("aria-invalid") == "true"


def test_numbers_can_be_typed_key_by_key(networks):
    page = networks
    box = page.locator("#training").get_by_label("Learning rate")
    for typed in ("1e-3", ".02", "0.5"):
        box.fill("")
        box.press_sequentially(typed)
        assert box.input_value() == typed
        assert f"train.learning_rate={float(typed)}" in page.url
    box.fill("")
    assert "learning_rate" not in page.url  # half-typed is no setting
    box.fill("0.01")


def test_a_mistake_does_not_cost_the_last_result(networks):
    page = networks
    fill(page, "#training", Hidden_units=8, Steps=waits.FEW)
    page.get_by_role("button", name="Train", exact=True).click()
    finding = page.locator("#training .finding")
    expect(finding).to_contain_text(f"After {waits.FEW} steps", timeout=60_000)
    fill(page, "#training", Steps=-5)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator("#train-steps-error")).to_contain_text("got -5")
    expect(finding).to_contain_text(f"After {waits.FEW} steps")
    assert page.locator("#training .learned svg [aria-label=line] path").count() == 16


def test_a_double_click_neither_stops_a_start_nor_starts_after_a_stop(networks):
    page = networks
    fill(page, "#training", Hidden_units=50, Steps=100000)
    note = page.locator("#training .note[role=status]")
    page.get_by_role("button", name="Train", exact=True).dblclick()
    expect(page.locator("#training .note").first).to_contain_text("left", timeout=60_000)
    page.locator("#training").get_by_role("button", name="Stop").dblclick()
    expect(note).to_have_text("Stopped.")
    waits.workers_had_their_turn(page)
    expect(note).to_have_text("Stopped.")
    fill(page, "#training", Steps=20)


def test_a_keyboard_keeps_its_place_after_stop(networks):
    page = networks
    fill(page, "#training", Hidden_units=50, Steps=100000)
    page.get_by_role("button", name="Train", exact=True).press("Enter")
    stop = page.locator("#training").get_by_role("button", name="Stop")
    stop.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#training .note[role=status]")).to_have_text("Stopped.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Train"
    fill(page, "#training", Steps=20)


def test_too_high_a_learning_rate_is_named(networks):
    page = networks
    fill(page, "#training", Steps=waits.FEW, Hidden_units=16, Learning_rate=1e30)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator("#training .finding")).to_contain_text("too high", timeout=60_000)
    fill(page, "#training", Learning_rate=0.01)


def test_the_lottery_runs_to_its_end_and_says_what_it_found(ticket):
    page = ticket
    fill(page, "#tickets", Hidden_units=16, Steps=40, Levels=5, Trials=2)
    page.get_by_role("button", name="Find lottery tickets").click()
    finding = page.locator("#tickets .finding")
    expect(finding).to_contain_text("16 hidden units, 40 steps per network", timeout=90_000)
    records = page.evaluate("""async () => (await lab.run('lottery',
      {hidden: 16, steps: 40, levels: 5, trials: 2})).records""")

    def mean(arm, level):
        found = [r["test_acc"] for r in records if r["arm"] == arm and r["level"] == level]
        assert len(found) == 2
        return sum(found) / 2

    for accuracy in (mean("lottery", 5), mean("random", 5), mean("dense", 0)):
        assert f"{accuracy:.1f}\u00a0±" in finding.text_content()
    assert "n = 2" in finding.inner_text()
    assert page.locator("#tickets svg circle[aria-label=network]").count() == 20
    labels = page.locator("#tickets svg[aria-label]").text_content() or ""
    assert all(arm in labels for arm in ("lottery", "random", "dense"))
    fill(page, "#tickets", Levels=1, Trials=1)  # what there was stays as a dotted line
    page.get_by_role("button", name="Find lottery tickets").click()
    earlier = page.locator("#tickets .opened li")
    expect(earlier).to_contain_text("run 1: levels 5: 26 records", timeout=60_000)
    page.get_by_role("button", name="Rename run 1").click()
    page.get_by_role("textbox", name="New name of run 1").fill("five rounds")
    page.keyboard.press("Enter")
    expect(earlier).to_contain_text("five rounds: 26 records")
    expect(page.locator("#tickets .finding")).to_contain_text("n = 1", timeout=60_000)
    page.get_by_role("button", name="Remove five rounds").click()
    expect(earlier).to_have_count(0)


def test_stopping_the_lottery_keeps_what_was_found_and_the_next_run_works(ticket):
    page = ticket
    fill(page, "#tickets", Hidden_units=16, Steps=150, Levels=20, Trials=50)
    page.get_by_role("button", name="Find lottery tickets").click()
    circles = page.locator("#tickets svg circle[aria-label=network]")
    expect(circles).not_to_have_count(0, timeout=60_000)
    expect(page.locator("#tickets .note").first).to_contain_text("left")
    page.locator("#tickets").get_by_role("button", name="Stop").click()
    expect(page.locator("#tickets .note[role=status]")).to_contain_text("Stopped.")
    expect(page.locator("#tickets .finding")).to_contain_text("Stopped early.")
    assert circles.count() > 0
    waits.chapter(page, "networks")
    fill(page, "#training", Hidden_units=8, Steps=waits.FEW)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator("#training .finding")).to_contain_text(
        f"After {waits.FEW} steps", timeout=60_000
    )


def test_the_pages_defaults_are_the_specs_defaults(page):
    from mnist1d_lab.dataset.spec import DatasetSpec
    from mnist1d_lab.double_descent.spec import DescentSpec
    from mnist1d_lab.learning_rate.spec import RateSpec
    from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec
    from mnist1d_lab.models.spec import TrainSpec
    from mnist1d_lab.self_supervised.spec import ContrastSpec

    rows = page.evaluate("""async () => (await import('./static/settings/table.js')).SETTINGS""")
    defaults = {
        "dataset": DatasetSpec(), "train": TrainSpec(), "lottery": LotterySpec(),
        "rate": RateSpec(), "descent": DescentSpec(), "contrast": ContrastSpec(),
    }  # fmt: skip
    own = {  # of the page: how many trainings it asks for, and how long
        ("train", "trials"), ("arms", "datasets"), ("rate", "other"), ("contrast", "trials"),
        ("contrast", "epochs"), ("descent", "trials"), ("descent", "largest"),
    }  # fmt: skip
    for row in rows:
        if (row["group"], row["name"]) in own or row["group"] in ("sweep", "pooling", "grid"):
            continue
        if row["group"] == "arms":
            assert row["value"] < getattr(ArmSpec(), row["name"])  # reduced, as the figure says
            continue
        field, *index = row.get("part", [row["name"]])
        default = getattr(defaults[row["group"]], field)
        assert row["value"] == (default[index[0]] if index else default), row
    help_of = {(row["group"], row["name"]): row["help"] for row in rows}
    assert f"on {TrainSpec().batch_size} examples" in help_of["train", "steps"]
    text = page.locator("main").text_content()
    assert f"(published: {100 * DatasetSpec().train_split:g}\u00a0%)" in text


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen(open_page, width):
    page = open_page("?workers=1&max_translation=90", viewport={"width": width, "height": 800})
    expect(page.locator("#corrected")).to_contain_text("max_translation must be")
    assert page.evaluate(WIDTH) <= width
    waits.chapter(page, "data")
    page.locator("#making").scroll_into_view_if_needed()
    page.locator("#making .stage").first.wait_for()
    assert page.evaluate(WIDTH) <= width
    waits.chapter(page, "networks")
    fill(page, "#training", Steps=-5)
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator("#train-steps-error")).not_to_be_empty()
    assert page.evaluate(WIDTH) <= width
    waits.chapter(page, "ticket")
    fill(page, "#tickets", Hidden_units=8, Steps=10, Trials=2)
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(page.locator("#tickets .finding")).to_contain_text("n = 2", timeout=60_000)
    assert page.evaluate(WIDTH) <= width


def test_a_line_says_when_numpy_computes_and_why(open_page):
    page = open_page("?kernels=numpy&workers=1")
    expect(page.locator("#trouble")).to_contain_text("Plain NumPy, over ten times slower")
    assert "kernels=numpy" in page.url  # and the settings' own address keeps it
    assert open_page("?workers=1").locator("#trouble").inner_text() == ""
