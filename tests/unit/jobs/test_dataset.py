"""The generator's jobs: parts, stages and the overview are those of the dataset they are of."""

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.dataset import generator
from mnist1d_lab.dataset.generator import make_dataset

SPEC = {
    "num_samples": 400,
    "seed": 3,
    "corr_noise_scale": 0.4,
    "templates": "7:0,0.3,0.3,0.2,0.1,0,0,0,0,-0.1,-0.2,0",
}


def centred(signal, made):
    """A signal as it is in the dataset, given that all were centred alike."""
    x = np.concatenate([made["x"], made["x_test"]])
    raw = generator.resample(generator.resample(made["templates"]["t"][None], 72), x.shape[1])[0]
    return made["t"][-1] / raw[-1] * signal


@pytest.mark.parametrize("digit", [0, 7])
@pytest.mark.parametrize("example", [0, 5])
def test_the_last_stage_is_the_example_of_the_dataset_but_for_the_mean(digit, example):
    made = make_dataset(SPEC)
    x, y = (np.concatenate([made[name], made[f"{name}_test"]]) for name in "xy")
    last = jobs.run("stages", {**SPEC, "digit": digit, "example": example})["stages"][-1]
    moved = x[y == digit][example] - centred(last["x"], made)
    assert np.ptp(moved) < 1e-12  # one number, the mean, was taken from all
    assert abs(moved[0]) > 1e-6


def test_stages_have_the_code_that_runs_and_grow_as_they_say():
    stages = jobs.run("stages", {**SPEC, "digit": 7})["stages"]
    lengths = [len(stage["x"]) for stage in stages]
    assert lengths[0] == 12
    assert 48 <= lengths[1] <= 72
    assert lengths[2:] == [72] * 6 + [40]
    assert (stages[0]["x"] == [0, 0.3, 0.3, 0.2, 0.1, 0, 0, 0, 0, -0.1, -0.2, 0]).all()
    for stage, name in zip(stages[1:], ["pad", "dilate", "scale", "translate"], strict=False):
        assert stage["code"].startswith(f"def {name}(")
        assert '"""' not in stage["code"]
    namespace = dict(vars(generator))
    exec(stages[7]["code"], namespace)
    assert (namespace["shear"](np.ones((1, 5)), 0.5, np.ones(1)) == generator.shear(
        np.ones((1, 5)), 0.5, np.ones(1))).all()  # fmt: skip


@pytest.mark.parametrize(("field", "value"), [("digit", 10), ("example", 40), ("example", -1)])
def test_a_digit_or_example_that_is_not_there_is_named(field, value):
    with pytest.raises(ValueError, match=rf"^{field} must be a whole number .* {value}$"):
        jobs.run("stages", {**SPEC, field: value})


def test_parts_hold_nothing_that_scales_or_resolution_change():
    plain = jobs.run("parts", SPEC)
    changed = jobs.run("parts", {**SPEC, "corr_noise_scale": 1, "shear_scale": 0, "scale_coeff": 0})
    for name in ("signal", "corr", "iid", "scale", "shear"):
        assert (plain[name] == changed[name]).all()


def test_the_overview_is_of_the_dataset_and_its_twin_is_the_shuffled_one():
    seen = jobs.run("overview", SPEC)
    made, twin = make_dataset(SPEC), make_dataset({**SPEC, "shuffle_seq": True})
    x, y = (np.concatenate([made[name], made[f"{name}_test"]]) for name in "xy")
    shown = seen["x"].reshape(10, seen["shown"], 40)
    for digit in range(10):
        rows = x[y == digit]
        assert np.abs(shown[digit] - rows[: seen["shown"]]).max() < 1e-12
        assert np.abs(seen["mean"].reshape(10, 40)[digit] - rows.mean(0)).max() < 1e-12
        assert np.abs(seen["spread"].reshape(10, 40)[digit] - rows.std(0)).max() < 1e-12
    assert np.abs(made["x"][:, seen["positions"]] - twin["x"]).max() < 1e-12
    assert seen["bytes"] == 400 * 40 * 4
    again = jobs.run("overview", {**SPEC, "shuffle_seq": True})
    assert (again["x"] == seen["x"]).all()  # inputs in order, whichever is trained on


STILL = {
    "corr_noise_scale": 0,
    "iid_noise_scale": 0,
    "shear_scale": 0,
    "scale_coeff": 0,
    "max_translation": 1,
    "padding": [48, 48],
}


@pytest.mark.parametrize("shuffled", [False, True])
def test_where_nothing_is_left_to_chance_an_outline_is_the_example(shuffled):
    spec = {**SPEC, **STILL, "shuffle_seq": shuffled}
    made, outlines = make_dataset(spec), jobs.run("outlines", spec)
    for digit, outline in enumerate(outlines["x"].reshape(10, 40)):
        assert np.abs(made["x"][made["y"] == digit] - outline).max() < 1e-12
    assert (outlines["template"] == made["templates"]["x"].ravel()).all()


def test_an_outline_is_still_and_in_the_units_of_its_noisy_data():
    spec = {**SPEC, "corr_noise_scale": 0.9}
    made = make_dataset(spec)
    assert np.concatenate([made["x"], made["x_test"]]).std() == pytest.approx(1)
    raw = jobs.run("outlines", spec)["x"] * made["deviation"] + made["mean"]
    calm = {**SPEC, **STILL, "max_translation": 48, "padding": [36, 60]}
    still, rolled = make_dataset(calm), jobs.run("outlines", calm)["x"]
    assert np.abs(raw - (rolled * still["deviation"] + still["mean"])).max() < 1e-12
    assert (np.abs(raw) < 1e-12).mean() > 0.5  # where the digit is not
