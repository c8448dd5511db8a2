"""The paper's lottery search in PyTorch, stored for `test_paper.py`. Run by hand; no test runs it.

The protocol of the notebook lottery-tickets.ipynb (greydanus/mnist1d), written lean: MLP
40-500-500-10, Adam 2e-2, batches of 100 in order, accuracy after 1501 updates, 100 trainings at
sparsity linspace(0, 1), each layer's weights and biases in one vector, int(sparsity * n) of the
smallest go, scored as they were after 1001 updates (the checkpoint of step 1000), survivors back to
their initial values; and the same with masks drawn at random anew for every level.

    PYTHONPATH=py python tests/parity/make_torch_lottery.py TRIALS

with torch 2.13.0 and NumPy. A finished arm is kept: a second call goes on where the first ended.
At 98 % sparsity, where a random mask's accuracy falls by fifteen points a level, two seeds say
little; that one level, which needs no search, is trained for twelve more.
"""

import json
import sys
from pathlib import Path

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from mnist1d_lab.dataset.generator import make_dataset

HIDDEN, UPDATES, SCORED, LEVELS, RATE, BATCH = 500, 1501, 1001, 100, 2e-2, 100
OUT = Path(__file__).with_name("torch_lottery.json")
torch.set_num_threads(1)
DATA = make_dataset()
X, X_TEST = (torch.from_numpy(DATA[name].astype(np.float32)) for name in ("x", "x_test"))
Y, Y_TEST = (torch.from_numpy(DATA[name]) for name in ("y", "y_test"))
SHAPES = [(HIDDEN, 40), (HIDDEN,), (HIDDEN, HIDDEN), (HIDDEN,), (10, HIDDEN), (10,)]


def initial(seed):
    """Parameters as torch.nn.Linear draws them: weight, bias, layer by layer."""
    torch.manual_seed(seed)
    linears = [torch.nn.Linear(i, o) for i, o in ((40, HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, 10))]
    return [p.detach().clone() for linear in linears for p in (linear.weight, linear.bias)]


def logits(params, x):
    w1, b1, w2, b2, w3, b3 = params
    h = torch.addmm(b1, x, w1.t()).relu()
    h = h + torch.addmm(b2, h, w2.t()).relu()
    return torch.addmm(b3, h, w3.t())


def train(start, masks):
    """Train masked copies of `start`; returns the scored parameters and the test accuracy."""
    params = [(p * m).requires_grad_() for p, m in zip(start, masks, strict=True)]
    optimizer = torch.optim.Adam(params, RATE, fused=True)
    scored = None
    for step in range(UPDATES):
        at = step * BATCH % len(Y)
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(
            logits(params, X[at : at + BATCH]), Y[at : at + BATCH]
        )
        loss.backward()
        for p, m in zip(params, masks, strict=True):
            p.grad *= m
        optimizer.step()
        if step + 1 == SCORED:
            scored = [p.detach().clone() for p in params]
    with torch.no_grad():
        accuracy = 100 * (logits(params, X_TEST).argmax(-1) == Y_TEST).double().mean().item()
    return scored, accuracy


def prune(scores, sparsity):
    """Masks without the int(sparsity * n) lowest scores of each layer, weight and bias together."""
    masks = []
    for weight, bias in zip(scores[::2], scores[1::2], strict=True):
        vector = torch.cat([weight.flatten(), bias])
        mask = torch.ones_like(vector)
        mask[torch.argsort(vector)[: int(sparsity * len(vector))]] = 0
        masks += [mask[: weight.numel()].reshape(weight.shape), mask[weight.numel() :]]
    return masks


def search(seed, arm):
    """Test accuracy, %, of one arm at each level."""
    start = initial(seed)
    trained, found = start, []
    for sparsity in np.linspace(0, 1, LEVELS):
        scores = [p.abs() if arm == "lottery" else torch.rand_like(p) for p in trained]
        trained, accuracy = train(start, prune(scores, sparsity))
        found.append(round(accuracy, 2))
        print(seed, arm, f"{sparsity:.3f}", found[-1], flush=True)
    return found


def at_98_percent(seed):
    """Test accuracy, %, of one random mask."""
    start = initial(seed)
    scores = [torch.rand_like(p) for p in start]
    return round(train(start, prune(scores, np.linspace(0, 1, LEVELS)[97]))[1], 2)


def main():
    stored = json.loads(OUT.read_text()) if OUT.exists() else {"torch": torch.__version__}
    arms = stored.setdefault("test_acc", {"lottery": [], "random": []})
    for trial in range(int(sys.argv[1])):
        for arm, trials in arms.items():
            if len(trials) <= trial:
                trials.append(search(1000 + trial, arm))
                OUT.write_text(json.dumps(stored) + "\n")
    if "random_98" not in stored:
        stored["random_98"] = [at_98_percent(seed) for seed in range(2000, 2012)]
        OUT.write_text(json.dumps(stored) + "\n")


if __name__ == "__main__":
    main()
