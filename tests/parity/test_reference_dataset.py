"""Our generator against the published one, in CPython (tests/browser asks the same of Pyodide)."""

import numpy as np
from mnist1d.data import get_dataset_args

from mnist1d_lab import make_dataset

OURS = {"mean", "deviation"}  # what the examples were standardised with; the reference keeps none


def test_equal_to_the_reference_for_every_spec(parity_cases, report):
    worst = []
    for spec, expected in parity_cases:
        made = make_dataset(spec)
        assert made.keys() - OURS == expected.keys()
        for name in ("y", "y_test"):
            assert (made[name] == expected[name]).all(), spec
        pairs = [(made[name], expected[name]) for name in ("x", "x_test", "t")]
        pairs += [(made["templates"][name], expected["templates"][name]) for name in "xty"]
        assert all(ours.shape == theirs.shape for ours, theirs in pairs), spec
        worst.append(max(np.abs(ours - theirs).max(initial=0) for ours, theirs in pairs))
        assert worst[-1] <= 1e-12, spec
    report(
        f"parity with mnist1d in CPython: largest difference {worst[0]:.2g} "
        f"for the published spec, {max(worst[1:]):.2g} over {len(worst) - 1} others"
    )


def test_the_references_own_arguments_are_taken():
    args = get_dataset_args()
    assert (make_dataset(args)["x"] == make_dataset()["x"]).all()
