"""What a job would cost is told well enough before it begins, and too much is refused."""

from typing import Any

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.jobs import budget
from mnist1d_lab.jobs.session import model_of
from mnist1d_lab.models.spec import MODELS, POOLING, TrainSpec
from mnist1d_lab.validation import BadValueError


@pytest.mark.parametrize("model", (*MODELS, *POOLING))
@pytest.mark.parametrize(("length", "hidden"), [(8, 100), (40, 100), (40, 600), (300, 100)])
def test_the_estimates_are_those_of_the_networks_themselves(model, length, hidden, monkeypatch):
    if model != "mlp" and hidden != 100:
        pytest.skip("hidden units are the MLP's alone")
    spec = TrainSpec.of({"model": model, "hidden": hidden, "dataset": {"final_seq_length": length}})
    network: Any = model_of(spec).network(model_of(spec).init(np.random.default_rng(0)))
    sizes = []
    zeros = np.zeros

    def counted(*args: Any) -> Any:
        array = zeros(*args)
        sizes.append(array.nbytes)
        return array

    monkeypatch.setattr(np, "zeros", counted)
    network.program(50)
    features = sum(sizes) / 50 / budget.SINGLE
    assert features <= budget.FEATURES[model](length, hidden) <= 1.1 * features + 60
    parameters = network.values.size
    assert parameters <= budget.PARAMETERS[model](length, hidden) <= 1.5 * parameters + 4000


@pytest.mark.parametrize(
    ("job", "args", "field"),
    [
        ("dataset", {"num_samples": 10**6, "final_seq_length": 10_000}, "num_samples"),
        ("digits", {"num_samples": 10**6, "final_seq_length": 10_000}, "num_samples"),
        (
            "train",
            {
                "model": "gru",
                "batch_size": 10**6,
                "dataset": {"num_samples": 100_000, "final_seq_length": 10_000},
            },
            "batch_size",
        ),
        (
            "double_descent",
            {"dataset": {"num_samples": 10**6, "final_seq_length": 9000}},
            "num_samples",
        ),
        ("lottery", {"dataset": {"num_samples": 10**6, "final_seq_length": 9000}}, "num_samples"),
        (
            "arm",
            {"lottery": {"trials": 1, "dataset": {"num_samples": 10**6, "final_seq_length": 9000}}},
            "num_samples",
        ),
    ],
)
def test_what_no_memory_holds_is_refused_before_it_begins(job, args, field, monkeypatch):
    monkeypatch.setattr(budget, "limit", lambda: budget.WASM_MEMORY)
    with pytest.raises(BadValueError, match=rf"^{field} must be lower: .* and 2048 MB are at hand"):
        jobs.run(job, args)


def test_what_takes_weeks_is_refused():
    with pytest.raises(BadValueError, match=r"^steps must be lower: .*, got 1000000000$"):
        jobs.run("train", {"steps": 10**9, "hidden": 500})


@pytest.mark.parametrize("job", ["stages", "code", "parts", "plan"])
def test_what_makes_no_dataset_is_not_refused_for_it(job, monkeypatch):
    monkeypatch.setattr(budget, "limit", lambda: 0)
    dataset = {"num_samples": 5000}
    assert jobs.run(job, {"dataset": dataset} if job == "plan" else dataset)


def test_half_of_this_machines_memory_is_at_hand():
    assert 2**27 < budget.limit() < 2**50
