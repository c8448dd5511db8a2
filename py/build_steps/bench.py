"""Run tests/bench beside PyTorch. Knows how to get the peer, not what is compared."""

import tempfile
from pathlib import Path

from build_steps import native, say, shell, stamp, venv
from build_steps.tree import Tree

# Not hash-locked: which build of PyTorch fits depends on the machine, and the site never sees it.
PEER = ("torch==2.13.0", "numpy==2.4.3")


def run(tree: Tree, python: Path, chromium: Path, kernels: native.Native, words: list[str]) -> int:
    """Run the rows whose names contain all words; the results go to .cache/bench.json."""
    if words == ["studio"]:
        return _studio(tree, python, chromium)
    peer = _peer(tree)
    peak = tree.cache / "native" / "peak.so"
    native.wasm(tree, python, tree.native / "peak.c", peak)
    out = tree.cache / "bench.json"
    say.line(f"==> Benchmark; results also in {out.relative_to(tree.root)}")
    script = tree.root / "tests" / "bench" / "run.py"
    env = {"CHROMIUM": str(chromium), "PYTHONPATH": str(tree.py), **kernels.environment}
    return shell.status([python, script, tree.dist, peak, peer, out, *words], tree.root, env)


def _studio(tree: Tree, python: Path, chromium: Path) -> int:
    """Time the generator studio in the browser; it has no peer."""
    script = tree.root / "tests" / "bench" / "studio.py"
    env = {"CHROMIUM": str(chromium), "PYTHONPATH": str(tree.py)}
    return shell.status([python, script, tree.dist], tree.root, env)


def start(tree: Tree, python: Path, chromium: Path, stock: list[Path]) -> int:
    """Time a first visit beside a start of these stock files."""
    say.line("==> A first visit, beside stock Pyodide and NumPy")
    script = tree.root / "tests" / "bench" / "start.py"
    env = {"CHROMIUM": str(chromium), "PYTHONPATH": str(tree.py)}
    with tempfile.TemporaryDirectory(dir=tree.cache) as folder:
        for file in stock:
            (Path(folder) / file.name).symlink_to(file.resolve())
        return shell.status([python, script, tree.dist, folder], tree.root, env)


def _peer(tree: Tree) -> Path:
    """The Python of a second environment, which has PyTorch."""
    bench = Tree(tree.cache / "bench")
    python = venv.executable(bench, "python")
    mark, wanted = bench.venv / "build-stamp", stamp.key(*PEER)
    with say.step("PyTorch, for the benchmark only") as result:
        if not stamp.matches(mark, wanted):
            bench.root.mkdir(parents=True, exist_ok=True)
            venv.create(bench)
            pip = (python, "-m", "pip", "install", "--disable-pip-version-check")
            shell.run("Installing PyTorch", [*pip, *PEER], tree.root)
            mark.write_text(wanted, encoding="utf-8")
        result(", ".join(PEER))
    return python
