"""Make a release of an assembled site: one address for all of its files, and what works offline.

Two releases share no address but that of the page itself (index.html) and of the scripts that speak
when it cannot start (start/), so that no browser, cache or service worker can mix them. What Python
runs on stays where it is: its folder is named by its content, and a new release of ours need not
fetch it again. So do wheels for a desk, whose addresses are in programs that the page has made.
"""

import base64
import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

from build_steps import content_hash, earlier_wheels, read
from build_steps.console import BuildError

STAYS = ("index.html", "sw.js", "manifest.webmanifest", "icons", "runtime", ".nojekyll")
START = "start"  # scripts that run before the modules: there also while a release is not yet
IMPORT = re.compile(r"^(?:import|export)\b[^'\"]*?from '(\.[^']+)'", re.M)
ENTRY = re.compile(r'<script type="module"[^>]* src="([^"]+)"')
KEPT = (START, "icons", "runtime")  # folders that the service worker keeps beside the release
WHEELS = "wheels"
CLASSIC = re.compile(r'<script src="([^"]+)"></script>')
ADDRESS = re.compile(r'((?:href|src)=")((?:static|vendor)/|app\.js)')


def make(site: Path, manifest: dict[str, Any]) -> str:
    """Turn the flat site into a release; returns its name, which follows from its content.

    Args:
        site: The folder; its files are moved.
        manifest: What build.json says of it, with the addresses of the flat site.
    """
    files = sorted(path for path in site.rglob("*") if path.is_file())
    parts = [part for path in files for part in (path.name, path)]
    name = content_hash.key(*parts, json.dumps(manifest))[:12]
    home = site / "v" / name
    home.mkdir(parents=True)
    for path in sorted(site.iterdir()):
        if path.name not in (*STAYS, "v"):
            path.rename(home / path.name)
    if (home / WHEELS).is_dir():
        move_wheels(site, home)
    _write_manifests(site, home, {**manifest, "release": name})
    _page(site, home)
    _worker(site, home, name)
    return name


def _write_manifests(site: Path, home: Path, manifest: dict[str, Any]) -> None:
    """build.json twice: as seen from the release's own modules, and from the site's root."""
    prefix = home.relative_to(site).as_posix()
    beside = ("pyodide", "sandbox", "package")
    inside = {**manifest, **{part: f"../../{manifest[part]}" for part in beside}}
    inside["hosted"] = [
        f"../../{one}" if one.endswith(".whl") else one for one in manifest["hosted"]
    ]
    outside = {**manifest, **{part: f"{prefix}/{manifest[part]}" for part in ("wheel", "kernels")}}
    for folder, content in ((home, inside), (site, outside)):
        (folder / "build.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def move_wheels(site: Path, home: Path) -> None:
    """Move the wheels for a desk out of the release, to addresses that are their content's.

    The index stays in the release, whose page must not see that of another; a copy for pip lies
    beside the wheels.
    """
    for page in sorted((home / WHEELS).rglob("*.html")):
        copy = site / page.relative_to(home)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, copy)
        text = re.sub(
            r'href="\.\./(?=\w+/[^"]+\.whl#)', f'href="../../../../{WHEELS}/', read.text(page)
        )
        page.write_text(text, encoding="utf-8")
    moved = {wheel.parent for wheel in (home / WHEELS).glob("*/*.whl")}
    for path in (*sorted(moved), home / WHEELS / earlier_wheels.LIST):
        path.rename(site / path.relative_to(home))


def _page(site: Path, home: Path) -> None:
    """Let index.html load this release, all of its modules at once and not one after the other."""
    page = site / "index.html"
    prefix = home.relative_to(site).as_posix()
    text = ADDRESS.sub(rf"\1{prefix}/\2", read.text(page))
    entries = [site / address for address in ENTRY.findall(text)]
    if "</head>" not in text or not entries:
        wanted = '<script type="module" src="…">' if "</head>" in text else "</head>"
        raise BuildError(f"{page}: expected {wanted} in it, got none.")
    text = with_start(text, site)
    text = with_preview(with_engine(text, site), os.environ.get("SITE_URL", ""))
    links = "".join(
        f'  <link rel="modulepreload" href="{module.relative_to(site).as_posix()}">\n'
        for module in modules(*entries)
    )
    head = text.index("</head>")
    page.write_text(text[:head] + links + text[head:], encoding="utf-8")


def with_preview(page: str, address: str) -> str:
    """The page's text with a whole address of its preview picture: others read no relative one.

    Args:
        page: The text.
        address: Where the site will be, which only the host knows; '' leaves the text as it is.
    """
    picture = "icons/preview.png"
    return page.replace(f'content="{picture}"', f'content="{address}{picture}"')


def with_start(page: str, site: Path) -> str:
    """The page's text with the scripts that run before its modules outside of the release."""
    (site / START).mkdir(exist_ok=True)
    for address in CLASSIC.findall(page):
        own = f"{START}/{Path(address).name}"
        shutil.copyfile(site / address, site / own)
        page = page.replace(f'<script src="{address}">', f'<script src="{own}">')
    return page


def with_engine(page: str, site: Path) -> str:
    """The page's text with the address at which this site has Pyodide's WebAssembly."""
    engine = read.only(site / "runtime", "*.wasm")
    return page.replace(f'"runtime/{engine.name}"', f'"{engine.relative_to(site).as_posix()}"')


def modules(*entries: Path) -> list[Path]:
    """Modules and all that they import, directly or not: all of the first one's come first."""
    found: list[Path] = []
    for entry in entries:
        _follow(entry.resolve(), found)
    return found


def _follow(entry: Path, found: list[Path]) -> None:
    """Add a module and all that it imports to those that are found."""
    queue = [entry]
    while queue:
        module = queue.pop(0)
        if module in found:
            continue
        if not module.is_file():
            raise BuildError(f"{module}: expected this module, which the page imports, got none.")
        found.append(module)
        addresses = IMPORT.findall(read.text(module))
        queue += [(module.parent / address).resolve() for address in addresses]


def _worker(site: Path, home: Path, name: str) -> None:
    """Tell the service worker its release and the files of it."""
    kept = [path for part in (home, *(site / name for name in KEPT)) for path in part.rglob("*")]
    for wheel in (site / WHEELS).glob("*/*.whl"):
        if not wheel.name.startswith("mnist1d_lab-"):  # ours is for a desk: the page has its own
            kept.append(wheel)
    files = [{"path": "./", "sha256": _base64(site / "index.html")}]
    for path in sorted(path for path in (*kept, site / "manifest.webmanifest") if path.is_file()):
        files.append({"path": path.relative_to(site).as_posix(), "sha256": _base64(path)})
    told = json.dumps({"release": name, "files": files}, separators=(",", ":"))
    worker = site / "sw.js"
    worker.write_text(f"self.RELEASE = {told};\n{read.text(worker)}", "utf-8")


def _base64(file: Path) -> str:
    return base64.b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()
