"""The data and the networks in PyTorch, which must be there; nothing else here needs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

try:
    import torch
    from torch import nn
    from torch.nn.utils import prune
except ImportError:
    raise ImportError("this needs PyTorch: pip install 'mnist1d-lab[torch]'") from None

from mnist1d_lab.api.estimators import CNN, GRU, MLP, Classifier
from mnist1d_lab.api.tickets import Ticket
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.models.split import split_of
from mnist1d_lab.types import Params
from mnist1d_lab.validation import refuse

Transform = Callable[[Any], Any]


class MNIST1D(torch.utils.data.Dataset):  # type: ignore[misc, unused-ignore]
    """One part of a dataset, as torchvision has MNIST: item i is (signal, label).

    A signal is a float32 tensor (length,), centred and scaled, a label a number from 0 to 9. `data`
    has all signals, float32 (n, length), `targets` all labels, int64 (n,). They are those that
    networks of this package train on, bit for bit. Asked for in greydanus/mnist1d, issue 12.

    >>> from mnist1d_lab import MNIST1D
    >>> train = MNIST1D({"num_samples": 100})
    >>> signal, label = train[0]
    >>> len(train), tuple(signal.shape)
    (80, (40,))
    """

    def __init__(
        self,
        spec: DatasetSpec | Mapping[str, Any] | None = None,
        train: bool = True,
        transform: Transform | None = None,
        target_transform: Transform | None = None,
    ) -> None:
        """Make the dataset of `spec`, by default the published one; keep its train or test part.

        `transform` gets each signal, `target_transform` each label. Raises BadValueError.
        """
        split = split_of(DatasetSpec.of(spec or {}))
        x, y = (split.x, split.y) if train else (split.x_test, split.y_test)
        self.data = torch.from_numpy(np.ascontiguousarray(x.T))
        self.targets = torch.from_numpy(y.astype(np.int64))
        self.transform, self.target_transform = transform, target_transform

    def __len__(self) -> int:
        """Return how many examples there are."""
        return len(self.targets)

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        """Return one example and its label."""
        signal, label = self.data[index], int(self.targets[index])
        if self.transform is not None:
            signal = self.transform(signal)
        return signal, label if self.target_transform is None else self.target_transform(label)


def to_torch(source: Classifier | Ticket) -> Any:
    """Return a fitted estimator, or a ticket before its training, as a torch.nn.Module.

    It takes float32 (n, length) and returns logits (n, classes). Parameters have the names and
    shapes of the package's. A ticket's are its initial weights under its masks, in the form of
    torch.nn.utils.prune, so that any optimiser trains the survivors alone. Raises ValueError for an
    estimator that is not fitted.

    >>> import torch
    >>> from mnist1d_lab import Logistic, make_dataset, to_torch
    >>> data = make_dataset({"num_samples": 100})
    >>> module = to_torch(Logistic(steps=10).fit(data["x"], data["y"]))
    >>> tuple(module(torch.zeros(2, 40)).shape)
    (2, 10)
    """
    if isinstance(source, Ticket):
        return _pruned(_module(MLP, source.weights), source)
    if not isinstance(source, Classifier) or not hasattr(source, "weights_"):
        raise refuse("source", source, "a fitted estimator or a ticket")
    return _module(type(source), source.weights_).eval()


def _module(kind: type[Classifier], weights: Params) -> Any:
    made = next((_MODULES[one] for one in _MODULES if issubclass(kind, one)), _Linear)(weights)
    made.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in weights.items()})
    return made


def _pruned(module: Any, ticket: Ticket) -> Any:
    for name, mask in ticket.masks.items():
        layer, parameter = name.rsplit(".", 1)
        prune.custom_from_mask(getattr(module, layer), parameter, torch.from_numpy(mask.copy()))
    return module


def _linear(weights: Params, name: str) -> Any:
    outputs, inputs = weights[f"{name}.weight"].shape
    return nn.Linear(inputs, outputs)


class _Linear(nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self, weights: Params) -> None:
        super().__init__()
        self.linear = _linear(weights, "linear")

    def forward(self, x: Any) -> Any:
        return self.linear(x)


class _MLP(nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self, weights: Params) -> None:
        super().__init__()
        self.depth = len(weights) // 2 - 1
        for number in range(1, self.depth + 2):
            self.add_module(f"linear{number}", _linear(weights, f"linear{number}"))

    def forward(self, x: Any) -> Any:
        h = getattr(self, f"linear{1}")(x).relu()
        for number in range(2, self.depth + 1):
            h = h + getattr(self, f"linear{number}")(h).relu()
        return getattr(self, f"linear{self.depth + 1}")(h)


class _CNN(nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self, weights: Params) -> None:
        super().__init__()
        for number in (1, 2, 3):
            filters, channels, width = weights[f"conv{number}.weight"].shape
            convolution = nn.Conv1d(channels, filters, width, stride=2, padding=1)
            self.add_module(f"conv{number}", convolution)
        self.linear = _linear(weights, "linear")

    def forward(self, x: Any) -> Any:
        h = nn.functional.pad(x, (0, max(0, 3 - x.shape[1])))[:, None]
        for number in (1, 2, 3):
            h = getattr(self, f"conv{number}")(h).relu()
        return self.linear(h.flatten(1))


class _GRU(nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self, weights: Params) -> None:
        super().__init__()
        units = weights["gru.weight_hh_l0"].shape[1]
        self.gru = nn.GRU(1, units, batch_first=True, bidirectional=True)
        self.linear = _linear(weights, "linear")

    def forward(self, x: Any) -> Any:
        return self.linear(self.gru(x[:, :, None])[0].flatten(1))


_MODULES: dict[type[Classifier], Callable[[Params], Any]] = {MLP: _MLP, CNN: _CNN, GRU: _GRU}
