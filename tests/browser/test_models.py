"""The four models as a visitor meets them: shipped, trained, paused, swept, looked into, beaten."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect
from tests.browser import waits

from mnist1d_lab import jobs
from mnist1d_lab.models.spec import MODELS

CHAPTER = "networks"

SMALL = {"num_samples": 300}
SHIPPED = Path(__file__).resolve().parents[2] / "static" / "results" / "inside.json"
LINES = "#training .accuracy svg [aria-label=line] path"


def fill(page, figure, **fields):
    for label, value in fields.items():
        page.locator(figure).get_by_label(label.replace("_", " "), exact=True).fill(str(value))


def slider(page, name):
    return page.get_by_role("slider", name=name, exact=True)


def row(page, model, inputs):
    return page.locator(".comparison tr", has_text=re.compile(f"^{model}{inputs}"))


def cell(page, model, inputs, label):
    return row(page, model, inputs).locator(f"td[data-label='{label}']")


def status(page, figure="#training"):
    return page.locator(f"{figure} .note[role=status]")


def button(page, name, figure="#training"):
    return page.locator(figure).get_by_role("button", name=name, exact=True)


def test_many_seeds_are_there_before_python_and_without_it(open_page):
    page = open_page(ready=None)
    page.locator("#training").scroll_into_view_if_needed()
    expect(page.locator(LINES)).to_have_count(8)
    assert page.evaluate("document.documentElement.dataset.state") == "loading"
    for model in ("logistic", "MLP", "CNN", "GRU"):
        for inputs in ("in order", "shuffled"):
            expect(cell(page, model, inputs, "Shipped")).to_have_text(
                re.compile(r"^\d+\.\d\xa0±\xa0\d+\.\d \(\d{2}\)$")
            )
            expect(cell(page, model, inputs, "PyTorch")).to_contain_text("±")
    expect(page.locator("#sweep .finding")).to_contain_text("The CNN’s lead over the MLP is")
    expect(page.locator("#sweep .source")).to_contain_text("Shipped with the page")


def test_a_persons_path_from_training_to_the_quiz(page):
    fill(page, "#training", Steps=300, Hidden_units=16)
    button(page, "Train").click()
    live = page.locator(LINES)
    expect(live).to_have_count(16, timeout=60_000)  # eight of them the visitor's
    button(page, "Pause").click()
    expect(status(page)).to_contain_text("Paused", timeout=60_000)
    before = cell(page, "CNN", "in order", "Your run").inner_text()
    slider(page, "Shift").fill("20")
    expect(page.locator("#training .source")).to_contain_text(
        "Changed settings take effect at the next start"
    )
    waits.workers_had_their_turn(page)
    assert cell(page, "CNN", "in order", "Your run").inner_text() == before  # nothing went on
    button(page, "Go on").click()
    other = page.context.new_page()  # a change of tab does not stop it
    other.bring_to_front()
    expect(page.locator("#training .finding")).to_contain_text("After 300 steps", timeout=90_000)
    other.close()
    slider(page, "Shift").fill("48")
    # Interrupted or not, the same network.
    whole = page.evaluate(
        """async () => (await lab.run('train', {model: 'cnn', steps: 300})).records.at(-1)"""
    )
    expect(cell(page, "CNN", "in order", "Your run")).to_have_text(f"{whole['test_acc']:.1f} (1)")

    page.locator("#training .accuracy svg[aria-label]").hover(position={"x": 150, "y": 120})
    expect(page.locator("#training .accuracy svg [aria-label=tip] text")).to_contain_text(
        re.compile(r"inputs (in order|shuffled).*step \d+: \d+\.\d", re.S)
    )

    page.get_by_role("button", name="Show me 20 examples").click()
    expect(page.locator("#quiz .asked")).to_contain_text("Example 1 of 20")
    labels = page.evaluate("lab.run('dataset').then(({y_test}) => [...y_test.slice(0, 20)])")
    answers = [*labels[:15], *((label + 1) % 10 for label in labels[15:])]
    for number, answer in enumerate(answers):
        if number:
            page.keyboard.press(["Enter", "0", "ArrowRight"][number % 3])  # the next, please
        page.keyboard.press(str(answer))
    expect(page.locator("#quiz .asked")).to_contain_text(
        "15 of 20 right: 75 %, 95 % interval 53 to 89"
    )
    expect(cell(page, "You", "in order", "Your run")).to_have_text("75 [53, 89] (20)")


def test_one_pass_at_a_time(page):
    fill(page, "#training", Steps=600, Hidden_units=16)
    button(page, "One pass over the data").click()
    expect(page.locator("#training .finding")).to_contain_text("After 40 steps", timeout=60_000)
    button(page, "One pass over the data").click()
    expect(page.locator("#training .finding")).to_contain_text("After 80 steps", timeout=60_000)
    button(page, "Stop").click()
    expect(status(page)).to_have_text("Stopped.")


def test_a_number_of_trials_that_makes_no_sense_is_explained_at_its_place(page):
    fill(page, "#training", Trials=0)
    button(page, "Train").click()
    expect(page.locator("#train-trials-error")).to_have_text(
        "trials must be a whole number from 1 to 100, got 0"
    )
    fill(page, "#training", Trials=1)


def test_a_sweep_shows_what_is_finished_and_goes_on_after_a_stop(page):
    page.locator("#sweep").get_by_label("resolution").check()
    expect(page.locator("#sweep .source")).to_contain_text("Shipped with the page")
    fill(page, "#sweep", Steps=60, Trials=30)
    button(page, "Sweep", "#sweep").click()
    expect(page.locator("#sweep .source")).to_contain_text("Your sweep: 60 steps", timeout=60_000)
    dots = page.locator("#sweep .swept svg [aria-label=dot] circle")
    page.wait_for_function(
        "document.querySelectorAll('#sweep .swept svg [aria-label=dot] circle').length >= 8"
    )
    button(page, "Stop", "#sweep").click()
    expect(status(page, "#sweep")).to_contain_text("starting again goes on from there")
    assert dots.count() >= 8
    fill(page, "#sweep", Trials=1)  # most of it is there
    button(page, "Sweep", "#sweep").click()
    expect(status(page, "#sweep")).to_contain_text("Done", timeout=60_000)
    expect(dots).to_have_count(4 * 7)

    def last(model):
        args = {"model": model, "steps": 60, "dataset": {"final_seq_length": 8}}
        return jobs.run("train", args)["records"][-1]["test_acc"]

    cnn, mlp = last("cnn"), last("mlp")
    lead = f"{'−' if cnn < mlp else '+'}{abs(cnn - mlp):.1f} points at resolution 8"
    expect(page.locator("#sweep .finding")).to_contain_text(lead)


@pytest.mark.parametrize(("figure", "start"), [("#training", "Train"), ("#sweep", "Sweep")])
def test_one_training_that_fails_ends_those_that_wait(page, figure, start):
    page.evaluate("""() => {
      const run = lab.run;
      window.count = { asked: 0, done: 0, settled: 0 };
      window.mend = () => { lab.run = run; };
      lab.run = (...job) => {
        count.asked += 1;
        const fails = count.asked === 2;
        const answer = fails ? Promise.reject(new Error('the second')) : run(...job);
        return answer.then((value) => { count.done += 1; return value; })
          .finally(() => { count.settled += 1; });
      };
    }""")
    fill(page, figure, Steps=31, Trials=20)
    button(page, start, figure).click()
    expect(page.locator(f"{figure} .trouble")).to_contain_text("the second", timeout=20_000)
    page.wait_for_function("count.settled === count.asked")
    assert page.evaluate("count.done") <= 2  # those at work when it failed: two workers
    page.evaluate("mend()")
    fill(page, figure, Trials=1)
    page.locator(f"{figure} .trouble").get_by_role("button", name="Retry").click()
    expect(status(page, figure)).to_contain_text("Done", timeout=60_000)


def test_what_went_wrong_can_be_clicked_and_is_seen_by_all_models(page):
    page.locator("#inside").scroll_into_view_if_needed()
    told = page.locator("#inside .told")
    expect(told).to_contain_text(
        re.compile(r"Test example \d+ is a \d\. Answers: logistic \d"), timeout=60_000
    )
    page.locator("#inside .which").get_by_label("MLP").check()
    wrong = page.locator("#inside .confusion button:not(.right):enabled").last
    name = wrong.get_attribute("aria-label") or ""
    _count, label, answer = re.findall(r"\d+", name)
    wrong.click()
    expect(told).to_contain_text(re.compile(rf"is a {label}\..*MLP {answer}"), timeout=30_000)
    assert page.locator("#inside .shares tbody tr").count() == 4
    for path in ("line", "template"):
        points = page.locator(f"#inside .picture svg .{path}").get_attribute("d") or ""
        places = [float(place.split()[1]) for place in points[1:].split("L")]
        assert places == sorted(places)  # upright, from top to bottom
        assert len(places) == {"line": 40, "template": 12}[path]
    total = page.locator("#inside .confusion button").all_inner_texts()
    assert sum(int(text) for text in total if text) == 1000
    assert page.locator("#inside .activations canvas").count() == 2


def numbers(page):
    """The signal on the pad."""
    handles = page.locator("#inside .pad [role=slider]")
    return [
        float(one) for one in handles.evaluate_all("(all) => all.map((one) => one.ariaValueNow)")
    ]


@waits.eventually
def answered_as_python_answers(page):
    """The table has what the shipped networks say to the pad, and the sentence says it too."""
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    said, wanted = [], []
    for model, name in zip(MODELS, ("logistic", "MLP", "CNN", "GRU"), strict=True):
        args = {**shipped["spec"], "model": model, "x": numbers(page)}
        args["weights"] = shipped["networks"][model]["weights"]
        shares = jobs.run("classify", args)["probabilities"]
        wanted.append([f"{100 * share:.0f}" for share in shares.tolist()])
        said.append(f"{name} {shares.argmax()}")
    rows = page.locator("#inside .shares tbody tr").all()
    assert [row.locator("td").all_inner_texts() for row in rows] == wanted
    sentence = page.locator("#inside .told").inner_text()
    assert sentence == f"Your drawing. Answers: {', '.join(said)}."


def test_networks_come_with_the_page_and_say_what_one_draws(open_page):
    asked = []
    page = open_page(before=lambda page: page.on("request", lambda one: asked.append(one.url)))
    page.locator("#inside").scroll_into_view_if_needed()
    expect(page.locator("#inside .since")).to_contain_text(
        "came with the page, trained on the publ"
    )
    right = page.locator("#inside .confusion button.right").all_inner_texts()
    shipped = json.loads(SHIPPED.read_text(encoding="utf-8"))
    cnn = shipped["networks"]["cnn"]["test_acc"]
    assert sum(int(text) for text in right if text) == round(10 * cnn)  # of 1000
    assert not [url for url in asked if url.endswith("inside-shuffled.json")]

    told = page.locator("#inside .told")
    expect(told).to_contain_text("Test example")
    place = int(re.findall(r"\d+", told.inner_text())[0])
    page.locator("#inside .signal").get_by_label("draw your own").check()
    expect(page.locator("#inside .pad [role=slider]")).to_have_count(40)
    example = jobs.run("dataset")["x_test"].reshape(-1, 40)[place]
    assert numbers(page) == pytest.approx(example, abs=0.01)
    answered_as_python_answers(page)

    start = page.locator("#inside").get_by_role("button", name="Start from a 3", exact=True)
    start.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#inside .told")).to_contain_text("MLP 3, CNN 3, GRU 3")
    page.locator("#inside .pad [role=slider]").first.focus()
    page.keyboard.press("ArrowDown")
    for key in ("PageUp", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    outline = jobs.run("outlines")["x"].reshape(10, 40)[3]
    assert numbers(page) == pytest.approx(outline + 1.1 * (np.arange(40) == 1), abs=0.011)
    answered_as_python_answers(page)

    pad = page.locator("#inside .pad svg")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 0.25 * box["width"], box["y"] + 3)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + box["height"] - 3)
    page.mouse.up()
    assert numbers(page) == pytest.approx(np.linspace(-2, 2, 40), abs=0.1)
    answered_as_python_answers(page)


def test_the_first_layers_are_drawn_while_they_train(page):
    page.locator("#inside .weights.cnn").scroll_into_view_if_needed()
    picture = "(c) => c.toDataURL()"
    canvas = page.locator("#inside .weights.cnn canvas")
    expect(page.locator("#inside .told")).not_to_be_empty(timeout=60_000)
    before = page.evaluate(picture, canvas.element_handle())
    page.evaluate("document.querySelector('#training .start').click()")
    page.wait_for_function(
        "(old) => document.querySelector('#inside .weights.cnn canvas').toDataURL() !== old",
        arg=before,
    )
    page.evaluate("document.querySelector('#training .stop').click()")


def test_the_quiz_can_be_touched_and_stopped(page):
    page.locator("#quiz").get_by_label("shuffled").check()
    page.get_by_role("button", name="Show me 20 examples").click()
    expect(page.locator("#quiz .asked")).to_contain_text("Example 1 of 20")
    picture, truth = page.locator("#quiz .picture .line"), page.locator("#quiz .truth")
    before = picture.get_attribute("d")
    expect(truth).to_be_hidden()
    button(page, "7", "#quiz").click()
    # The example stays, beside the template of its digit.
    told = page.locator("#quiz .last")
    expect(told).to_have_text(re.compile(r"^(7 is right\.|You said 7; it is a [0-689]\.)$"))
    expect(page.locator("#quiz .asked")).to_contain_text("Example 1 of 20")
    assert picture.get_attribute("d") == before
    label = int(re.findall(r"\d", told.inner_text())[-1])
    points = truth.locator(".template").get_attribute("d") or ""
    places = [float(place.split()[0]) for place in points[1:].split("L")]
    template = jobs.run("outlines")["template"].reshape(10, 12)[label]
    assert np.corrcoef(places, template)[0, 1] > 0.9999
    button(page, "7", "#quiz").click()  # any touch goes on, and answers nothing
    expect(page.locator("#quiz .asked")).to_contain_text("Example 2 of 20")
    expect(truth).to_be_hidden()
    assert picture.get_attribute("d") != before
    button(page, "Stop", "#quiz").click()
    expect(page.locator("#quiz .asked")).to_contain_text("of 1 right")
    expect(cell(page, "You", "shuffled", "Your run")).to_contain_text("(1)")


def test_the_clock_ends_a_round(open_page):
    page = open_page(again=False)  # its context keeps the clock that is set here
    page.locator("#quiz").get_by_label("60 seconds").check()
    page.clock.install()
    page.get_by_role("button", name="Show me 20 examples").click()
    expect(page.locator("#quiz .asked")).to_contain_text("Example 1 of 20")
    page.keyboard.press("1")
    page.keyboard.press("1")
    expect(page.locator("#quiz .asked")).to_contain_text("Example 2 of 20")
    page.clock.fast_forward(61_000)
    expect(page.locator("#quiz .asked")).to_contain_text("of 1 right")
    expect(page.locator("#quiz .keys")).to_be_hidden()


@pytest.mark.parametrize("length", [8, 72])
def test_every_model_trains_at_the_ends_of_the_slider(page, length):
    dataset = {**SMALL, "final_seq_length": length}
    for model in MODELS:
        args = {"model": model, "dataset": dataset, "steps": 20, "eval_every": 20}
        records = page.evaluate("(args) => lab.run('train', args).then((r) => r.records)", args)
        assert records == jobs.run("train", args)["records"]  # and as here, bit for bit
