"""The compiled kernels of this machine beside NumPy, and fenced in: nothing outside is touched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.parity import kernel_cases

from build_steps import native
from build_steps.paths import Paths

ROOT = Path(__file__).resolve().parents[2]
VALGRIND = shutil.which("valgrind") or ""
# All is clean, and then one call goes too far; the log is as long in between as is printed.
CLEAN_THEN_TOO_FAR = """
import sys
from pathlib import Path
import numpy as np
from tests.parity import kernel_cases as cases
from mnist1d_lab.kernels import compiled
cases.placed = cases.tight
cases.check_sizes((31,))
cases.check_extremes()
print(Path(sys.argv[1]).stat().st_size)
a, out = (cases.tight(np.zeros(4000, np.float32)) for _ in range(2))
compiled.program([compiled.Call("add", a, a, out, 4001)])()
"""
pytestmark = pytest.mark.usefixtures("compiled")


def test_every_kernel_agrees_with_its_twin_at_every_size():
    kernel_cases.check_sizes()


def test_empty_masks_nan_and_infinity_pass_through_alike():
    kernel_cases.check_extremes()


def test_convolution_and_gru_agree_with_their_twins():
    kernel_cases.check_sequences()


@pytest.mark.skipif(os.name == "nt", reason="fences need mprotect")
@pytest.mark.slow
def test_nothing_outside_the_arrays_is_touched_and_nothing_is_undefined(tmp_path):
    library = tmp_path / "checked"
    trap = "-O1", "-fsanitize=undefined", "-fsanitize-trap=undefined"
    native.host(Paths(ROOT), Path(sys.executable), Paths(ROOT).native / "kernels.c", library, *trap)
    done = subprocess.run(
        [sys.executable, kernel_cases.__file__],
        env={**os.environ, "MNIST1D_LIBRARY": str(library), "PYTHONPATH": str(ROOT / "py")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.startswith("nothing outside the arrays was touched; Compiled SIMD")


@pytest.mark.skipif(not VALGRIND, reason="no valgrind on this machine: install it to run this")
@pytest.mark.slow
def test_valgrind_reports_nothing_of_the_kernels_until_one_goes_too_far(tmp_path):
    log = tmp_path / "log"  # Python itself is reported for reading what was never written
    done = subprocess.run(
        [VALGRIND, "--error-limit=no", f"--log-file={log}", sys.executable, "-c",
         CLEAN_THEN_TOO_FAR, log],
        env={**os.environ, "PYTHONMALLOC": "malloc", "PYTHONPATH": f"{ROOT / 'py'}:{ROOT}"},
        capture_output=True,
        text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    size = int(done.stdout)
    text = log.read_bytes()
    assert size > 0
    assert b"kernels.c:" not in text[:size]
    assert b"kernels.c:" in text[size:]
    assert b"ERROR SUMMARY" in text[size:]
