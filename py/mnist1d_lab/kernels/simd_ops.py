"""The functions of numpy_ops, compiled (py/native/kernels.c). Never chosen here: see backend.py.

Every function takes what its twin in numpy_ops takes, checks it once and returns a `Call`. The
check is what keeps C inside the arrays, so nothing else may make a Call. `draw_examples` alone
runs at once.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist1d_lab.types import Array, Indices, Labels

_library: ctypes.CDLL | None = None
_shared: dict[type[Any], Any] = {}  # scratch by dtype: calls run one after the other
_Value = Array | Labels | NDArray[Any] | int | float | None


def load(path: str) -> None:
    """Load the compiled library. Raises OSError if the machine refuses it."""
    global _library
    library = ctypes.CDLL(path)
    library.run.restype = None
    _library = library


class Call:
    """A compiled function with its arguments; keeps the arrays alive and where they are."""

    def __init__(self, name: str, *values: _Value) -> None:
        """Bind: pointers first, then numbers, as in the C struct of this name."""
        self.values = values
        layout = _struct(tuple(_kind(value) for value in values))
        self.args = layout(*(_plain(value) for value in values))
        assert _library is not None, "simd_ops.load comes first"
        self.entry = ctypes.cast(_library[name], ctypes.c_void_p)


class _Entry(ctypes.Structure):
    _fields_ = (("entry", ctypes.c_void_p), ("args", ctypes.c_void_p))


def program(calls: Sequence[Call]) -> Callable[[], object]:
    """Return a function of no arguments that makes these calls in order, in one step into C."""
    assert _library is not None, "simd_ops.load comes first"
    entries = [_Entry(call.entry, ctypes.addressof(call.args)) for call in calls]
    table = (_Entry * len(calls))(*entries)
    run, first, count = _library.run, ctypes.byref(table), ctypes.c_int(len(calls))
    kept = tuple(calls)  # the table holds only their addresses

    def program() -> None:
        run(first, count)

    program.calls = kept  # type: ignore[attr-defined]
    return program


def linear_forward(x: Array, weight: Array, bias: Array, out: Array, relu: bool) -> Call:
    """Bind `numpy_ops.linear_forward`."""
    (outputs, inputs), batch = weight.shape, x.shape[1]
    _check(x, (inputs, batch), weight, None, bias, (outputs,), out, (outputs, batch))
    _apart(out, x, weight, bias)
    scratch = _scratch(batch, inputs)
    return Call("linear_forward", x, weight, bias, out, *scratch, inputs, outputs, batch, relu)


def linear_backward(dy: Array, x: Array, dweight: Array, dbias: Array) -> Call:
    """Bind `numpy_ops.linear_backward`."""
    (outputs, batch), inputs = dy.shape, x.shape[0]
    _check(dy, None, x, (inputs, batch), dweight, (outputs, inputs), dbias, (outputs,))
    _apart(dweight, dy, x)
    _apart(dbias, dy, x)
    arrays = dy, x, dweight, dbias, *_scratch(outputs, batch)
    return Call("linear_backward", *arrays, inputs, outputs, batch)


def linear_backward_input(dy: Array, weight: Array, out: Array, accumulate: bool) -> Call:
    """Bind `numpy_ops.linear_backward_input`."""
    (outputs, inputs), batch = weight.shape, dy.shape[1]
    _check(dy, (outputs, batch), weight, None, out, (inputs, batch))
    _apart(out, dy, weight)
    arrays = dy, weight, out, *_scratch(batch, outputs)
    return Call("linear_backward_input", *arrays, inputs, outputs, batch, accumulate)


def sparse_forward(
    x: Array, values: Array, start: Indices, column: Indices, bias: Array, out: Array, relu: bool
) -> Call:
    """Bind `numpy_ops.sparse_forward`."""
    outputs, batch = out.shape
    _check(x, (len(x), batch), values, None, bias, (outputs,), out, None)
    _check_index(start, outputs, column, len(x), len(values))
    _apart(out, x, values, bias)
    arrays = x, values, start, column, bias, out, _scratch(0, len(x))[0]
    return Call("sparse_forward", *arrays, len(x), outputs, batch, relu)


def sparse_backward(
    dy: Array, x: Array, start: Indices, column: Indices, dvalues: Array, dbias: Array
) -> Call:
    """Bind `numpy_ops.sparse_backward`."""
    outputs, batch = dy.shape
    _check(dy, None, x, (len(x), batch), dvalues, None, dbias, (outputs,))
    _check_index(start, outputs, column, len(x), len(dvalues))
    _apart(dvalues, dy, x)
    _apart(dbias, dy, x)
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
    inputs, batch = out.shape
    _check(dy, (len(dy), batch), values, None, out, None)
    _check_index(start, inputs, row, len(dy), len(values))
    _check_index(start, inputs, position, len(values), len(values))
    _apart(out, dy, values)
    live = np.empty(len(dy), np.int32), np.empty_like(start), np.empty_like(row)
    sizes = inputs, len(dy), batch
    floats = np.empty_like(values), _scratch(0, len(dy))[0]
    arrays = dy, values, start, row, position, out, *floats, *live
    return Call("sparse_backward_input", *arrays, *sizes, accumulate)


def unfold(x: Array, out: Array, kernel: int, stride: int, padding: int) -> Call:
    """Bind `numpy_ops.unfold`."""
    return Call("unfold", x, out, *_places(x, out, kernel, stride, padding))


def fold(dpatches: Array, out: Array, kernel: int, stride: int, padding: int) -> Call:
    """Bind `numpy_ops.fold`."""
    return Call("fold", dpatches, out, *_places(out, dpatches, kernel, stride, padding))


def _places(x: Array, patches: Array, kernel: int, stride: int, padding: int) -> tuple[int, ...]:
    """Check that both are of one convolution, and return its numbers as C wants them."""
    channels, batch = len(patches) // kernel, x.shape[1]
    length, places = len(x) // channels, patches.shape[1] // batch
    if min(kernel, stride, places) < 1 or padding < 0:
        raise ValueError(f"expected a kernel and a stride of at least 1, got {kernel}, {stride}")
    if (places - 1) * stride + kernel > length + 2 * padding:
        raise ValueError(f"expected fewer than {places} places for {length} numbers")
    _check(x, (channels * length, batch), patches, (channels * kernel, places * batch))
    _apart(x, patches)
    return channels, length, places, kernel, stride, padding, batch


GRU_UNITS = 6  # of each direction: what the C code is made for (UNITS)


def gru_forward(x: Array, weights: Array, out: Array, gates: Array) -> Call:
    """Bind `numpy_ops.gru_forward`, for 6 units."""
    time, batch = _check_gru(x, weights, out, gates)
    _apart(out, x, weights, gates)
    _apart(gates, x, weights)
    return Call("gru_forward", x, weights, out, gates, time, batch)


def gru_backward(
    dout: Array, x: Array, weights: Array, out: Array, gates: Array, dweights: Array
) -> Call:
    """Bind `numpy_ops.gru_backward`, for 6 units."""
    time, batch = _check_gru(x, weights, out, gates)
    _check(dout, out.shape, dweights, weights.shape)
    _apart(dweights, dout, x, weights, out, gates)
    return Call("gru_backward", dout, x, weights, out, gates, dweights, time, batch)


def _check_gru(x: Array, weights: Array, out: Array, gates: Array) -> tuple[int, int]:
    time, batch = x.shape
    _check(weights, (2, 3 * GRU_UNITS * (GRU_UNITS + 3)), x, None)
    _check(out, (time * 2 * GRU_UNITS, batch), gates, (2 * time * 4 * GRU_UNITS, batch))
    return time, batch


def add(a: Array, b: Array, out: Array) -> Call:
    """Bind `numpy_ops.add`; out may be a or b."""
    _check(a, None, b, a.shape, out, a.shape)
    return Call("add", a, b, out, a.size)


def relu_backward(dy: Array, y: Array, out: Array) -> Call:
    """Bind `numpy_ops.relu_backward`; out may be dy."""
    _check(dy, None, y, dy.shape, out, dy.shape)
    return Call("relu_backward", dy, y, out, dy.size)


def softmax_cross_entropy(
    logits: Array, labels: Labels, dlogits: Array | None, sums: Array
) -> Call:
    """Bind `numpy_ops.softmax_cross_entropy`; a label outside the classes counts as never right."""
    _check(logits, None)
    _check(labels, (logits.shape[1],), dtype=np.int32)
    _check(sums, (2,), dtype=np.float64)
    if dlogits is not None:
        _check(dlogits, logits.shape)
        _apart(dlogits, logits)
    return Call("softmax_cross_entropy", logits, labels, dlogits, sums, *logits.shape)


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
    shape = (param.size,)
    _check(param, shape, grad, shape, mean, shape, square, shape, rates, (2,))
    if mask is not None:
        _check(mask, shape)
    arrays = param, grad, mask, mean, square, rates
    return Call("adam", *arrays, param.size, beta1, 1 - beta1, beta2, 1 - beta2, eps)


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
    _check(key, (624,), dtype=np.uint32)
    _check(position, (1,), dtype=np.int32)
    if not 0 <= position[0] <= 624 or shifts < 1:
        raise ValueError(f"expected a position from 0 to 624, got {position[0]}")
    pad, shift = np.empty(n, np.int32), np.empty(n, np.int32)
    scale, shear = np.empty(n), np.empty(n)
    noise = np.empty((n, 2 * length if normals else 0))
    squares = np.empty((n, length if normals else 0))
    low, high = padding
    arrays = key, position, pad, shift, scale, shear
    optional = (noise, squares) if normals else (None, None)
    sizes = n, length, low, high - low + 1, shifts
    program([Call("draw_examples", *arrays, *optional, *sizes)])()
    factor = np.sqrt(-2.0 * np.log(squares) / squares)  # by NumPy, for the bits of its log
    noise[:, ::2] *= factor
    noise[:, 1::2] *= factor
    half = noise.shape[1] // 2
    corr_noise, iid_noise = noise[:, :half], noise[:, half:]
    return pad.astype(np.int64), scale, shift.astype(np.int64), corr_noise, iid_noise, shear


def _scratch(rows: int, depth: int) -> tuple[Array, Indices]:
    """Return what a product of (rows, depth) needs: see `lists`, `gather` and SCRATCH in C."""
    floats = max(40 * (rows + depth) + rows * depth, 200 * (100 + 4))
    return _share(floats, np.float32), _share(rows + 1 + rows * depth, np.int32)


def _share(size: int, dtype: type[Any]) -> Any:
    """Return at least `size` numbers, shared by all calls, that start at a cache line."""
    if dtype not in _shared or _shared[dtype].size < size:
        made = np.empty(size + 16, dtype)
        _shared[dtype] = made[-made.ctypes.data % 64 // 4 :]
    return _shared[dtype]


@lru_cache(maxsize=64)
def _struct(kinds: tuple[type[Any], ...]) -> type[ctypes.Structure]:
    fields = [(f"field{index}", kind) for index, kind in enumerate(kinds)]
    return type("Args", (ctypes.Structure,), {"_fields_": fields})


def _kind(value: _Value) -> type[Any]:
    if isinstance(value, float):
        return ctypes.c_float
    return ctypes.c_int32 if isinstance(value, int) else ctypes.c_void_p


def _plain(value: _Value) -> int | float | None:
    return value.ctypes.data if isinstance(value, np.ndarray) else value


def _check(*wanted: Any, dtype: type[Any] = np.float32) -> None:
    """Check arrays for their shapes, given in turn; None stands for any."""
    for array, shape in zip(wanted[::2], wanted[1::2], strict=True):
        shape = array.shape if shape is None else shape
        if array.dtype != dtype or array.shape != shape or not array.flags.c_contiguous:
            got = f"{array.dtype} {array.shape}"
            raise ValueError(f"expected contiguous {np.dtype(dtype)} {shape}, got {got}")


def _check_index(start: Indices, groups: int, index: Indices, below: int, survivors: int) -> None:
    _check(start, (groups + 1,), index, (survivors,), dtype=np.int32)
    if start[0] != 0 or start[-1] != survivors or (np.diff(start) < 0).any():
        raise ValueError(f"expected starts that rise from 0 to {survivors}, got {start}")
    if survivors and not 0 <= index.min() <= index.max() < below:
        raise ValueError(f"expected indices from 0 to {below - 1}, got {index}")


def _apart(out: Array, *inputs: Array) -> None:
    if any(np.may_share_memory(out, array) for array in inputs):
        raise ValueError("expected a result that shares no memory with the inputs")
