"""What is timed of ours, in Pyodide and in CPython: plain functions that return one number."""

import ctypes
import time

import numpy as np

from mnist1d_lab import jobs, kernels
from mnist1d_lab.dataset.generator import make_dataset
from mnist1d_lab.jobs.session import model_of
from mnist1d_lab.lottery.pruning import full_masks, prune, random_scores, rewind
from mnist1d_lab.models.mlp import MLP
from mnist1d_lab.models.spec import TrainSpec
from mnist1d_lab.models.split import as_split
from mnist1d_lab.models.train import train
from mnist1d_lab.self_supervised.spec import ContrastSpec
from mnist1d_lab.self_supervised.training import Contrast
from mnist1d_lab.self_supervised.views import draw_changes, pairs, views_of

BATCH = 100
DATA = as_split(make_dataset())


def peak(library: str, rounds: int = 2_000_000) -> float:
    """GFLOP/s of 128-bit multiplications and additions in registers (py/native/peak.c)."""
    run = ctypes.CDLL(library).peak
    io = np.ones(14, np.float32)
    began = time.perf_counter()
    run(ctypes.c_void_p(io.ctypes.data), ctypes.c_int(rounds))
    return rounds * 48 / (time.perf_counter() - began) / 1e9


def _products(hidden: int) -> list[tuple[str, tuple[object, ...], int]]:
    """Calls of every matrix product of one training step, with its operations."""
    calls: list[tuple[str, tuple[object, ...], int]] = []
    rng = np.random.default_rng(0)

    def new(*shape: int) -> np.ndarray:
        return rng.normal(size=shape).astype(np.float32)

    for inputs, outputs in ((40, hidden), (hidden, hidden), (hidden, 10)):
        x, dy, weight, bias = (
            new(inputs, BATCH), new(outputs, BATCH), new(outputs, inputs), new(outputs)
        )  # fmt: skip
        work = 2 * inputs * outputs * BATCH
        out = new(outputs, BATCH), new(outputs, inputs), new(outputs), new(inputs, BATCH)
        calls.append(("linear_forward", (x, weight, bias, out[0], False), work))
        calls.append(("linear_backward", (dy, x, out[1], out[2]), work))
        if inputs != 40:
            calls.append(("linear_backward_input", (dy, weight, out[3], False), work))
    return calls


def products(hidden: int, backend: str = "simd", rounds: int = 100) -> float:
    """GFLOP/s over all matrix products of a training step."""
    with kernels.using(backend):
        calls = _products(hidden)
        run = kernels.program([kernels.bind(name, *args) for name, args, _ in calls])
    run()
    began = time.perf_counter()
    for _ in range(rounds):
        run()
    work = rounds * sum(work for *_, work in calls)
    return work / (time.perf_counter() - began) / 1e9


def step(hidden: int, sparsity: float = 0.0, steps: int = 200, backend: str = "simd") -> float:
    """Milliseconds of one training step, over a whole short training."""
    spec = TrainSpec(hidden=hidden, steps=steps, learning_rate=0.01)
    model, rng = MLP(hidden=hidden), np.random.default_rng(0)
    initial = model.init(rng)
    full = full_masks(initial, biases=True)
    masks = prune(random_scores(rng, full), full, sparsity)
    with kernels.using(backend):
        began = time.perf_counter()
        train(model, rewind(initial, masks), DATA, spec, lambda step, network: None, masks)
        return 1000 * (time.perf_counter() - began) / steps


def model_step(model: str, steps: int = 200) -> float:
    """Milliseconds of one training step of a published model, over a whole short training."""
    spec = TrainSpec(model=model, steps=steps)
    made = model_of(spec)
    params = made.init(np.random.default_rng(0))
    began = time.perf_counter()
    train(made, params, DATA, spec, lambda step, network: None)
    return 1000 * (time.perf_counter() - began) / steps


def contrast_step(steps: int = 100) -> float:
    """Milliseconds of one step of SimCLR, its views included, as the page trains by default."""
    training = Contrast(ContrastSpec(), DATA.x)
    began = time.perf_counter()
    for number in range(steps):
        if number % 40 == 0:  # an epoch
            views = views_of(training.flat, draw_changes(training.spec, 0, training.examples))
        training.learn(pairs(views, training.batch(number % 40)))
        training.optimizer.step()
    return 1000 * (time.perf_counter() - began) / steps


def descent_step(width: int, epochs: int = 5) -> float:
    """Milliseconds of one step of a training of the double descent, its new orders included."""
    from mnist1d_lab.double_descent.spec import DescentSpec
    from mnist1d_lab.double_descent.training import start, train_epoch

    spec = DescentSpec(width=width)
    network, optimizer = start(spec, DATA)
    examples = np.ascontiguousarray(DATA.x.T)
    began = time.perf_counter()
    for epoch in range(epochs):
        train_epoch(network, optimizer, examples, DATA.y, spec, epoch)
    return 1000 * (time.perf_counter() - began) / (epochs * len(DATA.y) / spec.batch_size)


def quick() -> float:
    """Seconds of one trial of the quick preset, its dataset already made."""
    jobs.run("digits")  # the draws are kept
    began = time.perf_counter()
    jobs.run("lottery", {"trials": 1})
    return time.perf_counter() - began


def hypergradient(rounds: int = 3) -> float:
    """Milliseconds of a training of 200 steps with its derivative by the learning rate."""
    from mnist1d_lab.learning_rate.spec import UnrolledSpec
    from mnist1d_lab.learning_rate.unrolled import unrolled

    training = unrolled(UnrolledSpec())
    began = time.perf_counter()
    for _ in range(rounds):
        training.measure(0.62)
    return 1000 * (time.perf_counter() - began) / rounds


def paper(levels: int, steps: int) -> float:
    """Seconds of the paper's search, extrapolated from this many levels and steps of 100 and 1501.

    Hidden 500, learning rate 2e-2, sparsity in equal parts of 1; two trainings a level.
    """
    spans = [step(500, level / levels, steps) * 1501 / 1000 for level in range(levels)]
    return 2 * sum(spans) * 100 / levels


if __name__ == "__main__":
    from tests.bench.answer import answer

    answer({"peak": peak, "products": products, "step": step})
