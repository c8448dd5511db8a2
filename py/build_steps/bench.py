"""Run tests/bench, and install PyTorch for it. What is compared is for tests/bench to say."""

import tempfile
from pathlib import Path

from build_steps import console, content_hash, native, shell, venv
from build_steps.paths import Paths

# Not hash-locked: which build of PyTorch fits depends on the machine, and the site never sees it.
PEER = ("torch==2.13.0", "numpy==2.4.3")


def run(
    paths: Paths, python: Path, chromium: Path, kernels: native.Native, words: list[str]
) -> int:
    """Run the rows whose names contain all words; the results go to .cache/bench.json."""
    if words in (["studio"], ["early"], ["phenomena"]):
        return _without_peer(paths, python, chromium, f"{words[0]}.py")
    peer = _peer(paths)
    peak = paths.cache / "native" / "peak.so"
    native.wasm(paths, python, paths.native / "peak.c", peak)
    out = paths.cache / "bench.json"
    console.line(f"==> Benchmark; results also in {out.relative_to(paths.root)}")
    script = paths.root / "tests" / "bench" / "run.py"
    env = {"CHROMIUM": str(chromium), "PYTHONPATH": str(paths.py), **kernels.environment}
    return shell.status([python, script, paths.dist, peak, peer, out, *words], paths.root, env)


def _without_peer(paths: Paths, python: Path, chromium: Path, name: str) -> int:
    """Time in the browser what needs no PyTorch beside it: sliders, or the default runs."""
    script = paths.root / "tests" / "bench" / name
    env = {"CHROMIUM": str(chromium), "PYTHONPATH": str(paths.py)}
    return shell.status([python, script, paths.dist], paths.root, env)


def start(paths: Paths, python: Path, chromium: Path, stock: list[Path]) -> int:
    """Time a first visit beside a start of these stock files."""
    console.line("==> A first visit, beside stock Pyodide and NumPy")
    script = paths.root / "tests" / "bench" / "start.py"
    env = {"CHROMIUM": str(chromium), "PYTHONPATH": str(paths.py)}
    with tempfile.TemporaryDirectory(dir=paths.cache) as folder:
        for file in stock:
            (Path(folder) / file.name).symlink_to(file.resolve())
        return shell.status([python, script, paths.dist, folder], paths.root, env)


def _peer(paths: Paths) -> Path:
    """The Python of a second environment, which has PyTorch."""
    bench = Paths(paths.cache / "bench")
    python = venv.executable(bench, "python")
    mark, wanted = bench.venv / "build-stamp", content_hash.key(*PEER)
    with console.step("PyTorch, for the benchmark only") as result:
        if not content_hash.matches(mark, wanted):
            bench.root.mkdir(parents=True, exist_ok=True)
            venv.create(bench)
            pip = (python, "-m", "pip", "install", "--disable-pip-version-check")
            shell.run("Installing PyTorch", [*pip, *PEER], paths.root)
            mark.write_text(wanted, encoding="utf-8")
        result(", ".join(PEER))
    return python
