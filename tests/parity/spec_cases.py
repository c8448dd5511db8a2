"""Specs drawn by hypothesis, each with what the reference makes of it; the same ones every time."""

from functools import lru_cache

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mnist1d.data import get_dataset_args
from mnist1d.data import get_templates as reference_templates
from mnist1d.data import make_dataset as reference_dataset
from mnist1d.utils import ObjectView

from mnist1d_lab.dataset.spec import read_templates

COUNT = 220


def real(low, high):
    return st.floats(low, high, allow_nan=False).map(lambda value: round(value, 6))


POINTS = st.lists(real(-1, 1), min_size=12, max_size=12)


@st.composite
def specs(draw):
    """Any field, at its ends or between; the largest datasets are left to other tests."""
    low = draw(st.integers(0, 80))
    high = draw(st.integers(low, 100))
    template_len = draw(st.integers(2, 40))
    drawn = draw(st.dictionaries(st.integers(0, 9), POINTS, max_size=3))
    return {
        "num_samples": draw(st.integers(10, 90)),
        "train_split": draw(real(0, 1)),
        "template_len": template_len,
        "padding": [low, high],
        "scale_coeff": draw(real(0, 3)),
        "max_translation": draw(st.integers(1, template_len + high)),
        "corr_noise_scale": draw(real(0.05, 2)),  # without noise a dataset may be all zeros
        "iid_noise_scale": draw(real(0, 1)),
        "shear_scale": draw(real(0, 3)),
        "shuffle_seq": draw(st.booleans()),
        "final_seq_length": draw(st.integers(2, 150)),
        "seed": draw(st.integers(0, 2**32 - 1)),
        "templates": ";".join(f"{d}:{','.join(map(str, row))}" for d, row in drawn.items()),
    }


def reference(spec):
    """What PyPI's mnist1d makes of a spec; it takes drawn templates as an argument of their own."""
    state = np.random.get_state()  # it seeds the global generator: put it back
    template = reference_templates()
    for digit, points in read_templates(spec["templates"]).items():
        template["x"][digit] = points
    args = {**get_dataset_args(as_dict=True), **spec}
    made = reference_dataset(ObjectView(args), template=template)
    np.random.set_state(state)
    return made


@lru_cache(maxsize=1)
def cases():
    """Return COUNT pairs of a spec and its dataset."""
    found = []

    @settings(
        max_examples=COUNT,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(specs())
    def collect(spec):
        found.append((spec, reference(spec)))

    collect()
    return found


def difference(made, expected):
    """Largest difference of the float arrays; the labels must be equal."""
    for name in ("y", "y_test"):
        assert (made[name] == expected[name]).all()
    return max(
        np.abs(made[name].ravel() - expected[name].ravel()).max(initial=0)
        for name in ("x", "x_test", "t")
    )
