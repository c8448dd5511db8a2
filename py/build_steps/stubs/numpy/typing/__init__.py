"""Names for type checkers: whatever is asked for."""

from numpy._typing import __getattr__  # type: ignore[attr-defined] # noqa: F401
