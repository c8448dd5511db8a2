"""Taking a ticket apart: every arm against dense, stop and go on, published values, a verdict."""

import json
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import ROOT

from mnist1d_lab.lottery.claims import verdict

CHAPTER = "ticket"

TINY = (  # its last level is at 91 %
    "?workers=2&lottery.hidden=12&lottery.steps=40&lottery.levels=3&lottery.trials=2"
    "&lottery.prune_fraction=0.55&arms.steps=60&arms.batch_size=100"
)
ASKED = {"hidden": 12, "steps": 40, "levels": 3, "trials": 2, "prune_fraction": 0.55}
ARMS = [
    "lottery ticket", "lottery, late rewind", "lottery, inputs flipped",
    "lottery, reinitialised", "lottery, four chunks permuted", "lottery, halves swapped",
    "lottery, inputs shuffled", "permuted mask, reinitialised", "permuted mask",
    "random mask",
]  # fmt: skip

# The records of the search and of its arms, as the page has kept them.
KEPT = """async (asked) => {
  const {records: search, parts} = await lab.run('lottery', asked, {keep: true});
  const arms = [];
  for (const [trial, {args}] of parts.entries()) {
    const wanted = {lottery: args, level: 3, steps: 60, batch_size: 100, eval_every: 3,
      datasets: 2};
    for (const {name} of (await lab.run('plan_arms', wanted)).parts) {
      arms.push(...(await lab.kept.loadArm(name)).map((row) => ({...row, trial})));
    }
  }
  return {search, arms};
}"""


def search(page):
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(page.locator("#tickets .runner")).to_contain_text("Done", timeout=90_000)


def take_apart(page):
    page.get_by_role("button", name="Take the ticket apart").click()


def done(page):
    expect(page.locator("#arms .runner")).to_contain_text("Done", timeout=90_000)


def tenths(value):
    """A number as JavaScript writes it, ties upwards: two trials often give one."""
    return str(Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP))


def differences(page):
    """Each arm's line of text: its difference and n."""
    texts = page.locator("#arms .differences svg text").all_text_contents()
    return [text for text in texts if "n\u00a0=" in text]


@pytest.fixture(scope="module")
def apart(open_pages):
    """A page on which a tiny ticket was found and taken apart."""
    page = open_pages(TINY)
    search(page)
    take_apart(page)
    done(page)
    return page


def test_every_arm_is_set_against_dense_trial_by_trial(apart):
    page = apart
    text = page.locator("#arms .differences svg[aria-label]").text_content()
    assert all(arm in text for arm in ARMS)
    live = [line for line in differences(page) if line.endswith("n\u00a0=\u00a02")]
    assert len(live) == len(ARMS)
    marks = page.locator("#arms .differences")
    assert marks.locator("[aria-description=means] circle").count() == len(ARMS)
    assert marks.locator("[aria-description=trials] circle").count() == 2 * len(ARMS)


def test_the_difference_is_that_of_the_jobs_own_records(apart):
    page = apart
    script = """async (asked) => {
      const {parts, masks} = await lab.run('lottery', asked, {keep: true});
      const accuracy = async (trial, arm, fresh_seed) => {
        const args = {lottery: parts[trial].args, level: 3, arm, steps: 60, batch_size: 100,
          eval_every: 3, fresh_seed, mask: masks[trial][3]};
        return (await lab.run('arm', args)).records.at(-1).test_acc;
      };
      const delta = async (...data) => await accuracy(data[0], 'lottery', data[1])
        - await accuracy(data[0], 'dense', data[1]);
      const deltas = [];
      for (const trial of [0, 1]) {
        deltas.push((await delta(trial, 1) + await delta(trial, 2)) / 2);
      }
      return deltas;
    }"""
    found = page.evaluate(script, ASKED)
    mean, half = sum(found) / 2, 12.706 * abs(found[0] - found[1]) / 2
    sign = "−" if mean < 0 else "+"
    expected = f"{sign}{tenths(abs(mean))}\u00a0±\u00a0{tenths(half)}, n\u00a0=\u00a02"
    assert expected in differences(page)
    assert expected in page.locator("#arms .finding").text_content()


def test_the_chart_is_also_a_table_of_all_that_is_drawn(apart):
    box = apart.locator("#arms details.as-table")
    box.evaluate("(box) => { box.open = true; }")
    rows = [row.locator("th, td").all_inner_texts() for row in box.locator("tbody tr").all()]
    mine = [f"{difference}, n\u00a0=\u00a0{n}" for _, of, difference, n in rows if of == "your run"]
    shipped = [row for row in rows if row[1] == "shipped"]
    assert sorted(mine) == sorted(differences(apart))
    chart = apart.locator("#arms .differences")
    assert len(shipped) == chart.locator("[aria-description=shipped] line").count() > 0
    marks = len(rows) - len(mine) - len(shipped)
    assert marks == chart.locator("[aria-description=published] path").count() > 0


def test_the_figure_says_what_is_reduced(apart):
    small = apart.locator("#arms .source").text_content()
    assert "60 steps where the published analysis has 6000" in small
    assert "12 hidden units where the published analysis has 500" in small
    assert "level 3, 90.7\u00a0% deleted, each the mean of 2 fresh datasets." in small
    assert "Shipped with the page, pale: the quick preset, level 5, 92.2\u00a0% deleted" in small
    assert "n\u00a0=\u00a020 seeds, each the mean of 2 fresh datasets" in small


def test_another_level_does_not_take_over_the_differences_of_the_one_before(apart):
    page = apart
    ticket = page.locator("#arms").get_by_role("combobox", name="Ticket")
    small = page.locator("#arms .finding small")
    ticket.select_option("1")
    expect(small).to_contain_text("level 3, 90.7\u00a0% deleted")
    expect(small).to_contain_text("The ticket chosen above has not been taken apart yet.")
    ticket.select_option("3")
    expect(small).not_to_contain_text("chosen above")


def test_the_published_settings_are_a_click_away(apart):
    page = apart
    page.get_by_role("button", name="Use the published settings").click()
    assert page.locator("#arms").get_by_label("Steps").input_value() == "6000"
    assert page.locator("#arms").get_by_label("Batch size").input_value() == "500"
    page.locator("#arms").get_by_label("Steps").fill("60")
    page.locator("#arms").get_by_label("Batch size").fill("100")


def test_both_published_results_lie_beside_ours_and_can_be_put_away(apart):
    page = apart
    marks = page.locator("#arms .differences [aria-description=published] path")
    expect(marks).to_have_count(10)  # four arms of two sources, two of the rerun alone
    titles = marks.locator("title").all_text_contents()
    assert "the published figure: 6.6" in titles
    assert "the stored rerun of the notebook: 1.6" in titles  # 1.65, of floats
    page.locator("#arms").get_by_label("the published figure").uncheck()
    expect(marks).to_have_count(6)
    page.locator("#arms").get_by_label("the published figure").check()


def test_the_published_settings_are_the_specs_defaults(page):
    from mnist1d_lab.lottery.spec import ArmSpec

    settings = page.evaluate("async () => (await import('./static/lottery/published.js')).SETTINGS")
    assert settings["steps"] == ArmSpec().steps
    assert settings["batch_size"] == ArmSpec().batch_size


def test_the_pages_intervals_are_the_verdicts(page):
    from mnist1d_lab.intervals import interval

    for values in ([1.0, 2.5], [0.5, -1.0, 3.0], [float(i % 7) for i in range(40)]):
        ours = page.evaluate(
            "async (v) => (await import('./static/records/stats.js')).interval(v)", values
        )
        mean, low, high = interval(values)
        assert ours["mean"] == pytest.approx(mean)
        assert ours["halfWidth"] == pytest.approx((high - low) / 2, rel=2e-3)


def test_curves_show_every_condition_and_switch_to_the_loss(apart):
    page = apart
    text = page.locator("#curves svg").text_content()
    for title in ("fresh data", "reinitialised", "inputs flipped", "four chunks permuted",
                  "halves swapped", "inputs shuffled", "late rewind"):  # fmt: skip
        assert title in text
    assert page.locator("#curves svg [aria-label=line] path").count() == 17
    page.get_by_label("test loss").check()
    expect(page.locator("#curves svg")).to_contain_text("test loss, nats")
    page.get_by_label("test accuracy", exact=True).check()


def test_the_verdict_follows_the_records_and_says_n(apart):
    page = apart
    rows = page.locator("#verdict tbody tr")
    kept = page.evaluate(KEPT, ASKED)
    assert len(kept["arms"]) == 2 * 2 * 17 * 21
    expected = verdict(kept["search"], kept["arms"])
    own = page.locator("#verdict tbody td:nth-last-child(2) .measured")
    expect(own.filter(has_text="n\u00a0=\u00a02")).to_have_count(len(expected))
    for line, row in zip(rows.all(), expected, strict=True):
        assert line.locator("th").text_content() == row["text"]
        cell = line.locator("td:nth-last-child(2)")
        assert cell.locator(".verdict").text_content()[2:] == row["verdict"]
        measured = cell.locator(".measured").text_content()
        numbers = [float(text.replace("−", "-")) for text in re.findall(r"[+−][\d.]+", measured)]
        assert numbers == pytest.approx([row["mean"], row["low"], row["high"]], abs=0.06)
        assert measured.endswith("n\u00a0=\u00a02")
    fresh = rows.filter(has_text="on fresh data")
    assert "figure +6.6rerun +1.65" in fresh.text_content()
    stated = rows.locator("td:last-child").all_text_contents()
    assert "rerun −0.25" in stated  # flipped: the published figure has none
    assert not any("NaN" in text for text in stated)


def test_the_visitors_runs_stand_beside_the_shipped_ones_with_what_each_rests_on(apart):
    heads = apart.locator("#verdict thead th").all_text_contents()
    assert heads == ["Claim", "Shipped: The MNIST-1D paper", "Shipped: Quick", "Your own runs",
                     "Published"]  # fmt: skip
    for column, name in ((1, "paper"), (2, "quick")):
        shipped = json.loads((ROOT / "static" / "results" / f"{name}.json").read_text())
        cells = apart.locator(f"#verdict tbody td:nth-of-type({column}) .verdict")
        expected = [row["verdict"] for row in shipped["verdict"]]
        assert [text[2:] for text in cells.all_text_contents()] == expected
    basis = apart.locator("#verdict .finding small").all_text_contents()
    assert "500\u00a0hidden units" in basis[0] and "6000\u00a0steps of 500 examples" in basis[0]
    assert "20\u00a0seeds, 2\u00a0fresh datasets each" in basis[1]
    assert "12\u00a0hidden units" in basis[2] and "2\u00a0seeds" in basis[2]
    assert "Only tickets of 87\u00a0% to 97\u00a0% sparsity count." in basis[2]


def test_arms_left_out_are_not_run(open_page):
    page = open_page(f"{TINY}&arms.datasets=1")
    search(page)
    for name in ("late rewind", "flipped", "reinitialised", "chunks permuted",
                 "halves swapped", "shuffled"):  # fmt: skip
        page.locator("#arms").get_by_label(name, exact=True).uncheck()
    take_apart(page)
    done(page)
    live = [line for line in differences(page) if line.endswith("n\u00a0=\u00a02")]
    assert len(live) == 3  # ticket, permuted, random


def test_stop_keeps_what_is_finished_and_a_reload_does_not_run_it_again(open_page):
    slow = TINY.replace("arms.steps=60", "arms.steps=900&arms.datasets=1")
    page = open_page(slow)
    search(page)
    take_apart(page)
    means = page.locator("#arms .differences [aria-description=means] circle")
    means.nth(1).wait_for(timeout=90_000)
    page.locator("#arms").get_by_role("button", name="Stop").click()
    expect(page.locator("#arms .runner")).to_contain_text("Stopped")
    kept = differences(page)
    assert means.count() >= 2
    page.reload()
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")
    search(page)
    page.evaluate("""() => {
      window.trained = 0;
      const run = lab.run;
      lab.run = (job, ...rest) => { trained += job === 'arm' ? 1 : 0; return run(job, ...rest); };
    }""")
    take_apart(page)
    done(page)
    assert 0 < page.evaluate("trained") < 34  # seventeen arms of two trials, less what was kept
    assert kept
    expect(means).to_have_count(len(ARMS))


def test_a_bad_number_is_explained_where_it_was_typed(apart):
    page = apart
    page.locator("#arms").get_by_label("Steps").fill("-3")
    take_apart(page)
    expect(page.locator("#arms-steps-error")).to_have_text(
        "steps must be a whole number from 1 to 1000000000, got -3"
    )
    page.locator("#arms").get_by_label("Steps").fill("60")


def test_arms_of_an_earlier_search_are_not_judged_with_a_new_one(apart):
    page = apart
    page.locator("#tickets").get_by_label("Hidden units").fill("13")
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(page.locator("#tickets .finding")).to_contain_text("13 hidden units", timeout=90_000)
    finding = page.locator("#verdict .finding")
    expect(finding).to_contain_text("of another search and does not count")
    own = page.locator("#verdict tbody td:nth-last-child(2) .measured")
    expect(own.filter(has_text="n\u00a0=\u00a02")).to_have_count(2)  # two claims need no arms
    expect(own.filter(has_text="not measured yet")).to_have_count(8)
    small = page.locator("#arms .finding small")
    expect(small).to_contain_text("The ticket chosen above has not been taken apart yet.")


def test_a_level_is_offered_once_it_was_measured(page):
    found = page.evaluate("""async () => {
      const { AblationRun } = await import('./static/lottery/ablation-run.js');
      const { CurrentSearch } = await import('./static/lottery/current-search.js');
      const part = {hidden: 1, levels: 2, prune_biases: false, dataset: {final_seq_length: 40}};
      const dense = {arm: 'dense', level: 0, sparsity: 0};
      const ticket = {arm: 'lottery', level: 1, sparsity: 0.4};
      const mask = (trial, level) => (level === 1 ? new Uint8Array(7) : null); // 51 weights
      return [[dense], [dense, ticket]].map((records) =>
        new AblationRun(lab, new CurrentSearch()).levels({spec: part, parts: [{}], records, mask}));
    }""")
    assert found == [{"levels": [], "level": 0}, {"levels": [1], "level": 1}]
