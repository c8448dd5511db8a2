"""Build the pages below docs/ of the site: py/docs and the docstrings, by Sphinx. Writes no prose.

Why Sphinx: it is maintained, warns of each reference to nothing, and its pages work under the
site's policy. MkDocs has had no release since 2024, and pdoc's pages need inline scripts.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from build_steps import cached, console, content_hash, shell
from build_steps.paths import Paths

PAGES = "pages"
LEFT_OUT = (".buildinfo", "objects.inv")  # for Sphinx itself, and for other projects' docs
EMPTY = "_sources"  # of the pages: not asked for
# Equal sources give equal bytes.
REPEATABLE = {"SOURCE_DATE_EPOCH": "0", "PYTHONHASHSEED": "0"}


def sources(paths: Paths) -> Iterator[Path]:
    """Yield all that the pages are made of."""
    for folder, pattern in (
        (paths.py / "docs", "*"),
        (paths.py / "mnist1d_lab", "*.py"),
        (paths.py / "mnist1d_lab", "*.md"),
        (paths.py / "build_steps", "docs*.py"),
    ):
        yield from sorted(one for one in folder.rglob(pattern) if one.is_file())
    yield from (paths.requirements("tools"), paths.py / "build_steps" / "jobs_table.py")
    yield from (paths.root / "README.md", paths.root / "static" / "README.md")
    yield paths.root / ".github" / "CONTRIBUTING.md"


def copy(paths: Paths, python: Path, target: Path) -> None:
    """Copy the pages to a folder; they are made anew if anything they are made of has changed."""
    names = [part for one in sources(paths) for part in (str(one.relative_to(paths.root)), one)]
    folder = paths.cache / "docs"
    with console.step("The docs: Sphinx") as result:
        anew = cached.tree(
            folder, content_hash.key(*names), [PAGES], lambda: build(paths, python, folder)
        )
        shutil.copytree(folder / PAGES, target)
        result(f"{console.size(target)}{'' if anew else ', already there'}")


def build(paths: Paths, python: Path, folder: Path) -> None:
    """Make the pages in a folder, in place of what is there. Any warning stops the build."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    env = {"PYTHONPATH": str(paths.py), **REPEATABLE}
    with tempfile.TemporaryDirectory(dir=paths.cache) as scratch:
        source, pages = Path(scratch, "source"), Path(scratch, "pages")
        shutil.copytree(paths.py / "docs", source)
        shell.output(
            "Writing what the code says of itself",
            [python, "-m", "build_steps.docs_sources", source / "made"],
            paths.root,
            env,
        )
        command: shell.Args = [
            *(python, "-m", "sphinx", "--builder", "html", "--quiet", "--fail-on-warning"),
            *("--doctree-dir", Path(scratch, "trees"), source, pages),
        ]
        shell.output("Building the docs", command, paths.root, env)
        for name in LEFT_OUT:
            (pages / name).unlink(missing_ok=True)
        shutil.rmtree(pages / EMPTY, ignore_errors=True)
        pages.rename(folder / PAGES)
