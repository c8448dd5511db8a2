"""Sweeps: grid files, folders of results; and a real Dask cluster of processes that loses some."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyarrow import dataset

from mnist1d_lab import files, jobs, kernels
from mnist1d_lab.cluster.grid_file import read_grid
from mnist1d_lab.command.main import main

PY = Path(files.__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(PY), "OMP_NUM_THREADS": "1"}
GRID = """
job: lottery
seeds: 3:{end}
set: {{steps: {steps}, levels: 2, dataset.num_samples: 200}}
grid: {{hidden: [10, 20], dataset.padding: [[36, 60], [30, 40]]}}
"""
UNIQUE = ("hidden", "dataset.padding", "arm", "trial", "level")


def grid_file(folder, end=6, steps=20):
    path = folder / "grid.yaml"
    path.write_text(GRID.format(end=end, steps=steps), encoding="utf-8")
    return path


def expected(path):
    """The records of a grid file's sweep as the job makes them, tidy."""
    (sweep,), rows = read_grid(path).blocks, []
    seeds = sweep.tasks()[-1].labels["trial"] + 1
    for hidden in sweep.grid["hidden"]:
        for padding in sweep.grid["dataset.padding"]:
            point = {"hidden": hidden, "dataset.padding": padding}
            asked = {**sweep.fields(point), "seed": 3, "trials": seeds}
            labels = {**point, "dataset.padding": json.dumps(padding)}
            rows += [{**row, **labels} for row in jobs.run("lottery", asked)["records"]]
    return rows


def tidy(rows):
    return sorted(rows, key=lambda row: [str(row[name]) for name in UNIQUE])


def in_folder(folder):
    """All records of a folder, as its readers see them: one table."""
    rows = dataset.dataset(folder / "records", partitioning="hive").to_table().to_pylist()
    return [{k: v for k, v in row.items() if k != "setting"} for row in rows]


def test_a_sweep_is_the_job_and_grows_and_no_trial_is_twice(tmp_path, capsys):
    path, out = grid_file(tmp_path, 5), tmp_path / "out"
    words = ["sweep", str(path), "--out", str(out)]
    assert main(words) == 0
    before = {one: one.stat().st_mtime_ns for one in out.rglob("*.parquet")}
    assert len(before) == 8
    grid_file(tmp_path, 6)
    assert main([*words, "--workers", "2"]) == 0
    assert "12 tasks, 8 of them finished before" in capsys.readouterr().err
    assert all(one.stat().st_mtime_ns == then for one, then in before.items())
    assert tidy(in_folder(out)) == tidy(expected(path))
    next(iter(before)).write_bytes(b"PAR1")  # cut off: it is made again
    assert main(words) == 0
    assert tidy(in_folder(out)) == tidy(expected(path))
    (of_page,) = out.glob("page/hidden-20_dataset.padding*40*.json")
    found = files.read(of_page)
    asked = {
        **read_grid(path).blocks[0].fields({"hidden": 20, "dataset.padding": [30, 40]}),
        "seed": 3,
    }
    job = jobs.run("lottery", {**asked, "trials": 3})
    labels = {"hidden": 20, "dataset.padding": "[30, 40]"}
    assert found.records == [{**row, **labels} for row in job["records"]]
    assert found.spec == json.loads(json.dumps(job["spec"]))
    path.write_text(path.read_text().replace("3:6", "7:9"), encoding="utf-8")
    assert main(words) == 2  # trials of another sweep would be there as well
    assert "must be another folder: this one has 12 trials" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("job: fly", "job must be 'lottery' or 'train' or 'arms' or 'cells', got 'fly'"),
        ("seeds: 3:2", "seeds must be like 0:20"),
        ("seed: 3", "seed must be left out (it is unknown; is it seeds?)"),
        ("grid: {hidden: 3}", "grid must be fields, each with a list of values"),
        ("grid: {hidden: [3, 3]}", "grid must be settings that differ"),
        ("grid: {hidden: [0]}", "hidden must be a whole number from 1 to 2000, got 0"),
        ("set: {trials: 3", "must be YAML"),
        ("[]", "must be a grid file"),
        ("[{seeds: 0:1}, {seeds: 1:2}]", "name must be given for each block"),
        ("{job: cells, set: {sparsities: [2]}}", "sparsities must be a list of numbers from 0.01"),
    ],
)
def test_a_bad_grid_file_is_one_sentence(tmp_path, text, sentence, capsys):
    path = tmp_path / "grid.yaml"
    path.write_text(text, encoding="utf-8")
    assert main(["sweep", str(path), "--out", str(tmp_path / "out")]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


class Cluster:
    """A scheduler and its workers, each a process of its own, as they are started by hand."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.processes = []

    def start(self, *words, **environment):
        line = [sys.executable, "-m", "dask", *map(str, words), "--no-dashboard"]
        env = {**ENVIRONMENT, **environment}
        self.processes.append(
            subprocess.Popen(line, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        return self.processes[-1]

    def scheduler(self):
        return self.start("scheduler", "--host", "127.0.0.1", "--port", self.port)

    def worker(self, **environment):
        return self.start(
            "worker", self.address, "--nthreads", 1, "--no-nanny", **environment
        )  # fmt: skip


@pytest.fixture
def cluster():
    made = Cluster()
    yield made
    for process in made.processes:
        process.kill()
        process.wait()


def wait_for(condition, running):
    deadline = time.monotonic() + 90
    while not condition():
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_killed_worker_and_a_restarted_scheduler_lose_and_double_nothing(
    tmp_path, cluster, compiled, report
):
    path, out = grid_file(tmp_path, 9, 400), tmp_path / "out"
    scheduler, workers = cluster.scheduler(), [cluster.worker() for _ in range(2)]
    line = [sys.executable, "-m", "mnist1d_lab", "sweep", path, "--out", out]
    sweep = subprocess.Popen(
        [*line, "--scheduler", cluster.address], env=ENVIRONMENT, text=True, stderr=subprocess.PIPE
    )

    def finished():
        return len(list(out.rglob("*.parquet")))

    wait_for(lambda: finished() >= 4, sweep)
    workers[0].send_signal(signal.SIGKILL)
    wait_for(lambda: finished() >= 8, sweep)
    scheduler.send_signal(signal.SIGKILL)
    scheduler.wait()
    killed, had = time.monotonic(), finished()
    cluster.scheduler()
    cluster.worker()  # Dask's workers end with their scheduler
    wait_for(lambda: finished() > had, sweep)
    lost = time.monotonic() - killed
    told = sweep.communicate(timeout=60)[1]
    assert sweep.returncode == 0, told
    assert "The scheduler is lost with" in told
    assert finished() == 24
    assert tidy(in_folder(out)) == tidy(expected(path))
    report(f"sweep of 24 tasks, a worker killed, the scheduler restarted: 24 tasks, 24 files, none "
           f"twice; {lost:.1f} s from the scheduler's end to the next result")  # fmt: skip


def test_a_worker_with_other_kernels_is_refused(tmp_path, cluster, compiled):
    assert kernels.backend() == "simd"
    cluster.scheduler()
    cluster.worker(MNIST1D_KERNELS="numpy")
    line = [sys.executable, "-m", "mnist1d_lab", "sweep", grid_file(tmp_path, 4)]
    words = ["--out", tmp_path / "out", "--scheduler", cluster.address]
    ran = subprocess.run([*line, *words], env=ENVIRONMENT, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "computes with arithmetic numpy (here simd" in ran.stderr
    assert not list(tmp_path.rglob("*.parquet"))
