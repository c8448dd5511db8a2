"""Write compressed copies beside the site's files, and add up what a first visit downloads.

A server finds `x.js.br` and `x.js.gz` beside `x.js` (nginx: gzip_static, brotli_static). Copies are
kept in the cache by content: the runtime's largest file takes half a minute.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from build_steps import cached, console, content_hash, read, release, shell
from build_steps.node import Node
from build_steps.paths import Paths

RUNNER = Path(__file__).with_name("compress.mjs")
KINDS = (".br", ".gz")
# Fonts and PNG are compressed already.
ENDINGS = {
    ".css", ".html", ".js", ".json", ".mjs", ".so", ".svg", ".txt", ".wasm", ".webmanifest", ".whl",
    ".zip",
}  # fmt: skip


def write_copies(paths: Paths, node: Node, site: Path) -> None:
    """Write a .br and a .gz beside each file, as hard links to the copies in the cache."""
    folder = paths.cache / "compressed" / content_hash.key(RUNNER)[:12]
    files = [path for path in site.rglob("*") if path.is_file() and path.suffix in ENDINGS]
    names = {path: content_hash.key(path) for path in files}
    sources = {f"{name}{kind}": path for path, name in names.items() for kind in KINDS}

    def make(missing: list[str], scratch: Path) -> None:
        calls = [(str(sources[name]), str(scratch / name)) for name in missing]
        jobs = scratch / "jobs.json"
        jobs.write_text(json.dumps(calls), encoding="utf-8")
        shell.output("Compressing the site", (node.node, RUNNER, jobs), paths.root)

    cached.files(folder, list(sources), make)
    for path, name in names.items():
        for kind in KINDS:
            os.link(folder / f"{name}{kind}", Path(f"{path}{kind}"))


def first_redraw(site: Path) -> list[Path]:
    """What a browser fetches until the digits follow a slider: the page, Python, our wheel."""
    about = read.json(site / "build.json")
    home = site / "v" / about["release"]
    entries = (home / "app.js", home / "static" / "lab" / "worker" / "worker.js")
    scripts = {module for entry in entries for module in release.modules(entry)}
    others = ("build.json", "static/icon.svg")
    return [
        *(site / name for name in ("index.html", about["wheel"], about["kernels"])),
        *(home / name for name in others),
        *(path for path in (site / release.START).iterdir() if path.suffix not in KINDS),
        *(home / "static").rglob("*.css"),
        *(home / "vendor" / "fonts").iterdir(),
        *(path for path in (site / about["pyodide"]).iterdir() if path.suffix not in KINDS),
        *sorted(scripts),
    ]


def weights(files: Iterable[Path]) -> dict[str, int]:
    """These files' bytes together: raw, and as a server sends them, gzip and brotli."""
    found = dict.fromkeys(("raw", "gzip", "brotli"), 0)
    for path in files:
        sizes = [Path(f"{path}{kind}") for kind in ("", ".gz", ".br")]
        for name, one in zip(found, sizes, strict=True):
            found[name] += (one if one.exists() else path).stat().st_size
    return found


def print_first_visit(site: Path) -> None:
    """Print what a first visit costs."""
    parts = (
        f"{name} {console.megabytes(size)}" for name, size in weights(first_redraw(site)).items()
    )
    console.line(f"    first live redraw needs: {', '.join(parts)}")
