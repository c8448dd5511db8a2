"""Fetch our wheels that a deployed site has, so that the next one keeps their addresses.

Run before a build whose result replaces that site whole, as GitHub Pages does:
`PYTHONPATH=py python3 -m build_steps.earlier_wheels https://HOST/PATH/`. It builds nothing.
"""

import re
import shutil
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from build_steps import content_hash
from build_steps.console import BuildError, line

LIST = "all.txt"  # in wheels/ of the site: a line HASH/NAME#sha256=DIGEST for each of our wheels
FOLDER = Path("static", "wheels", "earlier")  # in the checkout: HASH/NAME
LINE = re.compile(r"([0-9a-f]{12})/(mnist1d_lab-[\w.+-]+\.whl)#sha256=([0-9a-f]{64})")


def kept(root: Path) -> Iterator[Path]:
    """Yield the earlier wheels that lie in the checkout."""
    yield from sorted((root / FOLDER).glob("*/mnist1d_lab-*.whl"))


def add(root: Path, wheels: Path) -> None:
    """Lay earlier wheels beside those of the site, and write the list of all that are ours.

    No index names the earlier ones: it would have two files of one name.
    """
    for wheel in kept(root):
        home = wheels / content_hash.key(wheel)[:12]
        home.mkdir(exist_ok=True)
        shutil.copyfile(wheel, home / wheel.name)
    ours = sorted(wheels.glob("*/mnist1d_lab-*.whl"))
    lines = [f"{one.parent.name}/{one.name}#sha256={content_hash.key(one)}\n" for one in ours]
    (wheels / LIST).write_text("".join(lines), encoding="utf-8")


def fetch(site: str, root: Path) -> list[Path]:
    """Fetch what the site at this address lists, if it has a list; returns the files."""
    wheels = f"{site.rstrip('/')}/wheels"
    text = _get(f"{wheels}/{LIST}")
    if text is None:
        return []
    made = []
    for entry in text.decode().splitlines():
        found = LINE.fullmatch(entry)
        if not found:
            raise BuildError(f"{wheels}/{LIST}: expected HASH/NAME#sha256=DIGEST, got {entry!r}.")
        folder, name, digest = found.groups()
        file = root / FOLDER / folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_get(f"{wheels}/{folder}/{name}") or b"")
        if (got := content_hash.key(file)) != digest:
            file.unlink()
            raise BuildError(f"{wheels}/{folder}/{name}: expected sha256 {digest}, got {got}.")
        made.append(file)
    return made


def _get(address: str) -> bytes | None:
    """The content at an address; None if there is nothing."""
    try:
        with urllib.request.urlopen(address, timeout=60) as response:
            return bytes(response.read())
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return None
        raise BuildError(f"{address}: expected a file, got HTTP {error.code}.") from error
    except OSError as error:
        raise BuildError(f"{address}: expected a file, got: {error}.") from error


if __name__ == "__main__":
    try:
        for file in fetch(sys.argv[1], Path.cwd()):
            line(f"kept: {file}")
    except BuildError as error:
        sys.exit(f"error: {error}")
