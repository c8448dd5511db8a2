"""The search's figure: presets, settings, what is shipped, what can be read off the chart."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from mnist1d_lab.lottery.spec import PRESET_WORDS, PRESETS, LotterySpec

CHAPTER = "ticket"

(RESULTS,) = (Path(__file__).resolve().parents[2] / "dist" / "v").glob("*/results")


@pytest.fixture
def figure(page):
    """The figure with the preset quick and its own values, and nothing kept."""
    page.evaluate("lab.kept.clear()")
    preset(page).select_option("paper")
    preset(page).select_option("quick")
    page.get_by_label("final accuracy").check()
    page.get_by_label("linear", exact=True).check()
    return page.locator("#tickets")


def preset(page):
    return page.locator("#tickets").get_by_label("Preset")


def field(page, name):
    return page.locator(f"#lottery-{name}")


def labels(figure):
    return figure.locator(".chart svg[aria-label]").get_attribute("aria-label")


def shipped(name="quick"):
    made = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    table = made["records"]
    return made, [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]


def test_the_shipped_result_is_there_before_python_is(open_page):
    page = open_page(ready=None)
    made, rows = shipped()
    page.locator("#tickets").scroll_into_view_if_needed()
    finding = page.locator("#tickets .finding")
    expect(finding).to_contain_text(f"n\u00a0=\u00a0{len(made['seeds'])}")
    assert page.evaluate("document.documentElement.dataset.state") == "loading"
    last = made["spec"]["levels"]
    found = [r["test_acc"] for r in rows if r["arm"] == "lottery" and r["level"] == last]
    assert f"on {sum(found) / len(found):.1f}\u00a0±" in finding.text_content()
    source = page.locator("#tickets .source").text_content()
    assert f"(n = {len(made['seeds'])})" in source
    assert made["version"] in source


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_every_field_and_says_what_it_is(page, figure, name):
    preset(page).select_option(name)
    spec = LotterySpec.of({"preset": name})
    shown = page.evaluate("""() => Object.fromEntries(
      [...document.querySelectorAll('[id^=lottery-]:is(input, select)')]
        .map(({id, value}) => [id.slice('lottery-'.length), value]))""")
    assert len(shown) == len(LotterySpec.__dataclass_fields__) - 1
    for field_name, text in shown.items():
        value = getattr(spec, field_name)
        if isinstance(value, bool | str):
            assert text == str(value).lower()
        else:
            assert float(text) == value
    _, sentence = PRESET_WORDS[name]
    expect(page.locator("#lottery-preset-help")).to_have_text(sentence)
    assert figure.locator(".control.changed").count() == 0
    state = page.url.partition("#")[2]
    assert state == ("ticket" if name == "quick" else f"lottery.preset={name}&at=ticket")


def test_the_page_has_every_field_of_the_protocol(page):
    names = page.evaluate("""async () => (await import('./static/settings/table.js')).SETTINGS
      .filter(({group}) => group === 'lottery').map(({name}) => name)""")
    assert set(names) | {"dataset"} == set(LotterySpec.__dataclass_fields__)


def test_a_changed_field_is_marked_and_can_go_back(page, figure):
    preset(page).select_option("paper")
    field(page, "levels").fill("7")
    box = figure.locator(".control.lottery-levels")
    expect(box).to_have_class(re.compile("changed"))
    assert "lottery.levels=7" in page.url
    assert "lottery.hidden" not in page.url
    box.get_by_role("button", name="back to 99").click()
    assert field(page, "levels").input_value() == "99"
    expect(box).not_to_have_class(re.compile("changed"))
    assert field(page, "levels").evaluate("(box) => box === document.activeElement")


def test_only_the_fields_of_the_schedule_are_there(page, figure):
    figure.get_by_text("All settings of the protocol").click()
    expect(field(page, "prune_fraction")).to_be_visible()
    expect(field(page, "final_sparsity")).to_be_visible()  # a geometric one stops there
    field(page, "schedule").select_option("linear")
    expect(field(page, "prune_fraction")).to_be_hidden()
    expect(field(page, "final_sparsity")).to_be_visible()
    figure.get_by_text("All settings of the protocol").click()


def test_an_address_carries_preset_selects_and_changes(open_page):
    page = open_page(
        "?workers=1&lottery.preset=frankle-carbin&lottery.criterion=magnitude_increase"
        "&lottery.prune_biases=true&lottery.levels=3&lottery.scope=nonsense",
        ready=None,
    )
    page.locator("#tickets").scroll_into_view_if_needed()  # out of sight it waits for Python
    expect(preset(page)).to_have_value("frankle-carbin")
    expect(field(page, "criterion")).to_have_value("magnitude_increase")
    expect(field(page, "prune_biases")).to_have_value("true")
    expect(field(page, "levels")).to_have_value("3")
    expect(field(page, "prune_fraction")).to_have_value("0.2")
    expect(field(page, "scope")).to_have_value("layer")  # what no option says is left out
    expect(page.locator("#tickets .control.changed")).to_have_count(3)


def test_an_error_of_a_hidden_field_opens_its_place(page, figure):
    field(page, "rewind_step").evaluate("""(box) => {
      box.value = '1000';
      box.dispatchEvent(new Event('input'));
    }""")
    page.get_by_role("button", name="Find lottery tickets").click()
    error = page.locator("#lottery-rewind_step-error")
    expect(error).to_be_visible()
    expect(error).to_have_text("rewind_step must be less than steps (1000), got 1000")
    figure.get_by_text("All settings of the protocol").click()


def test_the_figure_says_how_long_it_will_take_here(page, figure):
    figure.locator(".runner").scroll_into_view_if_needed()
    field(page, "hidden").fill("16")
    field(page, "steps").fill("50")
    forecast = figure.locator(".forecast")
    expect(forecast).to_have_text(re.compile(r"^About \d+ (s|min).* on .*worker"))
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(forecast).to_contain_text("so nothing has to be trained")
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(figure.locator(".runner .note[role=status]")).to_have_text(
        "Done: all of it was kept from an earlier run."
    )


def test_other_quantities_and_a_log_axis_are_one_click_away(page, figure):
    assert labels(figure).startswith("test accuracy")
    ticks = figure.locator("svg [aria-label='x-axis tick label']")
    assert "60 %" in ticks.text_content()
    page.get_by_label("final loss").check()
    assert labels(figure).startswith("test loss")
    page.get_by_label("log of the weights left").check()
    assert "50 %" in ticks.text_content()
    assert "60 %" not in ticks.text_content()
    page.get_by_label("best accuracy").check()
    assert labels(figure).startswith("best test accuracy")


def test_the_keyboard_reads_values(page, figure):
    _, rows = shipped()
    chart = figure.get_by_role("group", name="Chart against sparsity")
    chart.focus()
    page.keyboard.press("End")
    last = max(r["level"] for r in rows)
    found = [r["test_acc"] for r in rows if r["arm"] == "random" and r["level"] == last]
    spoken = chart.get_by_role("status")
    expect(spoken).to_contain_text(f"random {sum(found) / len(found):.1f}\u00a0±")
    expect(spoken).to_contain_text("lottery to dense ")
    assert chart.locator("svg [aria-label=tip]").text_content()
    page.keyboard.press("Control+Home")  # the page's start, not the chart's
    expect(spoken).to_contain_text("lottery to dense ")
    page.keyboard.press("Home")
    expect(spoken).to_contain_text("nothing deleted")
    page.keyboard.press("Escape")
    expect(spoken).to_be_empty()


def test_a_chart_of_a_hundred_levels_stays_legible(page, figure):
    preset(page).select_option("paper")
    made, rows = shipped("paper")
    expect(figure.locator(".source")).to_contain_text(f"(n = {len(made['seeds'])})")
    lines = figure.locator("svg [aria-label=line] path")
    assert lines.count() >= 2
    pruned = [r for r in rows if r["arm"] != "dense" and r["level"] > 0]
    dots = figure.locator("svg circle[aria-label='shipped network']")
    if len(made["seeds"]) < 5:  # no bands: the networks themselves show the spread
        assert dots.count() == len(pruned)
        assert float(dots.first.get_attribute("r")) < 2
    else:
        assert dots.count() == 0


def test_a_shipped_file_is_fetched_once(page):
    same = """async () => {
      const { shipped } = await import('./static/records/shipped.js');
      return await shipped('quick') === await shipped('quick');
    }"""
    fetched = page.evaluate("""() => performance.getEntriesByType('resource')
      .filter(({name}) => name.endsWith('results/quick.json')).length""")
    assert fetched == 1
    assert page.evaluate(same)
