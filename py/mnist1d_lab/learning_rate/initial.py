"""The initial weights: the published run's, which come with the package, or drawn by seed."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mnist1d_lab.learning_rate.spec import UnrolledSpec
from mnist1d_lab.models.mlp import linear_init
from mnist1d_lab.types import Params

INPUTS, HIDDEN, CLASSES = 40, 50, 10
# Of torch.manual_seed(0), made by tests/parity/make_torch_learning_rate.py; 2560 numbers, float32.
PUBLISHED = Path(__file__).with_name("torch_seed_0.npz")


def initial_weights(spec: UnrolledSpec) -> Params:
    """Return linear1.weight (50, 40), linear2.weight (10, 50) and their biases, float32."""
    if spec.weights == "published":
        with np.load(PUBLISHED) as file:
            return {name: file[name] for name in file.files}
    rng = np.random.default_rng(spec.seed)
    return {
        **linear_init(rng, "linear1", INPUTS, HIDDEN),
        **linear_init(rng, "linear2", HIDDEN, CLASSES),
    }
