"""The compiled kernels in Chromium: as NumPy's, and bit for bit as this machine's; and without."""

from pathlib import Path

import pytest
from tests.parity import kernel_cases
from tests.pyodide_page import START

from mnist1d_lab.models.spec import MODELS

READY = """(query) => new Promise((resolve, reject) => {
  const url = new URL(`static/lab/worker/worker.js${query}`, location);
  const worker = new Worker(url, { type: 'module' });
  worker.postMessage({ kind: 'engine', module: null });
  worker.onmessage = ({ data }) => {
    if (data.kind === 'ready') resolve(data);
    if (data.kind === 'broken') reject(data.error);
    if (data.kind === 'ready') worker.terminate();
  };
})"""


@pytest.fixture(scope="module")
def bare(browser, site):
    """Any page of the site without scripts of its own."""
    page = browser.new_page()
    page.goto(f"{site}build.json")
    yield page
    page.close()


@pytest.fixture(scope="module")
def python(bare):
    """Run Python in Chromium with the kernels and their cases; returns the value."""
    bare.evaluate(START)
    bare.evaluate("(code) => python(code)", Path(kernel_cases.__file__).read_text())
    return lambda code: bare.evaluate("(code) => python(code)", code)


def test_every_kernel_agrees_with_its_twin(python):
    assert python("kernels.note()") == "Compiled SIMD kernels."
    # NumPy is slow here, so small sizes meet small ones and large sizes large ones.
    python("check_sizes((1, 2, 3, 7, 8, 9, 31, 40), (1, 100))")
    python("check_sizes((100, 257, 500), (1, 100))")
    python("check_extremes()")
    python("check_sequences()")


def test_the_trimmed_runtime_still_does_what_python_and_numpy_are_for(python):
    python("""
import ctypes, email.message, importlib.metadata, io, logging, subprocess, tempfile, urllib.request
import numpy as np
for name in ("random", "linalg", "rec", "strings"):
    getattr(np, name)
assert np.random.RandomState(0).normal(size=3).shape == (3,)
assert np.random.default_rng(0).random() < 1
assert np.linalg.norm(np.eye(4)) == 2 and np.linalg.matrix_power(2 * np.eye(2), 2).sum() == 8
assert np.pad(np.ones(3), 2, mode="reflect").size == 7
file = io.BytesIO()
np.savez(file, a=np.arange(3))
assert np.load(io.BytesIO(file.getvalue()))["a"].sum() == 3
assert importlib.metadata.version("numpy") == np.__version__
assert "é".encode("cp437").decode("cp437") == "é"
""")


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("sparsity", [0, 0.3, 0.9])
def test_training_gives_the_same_bits_as_in_cpython(python, sparsity):
    assert python(f"fingerprint({sparsity})") == kernel_cases.fingerprint(sparsity)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("model", MODELS)
def test_each_model_gets_the_same_bits_as_in_cpython(python, model):
    assert python(f"model_fingerprint({model!r})") == kernel_cases.model_fingerprint(model)


@pytest.mark.usefixtures("compiled")
def test_an_encoder_without_labels_gets_the_same_bits_as_in_cpython(python):
    assert python("contrast_fingerprint()") == kernel_cases.contrast_fingerprint()


@pytest.mark.usefixtures("compiled")
def test_a_learned_learning_rate_has_the_same_bits_as_in_cpython(python):
    assert python("rate_fingerprint()") == kernel_cases.rate_fingerprint()


@pytest.mark.usefixtures("compiled")
def test_a_double_descent_has_the_same_bits_as_in_cpython(python):
    assert python("descent_fingerprint()") == kernel_cases.descent_fingerprint()


def test_the_worker_says_what_computes(bare):
    ready = bare.evaluate(READY, "")
    assert (ready["kernels"], ready["note"]) == ("simd", "Compiled SIMD kernels.")
    ready = bare.evaluate(READY, "?kernels=numpy")
    assert ready["kernels"] == "numpy"
    assert "the address asks for it" in ready["note"]


@pytest.mark.parametrize("answer", [{"status": 404}, {"status": 200, "body": "not a library"}])
def test_without_the_library_everything_runs_on_numpy(open_page, answer):
    page = open_page(
        watch=False,  # the browser logs the 404 itself
        before=lambda page: page.route("**/kernels.so", lambda r: r.fulfill(**answer)),
    )
    ready = page.evaluate("lab.ready")
    assert ready["kernels"] == "numpy"
    assert "HTTP 404" in ready["note"] or "is not as it was built" in ready["note"]
    args = {"dataset": {"num_samples": 300}, "hidden": 8, "steps": 20, "eval_every": 20}
    records = page.evaluate("(args) => lab.run('train', args).then((r) => r.records)", args)
    assert records[-1]["train_loss"] < records[0]["train_loss"]
