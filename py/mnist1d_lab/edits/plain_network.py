"""A network of plain functions of a text, init, forward and backward, as training wants it."""

from __future__ import annotations

import numpy as np

from mnist1d_lab.edits.checks import array, frozen
from mnist1d_lab.edits.errors import EditError
from mnist1d_lab.edits.texts import Names, function, line_of
from mnist1d_lab.kernels import softmax_cross_entropy
from mnist1d_lab.types import Array, Labels, Masks, Params

CLASSES = 10
EVALUATION_BATCH = 1000  # examples at a time: buffers of a network's size, not of the dataset's


class PlainNetwork:
    """Parameters in training; forward and backward are the text's. See types.Network."""

    def __init__(self, model: PlainModel, params: Params, masks: Masks | None) -> None:
        """Copy the parameters into one vector, of which `params` are views from then on."""
        self.model, self.sums = model, np.zeros(2)
        self.shapes = {name: value.shape for name, value in params.items()}
        self.values = np.concatenate([value.ravel() for value in params.values()])
        self.grads = np.zeros_like(self.values)
        self.mask = None
        if masks:
            self.mask = np.concatenate(
                [masks.get(name, np.ones_like(value)).ravel() for name, value in params.items()]
            )
        self.params, self.dparams = self.unpack(self.values), self.unpack(self.grads)

    def unpack(self, flat: Array) -> Params:
        """Return `values` or `grads` as arrays by name, views."""
        sizes = [int(np.prod(shape)) for shape in self.shapes.values()]
        parts = np.split(flat, np.cumsum(sizes)[:-1])
        named = zip(self.shapes.items(), parts, strict=True)
        return {name: part.reshape(shape) for (name, shape), part in named}

    def write(self, params: Params) -> None:
        """Copy the values into `params`."""
        for name, value in self.params.items():
            np.copyto(params[name], value)

    def _logits(self, x: Array) -> Array:
        value = self.model.forward({n: frozen(v) for n, v in self.params.items()}, frozen(x))
        shape, line = (CLASSES, x.shape[1]), self.model.lines["forward"]
        return array("model", "forward", value, shape, self.values.dtype, line)

    def learn(self, x: Array, labels: Labels) -> None:
        """Set `grads` for the mean loss of a batch: x (inputs, B), labels (B,)."""
        logits = self._logits(x)
        dlogits, line = np.empty_like(logits), self.model.lines["backward"]
        softmax_cross_entropy(logits, labels, dlogits, self.sums)
        shown = {name: frozen(value) for name, value in self.params.items()}
        grads = self.model.backward(shown, frozen(x), frozen(logits), frozen(dlogits))
        if not isinstance(grads, dict) or (missing := self.shapes.keys() - grads.keys()):
            lacks = f"; it lacks {sorted(missing)[0]}" if isinstance(grads, dict) else ""
            wanted = f"a dict with a gradient for each of {', '.join(self.shapes)}{lacks}"
            raise EditError("model", "ValueError", f"backward must return {wanted}", line)
        for name, out in self.dparams.items():
            what = f"the gradient of {name} that backward gives"
            out[...] = _gradient(what, grads[name], out, line)

    def evaluate(self, x: Array, labels: Labels) -> tuple[float, float]:
        """Return the mean cross-entropy in nats and the accuracy in percent on x (inputs, n)."""
        self.sums[:] = 0
        for start in range(0, len(labels), EVALUATION_BATCH):
            part = slice(start, start + EVALUATION_BATCH)
            softmax_cross_entropy(self._logits(x[:, part]), labels[part], None, self.sums)
        loss, right = self.sums.tolist()
        return loss / len(labels), 100 * right / len(labels)

    def activations(self, x: Array) -> dict[str, Array]:
        """Return the logits, (10, B), after x (inputs, B): no other buffer has a name here."""
        return {"logits": self._logits(x)}


def _gradient(what: str, value: object, like: Array, line: int | None) -> Array:
    made = np.asarray(value)
    if made.shape != like.shape:
        got = f"{what} must have the shape {like.shape}, got {made.shape}"
        raise EditError("model", "ValueError", got, line)
    return made.astype(like.dtype)


class PlainModel:
    """The functions of a text, as training wants a model."""

    def __init__(self, inputs: int, hidden: int, names: Names) -> None:
        """Find `init`, `forward` and `backward`; raises EditError for one that is missing."""
        self.inputs, self.hidden = inputs, hidden
        self.begin = function("model", names, "init", 3)
        self.forward = function("model", names, "forward", 2)
        self.backward = function("model", names, "backward", 4)
        self.lines = {name: line_of(names[name]) for name in ("init", "forward", "backward")}

    def init(self, rng: np.random.Generator) -> Params:
        """Return the text's initial parameters, float32."""
        value = self.begin(rng, self.inputs, self.hidden)
        line = self.lines["init"]
        if not isinstance(value, dict) or not value:
            got = f"init must return a dict of arrays by name, got {type(value).__name__}"
            raise EditError("model", "TypeError", got, line)
        params = {
            str(name): array("model", "init", one, np.shape(one), np.float32, line)
            for name, one in value.items()
        }
        first = next(iter(params.items()))
        if first[1].ndim != 2 or first[1].shape[1] != self.inputs:
            got = (
                f"the first array of init must be the first layer's weights, "
                f"(units, {self.inputs}), got {first[0]} with the shape {first[1].shape}"
            )
            raise EditError("model", "ValueError", got, line)
        return params

    def network(self, params: Params, masks: Masks | None = None) -> PlainNetwork:
        """Return a copy of `params` in the form that is trained and measured."""
        return PlainNetwork(self, params, masks)
