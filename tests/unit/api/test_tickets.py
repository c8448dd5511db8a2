"""Searches as objects: the records of the jobs, bit for bit, and masks that have names."""

import dataclasses
import io
from typing import Any, cast

import numpy as np
import pytest

from mnist1d_lab import LotterySpec, find_tickets, jobs, judge, take_apart
from mnist1d_lab.lottery import pruning
from mnist1d_lab.validation import BadValueError

SPEC: dict[str, Any] = {
    "dataset": {"num_samples": 300}, "hidden": 12, "steps": 12, "levels": 3, "trials": 2,
    "prune_fraction": 0.57, "rewind_step": 2, "seed": 4,
}  # fmt: skip
ARM: dict[str, Any] = {"steps": 4, "batch_size": 50, "eval_every": 2, "late_step": 3}


@pytest.fixture(scope="module")
def found():
    return find_tickets(SPEC)


def test_a_search_is_the_job_bit_for_bit(found, backend):
    reports: list[dict[str, Any]] = []
    made = find_tickets(SPEC, on_progress=reports.append)
    done = jobs.run("lottery", SPEC)
    assert made.records == done["records"]
    assert dataclasses.asdict(made.spec) == dataclasses.asdict(LotterySpec.of(SPEC))
    assert reports[-1]["done"] == reports[-1]["total"] == made.spec.total_steps


def test_with_two_workers_the_records_and_the_tickets_are_the_same(found):
    reports: list[dict[str, Any]] = []
    made = find_tickets(SPEC, workers=2, on_progress=reports.append)
    assert (made.spec, made.records) == (found.spec, found.records)
    assert [(one.trial, one.level) for one in made.tickets] == list(found.masks)
    for one, other in zip(made.tickets, found.tickets, strict=True):
        assert one.packed.tobytes() == other.packed.tobytes() and one.lottery == other.lottery
    assert reports[-1] == {"done": made.spec.total_steps, "total": made.spec.total_steps}
    with pytest.raises(BadValueError, match="workers must be a whole number from 1 to 512, got 0"):
        find_tickets(SPEC, workers=0)


def test_every_ticket_has_the_masks_that_its_level_was_trained_with(found):
    assert list(found.masks) == [(trial, level) for trial in (0, 1) for level in (1, 2, 3)]
    for ticket in found.tickets:
        (record,) = (
            row for row in found.records
            if (row["arm"], row["trial"], row["level"]) == ("lottery", ticket.trial, ticket.level)
        )  # fmt: skip
        assert ticket.sparsity == record["sparsity"]
        args = {"mask": ticket.masks["linear1.weight"].astype(np.uint8).ravel(), "inputs": 40}
        measured = jobs.run("adjacency", args)
        assert {name: record[name] for name in measured} == measured
    first, second = (found.masks[0, level]["linear2.weight"] for level in (1, 2))
    assert not (second & ~first).any()  # what is pruned stays pruned


def test_the_second_trials_ticket_is_that_of_a_search_of_its_own(found):
    alone = find_tickets(found.spec.parts()[1])
    assert np.array_equal(alone.ticket(2).packed, found.ticket(2, trial=1).packed)
    assert [{**row, "trial": 1} for row in alone.records] == found.records[len(alone.records) :]


def test_a_ticket_taken_apart_has_the_records_of_the_plan_bit_for_bit(found):
    ticket = found.ticket(trial=1)
    records = take_apart(ticket, datasets=2, **ARM)
    plan = {"lottery": ticket.lottery, "level": 3, "datasets": 2, **ARM}
    expected = []
    for part in jobs.run("plan_arms", plan)["parts"]:
        rows = jobs.run("arm", {**part["args"], "mask": ticket.packed})["records"]
        expected += [{**row, "trial": 1} for row in rows]
    assert records == expected
    both = [*records, *found.records]
    assert judge(both) == jobs.run("verdict", {"search": found.records, "arms": records})["rows"]
    assert {row["claim"]: row["n"] for row in judge(both)}["fresh"] == 1


def test_a_saved_ticket_is_the_jobs_file_and_has_its_weights(found, tmp_path):
    ticket = found.ticket(2)
    with np.load(ticket.save(tmp_path / "t.npz")) as file:
        for name, mask in ticket.masks.items():
            assert np.array_equal(file[f"mask.{name}"], mask)
            assert np.array_equal(file[f"initial.{name}"], ticket.weights[name])
    args = {"lottery": ticket.lottery, "level": 2, "mask": ticket.packed}
    with np.load(io.BytesIO(jobs.run("ticket", args)["npz"].tobytes())) as file:
        assert np.array_equal(file["mask.linear1.bias"], ticket.masks["linear1.bias"])
    assert np.array_equal(pruning.pack(ticket.masks), ticket.packed)


def test_records_become_a_frame(found):
    frame = found.to_frame()
    assert frame.to_dict("records") == found.records
    assert frame["test_acc"].dtype == np.float64


def test_nonsense_is_refused_in_one_sentence(found):
    for call, sentence in (
        (lambda: find_tickets("fast"), "preset must be 'quick' or"),
        (lambda: find_tickets(cast(Any, 3)), "spec must be a LotterySpec, a dict"),
        (lambda: find_tickets(levles=3), r"levles must be left out \(.*is it levels"),
        (lambda: find_tickets(found.spec, levels=0), "levels must be a whole number from 1"),
        (lambda: found.ticket(4), "level must be a whole number from 1 to 3, got 4"),
        (lambda: found.ticket(1, trial=2), "trial must be a whole number from 0 to 1, got 2"),
        (lambda: take_apart(found.ticket(), datasets=0), "datasets must be a whole number"),
        (lambda: take_apart(found.ticket(), stepz=3), "stepz must be left out"),
        (lambda: judge([{"arm": "dense"}]), "trial of a record must be a whole number"),
    ):
        with pytest.raises(BadValueError, match=sentence):
            call()
