"""Somebody's code at the hooks: unedited it gives our bits; what is wrong is said at its line."""

import numpy as np
import pytest

from mnist1d_lab import edits, jobs, kernels
from mnist1d_lab.edits.gradient_check import TOLERANCE, check
from mnist1d_lab.edits.model import model_of
from mnist1d_lab.edits.texts import load
from mnist1d_lab.jobs.hooks import HOOKS, HooksArgs, text_of
from mnist1d_lab.lottery import pruning
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.validation import BadValueError

SMALL = {
    "dataset": {"num_samples": 200}, "hidden": 8, "steps": 12, "batch_size": 20, "levels": 3,
    "trials": 1, "eval_every": 6,
}  # fmt: skip
TRAIN = {"dataset": {"num_samples": 200}, "hidden": 8, "steps": 20, "eval_every": 5}
PLAIN = """
def init(rng, inputs, hidden):
    return {
        "linear1.weight": rng.normal(0, 0.2, (hidden, inputs)),
        "linear1.bias": np.zeros(hidden),
        "linear2.weight": rng.normal(0, 0.2, (10, hidden)),
    }

def hidden_units(params, x):
    return np.tanh(params["linear1.weight"] @ x + params["linear1.bias"][:, None])

def forward(params, x):
    return params["linear2.weight"] @ hidden_units(params, x)

def backward(params, x, logits, dlogits):
    h = hidden_units(params, x)
    da = (params["linear2.weight"].T @ dlogits) * (1 - h * h)
    return {
        "linear1.weight": da @ x.T,
        "linear1.bias": da.sum(1),
        "linear2.weight": dlogits @ h.T,
    }
"""


def ours(*names, **args):
    return {name: text_of(name, HooksArgs(**args)) for name in names}


def in_numpy(job, args):
    with kernels.using("numpy"):
        return jobs.run(job, args)


def unmarked(records):
    return [{k: v for k, v in record.items() if k != "edited"} for record in records]


def refused(job, args, texts):
    with pytest.raises(edits.EditError) as caught:
        edits.run(job, args, texts)
    return caught.value


def masks_of(args, texts):
    """The tickets of a search of one trial, by level."""
    masks = {}

    def told(news):
        if "checkpoint" in news:
            masks[news["checkpoint"]["level"]] = news["checkpoint"]["next_mask"]

    edits.run("lottery", args, texts, told)
    return [mask for mask in masks.values() if mask is not None]


@pytest.mark.parametrize(
    ("spec", "chosen"),
    [
        ({}, {}),
        ({"criterion": "magnitude_increase", "schedule": "linear", "final_sparsity": 0.9,
          "prune_biases": False, "rewind_step": 3},
         {"criterion": "magnitude_increase", "schedule": "linear"}),
    ],
)  # fmt: skip
def test_our_own_text_at_every_hook_of_a_search_gives_our_bits(spec, chosen):
    args = {**SMALL, **spec}
    texts = ours(*HOOKS, **chosen)
    edited = edits.run("lottery", args, texts)
    assert unmarked(edited["records"]) == in_numpy("lottery", args)["records"]
    assert {record["edited"] for record in edited["records"]} == {edited["edited"]}
    assert edited["edits"] == texts and len(edited["edited"]) == 8


def test_on_the_compiled_kernels_our_rules_and_optimizer_give_their_bits(compiled):
    edited = edits.run("lottery", SMALL, ours("score", "rewind", "schedule", "stage"))
    assert unmarked(edited["records"]) == jobs.run("lottery", SMALL)["records"]
    # Adam in NumPy rounds otherwise than compiled, in the last digits.
    mine = edits.run("lottery", SMALL, ours("optimizer"))["records"]
    losses = [record["test_loss"] for record in jobs.run("lottery", SMALL)["records"]]
    assert [record["test_loss"] for record in mine] == pytest.approx(losses, rel=1e-4)


def test_our_own_texts_train_to_our_bits_and_make_our_data():
    edited = edits.run("train", TRAIN, ours("model", "optimizer", "stage"))
    assert unmarked(edited["records"]) == in_numpy("train", TRAIN)["records"]
    data = edits.run("dataset", {"num_samples": 50}, ours("stage"))
    assert data["x"].tobytes() == jobs.run("dataset", {"num_samples": 50})["x"].tobytes()


def test_the_job_shows_the_text_of_every_hook():
    shown = jobs.run("hooks", {"criterion": "magnitude_increase"})["hooks"]
    assert [one["name"] for one in shown] == list(HOOKS)
    score = next(one for one in shown if one["name"] == "score")
    assert score["text"].startswith("def score(weights") and "np.abs(initial)" in score["text"]


def test_an_edited_criterion_prunes_other_weights():
    smallest = masks_of(SMALL, ours("score"))
    largest = masks_of(SMALL, {"score": "def score(weights):\n    return -np.abs(weights)\n"})
    assert len(smallest) == len(largest) == 3
    full = pruning.full_masks(MLP(40, 8).init(np.random.default_rng(0)), True)
    for ours_, theirs in zip(smallest, largest, strict=True):
        assert not np.array_equal(ours_, theirs)
        assert pruning.survivors(pruning.unpack(ours_, full)) != {} and len(ours_) == len(theirs)
    # The smallest 40 % go in one search, the largest 40 % in the other: none goes in both.
    both = pruning.unpack(smallest[0], full), pruning.unpack(largest[0], full)
    assert all(
        ((a > 0) | (b > 0)).all() for a, b in zip(both[0].values(), both[1].values(), strict=True)
    )


def test_a_criterion_may_use_the_gradient_and_the_loop_sees_edited_rewinding_and_schedule():
    texts = {
        "score": "def score(w, initial, grads, masks):\n    assert np.abs(grads).max() > 0\n"
                 "    return np.abs(w * grads)\n",
        "rewind": "def rewind(initial, trained, masks):\n    return trained\n",
        "schedule": "def schedule(level):\n    return [0, 0.5, 0.6, 0.9][level]\n",
    }  # fmt: skip
    result = edits.run("lottery", SMALL, texts)
    shares = [r["sparsity"] for r in result["records"] if r["arm"] == "lottery"]
    assert shares == pytest.approx([0, 0.5, 0.6, 0.9], abs=0.01)
    # Fine-tuning goes on from trained weights: far better after twelve steps than from the start.
    again = edits.run("lottery", SMALL, {"schedule": texts["schedule"]})["records"]
    tuned = [r["train_loss"] for r in result["records"] if r["arm"] == "lottery" and r["level"]]
    fresh = [r["train_loss"] for r in again if r["arm"] == "lottery" and r["level"]]
    assert sum(tuned) < sum(fresh)


def test_plain_functions_are_a_model_and_another_optimizer_trains_it():
    texts = {
        "model": PLAIN,
        "optimizer": "def step(param, grad, state):\n    param -= 0.5 * grad\n",
    }
    records = edits.run("train", {**TRAIN, "steps": 200, "eval_every": 200}, texts)["records"]
    assert records[-1]["train_loss"] < records[0]["train_loss"] - 0.3
    pruned = edits.run("lottery", SMALL, {"model": PLAIN})["records"]
    assert pruned[-1]["sparsity"] == pytest.approx(0.784, abs=0.01)


def test_a_wrong_gradient_is_found_and_named():
    wrong = PLAIN.replace('"linear1.bias": da.sum(1)', '"linear1.bias": 2 * da.sum(1)')
    error = refused("train", TRAIN, {"model": wrong})
    assert error.kind == "GradientError" and error.line == 15
    assert "the gradient of linear1.bias is off by 50 %" in str(error)
    lacks_relu = text_of("model", HooksArgs()).replace(
        'kernels.bind("relu_backward", dh, outs[0], dh)', 'kernels.bind("add", dh, outs[0], dh)'
    )
    error = refused("lottery", SMALL, {"model": lacks_relu})
    assert error.kind == "GradientError" and "linear1." in str(error)
    names = load("model", PLAIN)
    assert max(one.error for one in check(model_of(names)(40, 8), 40, None)) < TOLERANCE / 100


SCORE = "def score(weights, initial, grads, masks):\n    return {}\n"
ERRORS = {
    "syntax": ({"score": "def score(weights):\n    return np.abs(weights\n"}, 2, "SyntaxError"),
    "unknown name": ({"score": SCORE.format("absolute(weights)")}, 2,
                     "score, line 2: NameError: name 'absolute' is not defined"),
    "while it is loaded": ({"score": "x = 1\ny = 1 / 0\n"}, 2, "ZeroDivisionError"),
    "no function": ({"score": "def scores(weights):\n    return weights\n"}, None,
                    "score: the code must define score(weights, initial, grads, masks)"),
    "too many arguments": ({"score": "\ndef score(a, b, c, d, e):\n    return a\n"}, 2,
                           "must take the arguments of score("),
    "wrong shape": ({"score": SCORE.format("weights.sum(1)")}, 1,
                    "score must return an array of shape (8, 40), got (8,)"),
    "nothing": ({"score": SCORE.format("None")}, 1, "got None: is a return missing?"),
    "text": ({"score": SCORE.format("'many'")}, 1, "of numbers, got <U4"),
    "not finite": ({"score": SCORE.format("np.where(weights == weights[0], np.nan, 1.0)")}, 1,
                   "score must return finite numbers"),
    "writes into ours": ({"rewind": "def rewind(initial, trained, masks):\n    initial += 1\n"}, 2,
                         "ValueError: output array is read-only"),
    "share": ({"schedule": "def schedule(level):\n    return level\n"}, 1,
              "schedule(2) must return a number from 0 to 1, got 2"),
    "update": ({"optimizer": "def step(param, grad, state):\n    param /= 0\n"}, 1,
               "step must return finite numbers"),
    "first layer": ({"model": PLAIN.replace("(hidden, inputs)", "(inputs, hidden)")}, 2,
                    "the first array of init must be the first layer's weights, (units, 40)"),
    "logits": ({"model": PLAIN.replace('return params["linear2.weight"] @', "return 0 *")}, 12,
               "forward must return an array of shape (10, 6), got (8, 6)"),
    "missing gradient": ({"model": PLAIN.replace('        "linear1.bias": da.sum(1),\n', "")}, 15,
                         "it lacks linear1.bias"),
    "stage": ({"stage": "def transform(x, rng, spec):\n    return x[:5]\n"}, 1,
              "transform must return an array of shape (200, 40), got (5, 40)"),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "line", "sentence"), ERRORS.values(), ids=ERRORS)
def test_what_is_wrong_with_a_text_is_one_sentence_at_its_line(texts, line, sentence):
    error = refused("lottery", SMALL, texts)
    assert error.line == line and sentence in str(error) and "\n" not in str(error)
    assert error.hook == next(iter(texts)) and str(error).startswith(error.hook)


def test_edits_go_where_they_belong_and_nothing_goes_on_from_elsewhere():
    with pytest.raises(BadValueError, match="job must be one that takes the edit 'score': lottery"):
        edits.run("train", TRAIN, ours("score"))
    with pytest.raises(BadValueError, match="until must be left out where code is edited"):
        edits.run("train", {**TRAIN, "until": 5}, ours("model"))
    with pytest.raises(BadValueError, match="hidden must be"):
        edits.run("lottery", {"hidden": -1}, ours("score"))
    with pytest.raises(BadValueError, match="takes the edit 'prune': none does"):
        edits.run("lottery", SMALL, {"prune": ""})


OWN = "x.csv-3-40-20-10-" + "0" * 32


@pytest.mark.parametrize("hook", ["stage", "model"])
def test_a_hook_that_data_of_ones_own_do_not_have_is_refused(hook):
    args = {**TRAIN, "dataset": {"source": OWN}}
    error = refused("train", args, {hook: text_of(hook, HooksArgs())})
    assert str(error).startswith(f"{hook}: not with data of your own: ")
