"""Trials side by side: the same records as one worker's, also when a worker is killed half-way."""

import pytest

ARGS = {
    "dataset": {"num_samples": 300}, "hidden": 12, "steps": 60, "levels": 2, "trials": 4, "seed": 3,
}  # fmt: skip
RUN = "(args) => lab.run('lottery', args).then(({records}) => records)"
KEEP_WORKERS = """
  const Original = Worker;
  window.workers = [];
  window.Worker = class extends Original {
    constructor(...args) { super(...args); workers.push(this); }
  };
"""


@pytest.fixture(scope="module")
def alone(open_pages):
    """The records of one worker that runs all trials."""
    return open_pages("?workers=1").evaluate(RUN, ARGS)


def test_several_workers_give_the_records_of_one_in_the_same_order(open_page, alone):
    assert [record["trial"] for record in alone] == sorted(record["trial"] for record in alone)
    assert {record["trial"] for record in alone} == {0, 1, 2, 3}
    page = open_page("?workers=3")
    assert page.evaluate(RUN, ARGS) == alone


def test_a_trial_of_the_pool_is_the_trial_of_its_own_seed(open_page, alone):
    page = open_page("?workers=2")
    for trial in (0, 3):
        records = page.evaluate(RUN, {**ARGS, "trials": 1, "seed": 3 + trial})
        assert [{**record, "trial": trial} for record in records] == [
            record for record in alone if record["trial"] == trial
        ]


def test_a_killed_worker_is_replaced_and_its_trial_rerun(open_page, alone):
    page = open_page("?workers=2", before=lambda page: page.add_init_script(KEEP_WORKERS))
    page.mouse.move(9, 9)  # until somebody is at the page, only the live one is there
    page.wait_for_function("workers.length >= 3")  # and two that train
    outcome = page.evaluate(
        """async (args) => {
          let killed = 0;
          let training; // the worker that told of progress last: others may be idle, or only start
          for (const worker of workers) {
            worker.addEventListener('message', ({data}) => {
              if (data.kind === 'progress') training = worker;
            });
          }
          const result = await lab.run('lottery', args, {onProgress({done, total}) {
            if (killed || !training || done < total / 8) return;
            killed = workers.length;
            training.terminate();
          }});
          return {records: result.records, killed, now: workers.length};
        }""",
        ARGS,
    )
    assert outcome["killed"] > 0
    assert outcome["now"] > outcome["killed"]  # a fresh one was started
    assert outcome["records"] == alone


def test_a_killed_worker_is_replaced_outside_a_run_too(open_page):
    page = open_page("?workers=1", before=lambda page: page.add_init_script(KEEP_WORKERS))
    page.evaluate("workers[0].terminate()")
    assert page.evaluate("lab.run('digits').then((made) => made.x.length)") == 400


def test_stopping_many_trials_settles_at_once_and_the_next_run_works(open_page):
    page = open_page("?workers=2")
    outcome = page.evaluate(
        """async (args) => {
          const stop = new AbortController();
          let began;
          const started = new Promise((resolve) => { began = resolve; });
          const run = lab.run('lottery', {...args, steps: 5000},
            {signal: stop.signal, onProgress: () => began()});
          const settled = run.catch((error) => error.name);
          await started;
          const t = performance.now();
          stop.abort();
          const name = await settled;
          const seconds = (performance.now() - t) / 1000;
          return {name, seconds, next: (await lab.run('lottery', args)).records.length};
        }""",
        ARGS,
    )
    assert outcome["name"] == "AbortError"
    assert outcome["seconds"] < 0.3
    assert outcome["next"] == 4 * 7
