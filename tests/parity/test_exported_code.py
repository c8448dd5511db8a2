"""The programs that the page hands over: as script and as notebook they find what the jobs do."""

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from packaging.requirements import Requirement

import mnist1d_lab
from mnist1d_lab import jobs
from mnist1d_lab.models.spec import POOLING as POOLED

ROOT = Path(__file__).resolve().parents[2]
ORIGIN: dict[str, Any] = {
    "page": "https://example.org/lab/#seed=7", "version": mnist1d_lab.__version__,
    "numpy": np.__version__, "wheels": [
        f"https://example.org/mnist1d_lab-0.2.0-py3-none-{tag}.whl#sha256={'ab' * 32}"
        for tag in ("any", "manylinux_2_17_x86_64.manylinux2014_x86_64", "macosx_11_0_arm64")
    ],
}  # fmt: skip
# Which of those wheels a machine gets.
MACHINES = {
    ("linux", "x86_64"): 1,
    ("darwin", "arm64"): 2,
    ("linux", "riscv64"): 0,
    ("win32", "x"): 0,
}
TEMPLATE = "3:0,0.5,1,1.5,2,2.5,3,2.5,2,1.5,1,0.5"
DATASET: dict[str, Any] = {
    "num_samples": 200, "padding": [36, 60], "corr_noise_scale": 0.1, "seed": 7,
    "shuffle_seq": False, "templates": TEMPLATE,
}  # fmt: skip
SEARCH: dict[str, Any] = {
    "preset": "quick", "hidden": 6, "steps": 12, "levels": 2, "trials": 2, "seed": 3,
    "dataset": DATASET,
}  # fmt: skip
TRAIN: dict[str, Any] = {
    "steps": 4, "batch_size": 20, "learning_rate": 0.01, "eval_every": 2, "seed": 5, "trials": 2,
    "hidden": 6, "depth": 1, "dataset": DATASET,
}  # fmt: skip
SWEEP: dict[str, Any] = {
    "field": "max_translation", "values": [1, 48], "steps": 3, "trials": 2, "seed": 5,
    "dataset": DATASET,
}  # fmt: skip
POOLING: dict[str, Any] = {
    "equal": "epochs", "steps": 3, "epochs": 1, "largest": 1000, "trials": 2, "seed": 5,
    "dataset": DATASET,
}  # fmt: skip
ARMS: dict[str, Any] = {"level": 2, "steps": 6, "batch_size": 20, "datasets": 2, "eval_every": 3}
CHOSEN = ["random", "late", "reinitialized", "permuted"]
DESCENT = {
    "label_noise": 0.2, "loss": "squared_error", "epochs": 2, "largest": 47, "trials": 1, "seed": 3,
    "dataset": DATASET,
}  # fmt: skip
RATE = {
    "start": 1.5, "other": 0.15, "steps": 5, "batch_size": 50, "outer_steps": 2, "outer_rate": 0.3,
    "weights": "published", "rates": [0.5, 1.0],
}  # fmt: skip
CONTRAST = {
    "max_roll": 3, "projector": 1, "temperature": 0.5, "epochs": 1, "trials": 2, "seed": 5,
    "dataset": {**DATASET, "num_samples": 200},
}  # fmt: skip
GRID = {"hidden": 4, "sparsity": 0.5, "survivors": 0, "trials": 1, "seed": 5}
WRITE = """
const { programOf } = await import(process.argv[1]);
const asked = JSON.parse(process.argv[2]);
const origin = JSON.parse(process.argv[3]);
process.stdout.write(JSON.stringify(asked.map((one) => programOf(one, origin))));
"""


def programs(*asked):
    """What the page's generator writes for figures with their settings."""
    near = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    node = shutil.which("node", path=near)
    assert node, "Node is needed: `python3 build.py test` installs one"
    generator = (ROOT / "static/files/python-program.js").as_uri()
    command = [
        *(node, "--input-type=module", "-e", WRITE),
        *(generator, json.dumps(asked), json.dumps(ORIGIN)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def written():
    """By figure, its script and its notebook."""
    lines = jobs.run("code", DATASET)["lab"]
    settings = {
        "dataset": {"lines": lines, "dataset": DATASET},
        "training": TRAIN,
        "sweep": SWEEP,
        "pooling": POOLING,
        "search": SEARCH,
        "adjacency": SEARCH,
        "arms": {"search": SEARCH, "arms": ARMS, "chosen": CHOSEN},
        "grid": GRID,
        "descent": DESCENT,
        "rate": RATE,
        "contrast": CONTRAST,
    }
    asked = [{"figure": figure, "settings": one} for figure, one in settings.items()]
    return dict(zip(settings, programs(*asked), strict=True))


@pytest.fixture
def run(written, tmp_path, monkeypatch, capsys):
    """Run the script of a figure here; returns what it saved and what it printed."""

    def run(figure):
        script = tmp_path / f"{figure}.py"
        script.write_text(written[figure]["py"], encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        names = runpy.run_path(str(script))
        names["plt"].close("all")
        assert Path("figure.png").read_bytes()[:4] == b"\x89PNG"
        records = Path("records.json")
        file = json.loads(records.read_text(encoding="utf-8")) if records.exists() else None
        return file, capsys.readouterr().out, names

    return run


def training(model, condition, trial):
    left_out = {"trials", *(() if model == "mlp" else ("hidden", "depth"))}
    args = {name: value for name, value in TRAIN.items() if name not in left_out}
    data = {**DATASET, "shuffle_seq": condition == "shuffled"}
    args |= {"model": model, "seed": TRAIN["seed"] + trial, "dataset": data}
    return [
        {"arm": model, "condition": condition, "trial": trial}
        | {name: row[name] for name in ("step", "train_loss", "train_acc", "test_loss", "test_acc")}
        for row in jobs.run("train", args)["records"]
    ]


def taken_apart():
    """The records of the arms, each training asked for by itself."""
    found = []
    for trial in range(SEARCH["trials"]):
        search = {**SEARCH, "trials": 1, "seed": SEARCH["seed"] + trial}
        kept: list[dict[str, Any]] = []
        jobs.run("lottery", search, kept.append)
        levels = [now["checkpoint"] for now in kept if "checkpoint" in now]
        (mask,) = [one["next_mask"] for one in levels if one["level"] == ARMS["level"] - 1]
        for fresh in (1, 2):
            for arm, condition in TAKEN:
                asked = {name: one for name, one in ARMS.items() if name != "datasets"}
                asked |= {"arm": arm, "condition": condition, "fresh_seed": fresh}
                rows = jobs.run("arm", {**asked, "lottery": search, "mask": mask})["records"]
                found += [{**row, "trial": trial} for row in rows]
    return found


# What is ticked on the page, in the order of its plan.
TAKEN = (
    ("dense", "fresh"), ("lottery", "fresh"), ("random", "fresh"), ("permuted", "fresh"),
    ("dense", "reinitialized"), ("lottery", "reinitialized"), ("permuted", "reinitialized"),
    ("dense", "late"), ("lottery", "late"),
)  # fmt: skip


def environment():
    """For another process in another folder: our package and the kernels of these tests."""
    library = os.environ.get("MNIST1D_LIBRARY")
    kernels = {"MNIST1D_LIBRARY": str(Path(library).resolve())} if library else {}
    return {"PYTHONPATH": str(ROOT / "py"), **kernels}


def test_a_script_run_by_python_finds_what_the_job_does(written, tmp_path):
    script = tmp_path / "search.py"
    script.write_text(written["search"]["py"], encoding="utf-8")
    env = {**os.environ, **environment()}
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    expected = jobs.run("lottery", SEARCH)
    file = json.loads((tmp_path / "records.json").read_text(encoding="utf-8"))
    assert file["format"] == "mnist1d-lab records 1"
    assert file["records"] == expected["records"]
    assert file["spec"] == json.loads(json.dumps(expected["spec"]))
    last = [row["test_acc"] for row in expected["records"]
            if (row["arm"], row["level"]) == ("lottery", 2)]  # fmt: skip
    (line,) = re.findall(r"^lottery, 2 +(.*)$", done.stdout, re.MULTILINE)
    assert line.split()[0] == f"{np.mean(last):.2f}" and line.split()[-1] == "2"
    assert (tmp_path / "figure.png").read_bytes()[:4] == b"\x89PNG"


def test_a_notebook_run_by_jupyter_finds_what_the_job_does(written, tmp_path, monkeypatch):
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("MPLBACKEND")  # a notebook draws into itself
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    notebook = nbformat.reads(written["training"]["ipynb"], as_version=4)
    nbformat.validate(notebook)
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": tmp_path}}).execute()
    file = json.loads((tmp_path / "records.json").read_text(encoding="utf-8"))
    models = ("logistic", "mlp", "cnn", "gru")
    assert file["records"] == [
        row
        for trial in range(2) for model in models for condition in ("plain", "shuffled")
        for row in training(model, condition, trial)
    ]  # fmt: skip
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    assert any("image/png" in one.get("data", {}) for one in outputs)  # the figure is seen


def test_the_header_pins_the_wheel_of_the_site(written):
    for program in written.values():
        (head,) = re.findall(r"^# /// script\n(.*?)# ///\n", program["py"], re.DOTALL)
        needs = tomllib.loads(re.sub(r"^# ?", "", head, flags=re.MULTILINE))
        *labs, numpy, plots = [Requirement(one) for one in needs["dependencies"]]
        assert {one.name for one in labs} == {"mnist1d-lab"}
        for machine, number in MACHINES.items():
            system = dict(zip(("sys_platform", "platform_machine"), machine, strict=True))
            wheels = [one.url for one in labs if one.marker is None or one.marker.evaluate(system)]
            assert wheels == [ORIGIN["wheels"][number]], machine
        assert sys.version_info >= (3, 11) and needs["requires-python"] == ">=3.11"
        locked = (ROOT / "py/requirements/tools.txt").read_text(encoding="utf-8")
        for one in (numpy, plots):
            assert re.search(rf"^{one.name}{one.specifier} ", locked, re.MULTILINE), one
        for one in needs["dependencies"]:
            assert json.dumps(one)[1:-1] in json.loads(program["ipynb"])["cells"][1]["source"][-1]


def test_the_sweep_the_arms_and_the_dataset_are_those_of_the_jobs(run):
    (swept, _, _), expected = run("sweep"), []
    for trial in range(2):
        for value in SWEEP["values"]:
            for model in ("logistic", "mlp", "cnn", "gru"):
                data = {"dataset": {**DATASET, "max_translation": value}}
                args = {"model": model, "steps": 3, "eval_every": 3, "seed": 5 + trial, **data}
                expected.append((value, jobs.run("train", args)["records"][-1]["test_acc"]))
    assert [(row["value"], row["test_acc"]) for row in swept["records"]] == expected
    (pooled, _, _), wanted = run("pooling"), []
    sized: dict[str, Any] = {**DATASET, "num_samples": 2000, "train_split": 0.5}
    for trial in range(2):
        for model in POOLED:
            args = {"model": model, "steps": 10, "eval_every": 10, "seed": 5 + trial}
            own = {**args, "dataset": {**sized, "seed": DATASET["seed"] + trial}}
            wanted.append((model, 1000, jobs.run("train", own)["records"][-1]["test_acc"]))
    assert [(row["arm"], row["value"], row["test_acc"]) for row in pooled["records"]] == wanted
    arms, printed, _ = run("arms")
    assert arms["records"] == taken_apart()
    assert re.search(r"^lottery, fresh +-?\d+\.\d\d \[.*\] +2$", printed, re.MULTILINE)
    Path("records.json").unlink()
    _, _, names = run("dataset")
    made = jobs.run("dataset", DATASET)
    assert names["x"].tobytes() == np.asarray(made["x"]).tobytes()
    spec = jobs.run("read_dataset", {"file": Path("dataset.npz").read_bytes()})["spec"]
    assert {**spec, **DATASET, "padding": (36, 60)} == spec
    adjacent, _, _ = run("adjacency")
    assert any("p2" in row for row in adjacent["records"])


def test_the_other_experiments_are_those_of_the_jobs(run):
    descent, printed, _ = run("descent")
    args = {name: DESCENT[name] for name in ("label_noise", "loss", "epochs", "seed")}
    args["dataset"] = {**DATASET, "num_samples": 16_000, "train_split": 0.25}
    made = jobs.run("double_descent", {**args, "width": 47})["records"]
    assert [row for row in descent["records"] if row["width"] == 47] == made
    assert f"width 47{made[-1]['test_error']:36.2f}" in printed
    rate, _, _ = run("rate")
    same = {name: RATE[name] for name in ("steps", "batch_size", "weights")}
    outer = {name: RATE[name] for name in ("outer_steps", "outer_rate")}
    learned = jobs.run("learn_rate", {**same, **outer, "start": 0.15})["records"]
    there = [row for row in rate["records"] if row.get("start") == 0.15]
    assert there == [{**row, "start": 0.15} for row in learned]
    contrast, _, _ = run("contrast")
    assert sorted({row["trial"] for row in contrast["records"]}) == [0, 1]
    own = {name: CONTRAST[name] for name in CONTRAST if name != "trials"} | {"seed": 6}
    state = jobs.run("contrast", own)["state"]
    probes = jobs.run("probe", {**own, "state": state})["records"]
    assert [row for row in contrast["records"] if row["trial"] == 1] == [
        {**row, "trial": 1} for row in probes
    ]


def test_a_cell_of_the_grid_is_the_jobs_one(run):
    file, _, names = run("grid")
    plan = jobs.run("plan_cell", GRID)
    assert len(file["records"]) == len(plan["parts"])
    for part, row in zip(plan["parts"], file["records"], strict=True):
        assert [row[one] for one in ("arm", "condition", "fresh_seed")] == [
            part[one] for one in ("arm", "condition", "fresh_seed")
        ]
    dense = next(i for i, part in enumerate(plan["parts"]) if part["arm"] == "dense")
    last = jobs.run("arm", plan["parts"][dense]["args"])["records"][-1]
    assert file["records"][dense]["test_acc"] == last["test_acc"]
    assert names["gains"] == jobs.run("judge_cells", {"records": file["records"]})["rows"]
    assert file["spec"] == json.loads(json.dumps(plan["lottery"]))
