"""Puts the compiled kernels into a wheel that is to have them; hatchling runs it in each build.

The environment says so: MNIST1D_WHEEL_LIBRARY is the library's path, MNIST1D_WHEEL_NAME its name in
the wheel and MNIST1D_WHEEL_TAG the wheel's tag. Without them the wheel is the pure one. It imports
nothing of ours: pip builds where only hatchling is installed.
"""

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KernelsHook(BuildHookInterface[Any]):
    """Adds one file beside mnist1d_lab/kernels/backend.py, and tells which machine it is for."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Change what hatchling is about to build."""
        if library := os.environ.get("MNIST1D_WHEEL_LIBRARY"):
            name = os.environ["MNIST1D_WHEEL_NAME"]
            build_data["force_include"][library] = f"mnist1d_lab/kernels/{name}"
            build_data["tag"] = os.environ["MNIST1D_WHEEL_TAG"]
            build_data["pure_python"] = False
