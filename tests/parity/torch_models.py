"""The reference's four models in PyTorch, for the scripts that store what it computes."""

import torch  # type: ignore[import-not-found, unused-ignore]


class Logistic(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self, inputs=40):
        super().__init__()
        self.linear = torch.nn.Linear(inputs, 10)

    def forward(self, x):
        return self.linear(x)


class MLP(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self, inputs=40, hidden=100, depth=2):
        super().__init__()
        sizes = [inputs, *[hidden] * depth, 10]
        for number in range(depth + 1):
            layer = torch.nn.Linear(sizes[number], sizes[number + 1])
            setattr(self, f"linear{number + 1}", layer)
        self.depth = depth

    def forward(self, x):
        h = self.linear1(x).relu()
        for number in range(2, self.depth + 1):
            h = h + getattr(self, f"linear{number}")(h).relu()
        return getattr(self, f"linear{self.depth + 1}")(h)


class CNN(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self, inputs=40, channels=25):
        super().__init__()
        self.conv1 = torch.nn.Conv1d(1, channels, 5, stride=2, padding=1)
        self.conv2 = torch.nn.Conv1d(channels, channels, 3, stride=2, padding=1)
        self.conv3 = torch.nn.Conv1d(channels, channels, 3, stride=2, padding=1)
        length = inputs
        for kernel in (5, 3, 3):
            length = (length + 2 - kernel) // 2 + 1
        self.linear = torch.nn.Linear(channels * length, 10)

    def forward(self, x):
        h = self.conv1(x[:, None]).relu()
        h = self.conv3(self.conv2(h).relu()).relu()
        return self.linear(h.flatten(1))


class GRU(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    def __init__(self, inputs=40, units=6):
        super().__init__()
        self.gru = torch.nn.GRU(1, units, batch_first=True, bidirectional=True)
        self.linear = torch.nn.Linear(inputs * 2 * units, 10)

    def forward(self, x):
        states, _ = self.gru(x[:, :, None])
        return self.linear(states.flatten(1))


class PoolingCNN(torch.nn.Module):  # type: ignore[misc, unused-ignore]
    """The five networks of benchmark_pooling.ipynb, by name."""

    POOLS = {  # noqa: RUF012
        "max_pool": lambda x: torch.nn.functional.max_pool1d(x, 2),
        "avg_pool": lambda x: torch.nn.functional.avg_pool1d(x, 2),
        "l2_pool": lambda x: torch.nn.functional.lp_pool1d(x, norm_type=2, kernel_size=2),
    }

    def __init__(self, name, inputs=40, channels=20):
        super().__init__()
        stride = 2 if name == "stride_2" else 1
        self.conv1 = torch.nn.Conv1d(1, channels, 3, stride=stride, padding=1)
        self.conv2 = torch.nn.Conv1d(channels, channels, 3, stride=stride, padding=1)
        self.pool = self.POOLS.get(name, lambda x: x)
        features = self._features(torch.zeros(1, inputs)).shape[1]
        self.linear = torch.nn.Linear(features, 10)

    def _features(self, x):
        h = self.pool(self.conv1(x[:, None]).relu())
        return self.pool(self.conv2(h).relu()).flatten(1)

    def forward(self, x):
        return self.linear(self._features(x))


POOLING = ("no_pool", "stride_2", "max_pool", "avg_pool", "l2_pool")
MODELS = {"logistic": Logistic, "mlp": MLP, "cnn": CNN, "gru": GRU}
