"""Runs jobs with somebody else's code at the hooks of jobs/hooks.py; what it does is in run.py."""

from mnist1d_lab.edits.errors import EditError
from mnist1d_lab.edits.run import run

__all__ = ["EditError", "run"]
