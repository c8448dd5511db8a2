"""What each compiled function refuses to be bound to; nothing here is as large as it says it is."""

import copy
import inspect
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.lib.stride_tricks import as_strided

from mnist1d_lab.kernels import compiled, numpy_ops, simd_ops
from mnist1d_lab.kernels.checks import MOST, MOST_ALONG_A_SIDE

pytestmark = pytest.mark.usefixtures("compiled")
FLOAT32, FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)
INT32, UINT32 = np.dtype(np.int32), np.dtype(np.uint32)
RNG = np.random.default_rng(0)


def random(*shape, dtype=FLOAT32):
    """Numbers from 0 to 3 (they are labels too), others at each call."""
    return (RNG.random(shape) * 4).astype(dtype)


class Huge(np.ndarray):
    """Too large to be shown: most of its numbers are in no one's memory."""

    def __repr__(self):
        return f"huge {self.shape}"


def huge(*shape, dtype=FLOAT32):
    """An array that NumPy takes for one of this shape, but with the memory of a few numbers."""
    strides = np.cumprod([1, *shape[:0:-1]])[::-1] * dtype.itemsize
    return as_strided(np.zeros(512, dtype), shape, strides).view(Huge)


def indices(*values):
    return np.array(values, np.int32)


def index():
    """Four survivors of a weight (3, 5), by rows."""
    return {"start": indices(0, 1, 3, 4), "column": indices(0, 1, 2, 4)}


def turned():
    """The same, by columns."""
    start, row, position = indices(0, 1, 2, 3, 3, 4), indices(0, 1, 1, 2), indices(0, 1, 2, 3)
    return {"start": start, "row": row, "position": position}


# By function: its arguments for n features and b examples, with arrays made by `new`.
CASES: dict[str, Any] = {
    "linear_forward": lambda new, n, b: {
        **{"x": new(n, b), "weight": new(3, n), "bias": new(3), "out": new(3, b), "relu": True},
    },
    "linear_backward": lambda new, n, b: {
        **{"dy": new(3, b), "x": new(n, b), "dweight": new(3, n), "dbias": new(3)},
    },
    "linear_backward_input": lambda new, n, b: {
        **{"dy": new(3, b), "weight": new(3, n), "out": new(n, b), "accumulate": True},
    },
    "sparse_forward": lambda new, n, b: {
        **{"x": new(n, b), "values": new(4), **index()},
        **{"bias": new(3), "out": new(3, b), "relu": True},
    },
    "sparse_backward": lambda new, n, b: {
        **{"dy": new(3, b), "x": new(n, b), **index(), "dvalues": new(4), "dbias": new(3)},
    },
    "sparse_backward_input": lambda new, n, b: {
        **{"dy": new(3, b), "values": new(4), **turned()},
        **{"out": new(n, b), "accumulate": True},
    },
    "unfold": lambda new, n, b: {
        **{"x": new(n * 8, b), "out": new(n * 3, 4 * b), "kernel": 3, "stride": 2, "padding": 1},
    },
    "fold": lambda new, n, b: {
        **{"dpatches": new(n * 3, 4 * b), "out": new(n * 8, b)},
        **{"kernel": 3, "stride": 2, "padding": 1},
    },
    "pool": lambda new, n, b: {
        **{"x": new(n * 8, b), "out": new(n * 4, b), "length": 8, "kind": "l2"},
    },
    "pool_backward": lambda new, n, b: {
        **{"dy": new(n * 4, b), "x": new(n * 8, b), "y": new(n * 4, b), "out": new(n * 8, b)},
        **{"length": 8, "kind": "l2"},
    },
    "gru_forward": lambda new, n, b: {
        **{"x": new(n, b), "weights": new(2, 162), "out": new(n * 12, b), "gates": new(n * 48, b)},
    },
    "gru_backward": lambda new, n, b: {
        **{"dout": new(n * 12, b), "x": new(n, b), "weights": new(2, 162), "out": new(n * 12, b)},
        **{"gates": new(n * 48, b), "dweights": new(2, 162)},
    },
    "add": lambda new, n, b: {"a": new(n, b), "b": new(n, b), "out": new(n, b)},
    "relu_backward": lambda new, n, b: {"dy": new(n, b), "y": new(n, b), "out": new(n, b)},
    "softmax_cross_entropy": lambda new, n, b: {
        **{"logits": new(n, b), "labels": new(b, dtype=INT32)},
        **{"dlogits": new(n, b), "sums": new(2, dtype=FLOAT64)},
    },
    "adam": lambda new, n, b: {
        **{name: new(n * b) for name in ("param", "grad", "mask", "mean", "square")},
        **{"rates": new(2), "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    },
    "sgd": lambda new, n, b: {
        **{name: new(n * b) for name in ("param", "grad", "mask", "velocity")},
        **{"rate": 0.1, "momentum": 0.9, "decay": 0.01},
    },
    "decay": lambda new, n, b: {"param": new(n * b), "grad": new(n * b), "decay": 0.01},
    "dual_tanh": lambda new, n, b: {"z": new(2 * n, b), "out": new(2 * n, b)},
    "dual_tanh_backward": lambda new, n, b: {
        **{"dy": new(2 * n, b), "h": new(2 * n, b), "out": new(2 * n, b)},
    },
    "dual_softmax_cross_entropy": lambda new, n, b: {
        **{"logits": new(2 * n, b), "labels": new(b, dtype=INT32)},
        **{"dlogits": new(2 * n, b), "sums": new(2, dtype=FLOAT64)},
    },
    "dual_sgd": lambda new, n, b: {
        **{"grad": new(2 * n, b), "rate": new(1, dtype=FLOAT64)},
        **{"state": new(2, n, b, dtype=FLOAT64), "weight": new(2 * n, b)},
    },
    "draw_examples": lambda new, n, b: {
        **{"key": new(624, dtype=UINT32), "position": indices(624), "n": b, "length": n},
        **{"padding": (3, 6), "shifts": 8, "normals": True},
    },
}
WRITTEN = {
    "linear_backward": {"dweight", "dbias"},
    "sparse_backward": {"dvalues", "dbias"},
    "gru_forward": {"out", "gates"},
    "gru_backward": {"dweights"},
    "softmax_cross_entropy": {"dlogits", "sums"},
    "adam": {"param", "mean", "square"},
    "sgd": {"param", "velocity"},
    "decay": {"grad"},
    "dual_softmax_cross_entropy": {"dlogits", "sums"},
    "dual_sgd": {"state", "weight"},
    "draw_examples": {"key", "position"},
}  # of all others: out
IN_PLACE = {("add", "out", "a"), ("add", "out", "b"), ("relu_backward", "out", "dy")}


def written(function):
    return WRITTEN.get(function, {"out"})


def case(function, new=random, features=5, examples=6, **changes):
    """Return arguments that the function takes, but for the changes."""
    return {**CASES[function](new, features, examples), **changes}


def arrays(args):
    return {name: value for name, value in args.items() if isinstance(value, np.ndarray)}


def bind(function, args):
    return getattr(simd_ops, function)(**args)


def refused(function, args, sentence):
    """Assert that it is not bound, with an error that begins with this sentence."""
    with pytest.raises(ValueError, match=f"^{sentence}"):
        bind(function, args)


ARRAYS = [(function, name) for function in CASES for name in arrays(case(function))]
OUTPUTS = [(function, name) for function, name in ARRAYS if name in written(function)]
PAIRS = [
    (function, out, other)
    for function, out in OUTPUTS
    for other in arrays(case(function))
    if other != out
]


def test_every_compiled_function_has_a_case():
    functions = {
        name
        for name, value in vars(simd_ops).items()
        if inspect.isfunction(value) and "simd" in value.__module__ and name[0] != "_"
    }
    assert functions == set(CASES)


@pytest.mark.parametrize("function", CASES)
def test_what_is_right_is_bound_and_writes_what_is_told_and_nothing_else(function):
    args = case(function)
    before = {name: array.copy() for name, array in arrays(args).items()}
    call = bind(function, args)
    if function != "draw_examples":  # which has run
        compiled.program([call])()
    changed = {name for name, array in before.items() if (args[name] != array).any()}
    assert changed == written(function)


@pytest.mark.parametrize("function", sorted(set(CASES) - {"unfold", "fold", "draw_examples"}))
def test_no_examples_are_taken_as_the_twin_takes_them(function):
    ours = case(function, examples=0)
    theirs = copy.deepcopy(ours)
    compiled.program([bind(function, ours)])()
    getattr(numpy_ops, function)(**theirs)
    for name, array in arrays(theirs).items():
        np.testing.assert_allclose(ours[name], array, rtol=1e-5)


# ---- arrays ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("function", "name"), ARRAYS)
def test_another_dtype_is_refused(function, name):
    args = case(function)
    for dtype in (">f4", np.float16, np.int64):
        wrong = {**args, name: args[name].astype(dtype)}
        refused(function, wrong, rf"{name} must be a \w+ array \(.*\), got {np.dtype(dtype)} ")


@pytest.mark.parametrize(("function", "name"), ARRAYS)
def test_another_shape_is_refused(function, name):
    array = case(function)[name]
    for wrong in (array[:-1], array[np.newaxis]):
        refused(function, case(function, **{name: np.copy(wrong)}), ".* must be ")


@pytest.mark.parametrize(("function", "name"), ARRAYS)
def test_what_is_no_array_is_refused(function, name):
    args = case(function)
    wrong = {**args, name: args[name].tolist()}
    refused(function, wrong, f"{name} must be an? .*array.*, got list$")


@pytest.mark.parametrize(
    ("function", "name"), [pair for pair in ARRAYS if pair[1] not in ("position", "rate")]
)
def test_an_array_with_gaps_is_refused(function, name):
    args = case(function)
    args[name] = np.repeat(args[name], 2, axis=-1)[..., ::2]
    refused(function, args, f"{name} must be contiguous, got strides ")


@pytest.mark.parametrize(("function", "name"), ARRAYS)
def test_an_array_between_two_places_is_refused(function, name):
    args = case(function)
    args[name] = view(np.zeros(args[name].nbytes + 1, np.uint8), 1, args[name])
    refused(function, args, f"{name} must be aligned, got an address between two numbers")


@pytest.mark.parametrize(("function", "name"), OUTPUTS)
def test_a_result_that_is_read_only_is_refused(function, name):
    args = case(function)
    args[name].flags.writeable = False
    refused(function, args, f"{name} must be writable, got a read-only array")


def view(memory, at, like):
    """An array of this dtype and shape, from this byte of the memory on."""
    return memory[at : at + like.nbytes].view(like.dtype).reshape(like.shape)


@pytest.mark.parametrize("shift", [0, 8])
@pytest.mark.parametrize(("function", "out", "other"), PAIRS)
def test_a_result_that_overlaps_anything_is_refused(function, out, other, shift):
    args = case(function)
    small, large = sorted((out, other), key=lambda name: args[name].nbytes)
    memory = np.zeros(args[large].nbytes + 16, np.uint8)
    args[large], args[small] = view(memory, 0, args[large]), view(memory, shift, args[small])
    if (function, out, other) in IN_PLACE and not shift:
        assert bind(function, args)
    else:
        refused(function, args, rf"\w+ must be .*({out}|{other}).*, got arrays that overlap")


def test_inputs_may_be_one_array():
    x = random(5, 6)
    assert bind("add", case("add", a=x, b=x))
    assert bind("adam", case("adam", grad=x.ravel(), mask=x.ravel()))


# ---- sizes ----------------------------------------------------------------------------------


@pytest.mark.parametrize("function", sorted(set(CASES) - {"draw_examples"}))
def test_more_numbers_than_c_can_count_are_refused(function):
    args = case(function, huge, features=2**6, examples=2**25)
    refused(function, args, rf"\w+ must have at most {MOST} numbers, got \d+")


SIDES = sorted(
    set(CASES) - {"adam", "sgd", "decay", "draw_examples"}
)  # the others have no matrices


@pytest.mark.parametrize("function", SIDES)
def test_sides_whose_multiples_c_cannot_count_are_refused(function):
    args = case(function, huge, features=1, examples=2**26)
    refused(function, args, rf"\w+ must have sides of at most {MOST_ALONG_A_SIDE}, got \(")


def test_the_limits_leave_room_for_what_c_adds_and_multiplies():
    source = (Path(__file__).parents[3] / "py/native/products.h").read_text()
    depth, panel = (
        int(*re.findall(rf"#define {name} (\d+)", source)) for name in ("DEPTH", "GATHER")
    )
    assert MOST + depth < 2**31
    assert MOST_ALONG_A_SIDE * 4 * panel < 2**31


@pytest.mark.parametrize(
    ("largest", "larger"),
    [
        ((MOST,), (MOST + 1,)),
        ((MOST_ALONG_A_SIDE, 1), (MOST_ALONG_A_SIDE + 1, 1)),
        ((40, MOST_ALONG_A_SIDE), (41, MOST_ALONG_A_SIDE)),
    ],
)
def test_the_largest_size_is_bound_and_no_larger_one(largest, larger):
    array = huge(*largest)
    assert simd_ops.add(array, array, array)
    refused("add", {name: huge(*larger) for name in ("a", "b", "out")}, r"\w+ must have ")


def test_a_number_that_does_not_fit_into_32_bits_is_never_handed_to_c():
    a, out = random(4), random(4)
    sizes: tuple[Any, ...] = 2**31, -(2**31) - 1, 2**32 + 4, np.int64(4)
    for size in sizes:
        with pytest.raises(ValueError, match=r"^a value of a call must be .*, got "):
            compiled.Call("add", a, a, out, size)


# ---- ranges ---------------------------------------------------------------------------------

# Of this the Mersenne Twister makes other numbers, if slowly; of zeros alone it never does.
ALMOST_ZERO = np.array([2**31, *[0] * 623], np.uint32)
RANGES: list[tuple[str, dict[str, Any], str]] = [
    *(
        (function, changes, sentence)
        for function in ("unfold", "fold")
        for changes, sentence in (
            ({"kernel": 0}, f"kernel must be a whole number from 1 to {MOST}, got 0"),
            ({"kernel": 1.5}, "kernel must be a whole number from 1 to .*, got 1.5"),
            ({"kernel": 4}, "the number of rows of (out|dpatches) must be a multiple of 4, got 15"),
            ({"kernel": 30}, "the number of rows of .* must be a multiple of 30, got 15"),
            ({"stride": 0}, "stride must be a whole number from 1 to .*, got 0"),
            ({"stride": 2**31}, "stride must be a whole number from 1 to .*, got 2147483648"),
            ({"padding": -1}, "padding must be a whole number from 0 to .*, got -1"),
            ({"padding": 2**30}, "padding must be a whole number from 0 to .*, got 1073741824"),
            ({"padding": 0}, "(out|dpatches) must have at most 3 places, got 4"),
        )
    ),
    *(
        (function, changes, sentence)
        for function in ("pool", "pool_backward")
        for changes, sentence in (
            ({"length": 1}, f"length must be a whole number from 2 to {MOST}, got 1"),
            ({"length": 7}, "the number of rows of x must be a multiple of 7, got 40"),
            ({"kind": "min"}, "kind must be 'max' or 'average' or 'l2', got 'min'"),
        )
    ),
    ("unfold", {"x": random(40, 0)}, "the number of columns of x must be .* from 1 to .*, got 0"),
    ("fold", {"out": random(40, 0)}, "the number of columns of out must be .* from 1 .*, got 0"),
    ("unfold", {"out": random(0, 24)}, "the number of rows of out must be a multiple of 3, got 0"),
    ("unfold", {"out": random(15, 0)}, "the number of columns of out must be .* of 6, got 0"),
    ("unfold", {"x": random(41, 6)}, "the number of rows of x must be a multiple of 5, got 41"),
    (
        "unfold",
        {"x": random(40, 5)},
        "the number of columns of out must be a multiple of 5, got 24",
    ),
    (
        *("softmax_cross_entropy", {"logits": random(0, 6), "dlogits": random(0, 6)}),
        "the number of classes in logits must be a whole number from 1 to .*, got 0",
    ),
    *(
        ("draw_examples", changes, sentence)
        for changes, sentence in (
            ({"n": -1}, "n must be a whole number from 0 to .*, got -1"),
            ({"n": 2**31}, "n must be a whole number from 0 to .*, got 2147483648"),
            ({"length": 0}, "length must be a whole number from 1 to .*, got 0"),
            ({"length": 2**31}, "length must be a whole number from 1 to .*, got 2147483648"),
            ({"padding": (10, 5)}, r"padding\[1\] must be a whole number from 10 to .*, got 5"),
            ({"padding": (-1, 5)}, r"padding\[0\] must be a whole number from 0 to .*, got -1"),
            (
                {"padding": (0, 2**31)},
                r"padding\[1\] must be a whole number from 0 to .*, got 2147",
            ),
            ({"shifts": 0}, "shifts must be a whole number from 1 to .*, got 0"),
            ({"shifts": 2**31}, "shifts must be a whole number from 1 to .*, got 2147483648"),
            ({"key": ALMOST_ZERO}, "key must .* that are not 0, got zeros"),
            ({"position": indices(625)}, "position must be from 0 to 624, got 625 to 625"),
            ({"position": indices(-1)}, "position must be from 0 to 624, got -1 to -1"),
        )
    ),
    *(
        (function, {"start": indices(*start)}, f"start must rise from 0 to 4, got {got}$")
        for function in ("sparse_forward", "sparse_backward")
        for start, got in (
            ((1, 1, 4, 4), "1 to 4"),
            ((0, 1, 4, 5), "0 to 5"),
            ((0, 4, 1, 4), "0 to 4, with a fall"),
            # The differences of int32 wrap: they all seem to rise.
            ((0, 2**31 - 1, -5, 4), "0 to 4, with a fall"),
        )
    ),
    *(
        (function, {name: indices(0, 1, wrong, 0)}, f"{name} must be from 0 to {most}, got ")
        for function, name, most in (
            ("sparse_forward", "column", 4),
            ("sparse_backward", "column", 4),
            ("sparse_backward_input", "row", 2),
            ("sparse_backward_input", "position", 3),
        )
        for wrong in (-1, most + 1)
    ),
    (
        *("sparse_backward_input", {"start": indices(0, 4, 1, 3, 3, 4)}),
        "start must rise from 0 to 4, got 0 to 4, with a fall",
    ),
]


@pytest.mark.parametrize(
    ("function", "changes", "sentence"), RANGES, ids=[f"{f} {' '.join(c)}" for f, c, _ in RANGES]
)
def test_what_is_out_of_range_is_refused(function, changes, sentence):
    refused(function, case(function, **changes), sentence)


def test_labels_outside_the_classes_are_never_right_and_harm_nothing():
    args = case("softmax_cross_entropy", labels=indices(-1, 5, 2**31 - 1, -(2**31), 0, 0))
    args["logits"][0, 4:] = 9
    args["sums"][:] = 0
    compiled.program([bind("softmax_cross_entropy", args)])()
    assert args["sums"][1] == 2


def test_whole_numbers_for_adam_are_what_they_are_as_floats():
    ours = case("adam")
    theirs = copy.deepcopy(ours)
    compiled.program([bind("adam", {**ours, "beta1": 0, "beta2": 1, "eps": 1})])()
    compiled.program([bind("adam", {**theirs, "beta1": 0.0, "beta2": 1.0, "eps": 1.0})])()
    assert (ours["param"] == theirs["param"]).all()


def test_a_message_is_one_sentence():
    args = case("linear_forward", out=random(3, 7))
    refused("linear_forward", args, r"out must be a float32 array \(3, 6\), got float32 \(3, 7\)$")
