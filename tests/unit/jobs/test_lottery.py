"""The lottery's jobs: searches that go on, arms, calibration, tickets as files."""

import dataclasses
import io
import json
from typing import Any

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.dataset.cache import cached_dataset
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.lottery import pruning
from mnist1d_lab.lottery.spec import PRESETS, ArmSpec, LotterySpec, result_key
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.models.split import as_split
from mnist1d_lab.models.train import evaluate_all

SMALL = {
    "dataset": {"num_samples": 300}, "trials": 1, "hidden": 20, "steps": 30, "levels": 3,
    "eval_every": 10,
}  # fmt: skip
FIELDS = {"lottery": SMALL, "level": 2, "steps": 20, "batch_size": 50, "eval_every": 10}


def searched(args):
    """Records and checkpoints of a search."""
    kept = []

    def on_progress(progress):
        if "checkpoint" in progress:
            kept.append(progress["checkpoint"])

    return jobs.run("lottery", args, on_progress)["records"], kept


@pytest.fixture(scope="module")
def checkpoints():
    return searched(SMALL)[1]


@pytest.mark.parametrize(
    "change",
    [{}, {"random_mask": "redrawn"}, {"rewind_step": 10}, {"score_step": 20}, {"scope": "global"},
     {"criterion": "magnitude_increase", "prune_biases": False, "schedule": "linear"}],
)  # fmt: skip
def test_a_search_that_goes_on_after_any_level_ends_with_the_same_records(change):
    args = {**SMALL, **change}
    whole, kept = searched(args)
    assert [r for checkpoint in kept for r in checkpoint["records"]] == whole
    for checkpoint in kept:
        found = json.loads(json.dumps({**checkpoint, "next_mask": None}))
        if checkpoint["next_mask"] is not None:
            found["next_mask"] = checkpoint["next_mask"].tobytes()
        rest, again = searched({**args, "checkpoint": found})
        assert rest == [r for r in whole if r["level"] > checkpoint["level"]]
        for one, other in zip(again, kept[checkpoint["level"] + 1 :], strict=True):
            assert np.array_equal(one["next_mask"], other["next_mask"])


def test_a_search_that_goes_on_counts_only_the_steps_that_are_left(checkpoints):
    reports = []
    jobs.run(
        "lottery", {**SMALL, "checkpoint": checkpoints[1]}, lambda p: reports.append(p["total"])
    )
    assert set(reports) == {2 * 2 * 30}


def test_a_kept_mask_of_another_network_is_refused(checkpoints):
    with pytest.raises(ValueError, match=r"^mask must be \d+ bytes for this network, got 182"):
        jobs.run("lottery", {**SMALL, "hidden": 30, "checkpoint": checkpoints[0]})


def test_the_preset_paper_is_the_notebooks_schedule_to_the_letter():
    spec = LotterySpec.of({"preset": "paper"})
    shares = [spec.sparsity(level) for level in range(spec.levels + 1)]
    assert shares == np.linspace(0, 1.0, 100).tolist()
    for size in (500 * 40 + 500, 500 * 500 + 500, 10 * 500 + 10):
        counts = [int(share * size) for share in np.linspace(0, 1.0, 100)]
        assert [int(share * size) for share in shares] == counts
    assert (spec.steps, spec.score_step, spec.random_mask) == (1501, 1001, "redrawn")


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_runs_with_changed_fields(preset):
    changed = {**SMALL, "preset": preset, "score_step": 0, "levels": 2}
    records, _ = searched(changed)
    assert len(records) == 3 + 2 * 2


def test_a_key_depends_on_what_changes_the_result_and_on_nothing_else():
    spec = LotterySpec(trials=1)
    assert result_key(spec) == result_key(LotterySpec(trials=1, preset="paper"))
    assert result_key(spec) == jobs.run("plan", {"trials": 4})["parts"][0]["name"]
    others: list[dict[str, Any]] = [
        {"seed": 1},
        {"hidden": 201},
        {"dataset": {"seed": 1}},
        {"scope": "global"},
    ]
    assert len({result_key(spec), *(result_key(LotterySpec(trials=1, **o)) for o in others)}) == 5


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"rewind_step": 30}, "rewind_step must be less than steps"),
        ({"score_step": 31}, "score_step must be 0"),
        ({"schedule": "cubic"}, "schedule must be 'geometric' or 'linear', got 'cubic'"),
        (
            {"preset": "other"},
            "preset must be 'quick' or 'quick-small' or 'paper' or 'frankle-carbin'",
        ),
    ],
)
def test_a_protocol_that_makes_no_sense_is_refused(change, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        jobs.run("lottery", {**SMALL, **change})


def test_calibration_gives_seconds_for_every_level():
    found = jobs.run("calibrate", SMALL)
    assert len(found["train_seconds"]) == 4
    assert all(0 < seconds < 60 for seconds in found["train_seconds"])
    dense, *pruned = found["train_seconds"]
    assert found["trial_seconds"] == pytest.approx(dense + 2 * sum(pruned))


def test_every_arm_trains_and_ends_with_a_final_record(checkpoints):
    mask = checkpoints[1]["next_mask"]
    parts = jobs.run("plan_arms", FIELDS)["parts"]
    assert [(p["arm"], p["condition"]) for p in parts][:2] == [
        ("dense", "fresh"), ("lottery", "fresh"),
    ]  # fmt: skip
    assert len({part["name"] for part in parts}) == len(parts) == 17
    ends = []
    for part in parts:
        assert part["seconds"] > 0
        records = jobs.run("arm", {**part["args"], "mask": mask})["records"]
        assert [record["step"] for record in records] == [0, 10, 20]
        assert {(r["arm"], r["condition"]) for r in records} == {(part["arm"], part["condition"])}
        sparse = pruning.sparsity(pruning.unpack(mask, pruning.full_masks(initial(), True)))
        assert records[-1]["sparsity"] == (0 if part["arm"] == "dense" else sparse)
        assert records[-1]["best_test_acc"] == max(record["test_acc"] for record in records)
        ends.append(records[-1]["train_loss"])
    assert len(set(ends)) == len(ends)  # no two arms are the same training


def test_arms_are_planned_on_as_many_fresh_data_sets_as_asked_for(checkpoints):
    alone = jobs.run("plan_arms", FIELDS)["parts"]
    parts = jobs.run("plan_arms", {**FIELDS, "datasets": 3})["parts"]
    assert [part["fresh_seed"] for part in parts] == [1] * 17 + [2] * 17 + [3] * 17
    assert [part["name"] for part in parts[:17]] == [part["name"] for part in alone]
    assert len({part["name"] for part in parts}) == 51
    mask, ends = checkpoints[1]["next_mask"], []
    for part in parts[1::17]:
        record = jobs.run("arm", {**part["args"], "mask": mask})["records"][-1]
        assert record["fresh_seed"] == part["fresh_seed"]
        ends.append(record["train_loss"])
    assert len(set(ends)) == 3


@pytest.mark.parametrize("datasets", [0, 101, 1.5, True, "2"])
def test_a_number_of_data_sets_that_cannot_be_is_refused(datasets):
    with pytest.raises(ValueError, match=r"^datasets must be a whole number from 1 to 100, got"):
        jobs.run("plan_arms", {**FIELDS, "datasets": datasets})


def initial():
    return MLP(40, 20).init(np.random.default_rng(0))


@pytest.mark.parametrize("rewind_step", [0, 13])
@pytest.mark.parametrize("arm", ["lottery", "random", "dense"])
def test_the_search_condition_is_the_searches_own_training(rewind_step, arm):
    args = {**SMALL, "rewind_step": rewind_step}
    kept = searched(args)[1]
    mask = kept[1]["next_mask"]
    fields = {**FIELDS, "lottery": args, "steps": 30, "batch_size": 100, "condition": "search"}
    last = jobs.run("arm", {**fields, "arm": arm, "mask": mask})["records"][-1]
    found = next(r for r in kept[0 if arm == "dense" else 2]["records"] if r["arm"] == arm)
    assert last["step"] == 30
    for field in ("train_loss", "train_acc", "test_loss", "test_acc", "sparsity"):
        assert last[field] == found[field]


def test_a_ticket_that_was_rewound_to_a_step_is_shown_and_saved_as_it_started(checkpoints):
    mask = checkpoints[1]["next_mask"]
    fields = {**FIELDS, "lottery": {**SMALL, "rewind_step": 13}, "mask": mask}
    untrained = jobs.run("arm", {**fields, "arm": "dense"})["records"][0]
    npz = jobs.run("ticket", fields)["npz"]
    with np.load(io.BytesIO(npz.tobytes())) as file:
        start = {key: file[f"initial.{key}"] for key in initial()}
    data = as_split(cached_dataset(DatasetSpec.of({"num_samples": 300, "seed": 43})))
    measured = evaluate_all(MLP(40, 20).network(start, None), data)
    assert measured == {key: untrained[key] for key in measured}
    assert (start["linear1.weight"] != initial()["linear1.weight"]).any()
    assert (jobs.run("masks", fields)["weights"] == start["linear1.weight"].ravel()).all()


def test_an_arm_without_its_ticket_is_refused():
    with pytest.raises(ValueError, match=r"^mask must be given for the arm 'lottery'"):
        jobs.run("arm", FIELDS)
    with pytest.raises(ValueError, match=r"^level must be at most the search's levels \(3\)"):
        jobs.run("arm", {**FIELDS, "level": 4})


def test_the_masks_of_a_ticket_are_its_first_layer_and_two_others_of_its_size(checkpoints):
    mask = checkpoints[1]["next_mask"]
    seen = jobs.run("masks", {**FIELDS, "mask": mask})
    bits = np.unpackbits(mask, bitorder="little")[: 20 * 40]
    assert (seen["lottery"] == bits).all()
    rows = {arm: seen[arm].reshape(20, 40).sum(axis=1) for arm in ("lottery", "permuted")}
    assert (rows["lottery"] == rows["permuted"]).all()
    assert (seen["lottery"] != seen["permuted"]).any()
    survivors = seen["survivors"]
    assert survivors["lottery"] == survivors["random"] == survivors["permuted"]
    assert survivors["lottery"]["linear1.weight"] == bits.sum()
    assert sum(survivors["lottery"].values()) == np.unpackbits(mask).sum()
    together = {**FIELDS, "lottery": {**SMALL, "random_counts": "together"}, "mask": mask}
    assert jobs.run("masks", together)["survivors"]["random"] != survivors["lottery"]
    assert (seen["weights"] == initial()["linear1.weight"].ravel()).all()
    own = jobs.run("adjacency", {"mask": seen["lottery"], "inputs": 40})
    assert {key: own[key] for key in ("p2", "null4")} == {
        key: checkpoints[2]["records"][0][key] for key in ("p2", "null4")
    }


def test_a_ticket_as_a_file_has_its_weights_masks_and_spec(checkpoints):
    mask = checkpoints[1]["next_mask"]
    made = jobs.run("ticket", {**FIELDS, "mask": mask})
    with np.load(io.BytesIO(made["npz"].tobytes())) as file:
        for key, array in initial().items():
            assert (file[f"initial.{key}"] == array).all()
        masks = {key: file[f"mask.{key}"] for key in initial()}
        spec = json.loads(str(file["spec"]))
    assert (pruning.pack(masks) == mask).all()
    assert ArmSpec.of(spec) == ArmSpec.of(FIELDS)
    assert made["name"] == f"ticket-{result_key(ArmSpec.of(FIELDS).lottery)}-level-2.npz"


def test_presets_come_with_a_title_a_sentence_and_a_spec():
    for key, preset in jobs.run("presets").items():
        assert LotterySpec.of(preset["spec"]) == LotterySpec.of({"preset": key})
        assert preset["title"] and preset["sentence"].endswith(".")
        assert dataclasses.asdict(LotterySpec.of({"preset": key})) == preset["spec"]
