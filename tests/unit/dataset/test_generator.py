"""What holds of the generator without the reference; equality with it is in tests/parity."""

import numpy as np

from mnist1d_lab.dataset.generator import draw, make_dataset, translate
from mnist1d_lab.dataset.spec import DatasetSpec

SMALL = {"num_samples": 200}


def test_shapes_types_and_normalisation():
    made = make_dataset(SMALL)
    assert made["x"].shape == (160, 40)
    assert made["x_test"].shape == (40, 40)
    assert made["t"].shape == (40,)
    assert made["x"].dtype == np.float64
    x = np.concatenate([made["x"], made["x_test"]])
    assert abs(x.mean()) < 1e-12
    assert abs(x.std() - 1) < 1e-12
    labels = np.concatenate([made["y"], made["y_test"]])
    assert np.bincount(labels).tolist() == [20] * 10


def test_the_same_spec_gives_the_same_data_and_another_seed_does_not():
    first, again = make_dataset(SMALL), make_dataset(SMALL)
    assert (first["x"] == again["x"]).all()
    assert not (first["x"] == make_dataset({**SMALL, "seed": 1})["x"]).all()


def test_the_global_random_state_is_not_touched():
    before = np.random.get_state()[1].copy()  # type: ignore[index]
    make_dataset(SMALL)
    assert (np.random.get_state()[1] == before).all()  # type: ignore[index]


def test_translate_rolls_each_row_by_its_own_shift():
    x = np.arange(8.0).reshape(2, 4)
    assert translate(x, np.array([0, 1])).tolist() == [[0, 1, 2, 3], [7, 4, 5, 6]]


def test_shifts_stay_below_max_translation():
    shifts = draw(DatasetSpec(num_samples=500, max_translation=7)).shift
    assert sorted(set(shifts.tolist())) == list(range(7))
