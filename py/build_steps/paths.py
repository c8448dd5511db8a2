"""Where things live in the checkout. Only names: it makes, reads and deletes nothing."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """A checkout. Every step takes one, so that tests can point it at an empty folder."""

    root: Path

    @property
    def py(self) -> Path:
        """Sources of the Python package."""
        return self.root / "py"

    @property
    def native(self) -> Path:
        """C sources of the compiled kernels."""
        return self.py / "native"

    @property
    def venv(self) -> Path:
        """The project's own virtual environment."""
        return self.root / ".venv"

    @property
    def cache(self) -> Path:
        """Downloads that are kept; safe to delete, then the next build needs the network."""
        return self.root / ".cache"

    @property
    def node_modules(self) -> Path:
        """What `npm ci` installs."""
        return self.root / "node_modules"

    @property
    def dist(self) -> Path:
        """The finished site."""
        return self.root / "dist"

    def requirements(self, name: str) -> Path:
        """One of the hash-locked requirement sets: tools, node or carrier."""
        return self.py / "requirements" / f"{name}.txt"
