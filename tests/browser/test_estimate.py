"""How long the rest takes: static/lab/estimate.js; intervals: static/records/stats.js."""

import pytest
from scipy import stats


def call(page, module, name, *args):
    script = (
        "async ([module, name, args]) => (await import(`./static/${module}.js`))[name](...args)"
    )
    return page.evaluate(script, [module, name, list(args)])


def test_a_trial_is_one_training_and_then_two_a_level_the_tickets_slower(page):
    trial = call(page, "lab/estimate", "trainings", [3, 2, 1], {"steps": 100})
    assert [part["seconds"] for part in trial] == [3, 2.5, 2, 1.25, 1]
    assert [part["steps"] for part in trial] == [100] * 5
    assert call(page, "lab/estimate", "totalSeconds", trial) == 9.75


def test_a_rewound_training_is_shorter(page):
    trial = call(page, "lab/estimate", "trainings", [3, 2], {"steps": 100, "rewind_step": 50})
    assert [(part["steps"], part["seconds"]) for part in trial] == [(100, 3), (50, 1.25), (50, 1)]


@pytest.mark.parametrize(("done", "work"), [(0, 0), (50, 1.5), (100, 3), (250, 6.5), (500, 9.75)])
def test_work_follows_the_steps(page, done, work):
    trial = call(page, "lab/estimate", "trainings", [3, 2, 1], {"steps": 100})
    assert call(page, "lab/estimate", "secondsDone", trial, done) == pytest.approx(work)


@pytest.mark.parametrize(
    ("tasks", "workers", "seconds"),
    [
        ([4, 4, 4], 1, 12),
        ([4, 4, 4], 2, 8),
        ([1, 4, 4], 2, 5),
        ([2], 4, 2),
        ([], 2, 0),
        ([5, 1, 1, 1], 2, 5),
    ],
)
def test_the_queue_is_taken_by_whoever_is_free(page, tasks, workers, seconds):
    assert call(page, "lab/estimate", "makespan", tasks, workers) == seconds


def test_the_pace_is_the_calibrations_at_first_and_this_runs_later(page):
    assert call(page, "lab/estimate", "pace", 0, 0) == 1
    assert call(page, "lab/estimate", "pace", 200, 100) == pytest.approx(2, rel=0.02)


def test_students_t_is_right(page):
    for freedom in (1, 2, 9, 19, 30, 31, 60, 999):
        ours = call(page, "records/stats", "studentT", freedom)
        assert ours == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-4)


def test_the_difference_to_dense_is_paired_by_trial(page):
    rows = [
        {"arm": arm, "trial": trial, "level": level, "sparsity": 0.5, "test_acc": accuracy}
        for arm, level, accuracies in (("dense", 0, (60, 64, 62)), ("lottery", 1, (63, 66, 65)))
        for trial, accuracy in enumerate(accuracies)
    ]
    rows.append({**rows[-1], "trial": 3})  # its dense network is still in training
    delta = call(page, "records/stats", "toDense", rows, "lottery", 1)
    assert delta["n"] == 3
    assert delta["mean"] == pytest.approx(8 / 3)
    low, high = stats.t.interval(0.95, 2, loc=8 / 3, scale=stats.sem([3, 2, 3]))
    assert 2 * delta["halfWidth"] == pytest.approx(high - low, rel=1e-4)


def test_a_moment_of_other_work_does_not_move_a_measurement(page):
    assert call(page, "lab/estimate", "median", [[3, 2], [9, 2.5], [3.5, 9]]) == [3.5, 2.5]
    assert call(page, "lab/estimate", "median", [[3, 2]]) == [3, 2]
