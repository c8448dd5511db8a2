"""Every compiled function beside its NumPy twin. Plain functions: they run in a browser too.

`python kernel_cases.py` checks the library that MNIST1D_LIBRARY names, each array fenced in by
pages that may not be touched (POSIX only): a read or write one element too far ends the process.
"""

import ctypes
import hashlib
import itertools
import mmap
from collections.abc import Callable

import numpy as np

from mnist1d_lab import jobs, kernels
from mnist1d_lab.dataset.generator import make_dataset
from mnist1d_lab.double_descent.spec import LOSSES
from mnist1d_lab.kernels import compiled, numpy_ops, simd_ops
from mnist1d_lab.lottery.pruning import full_masks, magnitude, prune, rewind
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.split import as_split
from mnist1d_lab.models.train import train

SIZES = (1, 2, 3, 7, 8, 9, 31, 40, 100, 257, 500)
BATCHES = (1, 6, 100)
ODD_VALUES = (np.nan, np.inf, -np.inf, -0.0, 1e-42, 1e30)
placed: Callable[[np.ndarray], np.ndarray] = np.copy  # where the compiled twin's arrays are


def scratch(size, dtype):
    """As much as a call asks for and not shared, to be fenced in too."""
    return placed(np.zeros(size, dtype))


def fenced(before):
    """Return a copier: each copy begins (or ends) where a page begins that may not be touched."""
    page = mmap.PAGESIZE

    def copy(array):
        pages = 1 + -(-array.nbytes // page)
        memory = mmap.mmap(-1, (pages + 1) * page)
        start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        fence = start if before else start + pages * page
        libc = ctypes.CDLL(None, use_errno=True)
        assert libc.mprotect(ctypes.c_void_p(fence), ctypes.c_size_t(page), 0) == 0
        offset = page if before else pages * page - array.nbytes
        made = np.frombuffer(memory, array.dtype, array.size, offset).reshape(array.shape)
        made[...] = array
        return made

    return copy


def tight(array):
    """Copy into memory of exactly its size: NumPy's own ends later, which hides what reads on."""
    memory = (ctypes.c_char * max(array.nbytes, array.itemsize))()
    made = np.frombuffer(memory, array.dtype, array.size).reshape(array.shape)
    made[...] = array
    return made


def array(rng, *shape, odd=False):
    """Normal float32 numbers, if asked with some that are not."""
    made = rng.normal(size=shape).astype(np.float32)
    if odd:
        where = rng.integers(0, made.size, 1 + made.size // 50)
        made.ravel()[where] = rng.choice(ODD_VALUES, len(where))
    return made


def both(name, *args, atol=0.0):
    """Call both twins on copies; every array, changed or not, has to come out alike."""
    ours, theirs = (
        [copy(value) if isinstance(value, np.ndarray) else value for value in args]
        for copy in (placed, np.copy)
    )
    compiled.program([getattr(simd_ops, name)(*ours)])()
    with np.errstate(all="ignore"):
        getattr(numpy_ops, name)(*theirs)
    for index, (got, expected) in enumerate(zip(ours, theirs, strict=True)):
        if isinstance(got, np.ndarray):
            message = f"{name}, argument {index}, shapes {[np.shape(value) for value in args]}"
            # By hand: the page's NumPy has no numpy.testing.
            alike = np.isclose(got, expected, rtol=2e-5, atol=atol, equal_nan=True)
            assert alike.all(), f"{message}: {got[~alike]} instead of {expected[~alike]}"


def dense(rng, inputs, outputs, batch, odd=False, zeros=False):
    x, dy = array(rng, inputs, batch, odd=odd), array(rng, outputs, batch)
    if not odd:
        dy[rng.random(outputs) < 0.3] = 0  # units closed for the whole batch
        if zeros:  # and most others for most examples: another product computes it
            x[rng.random(x.shape) < 0.6] = 0
            dy[rng.random(dy.shape) < 0.7] = 0
    weight, bias = array(rng, outputs, inputs, odd=odd), array(rng, outputs)
    error = 4e-7 * (inputs + outputs + batch)  # float32 sums in another order
    for flag in (False, True):
        both("linear_forward", x, weight, bias, array(rng, outputs, batch), flag, atol=error)
        both("linear_backward_input", dy, weight, array(rng, inputs, batch), flag, atol=error)
    both("linear_backward", dy, x, array(rng, outputs, inputs), array(rng, outputs), atol=error)


def sparse(rng, inputs, outputs, batch, alive, odd=False):
    """`alive` (outputs, inputs): which weights survive."""
    rows, columns = (index.astype(np.int32) for index in np.nonzero(alive))
    position = np.argsort(columns, kind="stable").astype(np.int32)
    start, turned = (
        np.concatenate([[0], alive.sum(axis=axis).cumsum()]).astype(np.int32) for axis in (1, 0)
    )
    x, dy = array(rng, inputs, batch, odd=odd), array(rng, outputs, batch, odd=odd)
    if not odd:
        dy[rng.random(outputs) < 0.3] = 0
    values, bias = array(rng, len(rows), odd=odd), array(rng, outputs)
    error = 4e-7 * (inputs + outputs + batch)
    index = turned, rows[position], position
    for flag in (False, True):
        out = array(rng, outputs, batch)
        both("sparse_forward", x, values, start, columns, bias, out, flag, atol=error)
        out = array(rng, inputs, batch)
        both("sparse_backward_input", dy, values, *index, out, flag, atol=error)
    gradients = array(rng, len(rows)), array(rng, outputs)
    both("sparse_backward", dy, x, start, columns, *gradients, atol=error)


def elements(rng, size, odd=False):
    a, b = array(rng, size, odd=odd), array(rng, size, odd=odd)
    both("add", a, b, array(rng, size))
    both("relu_backward", a, b, array(rng, size))
    both("relu_backward", a, np.zeros(size, np.float32), array(rng, size))
    for mask in (None, (rng.random(size) < 0.5).astype(np.float32)):
        state = array(rng, size), np.abs(array(rng, size, odd=odd))
        both(
            "adam",
            a,
            b,
            mask,
            *state,
            np.array([0.01, 0.5], np.float32),
            0.9,
            0.999,
            1e-8,
            atol=1e-6,
        )
        velocity = array(np.random.default_rng(size), size, odd=odd)
        both("sgd", a, b, mask, velocity, 0.01, 0.9, 0.001, atol=1e-6)
    both("decay", a, b, 0.01, atol=1e-6)


def loss(rng, classes, batch, scale=1.0, odd=False):
    logits = array(rng, classes, batch, odd=odd) * np.float32(scale)
    labels = rng.integers(0, classes, batch).astype(np.int32)
    for dlogits in (None, array(rng, classes, batch)):
        both("softmax_cross_entropy", logits, labels, dlogits, np.ones(2), atol=1e-6)


def dual(rng, size, batch, odd=False):
    """Values with derivatives: all of a step of a learned learning rate but its products."""
    z, out = array(rng, 2 * size, batch, odd=odd), array(rng, 2 * size, batch)
    both("dual_tanh", z, out, atol=1e-6)
    both("dual_tanh_backward", z, array(rng, 2 * size, batch), out, atol=1e-5)
    labels = rng.integers(0, size, batch).astype(np.int32)
    both("dual_softmax_cross_entropy", z, labels, out, np.ones(2), atol=4e-6 * batch)
    for columns in (batch, 2 * batch):
        grad, weight = array(rng, 2 * size, columns, odd=odd), np.zeros((2 * size, columns))
        state = rng.normal(size=(2, size, batch))
        both("dual_sgd", grad, np.array([0.3]), state, weight.astype(np.float32), atol=1e-6)


def convolution(rng, channels, length, kernel, stride, padding, batch, odd=False):
    places = (length + 2 * padding - kernel) // stride + 1
    if places < 1:
        return
    x = array(rng, channels * length, batch, odd=odd)
    patches = array(rng, channels * kernel, places * batch, odd=odd)
    both("unfold", x, np.ones_like(patches), kernel, stride, padding)
    both("fold", patches, np.ones_like(x), kernel, stride, padding, atol=1e-6)


def pooling(rng, channels, length, batch, kind, odd=False):
    """What relu leaves: neighbours that are both 0, and of which one is, are among them."""
    x = np.maximum(array(rng, channels * length, batch, odd=odd), 0)
    y = array(rng, channels * (length // 2), batch)
    both("pool", x, y, length, kind, atol=1e-7)
    with np.errstate(all="ignore"):
        numpy_ops.pool(x, y, length, kind)
    dy = array(rng, *y.shape, odd=odd)
    both("pool_backward", dy, x, y, np.ones_like(x), length, kind, atol=1e-6)


def gru(rng, time, batch, scale=1.0, odd=False):
    x = array(rng, time, batch, odd=odd)
    weights = array(rng, 2, 162) * np.float32(scale)
    out, gates = array(rng, time * 12, batch), array(rng, 2 * time * 24, batch)
    both("gru_forward", x, weights, out, gates, atol=2e-5 * max(1, scale))
    with np.errstate(all="ignore"):
        numpy_ops.gru_forward(x, weights, out, gates)
    dout, dweights = array(rng, time * 12, batch), array(rng, 2, 162)
    # Gradients of weights this large grow with time: as exact as the largest of them.
    both("gru_backward", dout * 0, x, weights, out, gates, dweights, atol=1e-6)
    wanted = np.empty_like(dweights)
    with np.errstate(all="ignore"):
        numpy_ops.gru_backward(dout, x, weights, out, gates, wanted)
    error = 1e-5 * np.nanmax(np.abs(wanted), initial=1, where=np.isfinite(wanted))
    both("gru_backward", dout, x, weights, out, gates, dweights, atol=error)


def check_sequences():
    """Convolutions, pooling, GRUs: every resolution's ends, one example, a batch with a rest."""
    rng = np.random.default_rng(2)
    for channels, length, batch in itertools.product((1, 3, 25), (3, 8, 19, 40), (1, 6, 100)):
        for kernel, stride, padding in ((5, 2, 1), (3, 2, 1), (3, 1, 0), (1, 1, 0), (4, 3, 2)):
            convolution(rng, channels, length, kernel, stride, padding, batch)
    convolution(rng, 2, 9, 3, 2, 1, 7, odd=True)
    for kind in ("max", "average", "l2"):
        for channels, length, batch in itertools.product((1, 20), (2, 3, 9, 40), (1, 6, 100)):
            pooling(rng, channels, length, batch, kind)
        pooling(rng, 3, 9, 7, kind, odd=True)
    for time, batch in itertools.product((1, 2, 8, 40), (1, 3, 4, 6, 100)):
        gru(rng, time, batch, scale=0.4)
    gru(rng, 5, 7, scale=10)  # saturated gates
    gru(rng, 3, 6, scale=0.4, odd=True)


def check_sizes(sizes=SIZES, batches=BATCHES):
    """All pairs of sizes."""
    rng = np.random.default_rng(0)
    for inputs, outputs, batch in itertools.product(sizes, sizes, batches):
        dense(rng, inputs, outputs, batch)
        dense(rng, inputs, outputs, batch, zeros=True)
        alive = rng.random((outputs, inputs)) < rng.choice([0.02, 0.1, 0.5])
        alive[rng.integers(outputs)] = False
        sparse(rng, inputs, outputs, batch, alive)
    for size in (*sizes, 4099):
        elements(rng, size)
        for batch in batches:
            loss(rng, size, batch)
            loss(rng, size, batch, scale=1e4)
            if size <= 40:
                dual(rng, size, batch)


def check_extremes():
    """Empty and full masks; NaN, infinities, denormal and huge numbers pass through alike."""
    rng = np.random.default_rng(1)
    for batch in (1, 7, 100):
        for alive in (np.zeros((9, 5), bool), np.ones((9, 5), bool)):
            sparse(rng, 5, 9, batch, alive)
        for _ in range(10):
            dense(rng, 9, 10, batch, odd=True)
            sparse(rng, 31, 9, batch, rng.random((9, 31)) < 0.3, odd=True)
            elements(rng, 130, odd=True)
            loss(rng, 10, batch, odd=True)
            dual(rng, 10, batch, odd=True)


def fingerprint(sparsity, hidden=100):
    """Hash of all weights after 200 steps of training with the compiled kernels."""
    assert kernels.backend() == "simd", kernels.note()
    spec = TrainSpec(hidden=hidden, steps=200)
    model = MLP(hidden=hidden)
    initial = model.init(np.random.default_rng(3))
    full = full_masks(initial, True)
    masks = prune(magnitude(initial, full), full, sparsity)
    params = rewind(initial, masks)
    split = as_split(make_dataset({"num_samples": 1000}))
    network = train(model, params, split, spec, lambda *_: None, masks)
    measured = repr(network.evaluate(split.x_test, split.y_test))
    return hashlib.sha256(b"".join(p.tobytes() for p in params.values())).hexdigest() + measured


def model_fingerprint(model):
    """Hash of a published model's state after 60 compiled steps, and what it then measures."""
    assert kernels.backend() == "simd", kernels.note()
    args = {"model": model, "dataset": {"num_samples": 1000}, "steps": 60, "until": 60}
    made = jobs.run("train", args)
    return hashlib.sha256(made["state"].tobytes()).hexdigest() + repr(made["records"][-1])


def contrast_fingerprint():
    """Hash of an encoder's state after two epochs without labels, and what its probes measure."""
    assert kernels.backend() == "simd", kernels.note()
    args = {"dataset": {"num_samples": 500}, "epochs": 2}
    made = jobs.run("contrast", args)
    probes = jobs.run("probe", {**args, "state": made["state"], "layer": 3})["records"]
    told = repr(made["records"][-1]["loss"]) + repr(probes)
    return hashlib.sha256(made["state"].tobytes()).hexdigest() + told


def rate_fingerprint():
    """Two outer steps of a learned learning rate: all numbers of their records."""
    assert kernels.backend() == "simd", kernels.note()
    return repr(jobs.run("learn_rate", {"steps": 60, "outer_steps": 2})["records"])


def descent_fingerprint():
    """Five epochs of the double descent with each loss: all numbers of their records."""
    assert kernels.backend() == "simd", kernels.note()
    dataset = {"num_samples": 2000, "train_split": 0.25}
    args = [{"dataset": dataset, "epochs": 5, "loss": loss} for loss in LOSSES]
    return repr([jobs.run("double_descent", one)["records"] for one in args])


if __name__ == "__main__":
    compiled._share = scratch
    for before in (False, True):
        placed = fenced(before)
        check_sizes((1, 2, 3, 7, 8, 9, 31, 40, 100))
        check_extremes()
        check_sequences()
    print("nothing outside the arrays was touched;", kernels.note())
