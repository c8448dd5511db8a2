"""Keep static/from-python.js up to date with the package; what is in it: from_python.py."""

from pathlib import Path

from build_steps import read, shell
from build_steps.paths import Paths

FILE = Path("static", "from-python.js")


def text(paths: Paths, python: Path) -> str:
    """Return what the file must hold now."""
    env = {"PYTHONPATH": str(paths.py)}
    command: shell.Args = [python, "-m", "build_steps.from_python"]
    return shell.output(f"Making {FILE.name} from the Python package", command, paths.root, env)


def ensure(paths: Paths, python: Path) -> None:
    """Write the file if the package has changed; a commit then shows what of it."""
    file, wanted = paths.root / FILE, text(paths, python)
    if not file.is_file() or read.text(file) != wanted:
        file.write_text(wanted, encoding="utf-8")
