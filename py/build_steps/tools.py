"""All that a site is made with, in one place. Makes no site."""

from dataclasses import dataclass
from pathlib import Path

from build_steps import native, node, runtime, trim, venv
from build_steps.paths import Paths


@dataclass(frozen=True)
class Tools:
    """The project's Python and Node, its compiled kernels, Pyodide's archives, the sandbox's."""

    python: Path
    node: node.Node
    kernels: native.Native
    archives: Path
    sandbox: Path
    runtime_name: str  # follows the content: browsers keep files by their address


def ensure(paths: Paths) -> Tools:
    """Install and make what is not there yet."""
    python, nodejs = venv.ensure(paths), node.ensure(paths)
    kernels = native.ensure(paths, python)
    pyodide = runtime.ensure(paths, python)
    archives = trim.ensure(paths, nodejs, runtime.archives(paths))
    whole = runtime.archives(paths)
    sandbox = trim.for_sandbox(paths, nodejs, whole, runtime.sandbox_wheels(paths))
    return Tools(python, nodejs, kernels, archives, sandbox, f"{pyodide}-{archives.name}")
