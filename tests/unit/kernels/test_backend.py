"""Which functions compute, and why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mnist1d_lab import kernels

PACKAGES = str(Path(kernels.__file__).parents[2])
LIBRARY = os.environ.get("MNIST1D_LIBRARY", "")


def choose(code="print(kernels.note())", **environment):
    """Run a line in a Python that has these environment variables and no others of ours."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("MNIST1D_")}
    return subprocess.run(
        [sys.executable, "-c", f"from mnist1d_lab import kernels; {code}"],
        env={**kept, "PYTHONPATH": PACKAGES, **environment},
        capture_output=True,
        text=True,
    )


def test_without_a_library_numpy_computes_and_says_why():
    assert "NumPy" in choose().stdout
    assert "no compiled library" in choose().stdout


def test_a_library_that_does_not_load_leaves_numpy_and_says_why(tmp_path):
    (tmp_path / "broken").write_text("not a library")
    for path in (tmp_path / "broken", tmp_path / "missing"):
        done = choose(MNIST1D_LIBRARY=str(path))
        assert "NumPy" in done.stdout
        assert path.name in done.stdout
        assert choose(MNIST1D_LIBRARY=str(path), MNIST1D_KERNELS="simd").returncode != 0


def test_a_refusal_is_told():
    assert (
        "because I say so"
        in choose("kernels.refuse('because I say so'); print(kernels.note())").stdout
    )


@pytest.mark.usefixtures("compiled")
def test_a_library_that_loads_computes_unless_numpy_is_forced():
    assert choose(MNIST1D_LIBRARY=LIBRARY).stdout == "Compiled SIMD kernels.\n"
    assert "NumPy" in choose(MNIST1D_LIBRARY=LIBRARY, MNIST1D_KERNELS="numpy").stdout


def test_simd_cannot_be_forced_without_a_library():
    assert "MNIST1D_LIBRARY" in choose(MNIST1D_KERNELS="simd").stderr
