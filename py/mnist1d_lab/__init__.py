"""MNIST-1D Lab: the data, small NumPy models, lottery tickets; nothing here knows of browsers."""

from mnist1d_lab.dataset.generator import make_dataset
from mnist1d_lab.dataset.spec import DatasetSpec, LotterySpec, TrainSpec

__version__ = "0.2.0"
__all__ = ["DatasetSpec", "LotterySpec", "TrainSpec", "make_dataset"]
