"""Keep up to date what is made from the package: a module of the page, and tables of a README."""

from pathlib import Path

from build_steps import read, shell
from build_steps.paths import Paths

FILE = Path("static", "from-python.js")  # what is in it: from_python.py
README = Path("py", "mnist1d_lab", "README.md")  # its tables: jobs_table.py
BELOW = "do not edit below. -->\n\n"


def _output(module: str, file: Path, paths: Paths, python: Path) -> str:
    env = {"PYTHONPATH": str(paths.py)}
    command: shell.Args = [python, "-m", f"build_steps.{module}"]
    return shell.output(f"Making {file.name} from the Python package", command, paths.root, env)


def text(paths: Paths, python: Path) -> str:
    """Return what the page's module must hold now."""
    return _output("from_python", FILE, paths, python)


def readme(paths: Paths, python: Path) -> str:
    """Return what the README must hold now: its own words, then the tables."""
    words, below, _ = read.text(paths.root / README).partition(BELOW)
    return words + below + _output("jobs_table", README, paths, python)


def ensure(paths: Paths, python: Path) -> None:
    """Write the files if the package has changed; a commit then shows what of it."""
    for name, wanted in ((FILE, text(paths, python)), (README, readme(paths, python))):
        file = paths.root / name
        if not file.is_file() or read.text(file) != wanted:
            file.write_text(wanted, encoding="utf-8")
