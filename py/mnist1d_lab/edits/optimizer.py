"""An optimiser from a text: its `step`, with Adam's state to keep things in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mnist1d_lab.edits.checks import array, finite, frozen
from mnist1d_lab.edits.texts import Names, function, line_of
from mnist1d_lab.models.adam import Adam
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.train import MakeOptimizer
from mnist1d_lab.types import Array, Network, Optimizer


class EditedOptimizer:
    """Updates a network by somebody's `step(param, grad, state)`."""

    def __init__(self, network: Network, spec: TrainSpec, names: Names) -> None:
        """Make one for this network; what is pruned stays 0 whatever `step` does."""
        self.network = network
        self.state = Adam(
            network.values, network.grads, network.mask, spec.learning_rate, spec.beta1, spec.beta2
        )
        self.theirs, self.line = function("optimizer", names, "step", 3), line_of(names["step"])

    def step(self) -> None:
        """Update the values once. `step` may change them in place or return the new ones."""
        network = self.network
        grad = network.grads if network.mask is None else network.grads * network.mask
        value = self.theirs(network.values, frozen(grad), self.state)
        if value is not None and value is not network.values:
            shape, dtype = network.values.shape, network.values.dtype
            network.values[...] = array("optimizer", "step", value, shape, dtype, self.line)
        if network.mask is not None:
            np.multiply(network.values, network.mask, out=network.values)
        finite("optimizer", "step", network.values, self.line)

    def vectors(self) -> tuple[Array, ...]:
        """Return what Adam's state remembers of each parameter, (n,) each."""
        return self.state.vectors()

    def scalars(self) -> tuple[float, ...]:
        """Return what else it remembers."""
        return self.state.scalars()

    def set_scalars(self, scalars: Sequence[float]) -> None:
        """Go on from what `scalars` returned."""
        self.state.set_scalars(scalars)


def optimizer_of(names: Names) -> MakeOptimizer:
    """Return what makes the text's optimiser for a network."""
    function("optimizer", names, "step", 3)

    def make(network: Network, spec: TrainSpec) -> Optimizer:
        return EditedOptimizer(network, spec, names)

    return make
