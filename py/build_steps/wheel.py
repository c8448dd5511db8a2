"""Build the pure wheel of mnist1d_lab, whole and as the page loads it. Nothing is uploaded."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from build_steps import content_hash, read, shell
from build_steps.paths import Paths

# Any fixed moment after 1980 (zip's first) makes equal sources give equal bytes.
EPOCH = "1600000000"
# What a desk has and no page imports: it stays out of what each visit loads.
DESK = ("api", "files", "command", "cluster")


def pack(paths: Paths, python: Path, target: Path, told: Mapping[str, str] | None = None) -> Path:
    """Build one wheel into a folder; `told` is the environment that wheel_hook.py reads."""
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        shell.output(
            "Building the wheel of mnist1d_lab",
            [python, "-m", "hatchling", "build", "--target", "wheel", "--directory", scratch],
            paths.root,
            {"SOURCE_DATE_EPOCH": EPOCH, **(told or {})},
        )
        made = read.only(Path(scratch), "*.whl")
        return made.replace(target / made.name)


def build(paths: Paths, python: Path, target: Path, finish: Callable[[Path], None]) -> Path:
    """Put the page's wheel into target/page, and the whole one beside it, for the index.

    Each lies in a folder that its content names: a browser may keep what it has under a known
    address for long, whatever the server says. `finish` may change the page's; its path is
    returned.
    """
    target.mkdir(parents=True, exist_ok=True)
    whole = pack(paths, python, target)
    (target / "page").mkdir()
    of_page = target / "page" / whole.name
    of_page.write_bytes(without(whole.read_bytes(), DESK))
    finish(of_page)
    _versioned(whole)
    return _versioned(of_page)


def without(wheel: bytes, folders: tuple[str, ...]) -> bytes:
    """A wheel without these folders of the package, and without their lines in its RECORD."""
    left_out = tuple(f"mnist1d_lab/{folder}/" for folder in folders)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(wheel)) as old, zipfile.ZipFile(made, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename.startswith(left_out):
                continue
            if member.filename.endswith(".dist-info/RECORD"):
                rows = csv.reader(content.decode().splitlines())
                kept = [row for row in rows if not row[0].startswith(left_out)]
                content = "".join(f"{','.join(row)}\n" for row in kept).encode()
            new.writestr(member, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _versioned(wheel: Path) -> Path:
    home = wheel.parent / content_hash.key(wheel)[:12]
    home.mkdir()
    return wheel.rename(home / wheel.name)
