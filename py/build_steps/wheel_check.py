"""Checks wheels, also those that cannot run on this machine: names, tags, contents, libraries.

Run with the project's Python, as `python -m build_steps.wheel_check FILE …`; build.py does that.
The rules are those of auditwheel and delocate, narrowed to ours: a library that needs no other.
"""

import base64
import csv
import hashlib
import inspect
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lief
from packaging.utils import parse_wheel_filename

from build_steps.wheel_targets import MACOS, TARGETS, Target
from mnist1d_lab.kernels import simd_ops

FORMATS = {"linux": "ELF", "macos": "MachO", "windows": "PE"}
MACHINES = {"x86_64": ("X86_64", "AMD64"), "aarch64": ("AARCH64",), "arm64": ("ARM64",)}
SYSTEM = {"/usr/lib/libSystem.B.dylib"}  # what a library may need: macOS has no other door
NEEDED = ("mnist1d_lab/py.typed", "mnist1d_lab/api/__init__.py", "mnist1d_lab/kernels/backend.py")
# What the package calls: a function of simd_ops each, and `run`, which makes several calls.
FUNCTIONS = {
    "run",
    *(
        name
        for name, one in inspect.getmembers(simd_ops, inspect.isfunction)
        if one.__module__ == simd_ops.__name__ and not name.startswith("_")
    ),
}


def faults(wheel: Path) -> Iterator[str]:
    """Yield a sentence for all that is wrong with a wheel."""
    _, _, _, tags = parse_wheel_filename(wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (info,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
        about = archive.read(f"{info}/WHEEL").decode()
        said = {line[5:] for line in about.splitlines() if line.startswith("Tag: ")}
        if said != {str(tag) for tag in tags}:
            yield f"its WHEEL says {sorted(said)}, its name another tag"
        yield from (f"it has no {name}" for name in NEEDED if name not in names)
        if not any(name.startswith(f"{info}/licenses/") for name in names):
            yield "it has no licence"
        yield from _wrong_in_record(archive, info)
        libraries = [name for name in names if Path(name).suffix in (".so", ".dylib", ".dll")]
        target = next((one for one in TARGETS if one.tag.split(".")[0] in wheel.name), None)
        expected = [f"mnist1d_lab/kernels/{target.library}"] if target else []
        if libraries != expected:
            yield f"it has the libraries {libraries}, expected {expected}"
        elif target:
            yield from library_faults(archive.read(libraries[0]), target)
        if ("Root-Is-Purelib: true" in about) != (target is None):
            yield "its WHEEL says wrongly whether it is pure"


def _wrong_in_record(archive: zipfile.ZipFile, info: str) -> Iterator[str]:
    rows = list(csv.reader(archive.read(f"{info}/RECORD").decode().splitlines()))
    if sorted(row[0] for row in rows) != sorted(archive.namelist()):
        yield "its RECORD names other files than it has"
        return
    for name, digest, _ in rows:
        got = base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).decode()
        if digest and digest != f"sha256={got.rstrip('=')}":
            yield f"its RECORD has another digest of {name}"


def library_faults(content: bytes, target: Target) -> Iterator[str]:
    """Yield what is wrong with a shared library for its machine."""
    lief.logging.disable()  # it complains of sections that a small library has not
    binary: Any = lief.parse(content)
    system, machine = target.name.split("-")
    form = FORMATS[system]
    if binary is None or binary.format.name.upper() != form.upper():
        yield f"its library is no {form} file"
        return
    found = binary.header.cpu_type if form == "MachO" else getattr(
        binary.header, "machine_type" if form == "ELF" else "machine"
    )  # fmt: skip
    if found.name not in MACHINES[machine]:
        yield f"its library is for {found.name}, expected {machine}"
    exported = {symbol.name.removeprefix("_" * (form == "MachO")) for symbol in _exports(binary)}
    if missing := sorted(FUNCTIONS - exported):
        yield f"its library lacks {', '.join(missing)}"
    if more := sorted(_needs(binary) - SYSTEM):
        yield f"its library needs {', '.join(more)}"
    if form == "ELF" and not binary.has_nx:
        yield "its library asks for a stack that can be executed"
    if form == "MachO":
        lowest = ".".join(str(part) for part in binary.build_version.minos[:2])
        if lowest != MACOS:
            yield f"its library needs macOS {lowest}, its tag says {MACOS}"
        if machine == "arm64" and not binary.has_code_signature:
            yield "its library is not signed, and arm64 loads no such library"


def _exports(binary: Any) -> Any:
    if binary.format.name == "PE":
        return binary.get_export().entries
    return binary.exported_symbols


def _needs(binary: Any) -> set[str]:
    """The libraries that a library loads."""
    if binary.format.name == "PE":
        return {one.name for one in binary.imports}
    if binary.format.name == "ELF":
        return {str(one) for one in binary.libraries} | {s.name for s in binary.imported_symbols}
    own = lief.MachO.LoadCommand.TYPE.ID_DYLIB
    return {one.name for one in binary.libraries if one.command != own}


def main(wheels: list[str]) -> int:
    """Print the faults of each wheel; the exit code is 1 if there are any."""
    found = [(Path(wheel).name, fault) for wheel in wheels for fault in faults(Path(wheel))]
    for name, fault in found:
        print(f"{name}: {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
