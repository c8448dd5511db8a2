"""MNIST-1D Lab: the data, small NumPy models, lottery tickets; nothing here knows of browsers.

Each name is imported when it is first asked for: the page's first digits need neither the models
nor the lottery.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mnist1d_lab.dataset.generator import make_dataset
    from mnist1d_lab.dataset.spec import DatasetSpec
    from mnist1d_lab.lottery.spec import LotterySpec
    from mnist1d_lab.models.spec import TrainSpec

__version__ = "0.2.0"
__all__ = ["DatasetSpec", "LotterySpec", "TrainSpec", "make_dataset"]

_MODULES = {
    "DatasetSpec": "dataset.spec",
    "LotterySpec": "lottery.spec",
    "TrainSpec": "models.spec",
    "make_dataset": "dataset.generator",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its module."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
