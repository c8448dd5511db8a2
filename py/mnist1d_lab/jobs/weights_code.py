"""Lines of NumPy and of PyTorch that load a network's file and measure it. Runs nothing.

By model; each needs the file alone, which has the test examples too.
"""

from __future__ import annotations

from mnist1d_lab.models.spec import POOLING, TrainSpec

_NUMPY_HEAD = """\
import json
import numpy as np
f = np.load("{name}")
spec, x, y = json.loads(str(f["spec"])), f["x_test"], f["y_test"]
linear = lambda name, x: x @ f[name + ".weight"].T + f[name + ".bias"]
"""
_NUMPY = {
    "logistic": """\
logits = linear("linear", x)
""",
    "mlp": """\
h = np.maximum(linear("linear1", x), 0)
for k in range(2, spec["depth"] + 1):
    h = h + np.maximum(linear(f"linear{k}", h), 0)
logits = linear(f"linear{spec['depth'] + 1}", h)
""",
    "cnn": """\
def convolution(name, x):  # stride 2, padding 1
    w, x = f[name + ".weight"], np.pad(x, ((0, 0), (0, 0), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape[2], axis=2)[:, :, ::2]
    return np.einsum("nctk,ock->not", windows, w, optimize=True) + f[name + ".bias"][:, None]
h = x[:, None]
for k in (1, 2, 3):
    h = np.maximum(convolution(f"conv{k}", h), 0)
logits = linear("linear", h.reshape(len(x), -1))
""",
    "gru": """\
sigmoid = lambda a: 1 / (1 + np.exp(-a))
def states(x, end):
    kinds = "weight_ih", "weight_hh", "bias_ih", "bias_hh"
    wi, wh, bi, bh = (f[f"gru.{kind}_l0{end}"] for kind in kinds)
    h, seen = np.zeros((len(x), wh.shape[1]), np.float32), []
    for t in range(x.shape[1]):
        ri, zi, ni = np.split(x[:, t:t + 1] @ wi.T + bi, 3, 1)
        rh, zh, nh = np.split(h @ wh.T + bh, 3, 1)
        z = sigmoid(zi + zh)
        h = (1 - z) * np.tanh(ni + sigmoid(ri + rh) * nh) + z * h
        seen.append(h)
    return np.stack(seen, 1)
h = np.concatenate([states(x, ""), states(x[:, ::-1], "_reverse")[:, ::-1]], 2)
logits = linear("linear", h.reshape(len(x), -1))
""",
}
# By the kind of pooling: what two neighbours become, p (n, c, places, 2).
_NUMPY_POOL = {"max": "p.max(3)", "average": "p.mean(3)", "l2": "np.sqrt((p * p).sum(3))"}
_TORCH_POOL = {
    "max": "max_pool1d(x, 2)", "average": "avg_pool1d(x, 2)", "l2": "lp_pool1d(x, 2, 2)",
}  # fmt: skip


def _numpy_pooling(kind: str) -> str:
    pool = f"""\
def pool(x):  # of each two neighbours one number
    p = x[:, :, :x.shape[2] // 2 * 2].reshape(*x.shape[:2], -1, 2)
    return {_NUMPY_POOL.get(kind)}
"""
    step = 'np.maximum(convolution(f"conv{k}", h), 0)'
    stride = 2 if kind == "stride" else 1
    return f"""\
{pool if kind in _NUMPY_POOL else ""}def convolution(name, x):  # padding 1
    w, x = f[name + ".weight"], np.pad(x, ((0, 0), (0, 0), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(x, 3, axis=2)[:, :, ::{stride}]
    return np.einsum("nctk,ock->not", windows, w, optimize=True) + f[name + ".bias"][:, None]
h = x[:, None]
for k in (1, 2):
    h = {f"pool({step})" if kind in _NUMPY_POOL else step}
logits = linear("linear", h.reshape(len(x), -1))
"""


def _torch_pooling(kind: str) -> str:
    pool = f"nn.functional.{_TORCH_POOL[kind]}" if kind in _TORCH_POOL else "x"
    stride = 2 if kind == "stride" else 1
    return f"""\
        for k in (1, 2):
            filters, channels, width = w[f"conv{{k}}.weight"].shape
            convolution = nn.Conv1d(channels, filters, width, stride={stride}, padding=1)
            setattr(self, f"conv{{k}}", convolution)
        {_LINEAR}
    def pool(self, x):
        return {pool}
    def forward(self, x):
        h = self.pool(self.conv1(x[:, None]).relu())
        return self.linear(self.pool(self.conv2(h).relu()).flatten(1))
"""


_NUMPY_TAIL = """\
print(f"{100 * np.mean(logits.argmax(1) == y):.2f} % of the test examples right")
"""
_TORCH_HEAD = """\
import json
import numpy as np
import torch
from torch import nn
f = np.load("{name}")
spec, x, y = json.loads(str(f["spec"])), torch.tensor(f["x_test"]), torch.tensor(f["y_test"])
w = {{name: torch.tensor(f[name]) for name in f.files if "." in name}}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
"""
_LINEAR = 'self.linear = nn.Linear(*w["linear.weight"].shape[::-1])'
_TORCH = {
    "logistic": f"""\
        {_LINEAR}
    def forward(self, x):
        return self.linear(x)
""",
    "mlp": """\
        for k in range(1, spec["depth"] + 2):
            setattr(self, f"linear{k}", nn.Linear(*w[f"linear{k}.weight"].shape[::-1]))
    def forward(self, x):
        h = self.linear1(x).relu()
        for k in range(2, spec["depth"] + 1):
            h = h + getattr(self, f"linear{k}")(h).relu()
        return getattr(self, f"linear{spec['depth'] + 1}")(h)
""",
    "cnn": f"""\
        for k in (1, 2, 3):
            filters, channels, width = w[f"conv{{k}}.weight"].shape
            setattr(self, f"conv{{k}}", nn.Conv1d(channels, filters, width, stride=2, padding=1))
        {_LINEAR}
    def forward(self, x):
        h = self.conv2(self.conv1(x[:, None]).relu()).relu()
        return self.linear(self.conv3(h).relu().flatten(1))
""",
    "gru": f"""\
        self.gru = nn.GRU(1, w["gru.weight_hh_l0"].shape[1], batch_first=True, bidirectional=True)
        {_LINEAR}
    def forward(self, x):
        return self.linear(self.gru(x[:, :, None])[0].flatten(1))
""",
}
_TORCH_TAIL = """\
net = Net()
net.load_state_dict(w)
with torch.no_grad():
    right = (net(x).argmax(1) == y).double().mean().item()
print(f"{100 * right:.2f} % of the test examples right")
"""


def numpy_code(spec: TrainSpec, name: str) -> str:
    """Return a program that prints the test accuracy of the network in the file `name`."""
    pooling = POOLING.get(spec.model)
    body = _numpy_pooling(pooling) if pooling else _NUMPY[spec.model]
    return _NUMPY_HEAD.format(name=name) + body + _NUMPY_TAIL


def torch_code(spec: TrainSpec, name: str) -> str:
    """Return the same for PyTorch, with the network as a module that can be trained on."""
    pooling = POOLING.get(spec.model)
    body = _torch_pooling(pooling) if pooling else _TORCH[spec.model]
    return _TORCH_HEAD.format(name=name) + body + _TORCH_TAIL
