"""Batches: in order as ever, each pass a permutation, drawn; the same whoever asks, and when."""

import numpy as np
import pytest

from mnist1d_lab.models.batches import batches
from mnist1d_lab.models.spec import BATCH_ORDERS, TrainSpec

EXAMPLES, SIZE = 50, 20


def batch_of(order, **spec):
    batch = batches(TrainSpec.of({"batch_order": order, "batch_size": SIZE, **spec}), EXAMPLES)
    return lambda step: np.arange(EXAMPLES)[batch(step)]


def test_in_order_follows_the_data_and_starts_again_as_the_reference_does():
    batch = batch_of("in_order")
    for step in range(8):
        start = step * SIZE % EXAMPLES
        assert batch(step).tolist() == list(range(start, min(start + SIZE, EXAMPLES)))


def test_each_shuffled_pass_has_every_example_once_in_an_order_of_its_own():
    batch = batch_of("shuffled")
    passes = [np.concatenate([batch(3 * number + i) for i in range(3)]) for number in range(3)]
    for one in passes:
        assert sorted(one.tolist()) == list(range(EXAMPLES))
    assert len({tuple(one.tolist()) for one in passes}) == 3


def test_with_replacement_batches_are_whole_and_repeat_examples():
    batch = batch_of("with_replacement")
    drawn = [batch(step) for step in range(20)]
    assert {len(one) for one in drawn} == {SIZE}
    assert any(len(set(one.tolist())) < SIZE for one in drawn)
    assert set(np.concatenate(drawn).tolist()) == set(range(EXAMPLES))


@pytest.mark.parametrize("order", BATCH_ORDERS)
def test_a_step_has_the_same_batch_whoever_asks_and_whenever(order):
    one, other = batch_of(order), batch_of(order)
    expected = [one(step).tolist() for step in range(9)]
    assert [other(step).tolist() for step in reversed(range(9))] == expected[::-1]
    if order != "in_order":
        assert [batch_of(order, seed=1)(step).tolist() for step in range(9)] != expected
