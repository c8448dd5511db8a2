"""Wheels: this machine's runs where nothing else is; the others are what their tags say."""

import json
import os
import re
import subprocess
import sys
import time
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from build_steps import console, wheel, wheel_check, wheel_index, wheel_targets, wheels
from build_steps.console import BuildError
from build_steps.paths import Paths
from mnist1d_lab import files, jobs

ROOT = Path(__file__).parents[3]
PYTHON = Path(sys.executable)
TARGETS = {target.name: target for target in wheel_targets.TARGETS}
SPEC = {"preset": "quick", "dataset": {"num_samples": 300}, "hidden": 20, "steps": 20, "trials": 1}
LEFT_OUT = ("..", "__pycache__")  # programs, and bytecode of single modules
CHECKS = """
from mnist1d_lab import MLP, Logistic
from sklearn.utils.estimator_checks import check_estimator
for one in (Logistic(steps=150), MLP(steps=60, hidden=20)):  # all four: tests/unit/api
    print(type(one).__name__, len(check_estimator(one, on_fail="raise")))
"""
OPENED = """
import pandas
frame = pandas.read_parquet("t.parquet")
print(frame.groupby(["arm", "trial"]).size().to_dict(), len(frame), frame.test_acc.dtype)
"""
README = ROOT / "py" / "mnist1d_lab" / "README.md"
PROGRAM = f"""
import json, mnist1d_lab
from mnist1d_lab import find_tickets, kernels
found = find_tickets({SPEC!r})
print(json.dumps([mnist1d_lab.__file__, kernels.note(), found.records, len(found.tickets)]))
"""


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    monkeypatch.setattr(console, "line", lambda _: None)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The pure wheel, this machine's, and one that cannot run here, made as the command does."""
    folder = tmp_path_factory.mktemp("wheels")
    return wheels.make(Paths(ROOT), PYTHON, ["pure", "host", "windows-x86_64"], folder)


def needs(name: str, found: dict[str, metadata.Distribution]) -> None:
    """Put a distribution into `found`, and all that it needs here."""
    one = metadata.distribution(name)
    if found.setdefault(canonicalize_name(name), one) is not one:
        return
    for text in one.requires or ():
        need = Requirement(text)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            needs(need.name, found)


def clean_environment(folder: Path, installed: Path, *more: str) -> Path:
    """A new environment with NumPy, this wheel and what `more` names, and its Python."""
    found: dict[str, metadata.Distribution] = {}
    for name in ("numpy", *more):
        needs(name, found)
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", folder], check=True)
    (site,) = folder.glob("lib/python*/site-packages")
    tops = {
        one.locate_file(file.parts[0])
        for one in found.values() for file in one.files or () if file.parts[0] not in LEFT_OUT
    }  # fmt: skip
    for part in tops:
        (site / Path(str(part)).name).symlink_to(str(part))
    python = folder / "bin" / "python"
    options = ("--no-deps", "--no-index", "--disable-pip-version-check", "-q")
    command = (PYTHON, "-m", "pip", "--python", python, "install", *options, installed)
    subprocess.run(command, check=True)
    return python


@pytest.mark.usefixtures("compiled")
def test_in_an_environment_with_this_wheel_alone_the_compiled_kernels_search(made, tmp_path):
    python = clean_environment(tmp_path / "clean", made[1])
    kept = {name: value for name, value in os.environ.items() if "MNIST1D" not in name}
    kept.pop("PYTHONPATH", None)
    done = subprocess.run(
        [python, "-c", PROGRAM], env=kept, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    file, note, records, tickets = json.loads(done.stdout)
    assert Path(file).is_relative_to(tmp_path)
    assert note == "Compiled SIMD kernels."
    assert records == json.loads(json.dumps(jobs.run("lottery", SPEC)["records"]))
    assert tickets == 5
    example = README.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    done = subprocess.run(
        [python, "-c", example], env=kept, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "(100, 40)" in done.stdout
    assert "'claim': 'search'" in done.stdout.splitlines()[-1]


@pytest.mark.usefixtures("compiled")
def test_in_a_clean_environment_scikit_learn_checks_the_command_writes_and_pandas_reads(
    made, tmp_path, report
):
    began = time.perf_counter()
    python = clean_environment(tmp_path / "clean", made[1], "scikit-learn", "pandas", "pyarrow")
    kept = {name: value for name, value in os.environ.items() if "MNIST1D" not in name}
    kept.pop("PYTHONPATH", None)

    def said(*words: str | Path) -> str:
        done = subprocess.run(words, env=kept, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    checks = dict(line.split() for line in said(python, "-W", "ignore", "-c", CHECKS).splitlines())
    assert list(checks) == ["Logistic", "MLP"]
    assert min(map(int, checks.values())) > 40
    small = ("--set", "steps=30", "--set", "hidden=20")
    command = python.parent / "mnist1d-lab"
    assert said(command, "lottery", "--seeds", "0:3", *small, "--out", "t.parquet") == ""
    spec = {"preset": "quick", "steps": 30, "hidden": 20, "trials": 3}
    records = json.loads(json.dumps(jobs.run("lottery", spec)["records"]))
    assert files.read(tmp_path / "t.parquet").records == records
    opened = said(python, "-c", OPENED)
    assert f" {len(records)} float64" in opened
    report(f"a clean environment with the wheel: scikit-learn's checks {checks}; pandas reads "
           f"{len(records)} records of `lottery --seeds 0:3`; "
           f"{time.perf_counter() - began:.0f} s")  # fmt: skip


def test_the_pure_wheel_is_for_every_machine_and_the_others_for_theirs(made, report):
    pure, host, windows = (path.name.removeprefix("mnist1d_lab-0.2.0-") for path in made)
    assert (pure, windows) == ("py3-none-any.whl", "py3-none-win_amd64.whl")
    ours = wheel_targets.host()
    assert ours is not None
    assert host == f"py3-none-{ours.tag}.whl"
    assert [list(wheel_check.faults(path)) for path in made] == [[], [], []]
    report(f"wheels: {', '.join(f'{path.name} {path.stat().st_size} bytes' for path in made)}")


@pytest.mark.parametrize("name", TARGETS)
def test_a_librarys_machine_functions_and_needs_are_what_its_wheel_promises(name):
    target = TARGETS[name]
    content = wheel_targets.ensure(Paths(ROOT), PYTHON, target).read_bytes()
    assert list(wheel_check.library_faults(content, target)) == []
    for other in TARGETS.values():
        assert (other == target) != bool(list(wheel_check.library_faults(content, other)))
    renamed = content.replace(b"gru_backward", b"gru_bakcward")
    assert any("lacks gru_backward" in one for one in wheel_check.library_faults(renamed, target))


def changed(made: Path, target: Path, change) -> list[str]:
    """The faults of a wheel whose files went through `change`."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            if (content := change(name, old.read(name))) is not None:
                new.writestr(name, content)
    return list(wheel_check.faults(target))


def test_a_wheel_that_is_not_what_it_says_is_refused(made, tmp_path, capsys):
    pure, host, _ = made
    ours = wheel_targets.host()
    assert ours is not None
    library = f"mnist1d_lab/kernels/{ours.library}"
    typed = "mnist1d_lab/py.typed"
    for start, name, change, fault in (
        (pure, pure.name, lambda n, c: None if n == typed else c, f"it has no {typed}"),
        (pure, pure.name, lambda n, c: c + b"#" * n.endswith("spec.py"), "another digest of"),
        (pure, host.name, lambda n, c: c, "its name another tag"),
        (pure, host.name, lambda n, c: c, "it has the libraries [], expected"),
        (host, pure.name, lambda n, c: c, f"the libraries ['{library}'], expected []"),
        (host, host.name, lambda n, c: b"text" if n == library else c, "its library is no"),
    ):
        assert any(fault in one for one in changed(start, tmp_path / name, change)), fault
    assert wheel_check.main([str(tmp_path / host.name)]) == 1
    assert "its library is no" in capsys.readouterr().err


def test_the_pages_wheel_has_nothing_of_the_desk_and_the_index_names_the_whole_one(made, tmp_path):
    folder = tmp_path / "wheels"
    page = wheel.build(Paths(ROOT), PYTHON, folder, lambda _: None)
    assert list(wheel_check.faults(page)) == ["it has no mnist1d_lab/api/__init__.py"]
    with zipfile.ZipFile(made[0]) as whole, zipfile.ZipFile(page) as small:
        left_out = set(whole.namelist()) - set(small.namelist())
    assert {name.split("/")[1] for name in left_out} <= set(wheel.DESK)
    names = (
        "from mnist1d_lab import *; import mnist1d_lab; print('MLP' in dir(mnist1d_lab), TrainSpec)"
    )
    command = (PYTHON, "-P", "-c", names)
    said = subprocess.check_output(command, env={"PYTHONPATH": str(page)}, text=True)
    assert said == "False <class 'mnist1d_lab.models.spec.TrainSpec'>\n"
    wheel_index.write(Paths(ROOT), folder)
    (link,) = re.findall('href="(.*?)#', (folder / "mnist1d-lab" / "index.html").read_text())
    assert (folder / "mnist1d-lab" / link).read_bytes() == made[0].read_bytes()


def test_equal_sources_give_equal_wheels(made, tmp_path):
    (again,) = wheels.make(Paths(ROOT), PYTHON, ["pure"], tmp_path)
    assert again.read_bytes() == made[0].read_bytes()


def test_an_unknown_target_is_refused_with_those_that_are_known(tmp_path):
    with pytest.raises(BuildError, match=r"expected pure, linux-x86_64, .*, got 'amiga'"):
        wheels.make(Paths(ROOT), PYTHON, ["amiga"], tmp_path)
