"""A model from a text: a class like our MLP, or plain functions; checked before it trains."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from mnist1d_lab.edits.errors import EditError
from mnist1d_lab.edits.gradient_check import check
from mnist1d_lab.edits.plain_network import PlainModel
from mnist1d_lab.edits.texts import Names, line_of
from mnist1d_lab.types import Model


def _made(names: Names, inputs: int, hidden: int) -> tuple[Model, int | None]:
    """Return the text's model, and the line of what computes its gradients."""
    kind = names.get("MLP") or names.get("Model")
    if kind is None:
        return PlainModel(inputs, hidden, names), line_of(names["backward"])
    model = kind(inputs, hidden)
    for name in ("init", "network"):
        if not callable(getattr(model, name, None)):
            raise EditError("model", "TypeError", f"the class must have the method {name}", None)
    return cast(Model, model), line_of(getattr(kind, "_wire", None))


def model_of(names: Names) -> Callable[[int, int], Model]:
    """Return what makes the text's model, of inputs and hidden units, and checks its gradients."""

    def make(inputs: int, hidden: int) -> Model:
        model, line = _made(names, inputs, hidden)
        check(model, inputs, line)
        return model

    return make
