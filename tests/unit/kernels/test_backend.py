"""Which functions compute and why, and what the compiled ones refuse to be bound to."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist1d_lab import kernels
from mnist1d_lab.kernels import simd_ops

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


def zeros(*shape):
    return np.zeros(shape, np.float32)


def indices(*values):
    return np.array(values, np.int32)


WRONG: dict[str, Any] = {
    "another width": ("linear_forward", zeros(4, 6), zeros(3, 5), zeros(3), zeros(3, 6), True),
    "another batch": ("linear_forward", zeros(5, 6), zeros(3, 5), zeros(3), zeros(3, 7), True),
    "float64": ("add", np.zeros(3), zeros(3), zeros(3)),
    "strided": ("add", zeros(6)[::2], zeros(3), zeros(3)),
    "int64 labels": ("softmax_cross_entropy", zeros(4, 2), np.zeros(2, int), None, np.zeros(2)),
    "a column outside": (
        *("sparse_forward", zeros(2, 6), zeros(1), indices(0, 1), indices(2)),
        *(zeros(1), zeros(1, 6), True),
    ),
    "starts that go back": (
        *("sparse_backward", zeros(2, 6), zeros(2, 6), indices(0, 2, 1), indices(0)),
        *(zeros(1), zeros(2)),
    ),
}


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("name", WRONG)
def test_what_would_reach_outside_an_array_is_not_bound(name):
    function, *args = WRONG[name]
    with pytest.raises(ValueError, match=r"^expected "):
        getattr(simd_ops, function)(*args)


@pytest.mark.usefixtures("compiled")
def test_a_result_may_not_overwrite_what_is_still_read():
    x = zeros(3, 6)
    with pytest.raises(ValueError, match="shares no memory"):
        simd_ops.linear_forward(x, zeros(3, 3), zeros(3), x, True)
