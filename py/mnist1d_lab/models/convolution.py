"""A one-dimensional convolution as it is trained: a dense layer over unfolded inputs. No training.

It keeps its parameters and gradients in one part of the network's flat vectors and returns bound
calls, as the layers of linear.py do.
"""

from __future__ import annotations

from mnist1d_lab import kernels
from mnist1d_lab.models.linear import Dense
from mnist1d_lab.types import Array, Calls, NewBuffer, Params


def places(length: int, kernel: int, stride: int, padding: int) -> int:
    """Return at how many places a kernel fits on `length` numbers; below 1: at none."""
    return (length + 2 * padding - kernel) // stride + 1


class Convolution:
    """y = W * x + b, with W (O, C, K) and b (O,): from (C * length, B) to (O * places, B).

    Activations are stored channel by channel. Each place's inputs are copied side by side
    (`patches`); one matrix product with W (O, C * K) then does all places.
    """

    def __init__(
        self, name: str, params: Params, length: int, stride: int = 2, padding: int = 1
    ) -> None:
        """Take the shapes from `params`; nothing is copied before `attach`."""
        weight, bias = f"{name}.weight", f"{name}.bias"
        self.shape = self.filters, self.channels, self.kernel = params[weight].shape
        flat = {weight: params[weight].reshape(self.filters, -1), bias: params[bias]}
        self.dense = Dense(name, flat, {})
        self.size, self.mask = self.dense.size, self.dense.mask
        self.stride, self.padding = stride, padding
        self.places = places(length, self.kernel, stride, padding)
        self.inputs, self.outputs = self.channels * length, self.filters * self.places

    def attach(self, values: Array, grads: Array) -> None:
        """Move the parameters and gradients into these two vectors (size,), the optimiser's."""
        self.dense.attach(values, grads)

    def unpack(self, flat: Array) -> Params:
        """Return the weight (O, C, K) and the bias (O,) in a vector (size,), by name."""
        (weight, w), (bias, b) = self.dense.unpack(flat).items()
        return {weight: w.reshape(self.shape), bias: b}

    def patches(self, new: NewBuffer) -> Array:
        """Make a buffer (C * K, places * B) for the inputs of each place, or for their gradient."""
        return new(self.channels * self.kernel * self.places).reshape(
            self.channels * self.kernel, -1
        )

    def _wide(self, y: Array) -> Array:
        """View (O * places, B) as (O, places * B): a product does all places at once."""
        return y.reshape(self.filters, -1)

    def forward(self, x: Array, patches: Array, out: Array, relu: bool) -> Calls:
        """Bind: set patches, then out (O * places, B), from x (C * length, B)."""
        unfold = kernels.bind("unfold", x, patches, self.kernel, self.stride, self.padding)
        return [unfold, self.dense.forward(patches, self._wide(out), relu)]

    def backward(self, dy: Array, patches: Array) -> Calls:
        """Bind: set the gradients from dy (O * places, B) and the patches of `forward`."""
        return [self.dense.backward(self._wide(dy), patches)]

    def backward_input(self, dy: Array, dpatches: Array, out: Array) -> Calls:
        """Bind: set dpatches, then out (C * length, B), to the gradients of patches and input."""
        product = self.dense.backward_input(self._wide(dy), dpatches, accumulate=False)
        return [
            product,
            kernels.bind("fold", dpatches, out, self.kernel, self.stride, self.padding),
        ]
