"""The later fields of a training: what is refused, and that their defaults change nothing."""

import pytest

from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec, result_key
from mnist1d_lab.models.spec import LATER, TrainSpec
from mnist1d_lab.validation import BadValueError, names_of

CHANGED = {
    "optimizer": "sgd", "weight_decay": 0.01, "init": "kaiming_normal", "batch_order": "shuffled",
    "label_noise": 0.1, "depth": 3,
}  # fmt: skip


def test_what_is_left_out_of_keys_is_exactly_the_default():
    assert {name: getattr(TrainSpec, name) for name in LATER} == LATER
    assert {name: getattr(LotterySpec, name) for name in LATER if name != "early_stop"} == {
        name: value for name, value in LATER.items() if name != "early_stop"
    }
    assert names_of(TrainSpec)[-len(LATER) :] == list(LATER)


def test_kept_results_are_found_under_the_names_they_have_had():
    assert result_key(LotterySpec()) == "bb0c99e75561"
    assert result_key(LotterySpec.of({"preset": "paper"})) == "3590f1818c99"
    assert result_key(ArmSpec()) == "0cf07ebadbc8"


@pytest.mark.parametrize("name", CHANGED)
def test_another_value_is_another_result(name):
    changed = LotterySpec.of({name: CHANGED[name]})
    assert result_key(changed) != result_key(LotterySpec())
    assert getattr(changed.training(), name) == CHANGED[name]


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (
            {"optimizer": "rmsprop"},
            "optimizer must be 'adam' or 'momentum' or 'sgd', got 'rmsprop'",
        ),
        ({"momentum": 0.5}, "momentum must be left out for adam, which has none, got 0.5"),
        ({"optimizer": "sgd", "momentum": 0.0}, "momentum must be left out for sgd, .*"),
        ({"momentum": 1.0}, "momentum must be a number of at least 0 and at most 0.9999, got 1.0"),
        ({"weight_decay": -0.1}, "weight_decay must be a number of at least 0 and at most 1, .*"),
        ({"init": "zeros"}, "init must be 'default' or 'kaiming_uniform' or .*, got 'zeros'"),
        ({"batch_order": "random"}, "batch_order must be 'in_order' or 'shuffled' or .*"),
        ({"label_noise": 1.5}, "label_noise must be a number of at least 0 and at most 1, got 1.5"),
        ({"depth": 5}, "depth must be a whole number from 1 to 4, got 5"),
        ({"depth": 0}, "depth must be a whole number from 1 to 4, got 0"),
    ],
)
@pytest.mark.parametrize("spec", [TrainSpec, LotterySpec])
def test_what_makes_no_sense_is_refused_in_a_sentence(spec, args, sentence):
    with pytest.raises(BadValueError, match=f"^{sentence}$"):
        spec.of(args)


@pytest.mark.parametrize("model", ["logistic", "cnn", "gru"])
@pytest.mark.parametrize(("name", "value"), [("hidden", 50), ("depth", 3)])
def test_layers_are_the_mlps_alone(model, name, value):
    with pytest.raises(BadValueError, match=f"^{name} must be left out for {model}, got {value}$"):
        TrainSpec.of({"model": model, name: value})


def test_an_early_stop_is_no_matter_of_a_search():
    with pytest.raises(BadValueError, match=r"^early_stop must be left out"):
        LotterySpec.of({"early_stop": 3})
