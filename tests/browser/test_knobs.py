"""More settings of a training, and its weights: they run, are named, outlive a reload, return."""

import json
import re
import subprocess
import sys
from io import BytesIO

import numpy as np
from playwright.sync_api import expect

CHAPTER = "networks"
FIGURE = "#training"
WITH = "optimiser SGD with momentum, momentum 0.8, weight decay 0.001, hidden layers 3"


def field(page, label):
    return page.locator(FIGURE).get_by_label(label, exact=True)


def press(page, title):
    page.locator(FIGURE).get_by_role("button", name=title, exact=True).click()


def outcome(page):
    return page.locator(f"{FIGURE} .weights-outcome")


def test_a_training_with_other_settings_is_named_and_its_weights_go_out_and_come_back(
    page, tmp_path
):
    page.get_by_text("All settings of the training").click()
    expect(field(page, "Momentum")).to_be_hidden()  # Adam has none
    field(page, "Optimiser").select_option("momentum")
    for label, value in {"Momentum": 0.8, "Weight decay": 0.001, "Hidden layers": 3}.items():
        field(page, label).fill(str(value))
    for label, value in {"Steps": 60, "Hidden units": 12}.items():
        field(page, label).fill(str(value))
    press(page, "Train")
    expect(page.locator(f"{FIGURE} .finding")).to_contain_text("After 60 steps", timeout=90_000)
    expect(page.locator(f"{FIGURE} .source")).to_contain_text(WITH)

    with page.expect_download() as saved:
        press(page, "Save the weights of this network, with its spec")
    path = tmp_path / saved.value.suggested_filename
    saved.value.save_as(path)
    with np.load(BytesIO(path.read_bytes())) as file:
        spec, accuracy = json.loads(str(file["spec"])), float(file["test_acc"])
        assert file["linear4.weight"].shape == (10, 12)
    assert (spec["optimizer"], spec["momentum"], spec["depth"]) == ("momentum", 0.8, 3)
    row = page.locator(".comparison tr", has_text=re.compile("^MLPin order"))
    expect(row.locator("td[data-label='Your run']")).to_have_text(f"{accuracy:.1f} (1)")
    code = page.evaluate("(args) => lab.run('train', {...args, until: 60})"
                         ".then(({state}) => lab.run('weights_code', {...args, state}))"
                         ".then(({numpy}) => numpy)", spec)  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout == f"{accuracy:.2f} % of the test examples right\n"

    page.reload()  # the link has the settings, not the run
    page.get_by_text("All settings of the training").click()
    for label, text in {"Optimiser": "momentum", "Momentum": "0.8", "Hidden layers": "3"}.items():
        expect(field(page, label)).to_have_value(text)
    opened = page.locator(FIGURE).get_by_label("A file of weights", exact=True)
    opened.set_input_files(path)
    expect(outcome(page)).to_contain_text(
        f"{path.name} is open: an MLP, inputs in order, 60 steps, seed 0, {WITH}", timeout=90_000
    )
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside .since")).to_contain_text(f"From the file {path.name}")
    page.locator("#inside").get_by_label("MLP", exact=True).check()
    right = round(accuracy * 10)
    expect(page.locator("#inside-told")).to_contain_text(f"has {right} of 1000 test examples right")

    mangled = tmp_path / "mangled.npz"
    mangled.write_bytes(path.read_bytes()[:-40])
    opened.set_input_files(mangled)
    expect(outcome(page)).to_contain_text(
        "mangled.npz was not opened: file must be a network as this page saves it"
    )


def test_a_depth_that_makes_no_sense_is_explained_at_its_place_and_opens_the_fold(page):
    page.evaluate("document.querySelector('#training details.more').open = false")
    field(page, "Hidden layers").evaluate(
        "(input) => { input.value = '7'; input.dispatchEvent(new Event('input')); }"
    )
    press(page, "Train")
    expect(page.locator("#train-depth-error")).to_have_text(
        "depth must be a whole number from 1 to 4, got 7", timeout=60_000
    )
    expect(field(page, "Hidden layers")).to_be_visible()
