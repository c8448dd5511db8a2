"""Assemble the site aside and swap it in whole. Knows folders, not what the files mean."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_steps import stamp
from build_steps.say import BuildError
from build_steps.tree import Tree

PAGE = ("index.html", "app.js", "static", "sw.js", "manifest.webmanifest", "icons")
RESULTS = Path("static", "results")


@contextmanager
def assembled(tree: Tree) -> Iterator[Path]:
    """Yield an empty folder; it becomes dist/ only if the body finishes.

    Between the two renames dist/ is missing for a moment: interrupted just there, we put the
    old one back; killed just there, the next build does.
    """
    new, old = _aside(tree)
    _settle(tree)
    new.mkdir()
    try:
        yield new
        if tree.dist.exists():
            tree.dist.rename(old)
        new.rename(tree.dist)
    finally:
        _settle(tree)


def copy_page(tree: Tree, target: Path) -> None:
    """Copy the hand-written files as they are."""
    for name in PAGE:
        source = tree.root / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns(RESULTS.name))
        elif source.is_file():
            shutil.copy2(source, target / name)
        else:
            raise BuildError(f"{source}: expected this part of the page, got nothing.")
    # Without it GitHub Pages would hide files whose names start with an underscore.
    (target / ".nojekyll").touch()


def copy_results(tree: Tree, target: Path) -> None:
    """Copy the results that the page shows before it has any of its own."""
    target.mkdir()
    for file in sorted((tree.root / RESULTS).glob("*.json")):
        shutil.copyfile(file, target / file.name)


def write_manifest(target: Path, version: str, runtime: Path, wheel: Path, kernels: Path) -> None:
    """Tell the page where this build keeps its parts, and which results it has."""
    fetched = [file for file in runtime.iterdir() if file.suffix != ".mjs"]  # those are imported
    manifest = {
        "version": version,
        "bytes": sum(file.stat().st_size for file in (wheel, kernels, *fetched)),
        "sha256": {"wheel": stamp.key(wheel), "kernels": stamp.key(kernels)},
        "pyodide": runtime.relative_to(target).as_posix() + "/",
        "wheel": wheel.relative_to(target).as_posix(),
        "kernels": kernels.relative_to(target).as_posix(),
        "results": sorted(file.stem for file in (target / "results").glob("*.json")),
    }
    (target / "build.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _aside(tree: Tree) -> tuple[Path, Path]:
    return tree.root / "dist.new", tree.root / "dist.old"


def _settle(tree: Tree) -> None:
    """Have a dist/ if there ever was one, and nothing half-made or outdated beside it."""
    new, old = _aside(tree)
    if old.exists() and not tree.dist.exists():
        old.rename(tree.dist)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)
