"""The jobs as the page calls them: forms, progress, determinism and the effect of training."""

import json
import os
import subprocess
import sys
from importlib import import_module

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.dataset.generator import make_dataset
from mnist1d_lab.jobs import registry

SMALL = {"num_samples": 300}
LOTTERY = {"dataset": SMALL, "trials": 1, "hidden": 20, "steps": 30, "levels": 2, "eval_every": 10}


def test_every_modules_jobs_are_known_by_their_name():
    for name, known in registry.MODULES.items():
        assert tuple(import_module(f"mnist1d_lab.jobs.{name}").JOBS) == known
    assert len(set(jobs.JOBS)) == len(jobs.JOBS)


@pytest.mark.parametrize("job", ["digits", "parts"])
def test_the_first_digits_import_neither_models_nor_the_lottery(job):
    code = f"""
import sys
from mnist1d_lab import jobs
jobs.run({job!r})
print(*(name for name in sys.modules if name.startswith("mnist1d_lab.")))
"""
    command, env = [sys.executable, "-c", code], {**os.environ, "PYTHONPATH": ":".join(sys.path)}
    loaded = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=True)
    modules = loaded.stdout.split()
    assert "mnist1d_lab.dataset.generator" in modules
    assert not [name for name in modules if name.split(".")[1] in ("models", "lottery")]


@pytest.mark.parametrize(
    ("old", "new", "args"),
    [
        ("opened", "read_dataset", {"file": b'{"format": "mnist1d-lab dataset 1", "spec": {}}'}),
        ("arms", "plan_arms", {"lottery": LOTTERY, "level": 1, "steps": 10}),
        ("look", "masks", {"lottery": LOTTERY, "level": 1, "mask": bytes(182)}),
    ],
)
def test_a_jobs_older_name_still_runs_it(old, new, args):
    assert old not in jobs.JOBS
    assert str(jobs.run(old, args)) == str(jobs.run(new, args))


def test_a_lottery_still_takes_its_checkpoint_as_found():
    checkpoint = {"level": 1, "next_mask": bytes(182)}
    args = {**LOTTERY, "levels": 3}
    new = jobs.run("lottery", {**args, "checkpoint": checkpoint})
    assert {record["level"] for record in new["records"]} == {2, 3}
    assert jobs.run("lottery", {**args, "found": checkpoint}) == new


def test_dataset_is_make_dataset_in_flat_arrays_also_after_a_cached_draw():
    for args in (SMALL, {**SMALL, "corr_noise_scale": 1.0}, {**SMALL, "final_seq_length": 9}):
        made, job = make_dataset(args), jobs.run("dataset", args)
        assert job["shape"] == list(made["x"].shape)
        for name in ("x", "x_test", "y", "y_test", "t"):
            assert np.abs(job[name] - made[name].ravel()).max() < 1e-13


@pytest.mark.parametrize("length", [12, 30])
def test_a_shuffled_dataset_is_not_served_from_another_lengths_draws(length):
    args = {**SMALL, "shuffle_seq": True, "final_seq_length": length}
    assert np.abs(jobs.run("dataset", args)["x"] - make_dataset(args)["x"].ravel()).max() < 1e-13


def test_digits_are_the_first_of_each_class_in_the_dataset():
    made, job = make_dataset(SMALL), jobs.run("digits", SMALL)
    for digit, row in enumerate(job["x"].reshape(10, 40)):
        assert np.abs(row - made["x"][made["y"] == digit][0]).max() < 1e-13


def test_training_learns_and_reports():
    reports = []
    args = {"dataset": SMALL, "hidden": 30, "steps": 120, "eval_every": 50}
    result = jobs.run("train", args, lambda p: reports.append({**p, "records": len(p["records"])}))
    records = result["records"]
    assert [record["step"] for record in records] == [0, 50, 100, 120]
    assert records[0]["test_acc"] < 30
    assert records[-1]["train_acc"] > 80
    assert records[-1]["train_loss"] < records[0]["train_loss"]
    assert result["spec"]["dataset"]["num_samples"] == 300
    assert reports[-1] == {"done": 120, "total": 120, "records": 4, "current": []}


def test_lottery_returns_tidy_records_and_counts_its_steps():
    reports = []
    result = jobs.run("lottery", LOTTERY, lambda p: reports.append((p["done"], p["total"])))
    assert len(result["records"]) == 3 + 2 * 2
    expected = {"arm", "trial", "level", "step", "sparsity"}
    expected |= {"train_loss", "train_acc", "test_loss", "test_acc", "best_test_acc"}
    expected |= {"p2", "p3", "p4", "null2", "null3", "null4"}
    for record in result["records"]:
        assert set(record) == expected
        assert all(isinstance(value, str | int | float) for value in record.values())
    assert reports[-1] == (150, 150)
    assert reports == sorted(reports)


def test_the_same_spec_gives_the_same_records_and_another_seed_does_not():
    first = jobs.run("lottery", LOTTERY)
    assert first == jobs.run("lottery", LOTTERY)
    assert first["records"] != jobs.run("lottery", {**LOTTERY, "seed": 1})["records"]


@pytest.mark.parametrize("args", ["abc", [1], 5])
def test_arguments_that_are_no_dict_are_refused(args):
    with pytest.raises(ValueError, match=r"^args must be a dict"):
        jobs.run("dataset", args)


def test_an_unknown_job_is_named():
    with pytest.raises(ValueError, match=r"^job must be .*lottery.*, got 'bake'$"):
        jobs.run("bake")


def test_the_shell_prints_a_table_or_the_sentence_of_a_bad_spec():
    def shell(*args):
        command = [sys.executable, "-m", "mnist1d_lab", *args]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        return subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)

    done = shell("lottery", json.dumps({**LOTTERY, "trials": 2}), "--table")
    assert done.returncode == 0
    rows = done.stdout.splitlines()[1:]
    assert [row.split()[:2] for row in rows][-1] == ["random", "2"]
    assert all(row.endswith("(n = 2)") for row in rows)
    assert shell("digits", "--table").stderr.startswith("--table must be left out for digits")
    bad = shell("dataset", '{"padding": 3}')
    assert bad.returncode == 2
    assert bad.stderr.startswith("padding must be two whole numbers")
