"""Compile py/native: the kernels for the page (wasm) and for this machine.

The compiler is the ziglang wheel of .venv, which carries every target; nothing of Emscripten's is
needed because the kernels use no libc.
"""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from build_steps import cached, console, content_hash, shell
from build_steps.console import BuildError
from build_steps.paths import Paths

SOURCE = "kernels"
COMPILE = (
    *("-O3", "-fPIC", "-ffreestanding", "-fvisibility=default", "-Wall", "-Wextra", "-Werror"),
    "-ffp-contract=off",  # never a fused multiply-add: the same bits everywhere
)
WASM = ("-target", "wasm32-emscripten", "-mcpu=generic+simd128")
LINK = ("--experimental-pic", "-shared", "--export-dynamic", "--strip-all")
# Elsewhere than on Linux a shared library has to name the system's own.
HOST = ("-shared", "-mcpu=baseline", *(("-nostdlib",) if sys.platform == "linux" else ()))
Compile = Callable[[Paths, Path, Path, Path], None]


@dataclass(frozen=True)
class Native:
    """Where the compiled kernels are."""

    wasm: Path
    host: Path | None  # None: this machine could not compile them for itself

    @property
    def environment(self) -> dict[str, str]:
        """What tells mnist1d_lab.kernels on this machine of its library."""
        return {"MNIST1D_LIBRARY": str(self.host)} if self.host else {}


def ensure(paths: Paths, python: Path) -> Native:
    """Compile what the cache lacks for these sources, flags and tools, or has damaged."""
    source = paths.native / f"{SOURCE}.c"
    recipe = " ".join((*COMPILE, *WASM, *LINK, *HOST))
    headers = sorted(paths.native.glob("*.h"))
    key = content_hash.key(source, *headers, paths.requirements("tools"), recipe)
    folder = paths.cache / "native" / key[:12]
    native = Native(folder / "kernels.so", folder / "kernels.host")

    def kept(name: str, compile_to: Compile) -> bool:
        def make(_: list[str], scratch: Path) -> None:
            compile_to(paths, python, source, scratch / name)

        return not cached.files(folder, [name], make)

    with console.step("Compiled kernels: for the page and for this machine") as result:
        already = kept("kernels.so", wasm)
        try:
            kept("kernels.host", host)
        except BuildError as error:
            console.line(f"    NOT compiled for this machine: {error}")
            native = Native(native.wasm, None)
        result("already there" if already else console.size(native.wasm))
    return native


def require_host(native: Native) -> None:
    """Stop if this machine has no kernels of its own: tests without them would test too little."""
    if native.host is None:
        raise BuildError(
            "The tests need the kernels compiled for this machine, and that failed (see above). "
            "Delete .cache/native and try again; if it fails again, this machine "
            "may not have what the ziglang wheel needs. `build` and `serve` work without."
        )


def wasm(paths: Paths, python: Path, source: Path, target: Path) -> None:
    """Compile one C file to a side module that Pyodide's ctypes can load."""
    with tempfile.TemporaryDirectory(dir=paths.cache) as folder:
        thing, module = Path(folder) / "part.o", Path(folder) / "module.so"
        _zig(paths, python, folder, "cc", *COMPILE, *WASM, "-c", source, "-o", thing)
        _zig(paths, python, folder, "wasm-ld", *LINK, thing, "-o", module)
        module.replace(target)


def host(paths: Paths, python: Path, source: Path, target: Path, *flags: str) -> None:
    """Compile one C file to a shared library for this machine's Python."""
    shared(paths, python, [source], target, *HOST, *flags)


def shared(paths: Paths, python: Path, sources: Sequence[Path], target: Path, *flags: str) -> None:
    """Compile C files to a shared library; the flags say for which machine."""
    with tempfile.TemporaryDirectory(dir=paths.cache) as folder:
        library = Path(folder) / "library"
        _zig(paths, python, folder, "cc", *COMPILE, *flags, *sources, "-o", library)
        library.replace(target)


def copy(native: Native, target: Path) -> Path:
    """Copy the page's kernels to the site; returns the path, which changes with the content."""
    versioned = target / content_hash.key(native.wasm)[:12] / native.wasm.name
    versioned.parent.mkdir(parents=True)
    versioned.write_bytes(native.wasm.read_bytes())
    return versioned


def _zig(paths: Paths, python: Path, scratch: str, *args: str | Path) -> None:
    # Zig does not check what it keeps, so it keeps nothing: that costs seconds, and only when the
    # sources have changed.
    env = {"ZIG_GLOBAL_CACHE_DIR": scratch, "ZIG_LOCAL_CACHE_DIR": scratch}
    what = f"Compiling py/native (zig {args[0]})"
    shell.output(what, [python, "-m", "ziglang", *args], paths.root, env)
