"""The command: its options, what it writes, how it ends; each as a shell runs it, in processes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mnist1d_lab import files, jobs
from mnist1d_lab.__main__ import asks_for_job
from mnist1d_lab.command.main import main

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "py")}
SMALL = {"hidden": 10, "steps": 20, "levels": 2, "dataset": {"num_samples": 100}}
OPTIONS = ["--hidden", "10", "--steps=20", "--levels", "2", "--set", "dataset.num_samples=100"]


def command(*words, **more):
    line = [sys.executable, "-c", "from mnist1d_lab.command.main import program; program()"]
    return subprocess.Popen(
        [*line, *map(str, words)], env=ENVIRONMENT, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, **more,
    )  # fmt: skip


def test_two_processes_give_the_records_and_the_spec_of_the_job(tmp_path):
    asked = {**SMALL, "seed": 3, "trials": 3, "prune_fraction": 0.5}
    expected = jobs.run("lottery", asked)
    out = tmp_path / "a.json"
    words = ["lottery", "--seeds", "3:6", *OPTIONS, "--prune_fraction", "0.5", "--workers", "2"]
    ran = command(*words, "--out", out)
    printed, told = ran.communicate()
    assert (ran.returncode, printed) == (0, "")
    assert told == f"{out}: {len(expected['records'])} records of 3 trials\n"  # no bar in a pipe
    found = files.read(out)
    assert found.records == expected["records"]
    assert found.spec == json.loads(json.dumps(expected["spec"]))
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]  # what was kept is gone


def test_without_a_file_stdout_is_json_and_nothing_else(capsys):
    words = ["train", "--model", "mlp", "--steps", "20", "--set", "dataset.num_samples=100"]
    assert main([*words, "--eval-every", "10", "--seeds", "0:2"]) == 0
    printed = capsys.readouterr()
    records = json.loads(printed.out)["records"]
    asked = {"steps": 20, "eval_every": 10, "dataset": {"num_samples": 100}, "seed": 1}
    one = [{**row, "trial": 1} for row in jobs.run("train", asked)["records"]]
    assert [row for row in records if row["trial"] == 1] == one
    assert printed.err == ""


def test_the_analysis_is_judged_from_its_file(tmp_path, capsys):
    out = tmp_path / "a.parquet"
    fields = ["--level", "2", "--steps", "10", "--batch-size", "20", "--eval-every", "10"]
    search = [f"--lottery.{word.removeprefix('--')}" if word.startswith("--h") else word
              for word in ("--hidden", "10")]  # fmt: skip
    more = ["lottery.steps=20", "lottery.levels=2", "lottery.dataset.num_samples=100"]
    sets = [word for one in more for word in ("--set", one)]
    assert main(["arms", "--seeds", "0:2", *fields, *search, *sets, "--out", str(out)]) == 0
    found = files.read(out)
    assert found.records == jobs.run("lottery", {**SMALL, "trials": 2})["records"]
    assert {row["trial"] for row in found.arms} == {0, 1}
    capsys.readouterr()
    assert main(["verdict", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == jobs.run("verdict", {"search": found.records, "arms": found.arms})


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lottery", "--steps", "0"], "steps must be a whole number from 1 to 1000000000, got 0"),
        (
            ["lottery", "--set", "dataset.seeed=1"],
            "seeed must be left out (it is unknown; is it seed?",
        ),
        (["lottery", "--set", "steps"], "--set must be like steps=500"),
        (["lottery", "--preset", "huge"], "preset must be 'quick' or"),
        (["lottery", "--seeds", "5:5"], "seeds must be like 0:20"),
        (["lottery", "--seeds", "0:2", "--trials", "2"], "trials must be left out beside --seeds"),
        (["lottery", "--out", "a.xlsx"], "the ending of the file must be one of .json"),
        (["train", "--model", "cnn", "--hidden", "7"], "hidden must be left out for cnn, got 7"),
        (["dataset", "--padding", "9"], "padding must be two whole numbers"),
        (["verdict", "nothing.json"], "nothing.json: No such file"),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_an_exit_code(words, sentence, capsys):
    code = main(words)
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert printed.err.count("\n") == 1
    assert not printed.out
    assert code == (1 if words[0] == "verdict" else 2)


@pytest.mark.parametrize("workers", [1, 2])
def test_stopped_it_keeps_what_is_done_and_goes_on_with_the_same_bits(tmp_path, workers):
    fields = {**SMALL, "steps": 200, "trials": 2, "levels": 6}
    words = ["lottery", "--seeds", "0:2", *OPTIONS, "--steps", "200", "--levels", "6"]
    words += ["--workers", workers, "--out", tmp_path / "a.npz"]
    ran = command(*words, start_new_session=True)
    deadline = time.monotonic() + 60
    while not list((tmp_path / "a.npz.kept").rglob("level-1.json")):
        assert time.monotonic() < deadline and ran.poll() is None
        time.sleep(0.01)
    os.killpg(ran.pid, signal.SIGINT)  # as a terminal's Ctrl-C: to all of them
    printed, told = ran.communicate(timeout=30)
    assert (ran.returncode, printed) == (130, "")
    assert told.startswith("Stopped: ") and "run it again to go on" in told
    assert told.count("\n") == 1
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("level-*.json")}
    assert 2 <= len(before) < 14
    ran = command(*words)
    while ran.poll() is None and len(list(tmp_path.rglob("level-*.json"))) in range(1, 14):
        time.sleep(0.01)
        now = {path: path.stat().st_mtime_ns for path in before if path.exists()}
        assert all(before[path] == now[path] for path in now)  # none is computed again
    ran.communicate()
    assert files.read(tmp_path / "a.npz").records == jobs.run("lottery", fields)["records"]


def test_dataset_files(tmp_path):
    made = jobs.run("dataset", {"num_samples": 50, "seed": 7})
    for form in ("npz", "json", "csv"):
        out = tmp_path / f"a.{form}"
        assert main(["dataset", "--num-samples", "50", "--seed", "7", "--out", str(out)]) == 0
        spec = jobs.run("read_dataset", {"file": out.read_bytes()})["spec"]
        assert (spec["num_samples"], spec["seed"]) == (50, 7)
    out = tmp_path / "a.parquet"
    assert main(["dataset", "--num-samples", "50", "--seed", "7", "--out", str(out)]) == 0
    from pyarrow import parquet

    table = parquet.read_table(out).to_pydict()
    assert table["x39"][:40] == made["x"].reshape(-1, 40)[:, 39].tolist()
    assert table["label"][40:] == made["y_test"].tolist()


def test_help_shows_examples_and_what_each_field_allows(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["lottery", "--help"])
    printed = capsys.readouterr().out
    assert ended.value.code == 0
    assert "mnist1d-lab lottery --preset quick --seeds 0:20 --set steps=500" in printed
    assert "--dataset.corr-noise-scale" in printed
    assert "a number of at least 0 and at most 1000" in " ".join(printed.split())


def test_completion_is_made_for_shells(capsys):
    with pytest.raises(SystemExit):
        main(["--print-completion", "bash"])
    assert "--dataset.corr-noise-scale" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["lottery", json.dumps({**SMALL, "trials": 1})], ["presets"]])
def test_jobs_with_json_work_as_before_and_are_quiet_in_a_pipe(words):
    line = [sys.executable, "-m", "mnist1d_lab", *words]
    ran = subprocess.run(line, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    args = json.loads(words[1]) if len(words) > 1 else {}
    assert json.loads(ran.stdout) == json.loads(json.dumps(jobs.run(words[0], args)))
    assert ran.stderr == ""


def test_a_line_with_json_is_a_job_and_any_other_the_command():
    for words in ([], ["lottery"], ["lottery", "{}"], ["train", "--table"], ["presets", "x"]):
        assert asks_for_job(words), words
    for words in (["cost"], ["lottery", "--steps", "5"], ["--help"], ["sweep", "g.yaml"], ["fly"]):
        assert not asks_for_job(words), words
