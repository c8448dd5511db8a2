"""What several test folders share: the reference generator, backends, specs, a report."""

import os

os.environ.setdefault("MPLBACKEND", "Agg")  # the reference imports matplotlib; no screen here

import numpy as np
import pytest

from mnist1d_lab import kernels

MEASURED = pytest.StashKey[list[str]]()
ONE_CHANGE: list[dict[str, object]] = [
    {"num_samples": 333},
    {"train_split": 0.35},
    {"template_len": 20},
    {"padding": [10, 55]},
    {"scale_coeff": 1.3},
    {"max_translation": 5},
    {"corr_noise_scale": 0.9},
    {"iid_noise_scale": 0.3},
    {"shear_scale": 0.0},
    {"shuffle_seq": True},
    {"final_seq_length": 72},
    {"seed": 7},
]


def random_spec(rng) -> dict[str, object]:
    """A spec in which every field is drawn anew."""
    low = int(rng.integers(0, 60))
    high = low + int(rng.integers(0, 30))
    template_len = int(rng.integers(2, 40))
    return {
        "num_samples": int(rng.integers(20, 300)),
        "train_split": float(rng.uniform(0.1, 0.9)),
        "template_len": template_len,
        "padding": [low, high],
        "scale_coeff": float(rng.uniform(0, 1)),
        "max_translation": int(rng.integers(1, template_len + high + 1)),
        "corr_noise_scale": float(rng.uniform(0, 1)),
        "iid_noise_scale": float(rng.uniform(0, 0.1)),
        "shear_scale": float(rng.uniform(0, 2)),
        "shuffle_seq": bool(rng.random() < 0.5),
        "final_seq_length": int(rng.integers(2, 120)),
        "seed": int(rng.integers(2**31)),
    }


@pytest.fixture
def compiled():
    """The kernels compiled for this machine; without them the test fails."""
    assert kernels.backend() == "simd", (
        f"{kernels.note()} Run the tests with `python3 build.py test`, which compiles the kernels "
        "for this machine, or set MNIST1D_LIBRARY to .cache/native/*/kernels.host."
    )


@pytest.fixture(params=["numpy", "simd"])
def backend(request):
    """What computes within the test, by name."""
    if request.param == "simd":
        request.getfixturevalue("compiled")
    with kernels.using(request.param):
        yield request.param


@pytest.fixture(scope="session")
def parity_cases():
    """(spec, what the reference makes of it): the default, each field changed, 30 random ones."""
    from mnist1d.data import get_dataset_args, make_dataset  # it imports matplotlib: seconds
    from mnist1d.utils import ObjectView

    rng = np.random.default_rng(1)
    changed = [{"num_samples": 500, **change} for change in ONE_CHANGE]
    specs: list[dict[str, object]] = [{}, *changed, *(random_spec(rng) for _ in range(30))]
    published = get_dataset_args(as_dict=True)
    state = np.random.get_state()  # the reference seeds the global generator: put it back
    cases = [(spec, make_dataset(ObjectView({**published, **spec}))) for spec in specs]
    np.random.set_state(state)
    return cases


@pytest.fixture(scope="session")
def report(pytestconfig):
    """Call with a line to have it printed at the end of the run: what a test measured."""
    return pytestconfig.stash.setdefault(MEASURED, []).append


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):  # one of several processes
        session.config.workeroutput["measured"] = session.config.stash.get(MEASURED, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take what a process measured that has ended."""
    lines = getattr(node, "workeroutput", {}).get("measured", [])
    node.config.stash.setdefault(MEASURED, []).extend(lines)


def pytest_terminal_summary(terminalreporter, config):
    lines = config.stash.get(MEASURED, [])
    if lines:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(lines))
