"""Makes the trained networks that the page shows before the visitor trains any. Run by build.py.

Usage: make_inside.py KEPT OUT

The weights of the four models after the first seed's training of grids/models.yaml: the published
data and protocol. No sweep: what is shipped is weights, and a sweep has records. One file for
inputs in order and one for shuffled ones: the page asks for the second only if it is wanted. The
same job and kernels, and so the same bits, as in the page.
"""

import base64
import dataclasses
from typing import Any

from build_steps.make_results import folders, publish, swept
from build_steps.swept import FORMAT
from mnist1d_lab import __version__, jobs
from mnist1d_lab.jobs.session import Session
from mnist1d_lab.models.spec import MODELS, TrainSpec

FILES = {"inside": False, "inside-shuffled": True}  # name: whether the inputs are shuffled


def trained(spec: TrainSpec) -> dict[str, Any]:
    """Return a model's weights, trained in full, in base64, and what they get right."""
    found = jobs.run("train", {**dataclasses.asdict(spec), "until": spec.steps})
    weights = Session(spec, found["state"]).weights()
    return {
        "test_acc": found["records"][-1]["test_acc"],
        "weights": base64.b64encode(weights.tobytes()).decode(),
    }


def make(spec: TrainSpec, shuffled: bool) -> dict[str, Any]:
    """Return one file: the spec that all its networks share, and the networks by model."""
    spec = dataclasses.replace(
        spec, dataset=dataclasses.replace(spec.dataset, shuffle_seq=shuffled)
    )
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(spec),
        "networks": {model: trained(dataclasses.replace(spec, model=model)) for model in MODELS},
    }


def main() -> None:
    """Make both files, and print how good their networks are."""
    kept, out = folders()
    spec = TrainSpec.of(swept("models", kept).spec)
    for name, shuffled in FILES.items():
        made = make(spec, shuffled)
        path = out / f"{name}.json"
        publish(path, made)
        print(f"{path.name}: {path.stat().st_size} bytes")
        for model, network in made["networks"].items():
            print(f"  {model}: {network['test_acc']:.1f} % of the test examples")


if __name__ == "__main__":
    main()
