"""Make the site in a folder beside dist/, then swap it in whole. It does not read the files."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from build_steps import content_hash, read
from build_steps.console import BuildError
from build_steps.paths import Paths

PAGE = ("index.html", "app.js", "static", "sw.js", "manifest.webmanifest", "icons")
RESULTS = Path("static", "results")


@contextmanager
def assembled(paths: Paths) -> Iterator[Path]:
    """Yield an empty folder; it becomes dist/ only if the body finishes.

    Between the two renames there is no dist/ for a moment. If the build is interrupted there, the
    old one is put back at once; if it is killed there, the next build puts it back.
    """
    new, old = _new_and_old(paths)
    _clean_up(paths)
    new.mkdir()
    try:
        yield new
        if paths.dist.exists():
            paths.dist.rename(old)
        new.rename(paths.dist)
    finally:
        _clean_up(paths)


def copy_page(paths: Paths, target: Path) -> None:
    """Copy the hand-written files as they are."""
    for name in PAGE:
        source = paths.root / name
        if source.is_dir():
            shutil.copytree(
                source, target / name, ignore=shutil.ignore_patterns(RESULTS.name, "wheels")
            )
        elif source.is_file():
            shutil.copy2(source, target / name)
        else:
            raise BuildError(f"{source}: expected this part of the page, got nothing.")
    # Without it GitHub Pages would hide files whose names start with an underscore.
    (target / ".nojekyll").touch()


def copy_results(paths: Paths, target: Path) -> None:
    """Copy the results that the page shows before it has any of its own."""
    target.mkdir()
    for file in sorted((paths.root / RESULTS).glob("*.json")):
        shutil.copyfile(file, target / file.name)


def manifest(
    target: Path, runtime: Path, wheel: Path, kernels: Path, sandbox: Path, indexes: Sequence[str]
) -> dict[str, Any]:
    """What build.json tells the page: where this build keeps its parts, and its results' names.

    Args:
        target: The site.
        runtime: Its folder with Pyodide.
        wheel: Our own, as the page loads it, in wheels/page/; the whole one lies in wheels/.
        kernels: The compiled ones.
        sandbox: The folder with what the sandbox alone loads.
        indexes: Addresses of other hosts' packages that visitors may install.
    """
    whole = package(wheel)
    fetched = [file for file in runtime.iterdir() if file.suffix != ".mjs"]  # those are imported
    return {
        "version": wheel.name.split("-")[1],
        "bytes": sum(file.stat().st_size for file in (wheel, kernels, *fetched)),
        "sha256": {"wheel": content_hash.key(wheel), "kernels": content_hash.key(kernels)},
        "pyodide": runtime.relative_to(target).as_posix() + "/",
        "wheel": wheel.relative_to(target).as_posix(),
        "package": whole.relative_to(target).as_posix(),
        "kernels": kernels.relative_to(target).as_posix(),
        "runtime": sorted(file.name for file in runtime.iterdir()),
        "sandbox": sandbox.relative_to(target).as_posix() + "/",
        "sandbox_files": sorted(file.name for file in sandbox.iterdir()),
        "hosted": sorted(
            file.relative_to(target).as_posix()
            for file in (target / "wheels").rglob("*")
            if file.suffix in (".whl", ".html") and file != wheel
        ),
        "indexes": list(indexes),
        "results": sorted(file.stem for file in (target / "results").glob("*.json")),
    }


def package(wheel: Path) -> Path:
    """The whole wheel that the page's is a part of: an earlier one has no line in the index."""
    index = wheel.parents[2] / "mnist1d-lab" / "index.html"
    (place,) = re.findall(rf'href="\.\./(\w+)/{re.escape(wheel.name)}#', read.text(index))
    return wheel.parents[2] / str(place) / wheel.name


def _new_and_old(paths: Paths) -> tuple[Path, Path]:
    return paths.root / "dist.new", paths.root / "dist.old"


def _clean_up(paths: Paths) -> None:
    """Put back a dist/ that is missing, and delete what an earlier build left beside it."""
    new, old = _new_and_old(paths)
    if old.exists() and not paths.dist.exists():
        old.rename(paths.dist)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)
