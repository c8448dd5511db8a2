"""The benchmark still runs: its rows that need no PyTorch, from the command line to the JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.bench.rows import ROWS

from build_steps import native
from build_steps.tree import Tree
from mnist1d_lab import kernels

ROOT = Path(__file__).resolve().parents[2]
WORDS = ("products", "hidden 100")


@pytest.mark.skipif(kernels.backend() != "simd", reason="no compiled library for this machine")
def test_rows_without_a_peer_are_measured_and_written(tmp_path):
    tree, out = Tree(ROOT), tmp_path / "bench.json"
    peak = tree.cache / "native" / "peak.so"  # where the benchmark itself puts it
    native.wasm(tree, Path(sys.executable), tree.native / "peak.c", peak)
    script = ROOT / "tests" / "bench" / "run.py"
    done = subprocess.run(
        [sys.executable, script, tree.dist, peak, "no-torch", out, *WORDS],
        env={**os.environ, "PYTHONPATH": str(tree.py)},
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
