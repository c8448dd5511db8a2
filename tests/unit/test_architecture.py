"""Which module may import which: the arrows of the Python package and of the page."""

import ast
import re
from pathlib import Path

import mnist1d_lab

PACKAGE = Path(mnist1d_lab.__file__).parent
ALLOWED = {
    "__init__": {"data", "specs"},
    "__main__": {"jobs"},
    "fields": set(),
    "interfaces": set(),
    "specs": {"fields"},
    "data": {"specs"},
    "ops": {"interfaces"},
    "simd": {"interfaces"},
    "deals": {"data", "kernels", "simd", "specs"},
    "studio": {"data", "datasets", "deals", "reporter", "specs"},
    "parcels": {"data", "datasets", "fields", "reporter", "specs"},
    "kernels": {"ops", "simd"},
    "layers": {"kernels", "interfaces"},
    "network": {"kernels", "interfaces"},
    "models": {"kernels", "layers", "network", "interfaces"},
    "convolution": {"kernels", "layers", "interfaces"},
    "recurrent": {"kernels", "interfaces"},
    "sequence_models": {
        "convolution", "interfaces", "kernels", "layers", "models", "network", "recurrent",
    },
    "optim": {"kernels", "interfaces"},
    "pruning": {"interfaces"},
    "train": {"specs", "optim", "interfaces"},
    "adjacency": {"interfaces"},
    "lottery": {"adjacency", "specs", "pruning", "interfaces"},
    "controls": {"lottery", "specs", "pruning", "interfaces"},
    "verdict": set(),
    "calibration": {"specs", "train", "interfaces"},
    "datasets": {"data", "deals", "kernels", "specs"},
    "received": {"interfaces"},
    "reporter": set(),
    "laboratory": {
        "adjacency", "calibration", "controls", "datasets", "interfaces", "lottery", "models",
        "pruning", "received", "reporter", "specs", "train", "verdict",
    },
    "classifiers": {
        "data", "datasets", "fields", "interfaces", "models", "optim", "received", "reporter",
        "sequence_models", "specs", "train",
    },
    "jobs": {"datasets", "reporter", "specs"},  # and, by their names, those of jobs.ELSEWHERE
}  # fmt: skip
BROWSER = {"js", "pyodide", "pyodide_js"}


def imports(module: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text())):
        if isinstance(node, ast.ImportFrom) and node.module == "mnist1d_lab":
            found |= {f"mnist1d_lab.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_every_module_imports_only_what_the_map_allows():
    modules = {path.stem for path in PACKAGE.glob("*.py")}
    assert modules == set(ALLOWED)
    for module in modules:
        ours = {name.split(".")[1] for name in imports(module) if name.startswith("mnist1d_lab.")}
        assert ours <= ALLOWED[module], module


def test_nothing_in_the_package_knows_of_a_browser_or_of_scipy():
    for module in ALLOWED:
        roots = {name.split(".")[0] for name in imports(module)}
        assert not roots & (BROWSER | {"scipy", "torch", "mnist1d"}), module


ROOT = PACKAGE.parents[1]
JS_ALLOWED = {
    "app": {
        "address", "analysis", "classroom", "embed", "exchange", "figures", "findings", "lab",
        "knobs", "near", "offline", "settings", "starting",
    },
    "figures": {
        "alternative", "analysis", "charts", "choice", "choices", "classroom", "controls", "dealer",
        "deltas", "drawings", "exchange", "findings", "knobs", "latest", "levels", "masks", "near",
        "parcel", "published", "runner", "settings", "shipped", "sketchbook", "starts", "stats",
        "strokes", "sweep", "tabulate", "trouble", "words",
    },
    "classroom": {"findings", "turn"},
    "findings": {"masks"},
    "sweep": {"classroom", "stats", "turn"},
    "charts": {
        "charts/frame", "charts/models", "charts/opened", "classroom", "controls", "deltas",
        "levels", "masks", "published", "stats",
    },
    "exchange": {
        "alternative", "columns", "controls", "expected", "fingerprint", "masks", "opener",
        "settings", "tabulate", "takeaway",
    },
    "outcome": {"controls"},
    "engine": {"counting"},
    "guard": {"counting"},
    "takeaway": {"controls", "outcome", "export", "fingerprint", "picture"},
    "parcel": {"controls", "outcome", "takeaway"},
    "dealer": {"strokes"},
    "expected": {"controls", "fingerprint"},
    "opener": {"controls", "readback"},
    "readback": {"export"},
    "fingerprint": {"export", "levels", "stats"},
    "lab": {"bridge", "engine", "estimate", "keeper", "pool", "store", "trials"},
    "pool": {"bridge"},
    "address": {"settings"},
    "alternative": {"controls"},
    "embed": {"controls"},
    "offline": {"controls"},
    "bridge": {"faults", "protocol"},
    "analysis": {"findings", "levels", "masks"},
    "choices": {"controls"},
    "deltas": {"stats"},
    "sketchbook": {"masks"},
    "tabulate": {"stats"},
    "worker": {"guard", "protocol"},
    "runner": {"controls", "faults", "trouble"},
    "trouble": {"controls"},
    "starting": {"faults", "trouble"},
    "choice": {"controls"},
    "controls": {"knobs", "settings"},
    "settings": {"knobs"},
    "trials": {"estimate"},
    "words": {"levels", "stats"},
}  # fmt: skip


def test_the_pages_modules_import_only_what_their_place_allows():
    for path in [ROOT / "app.js", *(ROOT / "static").rglob("*.js")]:
        where = path.relative_to(ROOT).as_posix().removeprefix("static/").removesuffix(".js")
        allowed = JS_ALLOWED.get(where.split("/")[0], set())
        for target in re.findall(r"^import .* from '(\..*)\.js';", path.read_text(), re.M):
            other = (path.parent / target).resolve().relative_to(ROOT).as_posix()
            other = other.removeprefix("static/")
            assert other in allowed or other.split("/")[0] in allowed, f"{where} imports {other}"
