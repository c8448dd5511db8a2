"""The job that shows where code of one's own may go, with ours as the text. It runs none.

Ours is read from the modules that run it, so that what is shown is what runs.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from mnist1d_lab.dataset import generator
from mnist1d_lab.jobs.progress import Job, OnProgress
from mnist1d_lab.kernels import adam as adam_in_numpy
from mnist1d_lab.lottery import rules
from mnist1d_lab.models import adam, mlp
from mnist1d_lab.validation import Spec, choice


@dataclass(frozen=True)
class HooksArgs(Spec):
    """What the settings choose of ours."""

    criterion: str = choice("magnitude", *rules.CRITERIA)
    schedule: str = choice("geometric", *rules.SCHEDULES)


class Hook(NamedTuple):
    """A place for code: what is called there, what it does in words, and our own code."""

    call: str
    does: str
    ours: Callable[
        [HooksArgs], tuple[Any, ...]
    ]  # functions and classes, those that are called last


HOOKS = {
    "score": Hook(
        "score(weights, initial, grads, masks)",
        "Which weights are pruned: the lowest scores of each layer go first.",
        lambda args: (rules.CRITERIA[args.criterion],),
    ),
    "rewind": Hook(
        "rewind(initial, trained, masks)",
        "What the weights that are left start from when they train again.",
        lambda args: (rules.rewind,),
    ),
    "schedule": Hook(
        "schedule(level, spec)",
        "The share of the weights that is pruned at a level, from 0 to 1.",
        lambda args: (rules.SCHEDULES[args.schedule],),
    ),
    "model": Hook(
        "MLP(inputs, hidden), or init(rng, inputs, hidden), forward(params, x) and "
        "backward(params, x, logits, dlogits)",
        "The network in place of the MLP. Its gradients are checked before it trains.",
        lambda args: (mlp.linear_init, mlp.MLP),
    ),
    "optimizer": Hook(
        "step(param, grad, state)",
        "One update of all parameters by their gradient.",
        lambda args: (adam_in_numpy, adam.advance, adam.step),
    ),
    "stage": Hook(
        "transform(x, rng, spec)",
        "A last stage of the generator, for all examples at once.",
        lambda args: (generator.last_stage,),
    ),
}


def names_at(hook: str) -> dict[str, Any]:
    """Return the names that our own code at a hook stands among, and `__name__` of its module."""
    modules = [sys.modules[one.__module__] for one in HOOKS[hook].ours(HooksArgs())]
    names = {key: value for module in modules for key, value in vars(module).items()}
    return {key: value for key, value in names.items() if key[:2] != "__" or key == "__name__"}


# What ours are called in the text, where the hook has another name.
NAMES = {
    **dict.fromkeys((*rules.CRITERIA,), "score"),
    **dict.fromkeys((*rules.SCHEDULES,), "schedule"),
    "last_stage": "transform",
}


def text_of(name: str, args: HooksArgs) -> str:
    """Return our code at a hook, as it runs; a function has the name by which the hook calls it."""
    parts = []
    for one in HOOKS[name].ours(args):
        source = inspect.getsource(one).rstrip()
        called = NAMES.get(one.__name__, one.__name__)
        parts.append(re.sub(rf"^def {one.__name__}\b", f"def {called}", source))
    return "\n\n\n".join(parts) + "\n"


def hooks(args: HooksArgs, on_progress: OnProgress) -> dict[str, Any]:
    """Return each place for code of one's own: name, how it is called, what it does, our text."""
    return {
        "hooks": [
            {"name": name, "call": hook.call, "does": hook.does, "text": text_of(name, args)}
            for name, hook in HOOKS.items()
        ]
    }


JOBS = {"hooks": Job(HooksArgs, hooks)}
