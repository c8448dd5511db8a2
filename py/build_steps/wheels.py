"""The command `wheel`: the pure wheel, and one with compiled kernels for each machine, checked.

They lie in wheels/ of the checkout. Nothing is uploaded.
"""

from collections.abc import Sequence
from pathlib import Path

from build_steps import console, shell, wheel, wheel_targets
from build_steps.console import BuildError
from build_steps.paths import Paths
from build_steps.wheel_targets import TARGETS, Target

PURE, HOST = "pure", "host"


def make(paths: Paths, python: Path, words: Sequence[str], folder: Path) -> list[Path]:
    """Make the wheels that these words name, all if there are none; returns their paths.

    A word is `pure`, `host` (this machine's) or the name of a target.
    """
    chosen = [_target(word) for word in words] or [None, *TARGETS]
    folder.mkdir(exist_ok=True)
    made = [_wheel(paths, python, target, folder) for target in chosen]
    with console.step("Checks of the wheels: tags, contents, libraries"):
        command: shell.Args = [python, "-m", "build_steps.wheel_check", *made]
        shell.run("Checking the wheels", command, paths.root, {"PYTHONPATH": str(paths.py)})
    for one in made:
        console.line(f"    {one.name}  {console.size(one)}")
    return made


def _target(word: str) -> Target | None:
    """The target that a word names; None for the pure wheel."""
    known = {PURE: None, **{target.name: target for target in TARGETS}}
    if (host := wheel_targets.host()) is not None:
        known[HOST] = host
    if word not in known:
        raise BuildError(f"wheel: expected {', '.join(known)} or nothing, got {word!r}.")
    return known[word]


def _wheel(paths: Paths, python: Path, target: Target | None, folder: Path) -> Path:
    if target is None:
        return wheel.pack(paths, python, folder)
    library = wheel_targets.ensure(paths, python, target)
    told = {
        "MNIST1D_WHEEL_LIBRARY": str(library),
        "MNIST1D_WHEEL_NAME": target.library,
        "MNIST1D_WHEEL_TAG": f"py3-none-{target.tag}",
    }
    return wheel.pack(paths, python, folder, told)
