"""MNIST-1D Lab: the data, small NumPy models, lottery tickets; nothing here knows of browsers.

Each name is imported when it is first asked for: the page's first digits need neither the models
nor the lottery.
"""

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mnist1d_lab.api.estimators import CNN, GRU, MLP, Logistic
    from mnist1d_lab.api.pytorch import MNIST1D as MNIST1D
    from mnist1d_lab.api.pytorch import to_torch as to_torch
    from mnist1d_lab.api.tickets import Ticket, TicketSearch, find_tickets, judge, take_apart
    from mnist1d_lab.dataset.generator import make_dataset
    from mnist1d_lab.dataset.spec import DatasetSpec
    from mnist1d_lab.lottery.spec import LotterySpec
    from mnist1d_lab.models.spec import TrainSpec

__version__ = "0.2.0"
_MODULES = {
    **dict.fromkeys(("CNN", "GRU", "MLP", "Logistic"), "api.estimators"),
    **dict.fromkeys(("MNIST1D", "to_torch"), "api.pytorch"),
    **dict.fromkeys(
        ("Ticket", "TicketSearch", "find_tickets", "judge", "take_apart"), "api.tickets"
    ),
    "DatasetSpec": "dataset.spec",
    "LotterySpec": "lottery.spec",
    "TrainSpec": "models.spec",
    "make_dataset": "dataset.generator",
}
# Without MNIST1D and to_torch, so that `import *` needs no PyTorch.
__all__ = [
    "CNN",
    "GRU",
    "MLP",
    "DatasetSpec",
    "Logistic",
    "LotterySpec",
    "Ticket",
    "TicketSearch",
    "TrainSpec",
    "find_tickets",
    "judge",
    "make_dataset",
    "take_apart",
]
if not os.path.isdir(os.path.join(os.path.dirname(__file__), "api")):  # noqa: PTH112, PTH118, PTH120
    # The page's wheel is without it (py/build_steps/wheel.py); there such names are unknown.
    _MODULES = {name: module for name, module in _MODULES.items() if not module.startswith("api.")}
    __all__[:] = [name for name in __all__ if name in _MODULES]


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    """Name the public names too, those of PyTorch among them, which completion asks for."""
    return sorted({*globals(), *_MODULES})
