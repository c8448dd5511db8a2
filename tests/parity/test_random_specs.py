"""The generator against the published one for specs that hypothesis draws (see spec_cases.py)."""

from tests.parity import spec_cases

from mnist1d_lab import make_dataset
from mnist1d_lab.dataset.cache import cached_dataset
from mnist1d_lab.dataset.spec import DatasetSpec


def test_equal_to_the_reference_for_every_random_spec(report):
    cases = spec_cases.cases()
    assert len(cases) >= 200
    worst = 0.0
    for spec, expected in cases:
        for ours in (make_dataset(spec), cached_dataset(DatasetSpec.of(spec))):
            worst = max(worst, spec_cases.difference(ours, expected))
            assert worst <= 1e-12, spec
    report(f"parity with mnist1d in CPython: {worst:.2g} at most over {len(cases)} random specs")
