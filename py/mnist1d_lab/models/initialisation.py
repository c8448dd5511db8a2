"""How weights are drawn: by each layer's own default, or by a scheme of torch.nn.init. No training.

Sources: Glorot & Bengio 2010 (xavier), He et al. 2015 (kaiming).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from mnist1d_lab.types import Array, Init, Model, Params

RELU_GAIN = 2.0  # variance: half of the inputs of a layer after a relu are 0


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return fan_in and fan_out of a weight (outputs, inputs) or (outputs, inputs, kernel)."""
    places = int(np.prod(shape[2:], dtype=int))
    return shape[1] * places, shape[0] * places


def variance(init: str, shape: tuple[int, ...]) -> float:
    """Return the variance of a weight's numbers, as torch.nn.init has it.

    `xavier_*` with gain 1; `kaiming_*` with mode fan_in and nonlinearity relu.
    """
    fan_in, fan_out = fans(shape)
    return RELU_GAIN / fan_in if init.startswith("kaiming") else 2 / (fan_in + fan_out)


def _uniform(rng: np.random.Generator, shape: tuple[int, ...], variance: float) -> Array:
    bound = np.sqrt(3 * variance)
    return rng.uniform(-bound, bound, shape)


def _normal(rng: np.random.Generator, shape: tuple[int, ...], variance: float) -> Array:
    return rng.normal(0, np.sqrt(variance), shape)


_DRAW: dict[str, Callable[[np.random.Generator, tuple[int, ...], float], Array]] = {
    "uniform": _uniform,
    "normal": _normal,
}


def initialiser(model: Model, init: str) -> Init:
    """Return what draws a model's initial parameters: its own draw if `init` is "default".

    Otherwise all weights are drawn by the scheme of that name, layer by layer, and biases are 0.
    """
    return model.init if init == "default" else partial(_draw, model, init)


def _draw(model: Model, init: str, rng: np.random.Generator) -> Params:
    draw = _DRAW[init.rpartition("_")[2]]
    shapes = {name: array.shape for name, array in model.init(np.random.default_rng(0)).items()}
    return {
        name: draw(rng, shape, variance(init, shape)).astype(np.float32)
        if len(shape) > 1
        else np.zeros(shape, np.float32)
        for name, shape in shapes.items()
    }
