"""The comparison of pooling: its protocols and what was published of it. Trains nothing.

After the reference's notebooks/benchmark_pooling.ipynb: five CNNs of pooling_cnn.py, six sizes of
the training set, 1000 test examples, Adam at 0.01 on batches of 100 in order.
"""

from __future__ import annotations

from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.models.spec import TrainSpec

SIZES = (1000, 2000, 5000, 10_000, 20_000, 50_000)  # of the training set
TESTED = 1000  # examples of the test set, whatever the size
# What is equal for all sizes, and how much of it. Published: 6000 steps, which are 600 epochs of
# 1000 examples but 12 of 50 000. 60 epochs are the same 6000 steps at 10 000 examples.
BUDGETS = {"steps": 6000, "epochs": 60}
# Test accuracies in percent after 6000 steps as the notebook stored them, by size; one run each.
PUBLISHED = {
    "no_pool": (59.2, 82.0, 91.9, 94.3, 94.4, 96.3),
    "stride_2": (57.4, 81.7, 89.9, 91.3, 92.2, 95.4),
    "max_pool": (78.2, 89.2, 94.5, 97.0, 96.8, 98.1),
    "avg_pool": (78.0, 90.0, 94.0, 96.0, 96.2, 97.3),
    "l2_pool": (77.2, 89.9, 95.3, 96.6, 97.8, 97.1),
}


def study_spec(
    model: str, size: int, protocol: str, budget: int, trial: int, seed: int = 0
) -> TrainSpec:
    """Return one training of the study: `budget` steps or epochs, by the protocol.

    Trial t has its own initial weights and its own data; those of trial 0 are the published ones.
    """
    examples = size + TESTED
    published = DatasetSpec()
    dataset = DatasetSpec(
        num_samples=examples, train_split=1 - TESTED / examples, seed=published.seed + trial
    )
    steps = budget if protocol == "steps" else max(1, budget * size // TrainSpec.batch_size)
    return TrainSpec(model=model, dataset=dataset, steps=steps, eval_every=steps, seed=seed + trial)
