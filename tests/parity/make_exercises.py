"""Runs the solutions of the exercises and prints what the page's checks say of them.

    python tests/parity/make_exercises.py [NAME …]

with MNIST1D_LIBRARY, Node on the path and `py` on PYTHONPATH. What it prints is `found` in
static/exercises/exercises.js; test_exercises.py computes the cheap ones again.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from mnist1d_lab import jobs

ROOT = Path(__file__).resolve().parents[2]
MODULE = (ROOT / "static/exercises/exercises.js").as_uri()
LIST = """
Map.groupBy ??= (values, keyOf) => {
  const groups = new Map();
  for (const value of values) {
    groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  }
  return groups;
};
const { EXERCISES } = await import(process.argv[1]);
const asked = JSON.parse(await new Response(process.stdin).text());
const found = EXERCISES.map(({ check, ...rest }) => {
  const result = asked[rest.name];
  return { ...rest, answer: result && check(result) };
});
process.stdout.write(JSON.stringify(found));
"""
ACCURACIES = ("train_acc", "test_acc")
Exercise = dict[str, Any]


def exercises(results: dict[str, Any]) -> list[Exercise]:
    """Return the exercises of the page, those with a result with the `answer` of their check."""
    near = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    node = shutil.which("node", path=near)
    assert node, "Node is needed: `python3 build.py test` installs one"
    done = subprocess.run(
        [node, "--input-type=module", "-e", LIST, MODULE],
        input=json.dumps(results), capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: list[Exercise] = json.loads(done.stdout)
    return found


def asked(exercise: Exercise, group: str) -> dict[str, Any]:
    """Return the solution's arguments of a group: `train`, `lottery`, or '' for the dataset."""
    both = {**exercise["start"], **exercise["solution"]}
    named = {name.rpartition(".")[::2]: value for name, value in both.items()}
    return {
        name: value == "true" if isinstance(value, str) else value
        for (where, name), value in named.items()
        if where == group
    }


def run(exercise: Exercise) -> dict[str, Any]:
    """Run a solution as the page does; return kind, spec and the records that the check needs."""
    dataset = asked(exercise, "")
    if exercise["kind"] == "search":
        found = jobs.run("lottery", {**asked(exercise, "lottery"), "dataset": dataset})
        return {"kind": "search", "spec": found["spec"], "records": found["records"]}
    spec = {"steps": 2000, "seed": 0, **asked(exercise, "train"), "dataset": dataset}
    records = []
    for model in ("mlp", "cnn"):
        last = jobs.run("train", {**spec, "model": model, "eval_every": spec["steps"]})
        row = last["records"][-1]
        about = {"arm": model, "condition": "plain", "trial": 0, "step": row["step"]}
        records.append({**about, **{name: row[name] for name in ACCURACIES}})
    return {"kind": "training", "spec": spec, "records": records}


def main(names: list[str]) -> None:
    """Print what the checks say."""
    for exercise in exercises({}):
        name = exercise["name"]
        if not names or name in names:
            (one,) = (e for e in exercises({name: run(exercise)}) if e["name"] == name)
            print(f"{name}: {one['answer']['solved']}: {one['answer']['says']}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
