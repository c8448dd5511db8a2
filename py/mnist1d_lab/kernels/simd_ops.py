"""The functions of numpy_ops, compiled (py/native/kernels.c). Never chosen here: see backend.py.

Every function takes what its twin in numpy_ops takes, checks it once (checks.py) and returns a
`Call` (compiled.py). The check is what keeps C inside the arrays, so nothing else may make a Call.
`draw_examples` alone runs at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.kernels.checks import (
    FLOAT64,
    INT32,
    MOST,
    UINT32,
    Arguments,
    check_arrays,
    check_indices,
    check_starts,
    parts,
    shape_of,
    whole,
)
from mnist1d_lab.kernels.compiled import Call, program, scratch
from mnist1d_lab.kernels.dual_simd import (  # noqa: F401 - found here by `kernels.bind`
    dual_sgd,
    dual_softmax_cross_entropy,
    dual_tanh,
    dual_tanh_backward,
)
from mnist1d_lab.kernels.simd_pooling import pool as pool
from mnist1d_lab.kernels.simd_pooling import pool_backward as pool_backward
from mnist1d_lab.types import Array, Indices, Labels


def linear_forward(x: Array, weight: Array, bias: Array, out: Array, relu: bool) -> Call:
    """Bind `numpy_ops.linear_forward`."""
    (outputs, inputs), (_, batch) = shape_of("weight", weight, 2), shape_of("x", x, 2)
    check_arrays(
        {"out": (out, (outputs, batch))},
        {"x": (x, (inputs, batch)), "weight": (weight, weight.shape), "bias": (bias, (outputs,))},
    )
    shared = scratch(batch, inputs)
    return Call("linear_forward", x, weight, bias, out, *shared, inputs, outputs, batch, relu)


def linear_backward(dy: Array, x: Array, dweight: Array, dbias: Array) -> Call:
    """Bind `numpy_ops.linear_backward`."""
    (outputs, batch), (inputs, _) = shape_of("dy", dy, 2), shape_of("x", x, 2)
    check_arrays(
        {"dweight": (dweight, (outputs, inputs)), "dbias": (dbias, (outputs,))},
        {"dy": (dy, dy.shape), "x": (x, (inputs, batch))},
    )
    arrays = dy, x, dweight, dbias, *scratch(outputs, batch)
    return Call("linear_backward", *arrays, inputs, outputs, batch)


def linear_backward_input(dy: Array, weight: Array, out: Array, accumulate: bool) -> Call:
    """Bind `numpy_ops.linear_backward_input`."""
    (outputs, inputs), (_, batch) = shape_of("weight", weight, 2), shape_of("dy", dy, 2)
    check_arrays(
        {"out": (out, (inputs, batch))},
        {"dy": (dy, (outputs, batch)), "weight": (weight, weight.shape)},
    )
    arrays = dy, weight, out, *scratch(batch, outputs)
    return Call("linear_backward_input", *arrays, inputs, outputs, batch, accumulate)


def _rows(start: Indices, column: Indices, outputs: int, survivors: int) -> Arguments:
    """Return the places of a sparse weight's survivors, row by row, with the shapes they have."""
    return {
        "start": (start, (outputs + 1,), INT32),
        "column": (column, (survivors,), INT32),
    }


def sparse_forward(
    x: Array, values: Array, start: Indices, column: Indices, bias: Array, out: Array, relu: bool
) -> Call:
    """Bind `numpy_ops.sparse_forward`."""
    (inputs, batch), (outputs, _) = shape_of("x", x, 2), shape_of("out", out, 2)
    (survivors,) = shape_of("values", values, 1)
    check_arrays(
        {"out": (out, (outputs, batch))},
        {
            "x": (x, x.shape),
            "values": (values, (survivors,)),
            "bias": (bias, (outputs,)),
            **_rows(start, column, outputs, survivors),
        },
    )
    check_starts(start, survivors)
    check_indices("column", column, inputs)
    arrays = x, values, start, column, bias, out, scratch(0, inputs)[0]
    return Call("sparse_forward", *arrays, inputs, outputs, batch, relu)


def sparse_backward(
    dy: Array, x: Array, start: Indices, column: Indices, dvalues: Array, dbias: Array
) -> Call:
    """Bind `numpy_ops.sparse_backward`."""
    (outputs, batch), (inputs, _) = shape_of("dy", dy, 2), shape_of("x", x, 2)
    (survivors,) = shape_of("dvalues", dvalues, 1)
    check_arrays(
        {"dvalues": (dvalues, (survivors,)), "dbias": (dbias, (outputs,))},
        {
            "dy": (dy, dy.shape),
            "x": (x, (inputs, batch)),
            **_rows(start, column, outputs, survivors),
        },
    )
    check_starts(start, survivors)
    check_indices("column", column, inputs)
    return Call("sparse_backward", dy, x, start, column, dvalues, dbias, outputs, batch)


def sparse_backward_input(
    dy: Array,
    values: Array,
    start: Indices,
    row: Indices,
    position: Indices,
    out: Array,
    accumulate: bool,
) -> Call:
    """Bind `numpy_ops.sparse_backward_input`."""
    (outputs, batch), (inputs, _) = shape_of("dy", dy, 2), shape_of("out", out, 2)
    (survivors,) = shape_of("values", values, 1)
    check_arrays(
        {"out": (out, (inputs, batch))},
        {
            "dy": (dy, dy.shape),
            "values": (values, (survivors,)),
            "start": (start, (inputs + 1,), INT32),
            "row": (row, (survivors,), INT32),
            "position": (position, (survivors,), INT32),
        },
    )
    check_starts(start, survivors)
    check_indices("row", row, outputs)
    check_indices("position", position, survivors)
    live = np.empty(outputs, np.int32), np.empty_like(start), np.empty_like(row)
    floats = np.empty_like(values), scratch(0, outputs)[0]
    arrays = dy, values, start, row, position, out, *floats, *live
    return Call("sparse_backward_input", *arrays, inputs, outputs, batch, accumulate)


def unfold(x: Array, out: Array, kernel: int, stride: int, padding: int) -> Call:
    """Bind `numpy_ops.unfold`."""
    numbers = _convolution(("x", x), ("out", out), kernel, stride, padding)
    check_arrays({"out": (out, out.shape)}, {"x": (x, x.shape)})
    return Call("unfold", x, out, *numbers)


def fold(dpatches: Array, out: Array, kernel: int, stride: int, padding: int) -> Call:
    """Bind `numpy_ops.fold`."""
    numbers = _convolution(("out", out), ("dpatches", dpatches), kernel, stride, padding)
    check_arrays({"out": (out, out.shape)}, {"dpatches": (dpatches, dpatches.shape)})
    return Call("fold", dpatches, out, *numbers)


def _convolution(
    signals: tuple[str, Array], patches: tuple[str, Array], kernel: int, stride: int, padding: int
) -> tuple[int, ...]:
    """Check that both are of one convolution, and return its numbers as C wants them."""
    (numbers, batch), (rows, columns) = shape_of(*signals, 2), shape_of(*patches, 2)
    whole(f"the number of columns of {signals[0]}", batch, 1)
    kernel, stride = whole("kernel", kernel, 1), whole("stride", stride, 1)
    channels = parts(f"the number of rows of {patches[0]}", rows, kernel)
    length = parts(f"the number of rows of {signals[0]}", numbers, channels)
    places = parts(f"the number of columns of {patches[0]}", columns, batch)
    padding = whole("padding", padding, 0, (MOST - length) // 2)  # C counts padding at both ends
    most = max(0, (length + 2 * padding - kernel) // stride + 1)
    if places > most:
        raise ValueError(f"{patches[0]} must have at most {most} places, got {places}")
    return channels, length, places, kernel, stride, padding, batch


GRU_UNITS = 6  # of each direction: what the C code is made for (UNITS)


def gru_forward(x: Array, weights: Array, out: Array, gates: Array) -> Call:
    """Bind `numpy_ops.gru_forward`, for 6 units."""
    arguments = _gru(x, weights, out, gates)
    written = {name: arguments.pop(name) for name in ("out", "gates")}
    check_arrays(written, arguments)
    return Call("gru_forward", x, weights, out, gates, *x.shape)


def gru_backward(
    dout: Array, x: Array, weights: Array, out: Array, gates: Array, dweights: Array
) -> Call:
    """Bind `numpy_ops.gru_backward`, for 6 units."""
    arguments = _gru(x, weights, out, gates)
    check_arrays(
        {"dweights": (dweights, arguments["weights"][1])},
        {"dout": (dout, arguments["out"][1]), **arguments},
    )
    return Call("gru_backward", dout, x, weights, out, gates, dweights, *x.shape)


def _gru(x: Array, weights: Array, out: Array, gates: Array) -> Arguments:
    """Return what both directions of a GRU take, with the shapes it has to have."""
    time, batch = shape_of("x", x, 2)
    return {
        "x": (x, x.shape),
        "weights": (weights, (2, 3 * GRU_UNITS * (GRU_UNITS + 3))),
        "out": (out, (time * 2 * GRU_UNITS, batch)),
        "gates": (gates, (2 * time * 4 * GRU_UNITS, batch)),
    }


def add(a: Array, b: Array, out: Array) -> Call:
    """Bind `numpy_ops.add`; out may be a or b."""
    shape = shape_of("a", a)
    check_arrays({"out": (out, shape)}, {"a": (a, shape), "b": (b, shape)}, in_place=("a", "b"))
    return Call("add", a, b, out, a.size)


def relu_backward(dy: Array, y: Array, out: Array) -> Call:
    """Bind `numpy_ops.relu_backward`; out may be dy."""
    shape = shape_of("dy", dy)
    check_arrays({"out": (out, shape)}, {"dy": (dy, shape), "y": (y, shape)}, in_place=("dy",))
    return Call("relu_backward", dy, y, out, dy.size)


def softmax_cross_entropy(
    logits: Array, labels: Labels, dlogits: Array | None, sums: Array
) -> Call:
    """Bind `numpy_ops.softmax_cross_entropy`; a label outside the classes counts as never right.

    C only compares labels, so they are not checked: a batch's own come after it is bound.
    """
    classes, batch = shape_of("logits", logits, 2)
    whole("the number of classes in logits", classes, 1)
    writes: Arguments = {"sums": (sums, (2,), FLOAT64)}
    if dlogits is not None:
        writes["dlogits"] = dlogits, logits.shape
    check_arrays(writes, {"logits": (logits, logits.shape), "labels": (labels, (batch,), INT32)})
    return Call("softmax_cross_entropy", logits, labels, dlogits, sums, classes, batch)


def adam(
    param: Array,
    grad: Array,
    mask: Array | None,
    mean: Array,
    square: Array,
    rates: Array,
    beta1: float,
    beta2: float,
    eps: float,
) -> Call:
    """Bind `numpy_ops.adam`."""
    shape = shape_of("param", param, 1)
    reads: Arguments = {"grad": (grad, shape), "rates": (rates, (2,))}
    if mask is not None:
        reads["mask"] = mask, shape
    check_arrays({"param": (param, shape), "mean": (mean, shape), "square": (square, shape)}, reads)
    arrays = param, grad, mask, mean, square, rates
    numbers = beta1, 1 - beta1, beta2, 1 - beta2, eps
    # A whole number would be bound as one, and C would take its bits for a float's.
    return Call("adam", *arrays, param.size, *(float(number) for number in numbers))


def decay(param: Array, grad: Array, decay: float) -> Call:
    """Bind `numpy_ops.decay`."""
    shape = shape_of("param", param, 1)
    check_arrays({"grad": (grad, shape)}, {"param": (param, shape)})
    return Call("decay", param, grad, param.size, float(decay))


def sgd(
    param: Array,
    grad: Array,
    mask: Array | None,
    velocity: Array,
    rate: float,
    momentum: float,
    decay: float,
) -> Call:
    """Bind `numpy_ops.sgd`."""
    shape = shape_of("param", param, 1)
    reads: Arguments = {"grad": (grad, shape)}
    if mask is not None:
        reads["mask"] = mask, shape
    check_arrays({"param": (param, shape), "velocity": (velocity, shape)}, reads)
    numbers = (float(number) for number in (rate, momentum, decay))
    return Call("sgd", param, grad, mask, velocity, param.size, *numbers)


def draw_examples(
    key: NDArray[np.uint32],
    position: Indices,
    n: int,
    length: int,
    padding: tuple[int, int],
    shifts: int,
    normals: bool,
) -> tuple[NDArray[Any], ...]:
    """Draw the random numbers of the next `n` examples; the twin of `generator.draw_examples`.

    Moves the Mersenne Twister `key` (624,) and `position` (1,) on. Returns pad (n,), scale (n,),
    shift (n,), corr_noise (n, length), iid_noise (n, length), shear (n,). Without `normals` they
    are passed over, and both noises are (n, 0).
    """
    check_arrays({"key": (key, (624,), UINT32), "position": (position, (1,), INT32)}, {})
    check_indices("position", position, 625)
    if not key[1:].any():  # a twister of zeros stays so, and C would wait for another number
        raise ValueError("key must have numbers after the first that are not 0, got zeros")
    n, length, shifts = whole("n", n, 0), whole("length", length, 1), whole("shifts", shifts, 1)
    low = whole("padding[0]", padding[0], 0)
    paddings = whole("padding[1]", padding[1], low) - low + 1
    pad, shift = np.empty(n, np.int32), np.empty(n, np.int32)
    scale, shear = np.empty(n), np.empty(n)
    noise = np.empty((n, 2 * length if normals else 0))
    squares = np.empty((n, length if normals else 0))
    arrays = key, position, pad, shift, scale, shear
    optional = (noise, squares) if normals else (None, None)
    program([Call("draw_examples", *arrays, *optional, n, length, low, paddings, shifts)])()
    factor = np.sqrt(-2.0 * np.log(squares) / squares)  # by NumPy, for the bits of its log
    noise[:, ::2] *= factor
    noise[:, 1::2] *= factor
    half = noise.shape[1] // 2
    corr_noise, iid_noise = noise[:, :half], noise[:, half:]
    return pad.astype(np.int64), scale, shift.astype(np.int64), corr_noise, iid_noise, shear
