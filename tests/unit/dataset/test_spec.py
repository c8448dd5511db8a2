"""A spec that makes no sense is refused in one sentence: field, what is allowed, value."""

import dataclasses
import hashlib
import json
import math

import numpy as np
import pytest

from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.lottery.spec import LotterySpec, result_key
from mnist1d_lab.models.spec import LATER, TrainSpec
from mnist1d_lab.validation import shortened

BAD = [
    (DatasetSpec, "corr_noise_scale", -0.1, "at least 0"),
    (DatasetSpec, "corr_noise_scale", math.nan, "at least 0"),
    (DatasetSpec, "iid_noise_scale", math.inf, "at least 0"),
    (DatasetSpec, "scale_coeff", "0.4", "a number"),
    (DatasetSpec, "shear_scale", True, "a number"),
    (DatasetSpec, "max_translation", 73, "from 1 (no shift) to 72"),
    (DatasetSpec, "max_translation", 0, "from 1 to 20000"),
    (DatasetSpec, "final_seq_length", 1, "from 2"),
    (DatasetSpec, "final_seq_length", 40.0, "a whole number"),
    (DatasetSpec, "num_samples", 9, "from 10"),
    (DatasetSpec, "train_split", 1.5, "at most 1"),
    (DatasetSpec, "padding", (60, 36), "low <= high"),
    (DatasetSpec, "padding", 36, "two whole numbers"),
    (DatasetSpec, "padding", {36, 60}, "two whole numbers"),
    (DatasetSpec, "corr_noise_scale", 10**400, "at most 1000"),
    (DatasetSpec, "final_seq_length", 10**8, "from 2 to 10000"),
    (DatasetSpec, "shuffle_seq", 1, "true or false"),
    (DatasetSpec, "seed", -1, "from 0 to 4294967295"),
    (DatasetSpec, "nois", 0.3, "corr_noise_scale"),
    (DatasetSpec, "templates", "3:1,2", "12 numbers from -10 to 10"),
    (DatasetSpec, "templates", "10:" + ",".join("0" * 12), "each digit once"),
    (DatasetSpec, "templates", "1:" + ",".join("0" * 11) + ",nan", "12 numbers"),
    (DatasetSpec, "templates", "1:" + ",".join("0" * 11) + ",11", "12 numbers"),
    (DatasetSpec, "templates", "hello", "12 numbers"),
    (DatasetSpec, "templates", [[0] * 12] * 9, "10 rows of 12 numbers"),
    (DatasetSpec, "templates", 5, "10 rows of 12 numbers"),
    (TrainSpec, "model", "transformer", "'mlp'"),
    (TrainSpec, "hidden", 0, "from 1 to 2000"),
    (TrainSpec, "learning_rate", 0, "greater than 0"),
    (TrainSpec, "dataset", 5, "a dict"),
    (LotterySpec, "preset", "slow", "'quick'"),
    (LotterySpec, "prune_fraction", 1.0, "less than 1"),
    (LotterySpec, "trials", None, "a whole number"),
    (LotterySpec, "seed", 2**32, "from 0 to 4294967295"),
]


@pytest.mark.parametrize(("cls", "name", "value", "allowed"), BAD)
def test_a_bad_field_is_named_with_its_value_and_what_is_allowed(cls, name, value, allowed):
    with pytest.raises(ValueError, match=f"^{name} must be ") as refused:
        cls(**{name: value})
    assert allowed in str(refused.value)
    assert str(refused.value).endswith(f"got {shortened(value)}")


def test_a_bad_dataset_inside_another_spec_names_the_dataset_field():
    with pytest.raises(ValueError, match=r"^max_translation must be .* got 99$"):
        TrainSpec.of({"dataset": {"max_translation": 99}})


@pytest.mark.parametrize("split", [0, 1])
def test_training_needs_something_to_train_and_to_test_on(split):
    assert DatasetSpec(train_split=split).train_split == split  # the generator alone takes it
    with pytest.raises(ValueError, match=r"^train_split must be such that both parts"):
        TrainSpec.of({"dataset": {"train_split": split}})


def test_the_last_trials_seed_must_still_be_a_seed():
    with pytest.raises(ValueError, match=r"^seed must be "):
        LotterySpec(seed=2**32 - 1, trials=2)


def test_defaults_are_the_published_ones():
    from mnist1d.data import get_dataset_args

    published = get_dataset_args(as_dict=True)
    del published["url"]  # where the frozen file lies: not a knob of the generator
    published["padding"] = tuple(published["padding"])
    assert vars(DatasetSpec()) == {**published, "templates": "", "source": ""}  # ours: other data


def test_any_object_with_the_attributes_is_a_spec_and_a_missing_one_is_named():
    from mnist1d.data import get_dataset_args

    assert DatasetSpec.of(get_dataset_args()) == DatasetSpec()
    with pytest.raises(ValueError, match=r"^num_samples must be given"):
        DatasetSpec.of(object())


def test_templates_have_one_text_whatever_they_came_as():
    row = [0, 0.5, 1, 0.25, 0, 0, 0, 0, 0, -0.5, 0, 0]
    text = "3:0,0.5,1,0.25,0,0,0,0,0,-0.5,0,0"

    def stored(value):
        return DatasetSpec.of({"templates": value}).templates

    assert stored(" 3 :0, .5,1.0,0.25,0,0,0,0,0,-0.5,0,0") == text
    assert stored([row] * 10).split(";")[3] == text
    assert stored(np.array([row] * 10)) == stored([row] * 10) == stored(stored([row] * 10))
    assert stored(None) == ""


def test_specs_of_published_templates_keep_the_names_they_had():
    assert result_key(LotterySpec()) == result_key(LotterySpec(dataset=DatasetSpec(templates="")))
    later = {"preset", *LATER}
    fields = {k: v for k, v in dataclasses.asdict(LotterySpec()).items() if k not in later}
    del fields["dataset"]["templates"], fields["dataset"]["source"]
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    assert result_key(LotterySpec()) == hashlib.sha256(text.encode()).hexdigest()[:12]
    drawn = DatasetSpec(templates="1:" + ",".join("0" * 12))
    assert result_key(LotterySpec()) != result_key(LotterySpec(dataset=drawn))
