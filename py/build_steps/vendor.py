"""Third-party files the page loads: npm packages as modules, fonts, licences. Not Pyodide."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from build_steps import shell
from build_steps.node import Node
from build_steps.say import BuildError
from build_steps.tree import Tree

SERIF, SANS = "@fontsource-variable/source-serif-4", "@fontsource-variable/source-sans-3"
FONTS = (
    f"{SERIF}/files/source-serif-4-latin-wght-normal.woff2",
    f"{SERIF}/files/source-serif-4-latin-wght-italic.woff2",
    f"{SANS}/files/source-sans-3-latin-wght-normal.woff2",
)
MODULES = {"plot.js": "@observablehq/plot", "idb-keyval.js": "idb-keyval"}  # see the import map
RUNTIME_NOTE = """\
runtime/ holds Pyodide (MPL-2.0, source: https://github.com/pyodide/pyodide), with CPython's
standard library (PSF-2.0). The licences of the wheels beside it are inside the wheels.
"""


def copy(tree: Tree, node: Node, target: Path) -> None:
    """Fill vendor/ of the site."""
    fonts = target / "fonts"
    fonts.mkdir(parents=True)
    for name in FONTS:
        source = tree.node_modules / name
        shutil.copyfile(source, fonts / source.name)
    packages = {SERIF, SANS}
    for name, package in MODULES.items():
        packages |= _bundle(tree, node, package, target / name)
    text = licences(tree.node_modules / name for name in sorted(packages))
    (target / "LICENSES.txt").write_text(f"{RUNTIME_NOTE}\n{text}", encoding="utf-8")


def _bundle(tree: Tree, node: Node, package: str, target: Path) -> set[str]:
    """One minified ES module; returns the names of the npm packages that went into it."""
    meta = target.with_suffix(".meta.json")
    shell.run(
        f"Bundling {package} with esbuild",
        [
            *(node.node, tree.node_modules / "esbuild" / "bin" / "esbuild", package),
            *("--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=warning"),
            *("--legal-comments=none", f"--outfile={target}", f"--metafile={meta}"),
        ],
        tree.root,
    )
    inputs = json.loads(meta.read_text(encoding="utf-8"))["inputs"]
    meta.unlink()
    return {package_of(path) for path in inputs}


def package_of(path: str) -> str:
    """`node_modules/@scope/name/src/x.js` → `@scope/name`."""
    parts = path.rpartition("node_modules/")[2].split("/")
    return "/".join(parts[:2] if parts[0].startswith("@") else parts[:1])


def licences(folders: Iterable[Path]) -> str:
    """The licence text of each package, equal texts once, under the names that share it."""
    names_by_text: dict[str, list[str]] = {}
    for folder in folders:
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        name = f"{about['name']} {about['version']} ({about.get('license', 'see text')})"
        names_by_text.setdefault(_licence_text(folder), []).append(name)
    rule = "-" * 80
    return "\n".join(
        f"{rule}\n" + "\n".join(names) + f"\n{rule}\n\n{text}\n"
        for text, names in names_by_text.items()
    )


def _licence_text(folder: Path) -> str:
    for file in sorted(folder.iterdir()):
        if file.name.lower().startswith(("license", "licence")):
            return file.read_text(encoding="utf-8").strip()
    raise BuildError(f"{folder}: expected a licence file, got none.")
