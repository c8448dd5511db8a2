"""Runs tasks in processes of this machine; those of a cluster are in dask_run.py."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from mnist1d_lab.cluster.run_task import run_task
from mnist1d_lab.cluster.steps import OnSteps, Record
from mnist1d_lab.cluster.tasks import Task
from mnist1d_lab.files.kept import Kept

MOST_WORKERS = 512  # processes
POLL_SECONDS = 0.2  # between two looks at what the processes have done
Done = tuple[Task, list[Record]]


def run_here(
    tasks: Sequence[Task], workers: int, kept: Kept, on_steps: OnSteps = lambda _: None
) -> Iterator[Done]:
    """Yield each task with its records as it is done: in this process, or in so many others.

    Raises BrokenProcessPool if one of the processes dies. If the caller stops, so do they.
    """
    if workers > 1 and len(tasks) > 1:
        yield from _in_processes(tasks, min(workers, len(tasks)), kept, on_steps)
        return
    for task in tasks:
        yield task, run_task(task, kept, on_steps)


def _in_processes(
    tasks: Sequence[Task], workers: int, kept: Kept, on_steps: OnSteps
) -> Iterator[Done]:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # of each process: they share the cores
    context = multiprocessing.get_context("spawn")
    steps, stop = context.Queue(), context.Event()
    pool = ProcessPoolExecutor(workers, context, _begin, (steps, stop, kept))
    with _without_interrupt():
        waiting = {pool.submit(_work, task): task for task in tasks}
    try:
        while waiting:
            done, _ = wait(waiting, POLL_SECONDS, FIRST_COMPLETED)
            _drain(steps, on_steps)
            for future in done:
                yield waiting.pop(future), future.result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


@contextmanager
def _without_interrupt() -> Iterator[None]:
    """Start processes within the block, which then never see Ctrl-C: it is for the parent."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _drain(steps: Any, on_steps: OnSteps) -> None:
    while True:
        try:
            on_steps(steps.get_nowait())
        except queue.Empty:
            return


class StoppedError(Exception):
    """The parent wants no more of a task."""


_shared: dict[str, Any] = {}  # of a worker process: what its parent gave it


def _begin(steps: Any, stop: Any, kept: Kept) -> None:
    _shared.update(steps=steps, stop=stop, kept=kept)


def _work(task: Task) -> list[Record]:
    def on_steps(count: int) -> None:
        _shared["steps"].put(count)
        if _shared["stop"].is_set():
            raise StoppedError

    return run_task(task, _shared["kept"], on_steps)
