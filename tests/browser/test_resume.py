"""Nothing finished is lost: reload, pause, stop, a killed worker, no storage; equal to one run."""

import pytest
from playwright.sync_api import expect
from tests.browser import waits
from tests.browser.drivers import CHROMIUM_ONLY
from tests.browser.test_pool import KEEP_WORKERS

CHAPTER = "ticket"

ARGS = {
    "dataset": {"num_samples": 300}, "hidden": 12, "steps": 400, "levels": 3, "trials": 2,
    "seed": 3,
}  # fmt: skip
TRIAL = 400 * 7  # steps
NO_FIGURE = "exercises"  # the chapter that opens soonest, where `window.lab` is all that is used
PLAIN = "(args) => lab.run('lottery', args).then(({records}) => records)"
# Runs and keeps; also tells the first and the last `done`, and how often there was progress.
KEPT = """async (args) => {
  const done = [];
  const onProgress = (progress) => done.push(progress.done);
  const {records} = await lab.run('lottery', args, {keep: true, onProgress});
  return {records, first: done[0], last: done.at(-1), told: done.length};
}"""
CLEAR = "lab.kept.clear()"
# In the page itself: a click from outside may come some levels late.
AT_DOTS = """([count, text]) => new Promise((resolve) => {
  const look = () => {
    const dots = document.querySelectorAll('#tickets svg circle[aria-label=network]');
    if (dots.length < count) return requestAnimationFrame(look);
    const buttons = [...document.querySelectorAll('#tickets button')];
    if (text) buttons.find(({ textContent }) => textContent.trim() === text).click();
    resolve();
  };
  look();
})"""
FORBIDDEN = """
  IDBFactory.prototype.open = () => { throw new DOMException('No.', 'SecurityError'); };
"""
FULL = """
  const put = IDBObjectStore.prototype.put;
  let left = 3; // and then the disk is full
  IDBObjectStore.prototype.put = function (...args) {
    if (left-- > 0) return put.apply(this, args);
    throw new DOMException('No room.', 'QuotaExceededError');
  };
"""


@pytest.fixture(scope="module")
def page(open_pages):
    """A page for the whole module; it is opened anew often, and each worker costs seconds."""
    return open_pages()


@pytest.fixture(scope="module")
def alone(page):
    """The records of a run that nothing interrupts and nothing keeps."""
    return page.evaluate(PLAIN, ARGS)


@pytest.fixture
def fresh(page):
    """The module's page with nothing kept."""
    page.evaluate(CLEAR)
    return page


@pytest.fixture
def reopened(fresh):
    """The same, opened anew where an earlier run has left dots."""
    if dots(fresh).count():
        reopen(fresh)
    return fresh


def fill(page, **fields):
    for label, value in fields.items():
        name = label.replace("_", " ")  # the buttons of earlier runs are called after it too
        page.locator("#tickets").get_by_role("spinbutton", name=name).fill(str(value))


def dots(page):
    return page.locator("#tickets svg circle[aria-label=network]")


def reopen(page):
    page.reload()
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")


def find_tickets(page, steps=800):
    """Start a search of the figure that lasts a second or two; returns its arguments."""
    fill(page, Hidden_units=16, Steps=steps, Levels=5, Trials=2)
    page.get_by_role("button", name="Find lottery tickets").click()
    return {"hidden": 16, "steps": steps, "levels": 5, "trials": 2}


def wait_for_levels(page, count, press=None):
    """Until so many levels are drawn; then at once press the button with this text."""
    page.evaluate(AT_DOTS, [2 * count, press])


def finish(page):
    expect(page.locator("#tickets .runner .note[role=status]")).to_contain_text(
        "Done", timeout=90_000
    )


def test_a_finished_lottery_is_there_at_once_with_the_same_records(fresh, alone):
    page = fresh
    first = page.evaluate(KEPT, ARGS)
    assert first["records"] == alone
    assert first["told"] > 0
    assert first["last"] == 2 * TRIAL
    again = page.evaluate(KEPT, ARGS)
    assert (again["records"], again["told"]) == (alone, 0)


def test_more_trials_train_only_the_new_ones(fresh, alone):
    page = fresh
    page.evaluate(KEPT, {**ARGS, "trials": 1})
    more = page.evaluate(KEPT, ARGS)
    assert more["records"] == alone
    assert more["first"] >= TRIAL


def test_without_keep_nothing_is_kept_and_nothing_kept_is_used(fresh, alone):
    page = fresh
    page.evaluate(PLAIN, ARGS)
    assert page.evaluate("lab.kept.count()") == 0
    assert page.evaluate(KEPT, ARGS)["first"] < TRIAL


def test_a_reload_in_mid_run_goes_on_and_ends_with_the_same_records(open_page, alone):
    page = open_page(chapter=NO_FIGURE)
    with page.expect_navigation():
        page.evaluate(
            """(args) => {
              lab.run('lottery', args, {keep: true, onProgress({records}) {
                if (records.length >= 7) location.reload(); // levels 0 to 2 of the first trial
              }}).catch(() => {});
            }""",
            ARGS,
        )
    page.wait_for_function("document.documentElement.dataset.state === 'ready'")
    rest = page.evaluate(KEPT, ARGS)
    assert 3 * 400 <= rest["first"] < 2 * TRIAL  # the last may have been on its way to the disk
    assert rest["records"] == alone


def test_a_killed_worker_costs_no_finished_level(open_page, alone):
    page = open_page(chapter=NO_FIGURE, before=lambda page: page.add_init_script(KEEP_WORKERS))
    outcome = page.evaluate(
        """async (args) => {
          const after = [];
          let killed = false;
          const {records} = await lab.run('lottery', args, {keep: true, onProgress(progress) {
            if (killed) after.push(progress.done);
            if (killed || progress.records.length < 5) return;
            killed = true;
            workers[1].terminate();  // 0 is the live one
          }});
          return {records, killed, least: Math.min(...after), workers: workers.length};
        }""",
        ARGS,
    )
    assert outcome["killed"]
    assert outcome["workers"] > 2
    assert outcome["least"] >= 3 * 400
    assert outcome["records"] == alone


def test_another_arithmetic_is_another_result(open_page):
    args = {**ARGS, "steps": 20, "trials": 1}
    page = open_page(chapter=NO_FIGURE)
    page.evaluate(KEPT, args)
    other = page.context.new_page()  # the same browser's storage
    other.goto(page.url.split("?")[0] + "?workers=1&kernels=numpy")
    other.evaluate("lab.ready")
    assert other.evaluate(KEPT, args)["told"] > 0
    assert page.evaluate(KEPT, args)["told"] == 0


def test_a_reloaded_figure_offers_to_go_on_and_does(open_page):
    page = open_page()
    args = find_tickets(page)
    wait_for_levels(page, 2)
    page.reload()
    offer = page.locator("#tickets .offer")
    expect(offer).to_contain_text(
        "of 10 levels are kept of an unfinished run: 2 trials, 16 hidden units"
    )
    assert 2 <= int(offer.inner_text().split(" of ")[0]) < 10
    offer.get_by_role("button", name="Go on with it").click()
    expect(offer).to_have_count(0)
    finish(page)
    expect(page.locator("#tickets .finding")).to_contain_text("n\u00a0=\u00a02")
    kept = page.evaluate(KEPT, args)
    assert kept["told"] == 0
    assert kept["records"] == page.evaluate(PLAIN, args)
    reopen(page)
    expect(offer).to_have_count(0)  # it has ended


def test_a_run_at_work_in_another_tab_is_offered_only_when_that_is_gone(open_page):
    page = open_page()
    find_tickets(page, steps=12_000)  # it must outlast the start of another page
    wait_for_levels(page, 1)
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("lab.ready")
    expect(other.locator("#tickets .offer")).to_have_count(0)
    page.close()
    offer = other.locator("#tickets .offer")
    expect(offer).to_have_count(1)
    offer.get_by_role("button", name="Forget it").click()
    expect(offer).to_have_count(0)
    other.reload()
    other.evaluate("lab.ready")
    expect(offer).to_have_count(0)


def test_an_offer_waits_for_another_run_and_goes_when_its_own_is_at_work(reopened):
    page = reopened
    steps = find_tickets(page, steps=12_000)["steps"]  # it must not end before it is stopped
    wait_for_levels(page, 1)
    reopen(page)
    offer = page.locator("#tickets .offer")
    stop = page.locator("#tickets").get_by_role("button", name="Stop")
    fill(page, Hidden_units=17)
    page.get_by_role("button", name="Find lottery tickets").click()
    offer.get_by_role("button", name="Go on with it").click()
    expect(offer).to_contain_text("Another run has not ended")
    stop.click()
    fill(page, Hidden_units=16, Steps=steps, Levels=5, Trials=2)  # as it was begun
    page.get_by_role("button", name="Find lottery tickets").click()
    expect(offer).to_have_count(0)
    stop.click()
    expect(page.locator("#tickets .runner .note[role=status]")).to_contain_text("Stopped.")
    assert page.evaluate("lab.kept.store.keys().then((keys) => keys.map(([kind]) => kind))") == [
        "result"
    ] * page.evaluate("lab.kept.count()")


def test_runs_are_forgotten_with_what_they_would_go_on_from(fresh):
    page = fresh
    page.evaluate(
        """async (args) => {
          await lab.run('lottery', args, {keep: true});
          const {version} = await lab.ready;
          const mark = (hidden, version) =>
            lab.kept.store.set(['run', JSON.stringify([['hidden', hidden]])],
              {args: {hidden}, fraction: 0.4, at: 0, version});
          await mark(14, 'another');
          await mark(15, version);
        }""",
        {**ARGS, "steps": 20},
    )
    reopen(page)
    offer = page.locator("#tickets .offer")
    expect(offer).to_have_count(1)  # the results of another version are no more
    expect(offer).to_contain_text("15 hidden units")
    page.locator("#tickets .kept").get_by_role("button", name="Forget them").click()
    expect(offer).to_have_count(0)
    assert page.evaluate("lab.kept.store.keys()") == []


def test_pause_and_go_on(reopened):
    page = reopened
    args = find_tickets(page)
    wait_for_levels(page, 1, press="Pause")
    note = page.locator("#tickets .runner .note[role=status]")
    expect(note).to_have_text("Paused. What is finished is kept.")
    expect(page.locator("#tickets .finding")).to_contain_text("Paused.")
    fill(page, Hidden_units=33)  # does not change the run that goes on
    page.get_by_role("button", name="Go on", exact=True).click()
    finish(page)
    expect(page.locator("#tickets .finding")).to_contain_text("16 hidden units")
    assert page.evaluate(KEPT, args)["told"] == 0
    assert page.evaluate(KEPT, args)["records"] == page.evaluate(PLAIN, args)


@CHROMIUM_ONLY
def test_a_double_click_on_pause_pauses(fresh):
    page = fresh
    find_tickets(page, steps=4000)  # a click from outside may come late
    page.get_by_role("button", name="Pause").dblclick()
    note = page.locator("#tickets .runner .note[role=status]")
    expect(note).to_contain_text("Paused.")
    waits.workers_had_their_turn(page)
    expect(note).to_contain_text("Paused.")
    page.locator("#tickets").get_by_role("button", name="Stop").click()
    expect(note).to_contain_text("Stopped.")


def test_stop_settles_and_starting_again_goes_on(reopened):
    page = reopened
    args = find_tickets(page)
    wait_for_levels(page, 2, press="Stop")
    note = page.locator("#tickets .runner .note[role=status]")
    expect(note).to_contain_text("finished levels are kept: starting again goes on from there.")
    expect(page.locator("#tickets .finding")).to_contain_text("Stopped early.")
    kept = page.evaluate("lab.kept.count()")
    assert kept >= 3
    assert str(kept) in note.inner_text()
    page.get_by_role("button", name="Find lottery tickets").click()
    wait_for_levels(page, 2)  # at once, and not trained again
    finish(page)
    assert page.evaluate(KEPT, args)["records"] == page.evaluate(PLAIN, args)


def test_what_is_kept_is_counted_and_can_be_forgotten(reopened):
    page = reopened
    find_tickets(page, steps=20)
    finish(page)
    line = page.locator("#tickets .kept")
    expect(line).to_contain_text("12 finished results are kept in this browser")
    note = page.locator("#tickets .runner .note[role=status]")
    fill(page, Hidden_units=19, Steps=4000)
    page.evaluate("""() => { // before the run has kept anything
      for (const name of ['start', 'stop']) document.querySelector(`#tickets .${name}`).click();
    }""")
    expect(note).to_have_text("Stopped.")
    line.get_by_role("button", name="Forget them").click()
    expect(line).to_be_hidden()
    assert page.evaluate("lab.kept.count()") == 0


@pytest.mark.parametrize(
    ("script", "note"),
    [(FORBIDDEN, "This browser stores nothing for this page"), (FULL, "storage is full")],
    ids=["forbidden", "full"],
)
def test_a_run_goes_on_in_memory_and_says_so(open_page, alone, script, note):
    page = open_page(before=lambda page: page.add_init_script(script))
    assert page.evaluate(KEPT, ARGS)["records"] == alone
    expect(page.locator("#tickets .keeping")).to_contain_text(note)
    again = page.evaluate(KEPT, ARGS)  # while the page is open
    assert (again["records"], again["told"]) == (alone, 0)
    find_tickets(page)
    wait_for_levels(page, 1, press="Pause")
    page.get_by_role("button", name="Go on", exact=True).click()
    finish(page)
    expect(page.locator("#tickets .finding")).to_contain_text("n\u00a0=\u00a02")


def test_a_full_disk_keeps_what_went_before(open_page, alone):
    page = open_page(chapter=NO_FIGURE, before=lambda page: page.add_init_script(FULL))
    page.evaluate(KEPT, ARGS)
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("lab.ready")
    assert other.evaluate("lab.kept.count()") == 3
    rest = other.evaluate(KEPT, ARGS)
    assert rest["first"] >= 5 * 400  # levels 0, 1 and 2 of the first trial
    assert rest["records"] == alone
