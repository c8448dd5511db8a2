"""What a large sweep costs: the arithmetic from what was measured to a table of machines."""

from mnist1d_lab.cluster.cost import Costs, duration, report

COSTS = Costs(
    trial_seconds=600, records=200, record_bytes=100, overhead=0.01, speedup=1.9, task_seconds=5
)  # fmt: skip


def test_trials_are_whole_and_the_scheduler_is_the_last_limit():
    assert COSTS.seconds(10_000, 1, 16) == 625 * 600
    assert COSTS.seconds(10_000, 10, 16) == 63 * 600  # the last of 63 rounds is not full
    assert COSTS.seconds(10_000, 10_000, 16) == 600  # one round: more machines are of no use
    assert COSTS.seconds(1_000_000, 100_000, 16) == 1_000_000 * 0.01


def test_the_report_says_all_that_was_measured():
    text = report(COSTS, "paper", 10_000, 16)
    assert "One trial of paper: 10.0 minutes on a core, 200 records of 100 bytes" in text
    assert "Dask adds 10.0 ms to a task. Two workers are 1.90 times as fast as one" in text
    assert "in 8 tasks of 5.0 s each." in text
    assert "10000 trials, 0.20 GB" in text
    assert "| 100 | 70.0 minutes | 2.4 % |" in text
    assert (duration(119.4), duration(200_000)) == ("119.4 s", "2.3 days")
