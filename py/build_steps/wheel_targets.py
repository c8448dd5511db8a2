"""The machines that there is a wheel with compiled kernels for, and compiling these. Packs nothing.

zig carries what each of them links with. The kernels need no libc, so a library for Linux runs on
glibc and musl alike, and one for Windows needs no runtime of a compiler.
"""

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from build_steps import cached, console, content_hash, native
from build_steps.paths import Paths

MACOS = "11.0"  # the first for arm64


@dataclass(frozen=True)
class Target:
    """A machine: what zig calls it, how to link for it, and what its wheel is tagged with."""

    name: str
    triple: str
    tag: str  # of the platform; several are joined by dots
    library: str  # what the library is called in the wheel: LIBRARY of kernels/backend.py
    flags: tuple[str, ...] = ()
    extra: str = ""  # a C file that only this system needs

    @property
    def command(self) -> tuple[str, ...]:
        """The compiler's flags for it."""
        return ("-target", self.triple, "-mcpu=baseline", "-shared", "-s", *self.flags)


def _linux(machine: str) -> Target:
    tags = f"manylinux_2_17_{machine}", f"manylinux2014_{machine}", f"musllinux_1_1_{machine}"
    triple = f"{machine}-linux-gnu.2.17"
    return Target(f"linux-{machine}", triple, ".".join(tags), "library.so", ("-nostdlib",))


def _macos(machine: str, zigs: str) -> Target:
    # Its linker wants the system's own library to be named.
    tag = f"macosx_{MACOS.replace('.', '_')}_{machine}"
    return Target(
        f"macos-{machine}", f"{zigs}-macos.{MACOS}", tag, "library.dylib", ("-nostdlib", "-lSystem")
    )


TARGETS = (
    _linux("x86_64"),
    _linux("aarch64"),
    _macos("x86_64", "x86_64"),
    _macos("arm64", "aarch64"),
    Target(
        "windows-x86_64",
        "x86_64-windows-gnu",
        "win_amd64",
        "library.dll",
        ("-nostdlib", "-rtlib=compiler-rt"),
        "windows.c",
    ),
)
SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
MACHINES = {"amd64": "x86_64", "arm64": "arm64" if sys.platform == "darwin" else "aarch64"}


def host() -> Target | None:
    """The target that this machine is; None if it is no such machine."""
    machine = platform.machine().lower()
    name = f"{SYSTEMS.get(sys.platform)}-{MACHINES.get(machine, machine)}"
    return next((target for target in TARGETS if target.name == name), None)


def ensure(paths: Paths, python: Path, target: Target) -> Path:
    """The kernels compiled for a machine; compiles what the cache lacks, or has damaged."""
    source = paths.native / f"{native.SOURCE}.c"
    sources = [source, *([paths.native / target.extra] if target.extra else [])]
    recipe = " ".join((*native.COMPILE, *target.command))
    headers = sorted(paths.native.glob("*.h"))
    key = content_hash.key(*sources, *headers, paths.requirements("tools"), recipe)
    folder = paths.cache / "native" / f"{target.name}-{key[:12]}"

    def make(_: list[str], scratch: Path) -> None:
        native.shared(paths, python, sources, scratch / target.library, *target.command)

    with console.step(f"Compiled kernels for {target.name}") as result:
        if not cached.files(folder, [target.library], make):
            result("already there")
    return folder / target.library
