"""What is compared with what: every row of the benchmark's table. Runs nothing."""

from dataclasses import dataclass, field
from typing import Any

from mnist1d_lab.lottery.spec import LotterySpec
from mnist1d_lab.models.spec import POOLING

QUICK = LotterySpec()
PAPER = {"levels": 10, "steps": 1501}
TRIALS = {"trials": 4}


@dataclass(frozen=True)
class Row:
    """One comparison: (place, function, arguments) of ours and of the peer; `unit` of both."""

    name: str
    ours: tuple[str, str, dict[str, Any]]
    peer: tuple[str, str, dict[str, Any]]
    unit: str
    target: str = ""
    note: str = field(default="")


def _products(hidden: int) -> list[Row]:
    ours = ("pyodide", "products", {"hidden": hidden})
    slow = {"hidden": hidden, "backend": "numpy", "rounds": 3}
    native = {**slow, "rounds": 50}
    unit = "GFLOP/s"
    what = f"matrix products of a step, hidden {hidden}"
    peak = ("pyodide", "peak", {"library": "/peak.so"})
    return [
        Row(f"{what} ÷ register peak", ours, peak, unit, "≥ 0.70"),
        Row(f"{what} ÷ NumPy in Pyodide", ours, ("pyodide", "products", slow), unit),
        Row(f"{what} ÷ NumPy in CPython", ours, ("cpython", "products", native), unit),
    ]


def _step(hidden: int, sparsity: float, target: str = "") -> Row:
    args = {"hidden": hidden, "sparsity": sparsity}
    name = f"step, hidden {hidden}, {100 * sparsity:g} % sparse ÷ PyTorch"
    return Row(name, ("pyodide", "step", args), ("torch", "step", args), "ms", target)


def _model(model: str, target: str = "") -> Row:
    args = {"model": model}
    name = f"step, published {model} ÷ PyTorch"
    return Row(name, ("pyodide", "model_step", args), ("torch", "model_step", args), "ms", target)


SPARSE, DENSE = {"hidden": 500, "sparsity": 0.9}, {"hidden": 500}
NUMPY = {"hidden": 200, "steps": 20, "backend": "numpy"}
WIDE = {"width": 104}
QUICK_OF_PEER = {
    "hidden": QUICK.hidden,
    "steps": QUICK.steps,
    "levels": QUICK.levels,
    "share": QUICK.prune_fraction,
    "rate": QUICK.learning_rate,
    "eval_every": QUICK.eval_every,
}
ROWS = [
    *_products(100),
    *_products(200),
    *_products(500),
    _step(100, 0, "≤ 0.6"),
    _step(200, 0),
    _step(500, 0, "≤ 1.3"),
    _model("logistic"),
    _model("mlp", "≤ 0.6"),
    _model("cnn", "≤ 1.0"),
    _model("gru", "≤ 0.3"),
    *(_model(name) for name in POOLING),
    *(_step(500, sparsity) for sparsity in (0.5, 0.8, 0.9, 0.95)),
    Row(
        "step, hidden 500, 90 % sparse ÷ our dense step",
        ("pyodide", "step", SPARSE), ("pyodide", "step", DENSE), "ms", "≤ 0.2",
    ),
    Row(
        "step, hidden 200, NumPy in Pyodide ÷ compiled",
        ("pyodide", "step", NUMPY), ("pyodide", "step", {"hidden": 200}), "ms",
    ),
    Row(
        "quick preset, one trial ÷ PyTorch",
        ("pyodide", "quick", {}), ("torch", "quick", QUICK_OF_PEER), "s", "≤ 0.33",
    ),
    Row(
        "the paper's search ÷ PyTorch",
        ("pyodide", "paper", PAPER), ("torch", "paper", PAPER), "s", "≤ 0.7",
        f"extrapolated from {PAPER['levels']} of 100 levels",
    ),
    Row(
        "self-supervised, one step ÷ PyTorch",
        ("pyodide", "contrast_step", {}), ("torch", "contrast_step", {}), "ms", "≤ 1.5",
    ),
    Row(
        "self-supervised, the page's default: 60 epochs and all probes",
        ("two workers", "contrast", {}), ("two workers", "contrast", {}), "s", "≤ 15 s",
    ),
    Row(
        "double descent, one step at width 104 ÷ PyTorch",
        ("pyodide", "descent_step", WIDE), ("torch", "descent_step", WIDE), "ms",
    ),
    Row(
        "double descent, the page's default: 15 widths of 500 epochs",
        ("two workers", "descent", {}), ("two workers", "descent", {}), "s",
    ),
    Row(
        "learning rate, a training with its hypergradient ÷ PyTorch",
        ("pyodide", "hypergradient", {}), ("torch", "hypergradient", {}), "ms",
    ),
    Row(
        "quick preset, 4 trials: one worker ÷ two",
        ("one worker", "lottery", TRIALS), ("two workers", "lottery", TRIALS), "s", "≥ 1.8",
    ),
    Row(
        "quick preset as the page starts it, in the page",
        ("two workers", "lottery", {}), ("two workers", "lottery", {}), "s", "≤ 45 s",
    ),
    Row(
        "quick preset, 4 trials: time left as told after a tenth ÷ as it came",
        ("two workers", "left", TRIALS), ("two workers", "left", {}), "s", "0.8 to 1.2",
    ),
]  # fmt: skip
