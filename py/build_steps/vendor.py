"""Third-party files the page loads: npm packages as modules, fonts, licences. Not Pyodide."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePath

from build_steps import read, shell
from build_steps.console import BuildError
from build_steps.node import Node
from build_steps.paths import Paths

SERIF, SANS = "@fontsource-variable/source-serif-4", "@fontsource-variable/source-sans-3"
FONTS = (
    f"{SERIF}/files/source-serif-4-latin-wght-normal.woff2",
    f"{SERIF}/files/source-serif-4-latin-wght-italic.woff2",
    f"{SANS}/files/source-sans-3-latin-wght-normal.woff2",
)
MODULES = {  # see link()
    "plot.js": "@observablehq/plot",
    "idb-keyval.js": "idb-keyval",
    "d3-dsv.js": "d3-dsv",
}
# Packages that share state, and so must be in one file; the entry says what of them is used.
CODEMIRROR = Path(__file__).with_name("codemirror.js")
IN_ONE = {
    "codemirror.js": (
        "@codemirror/commands", "@codemirror/lang-python", "@codemirror/language",
        "@codemirror/lint", "@codemirror/merge", "@codemirror/state", "@codemirror/view",
        "@lezer/highlight",
    ),
}  # fmt: skip
# Plot puts a style element into each picture, which the page's policy forbids:
# static/styles/messages-and-print.css has its rules instead.
PLOT_STYLE = re.compile(
    r"""\.append\("style"\)\.text\(`:where\(\.\$\{\w+\}\) \{\s*--plot-[^`]*`\)"""
)
RUNTIME_NOTE = """\
runtime/ holds Pyodide (MPL-2.0, source: https://github.com/pyodide/pyodide), with CPython's
standard library (PSF-2.0). The licences of the wheels beside it are inside the wheels.
"""


def copy(paths: Paths, node: Node, target: Path) -> None:
    """Write the site's vendor/ folder."""
    fonts = target / "fonts"
    fonts.mkdir(parents=True)
    for name in FONTS:
        source = paths.node_modules / name
        shutil.copyfile(source, fonts / source.name)
    packages = {SERIF, SANS}
    for name, package in MODULES.items():
        packages |= _bundle(paths, node, package, target / name)
    for name in IN_ONE:
        packages |= _bundle(paths, node, str(CODEMIRROR), target / name)
    plot = target / "plot.js"
    plot.write_text(unstyled(read.text(plot)), encoding="utf-8")
    text = licences(paths.node_modules / name for name in sorted(packages))
    (target / "LICENSES.txt").write_text(f"{RUNTIME_NOTE}\n{text}", encoding="utf-8")


def unstyled(plot: str) -> str:
    """Plot's bundle without the style element that it would put into each picture."""
    text, found = PLOT_STYLE.subn("", plot)
    if found != 1:
        package = MODULES["plot.js"]
        raise BuildError(f"{package}: expected one style element to leave out, got {found}.")
    return text


def link(page: Path) -> None:
    """Let the page's modules import ours by address: a browser knows no package names.

    An import map would do it too, but only inline, which the page's policy forbids.
    """
    for module in sorted(page.rglob("*.js")):
        text = linked(read.text(module), module.relative_to(page))
        module.write_text(text, encoding="utf-8")


def linked(text: str, module: PurePath) -> str:
    """The text of a module, at this place in the page, with addresses for package names."""
    up = "../" * (len(module.parts) - 1) or "./"
    shared = [(name, package) for name, packages in IN_ONE.items() for package in packages]
    for name, package in [*MODULES.items(), *shared]:
        bare = rf"(^import .* from )'{re.escape(package)}'"
        text = re.sub(bare, rf"\1'{up}vendor/{name}'", text, flags=re.M)
    return text


def _bundle(paths: Paths, node: Node, package: str, target: Path) -> set[str]:
    """One minified ES module; returns the names of the npm packages that went into it."""
    meta = target.with_suffix(".meta.json")
    shell.run(
        f"Bundling {package} with esbuild",
        [
            *(node.node, paths.node_modules / "esbuild" / "bin" / "esbuild", package),
            *("--bundle", "--format=esm", "--minify", "--target=es2022", "--log-level=warning"),
            *("--legal-comments=none", f"--outfile={target}", f"--metafile={meta}"),
        ],
        paths.root,
    )
    inputs = read.json(meta)["inputs"]
    meta.unlink()
    return {package_of(path) for path in inputs if "node_modules/" in path}  # not our own entry


def package_of(path: str) -> str:
    """`node_modules/@scope/name/src/x.js` → `@scope/name`."""
    parts = path.rpartition("node_modules/")[2].split("/")
    return "/".join(parts[:2] if parts[0].startswith("@") else parts[:1])


def licences(folders: Iterable[Path]) -> str:
    """The licence text of each package, equal texts once, under the names that share it."""
    names_by_text: dict[str, list[str]] = {}
    for folder in folders:
        about = read.json(folder / "package.json")
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
            return read.text(file).strip()
    raise BuildError(f"{folder}: expected a licence file, got none.")
