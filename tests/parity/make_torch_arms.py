"""The paper's analysis of tickets in PyTorch, stored for test_results.py. No test runs it.

Our tickets of the preset `paper`, the same initial weights and the same fresh data in the same
order, trained by PyTorch for 6000 updates of 500 examples: MLP 40-500-500-10, Adam 2e-2.

    PYTHONPATH=py python tests/parity/make_torch_arms.py KEPT

with torch 2.13.0 and NumPy, after `python3 build.py results paper`; KEPT is the folder in
.cache/results with what that kept. A finished arm is kept: a second call goes on where the first
ended.
"""

import dataclasses
import json
import sys
from pathlib import Path

import torch  # type: ignore[import-not-found, unused-ignore]

from build_steps.make_results import GRIDS
from build_steps.searches_file import ticket
from mnist1d_lab.cluster.grid_file import read_grid
from mnist1d_lab.cluster.identity import made_by
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.jobs.fields import read_bytes
from mnist1d_lab.jobs.rebuild import full_masks, model_of, unpack_masks
from mnist1d_lab.jobs.ticket import PlanArmsArgs
from mnist1d_lab.lottery import arms
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec
from mnist1d_lab.models.split import split_of

OUT = Path(__file__).with_name("torch_arms.json")
SEEDS = (0, 1)
ARMS = (("dense", "fresh"), ("lottery", "fresh"), ("random", "fresh"))
torch.set_num_threads(1)


def logits(params, x):
    h = torch.addmm(params["linear1.bias"], x, params["linear1.weight"].t()).relu()
    h = h + torch.addmm(params["linear2.bias"], h, params["linear2.weight"].t()).relu()
    return torch.addmm(params["linear3.bias"], h, params["linear3.weight"].t())


def train(spec, start, masks, split):
    """Train a masked copy of `start`; returns the test accuracy in percent."""
    masks = {name: torch.from_numpy(mask) for name, mask in masks.items()}
    params = {
        name: (torch.from_numpy(array.copy()) * masks[name]).requires_grad_()
        for name, array in start.items()
    }
    x, x_test = (torch.from_numpy(part.T.copy()) for part in (split.x, split.x_test))
    y, y_test = (torch.from_numpy(part).long() for part in (split.y, split.y_test))
    optimizer = torch.optim.Adam(list(params.values()), spec.lottery.learning_rate, fused=True)
    for step in range(spec.steps):
        at = step * spec.batch_size % len(y)
        batch = slice(at, at + spec.batch_size)
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(logits(params, x[batch]), y[batch]).backward()
        for name, param in params.items():
            param.grad *= masks[name]
        optimizer.step()
    with torch.no_grad():
        right = logits(params, x_test).argmax(1) == y_test
    return 100 * right.double().mean().item()


def arm(kept, seed, name, condition):
    """Return the test accuracy of one arm of a seed's ticket."""
    lottery = LotterySpec.of({"preset": "paper", "trials": 1, "seed": seed})
    asked = PlanArmsArgs.of(read_grid(GRIDS / "paper.yaml").tasks()[0].args).part(ArmSpec)
    spec = dataclasses.replace(asked, lottery=lottery, arm=name, condition=condition)
    packed = read_bytes(ticket(Kept(kept / "levels", made_by()), lottery, spec.level))
    start = arms.weights(spec, model_of(lottery).init, lambda steps: {})
    masks = arms.masks(spec, full_masks(lottery), unpack_masks(lottery, packed))
    split = arms.reorder(split_of(arms.dataset(spec)), arms.input_order(spec))
    return train(spec, start, masks, split)


def main():
    kept = Path(sys.argv[1])
    made = json.loads(OUT.read_text()) if OUT.exists() else {"torch": torch.__version__, "rows": []}
    done = {tuple(row[:3]) for row in made["rows"]}
    for seed in SEEDS:
        for name, condition in ARMS:
            if (name, condition, seed) in done:
                continue
            accuracy = arm(kept, seed, name, condition)
            made["rows"].append([name, condition, seed, accuracy])
            OUT.write_text(json.dumps(made) + "\n")
            print(seed, name, condition, accuracy, flush=True)


if __name__ == "__main__":
    main()
