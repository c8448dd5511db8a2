"""The published comparison of four models in PyTorch, stored for `test_results.py`. Run by hand.

The protocol of the reference: the published data, plain and with the inputs shuffled, Adam 1e-2,
batches of 100 in order, 6000 updates, PyTorch's own initial weights.

    PYTHONPATH=.:py python tests/parity/make_torch_models.py SEEDS

with torch 2.13.0 and NumPy. A finished training is kept: a second call goes on
where the first ended.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]
from tests.parity.torch_models import MODELS

from mnist1d_lab.dataset.generator import make_dataset

UPDATES, RATE, BATCH = 6000, 1e-2, 100
OUT = Path(__file__).with_name("torch_models.json")


def accuracy(model, data, seed):
    """Train once; test accuracy in percent."""
    torch.manual_seed(seed)
    network = model()
    x, x_test = (torch.from_numpy(data[name].astype(np.float32)) for name in ("x", "x_test"))
    y, y_test = (torch.from_numpy(data[name]) for name in ("y", "y_test"))
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    for step in range(UPDATES):
        at = step * BATCH % len(y)
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(
            network(x[at : at + BATCH]), y[at : at + BATCH]
        ).backward()
        optimizer.step()
    with torch.no_grad():
        return round(100 * (network(x_test).argmax(-1) == y_test).double().mean().item(), 2)


def main():
    torch.set_num_threads(1)
    stored = json.loads(OUT.read_text()) if OUT.exists() else {"torch": torch.__version__}
    found = stored.setdefault("test_acc", {})
    sets = {c: make_dataset({"shuffle_seq": c == "shuffled"}) for c in ("plain", "shuffled")}
    for seed in range(int(sys.argv[1])):
        for name, model in MODELS.items():
            for condition, data in sets.items():
                kept = found.setdefault(name, {}).setdefault(condition, [])
                if len(kept) > seed:
                    continue
                kept.append(accuracy(model, data, 1000 + seed))
                print(seed, name, condition, kept[-1], flush=True)
                OUT.write_text(json.dumps(stored) + "\n")


if __name__ == "__main__":
    main()
