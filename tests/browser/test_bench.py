"""The benchmark still runs: its rows that need no PyTorch, from the command line to the JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bench.rows import ROWS

from build_steps import native
from build_steps.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("products", "hidden 100")


@pytest.mark.usefixtures("compiled")
def test_rows_without_a_peer_are_measured_and_written(tmp_path):
    paths, out = Paths(ROOT), tmp_path / "bench.json"
    peak = paths.cache / "native" / "peak.so"  # where the benchmark itself puts it
    native.wasm(paths, Path(sys.executable), paths.native / "peak.c", peak)
    script = ROOT / "tests" / "bench" / "run.py"
    done = subprocess.run(
        [sys.executable, script, paths.dist, peak, "no-torch", out, *WORDS],
        env={**os.environ, "PYTHONPATH": str(paths.py)},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    wanted = [row.name for row in ROWS if all(word in row.name for word in WORDS)]
    assert len(wanted) == 3
    table = done.stdout.splitlines()
    assert [line.split(" | ")[0] for line in table[2:]] == wanted
    file = json.loads(out.read_text())
    assert [result["row"] for result in file["results"]] == wanted
    assert all(len(result["pairs"]) == file["repeats"] for result in file["results"])
    ratio = {result["row"]: result["ratio"] for result in file["results"]}
    assert 0 < ratio[wanted[0]] < 1.5  # a product cannot beat the registers it is computed in
    assert ratio[wanted[1]] > 1  # compiled beats NumPy where NumPy has no BLAS
