"""What a console needs: lines evaluated, errors told, names completed, packages installed.

It knows no browser and no terminal; static/console shows what it answers.
"""

from mnist1d_lab.console.faults import describe
from mnist1d_lab.console.installing import install
from mnist1d_lab.console.session import complete, evaluate, flush, set_figures

__all__ = ["complete", "describe", "evaluate", "flush", "install", "set_figures"]
