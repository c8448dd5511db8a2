"""The site's package index (PEP 503): our own wheel, and the host's in static/wheels/.

Any host can send it, as it is HTML. Nothing is downloaded.
"""

import html
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from build_steps import content_hash, earlier_wheels, read
from build_steps.console import BuildError
from build_steps.paths import Paths

ADDRESSES = (
    "indexes.txt"  # in static/wheels/: addresses of other indexes that visitors may install from
)
NAME = re.compile(r"[A-Za-z0-9._]+-[^-]+(-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl")
PAGE = '<!doctype html>\n<meta charset="utf-8">\n<title>{title}</title>\n{links}\n'
RULE = "connect-src 'self'"


def write(paths: Paths, folder: Path) -> list[str]:
    """Write the index of our wheel, which is there already, and of the host's; add earlier ones.

    Args:
        paths: Of the checkout: the host's wheels lie in its folder static/wheels/, if there is one.
        folder: The site's wheels/; each wheel in it lies in a folder that its content names.

    Returns:
        The addresses of the other indexes that the host allows.
    """
    given = paths.root / "static" / "wheels"
    for wheel in sorted(given.glob("*.whl")):
        if not NAME.fullmatch(wheel.name):
            raise BuildError(f"{wheel}: expected a name like name-1.0-py3-none-any.whl.")
        home = folder / content_hash.key(wheel)[:12]
        home.mkdir(exist_ok=True)
        shutil.copyfile(wheel, home / wheel.name)
    projects: dict[str, list[Path]] = {}
    for wheel in sorted(folder.glob("*/*.whl")):
        projects.setdefault(normalized(wheel.name.split("-")[0]), []).append(wheel)
    _page(folder, "Wheels", [(f"{name}/", name) for name in projects])
    for name, wheels in projects.items():
        links = [
            (f"../{one.parent.name}/{one.name}#sha256={content_hash.key(one)}", one.name)
            for one in wheels
        ]
        _page(folder / name, f"Wheels of {name}", links)
    earlier_wheels.add(paths.root, folder)
    listed = given / ADDRESSES
    return addresses(read.text(listed), listed) if listed.exists() else []


def normalized(name: str) -> str:
    """The name of a project as indexes spell it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def addresses(text: str, source: Path) -> list[str]:
    """The lines of a text that are addresses; `#` begins a comment."""
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    found = [line for line in lines if line]
    for line in found:
        parts = urlsplit(line)
        plain = re.fullmatch(r"[\w.:-]+", parts.netloc) and not re.search(r"[\s;,'\"?]", line)
        if parts.scheme != "https" or not plain or not line.endswith("/"):
            raise BuildError(
                f"{source}: expected addresses like https://host/simple/, got {line!r}."
            )
    return found


def allow(page: Path, indexes: Sequence[str]) -> None:
    """Let the policy of the page, index.html, allow these indexes too."""
    origins = dict.fromkeys(f"https://{urlsplit(one).netloc}" for one in indexes)
    if origins:
        text = read.text(page)
        if RULE not in text:
            raise BuildError(f"{page}: expected {RULE} in its policy, got none.")
        page.write_text(text.replace(RULE, f"{RULE} {' '.join(origins)}", 1), encoding="utf-8")


def _page(folder: Path, title: str, links: Sequence[tuple[str, str]]) -> None:
    folder.mkdir(exist_ok=True)
    lines = [f'<a href="{html.escape(to)}">{html.escape(name)}</a><br>' for to, name in links]
    text = PAGE.format(title=html.escape(title), links="\n".join(lines))
    (folder / "index.html").write_text(text, encoding="utf-8")
