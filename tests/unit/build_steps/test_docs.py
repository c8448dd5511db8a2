"""The docs: each link leads somewhere, equal sources give equal bytes, a warning stops them."""

import re
import shutil
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from build_steps import console, docs
from build_steps.console import BuildError
from build_steps.paths import Paths

ROOT = Path(__file__).resolve().parents[3]
PYTHON = Path(sys.executable)
SITE = ROOT / "dist"
LOADED = {"script": "src", "img": "src", "link": "href", "iframe": "src"}


class Page(HTMLParser):
    """The ids, links and loaded files of a page, and what its policy would refuse."""

    def __init__(self, file: Path) -> None:
        """Read the file."""
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.refused: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element has."""
        has = dict(attrs)
        self.ids.add(has.get("id") or "")
        if tag == "a" and has.get("href"):
            self.links.append(has["href"] or "")
        if (address := has.get(LOADED.get(tag, ""))) is not None:
            self.loaded.append(address)
        inline = tag == "style" or (tag == "script" and "src" not in has)
        if inline or "style" in has or any(name.startswith("on") for name in has):
            self.refused.append(f"{tag} {attrs}")


def pages() -> dict[Path, Page]:
    """Each page of the docs on the built site."""
    return {file: Page(file) for file in sorted((SITE / "docs").glob("*.html"))}


def target(file: Path, address: str) -> Path:
    """The file that an address in this one means, as a host finds it."""
    found = (file.parent / unquote(urlsplit(address).path)).resolve() if address[0] != "#" else file
    return found / "index.html" if found.is_dir() else found


@pytest.mark.site
def test_each_link_inside_the_docs_leads_to_a_place_and_nothing_is_loaded_from_elsewhere() -> None:
    all_pages, count = pages(), 0
    assert len(all_pages) > 12
    for file, page in all_pages.items():
        assert page.refused == [], file.name
        for address in [*page.links, *page.loaded]:
            if urlsplit(address).scheme:
                assert address in page.links, f"{file.name} loads {address}"
                continue
            to = target(file, address)
            assert to.is_file(), f"{file.name}: {address}"
            if (place := urlsplit(address).fragment) and to in all_pages:
                assert unquote(place) in all_pages[to].ids, f"{file.name}: {address}"
            count += 1
    assert count > 500


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Paths]:
    """This checkout with a cache of its own, and with docs that a test may change."""
    monkeypatch.setattr(console, "line", lambda _: None)
    for name in (".github", "README.md", "static"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "py").mkdir()
    (tmp_path / ".cache").mkdir()
    for name in ("build_steps", "mnist1d_lab", "requirements"):
        (tmp_path / "py" / name).symlink_to(ROOT / "py" / name)
    shutil.copytree(ROOT / "py" / "docs", tmp_path / "py" / "docs")
    yield Paths(tmp_path)


@pytest.mark.site
@pytest.mark.slow
def test_a_fresh_build_gives_the_bytes_of_the_site(checkout: Paths, report) -> None:
    began = time.monotonic()
    docs.copy(checkout, PYTHON, checkout.root / "made")
    took = time.monotonic() - began
    made = files(checkout.root / "made")
    kept = files(SITE / "docs")
    assert made == {name: kept[name] for name in kept if not name.endswith((".br", ".gz"))}
    sizes = sum(map(len, made.values()))
    report(f"docs: built in {took:.1f} s, {len(made)} files, {sizes / 1e6:.2f} MB")
    anew = time.monotonic()
    docs.copy(checkout, PYTHON, checkout.root / "again")  # nothing has changed
    assert time.monotonic() - anew < took / 2


def test_a_reference_to_nothing_stops_the_build(
    checkout: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []
    monkeypatch.setattr(console, "line", printed.append)
    for page in (checkout.py / "docs").glob("*.md"):
        page.unlink()
    (checkout.py / "docs" / "index.md").write_text("# Title\n\n[one](nowhere.md)\n")
    with pytest.raises(BuildError, match="Building the docs: expected exit code 0"):
        docs.build(checkout, PYTHON, checkout.cache / "docs")
    assert re.search(r"index\.md:3: WARNING: .*nowhere\.md", "\n".join(printed))
    assert not (checkout.cache / "docs" / docs.PAGES).exists()
