"""Build the wheel of mnist1d_lab. Nothing is uploaded."""

from collections.abc import Callable
from pathlib import Path

from build_steps import content_hash, read, shell
from build_steps.paths import Paths

# Any fixed moment after 1980 (zip's first) makes equal sources give equal bytes.
EPOCH = "1600000000"


def build(paths: Paths, python: Path, target: Path, finish: Callable[[Path], None]) -> Path:
    """Put the wheel into the target folder; returns its path, which changes with its content.

    `finish` may change the file that was built.
    """
    shell.output(
        "Building the wheel of mnist1d_lab",
        [python, "-m", "hatchling", "build", "--target", "wheel", "--directory", target],
        paths.root,
        {"SOURCE_DATE_EPOCH": EPOCH},
    )
    made = read.only(target, "*.whl")
    finish(made)
    # A browser may keep what it has under a known address for long, whatever the server says.
    versioned = target / content_hash.key(made)[:12]
    versioned.mkdir()
    return made.rename(versioned / made.name)
