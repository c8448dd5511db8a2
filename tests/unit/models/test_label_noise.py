"""Label noise: exactly that share of the training labels is another class; the rest stays."""

import numpy as np
import pytest

from mnist1d_lab.models.label_noise import replace_labels, training_split
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.split import split_of

LABELS = np.arange(400, dtype=np.int32) % 4


@pytest.mark.parametrize(
    ("share", "wrong"), [(0, 0), (0.001, 0), (0.25, 100), (0.9, 360), (1, 400)]
)
def test_so_many_labels_are_another_class(share, wrong):
    noisy = replace_labels(LABELS, 4, share, 3)
    assert (noisy != LABELS).sum() == wrong
    assert set(noisy.tolist()) == {0, 1, 2, 3}
    assert noisy.dtype == np.int32


def test_a_larger_share_replaces_the_same_labels_and_more_and_seeds_differ():
    small, large = (replace_labels(LABELS, 4, share, 3) for share in (0.1, 0.5))
    changed = small != LABELS
    assert (large[changed] == small[changed]).all()
    assert (replace_labels(LABELS, 4, 0.1, 4) != small).any()
    assert (replace_labels(LABELS, 4, 0.1, 3) == small).all()


def test_every_other_class_is_as_likely():
    noisy = replace_labels(np.zeros(30_000, np.int32), 4, 1, 0)
    assert np.bincount(noisy, minlength=4)[1:] == pytest.approx([10_000] * 3, rel=0.05)


def test_test_labels_and_the_shared_data_stay_as_they_are():
    spec = TrainSpec.of({"label_noise": 0.3, "dataset": {"num_samples": 300}})
    before = split_of(spec.dataset).y.copy()
    noisy = training_split(spec)
    assert (noisy.y != before).sum() == round(0.3 * len(before))
    assert (split_of(spec.dataset).y == before).all()
    assert noisy.y_test is split_of(spec.dataset).y_test
    assert training_split(TrainSpec(dataset=spec.dataset)) is split_of(spec.dataset)
