"""The only door to the outside: jobs by name, plain dict in, plain arrays and records out."""

from mnist1d_lab.jobs.registry import JOBS, run

__all__ = ["JOBS", "run"]
