"""Runs tasks on a Dask cluster; goes on when workers, or the scheduler itself, are lost on the way.

Dask names a task by its key, here the name of the spec: submitted twice it runs once. A task that
ran on a lost worker runs again elsewhere, and gives the same bits. What the client has is done.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mnist1d_lab.cluster.identity import identity
from mnist1d_lab.cluster.run_task import labelled, run_plain
from mnist1d_lab.cluster.steps import Record
from mnist1d_lab.cluster.tasks import Task
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.validation import refuse

ATTEMPT_SECONDS = 2  # that one try to reach a scheduler takes
Done = tuple[Task, list[Record]]
Say = Callable[[str], None]
_alone = threading.Lock()  # the kernels' scratch memory is one a process


class ClusterError(Exception):
    """The cluster cannot do what it is asked for; the message is one sentence."""


class _LostError(Exception):
    """The connection to the scheduler is lost, and with it what it knew of our tasks."""


def remote(task: Task) -> tuple[list[Record], dict[str, str]]:
    """Return a task's records, unlabelled, and what computed them: this runs on a worker."""
    with _alone:
        return run_plain(task, Kept(None, "")), identity()


def dask() -> Any:
    """Return Dask's distributed; raises ValueError if it is not there."""
    try:
        import distributed  # seconds, and an extra of the package
    except ImportError:
        install = 'left out, or pip install "mnist1d-lab[cluster]" for it'
        raise refuse("--scheduler", "dask", install) from None
    return distributed


@contextmanager
def local_cluster(workers: int) -> Iterator[str]:
    """Start a cluster of processes on this machine; its address."""
    cluster = dask().LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=_dashboard()
    )
    try:
        yield str(cluster.scheduler_address)
    finally:
        cluster.close()


def _dashboard() -> str | None:
    """Return where Dask's dashboard is served, if Bokeh is there, which draws it."""
    from importlib.util import find_spec

    return ":0" if find_spec("bokeh") else None


def run_on(
    address: str,
    tasks: Sequence[Task],
    say: Say = lambda _: None,
    patience: float = 600,
    mixed: bool = False,
) -> Iterator[Done]:
    """Yield each task with its records as it is done, once each.

    Args:
        address: Of the scheduler, like tcp://host:8786.
        tasks: Those of one name are computed once.
        say: Is told what happens beside the work.
        patience: Seconds to wait for a scheduler that is not there, at the start or later.
        mixed: Take workers with other kernels or versions too, whose bits may differ.

    Raises:
        ClusterError: No scheduler came, or a worker computes with something else than the client.
    """
    left: dict[str, list[Task]] = {}
    for task in tasks:
        left.setdefault(task.name, []).append(task)
    while left:
        try:
            with _connected(address, patience) as client:
                _say_workers(client, say, mixed)
                for name, records, computed_by in _results(
                    client, [alike[0] for alike in left.values()]
                ):
                    _require_same(computed_by, "a worker", mixed)
                    for task in left.pop(name):
                        yield task, labelled(task, records)
        except _LostError:
            say(f"The scheduler is lost with {len(left)} tasks to do: waiting for it.")


@contextmanager
def _connected(address: str, patience: float) -> Iterator[Any]:
    """Connect to a scheduler, as often as it takes."""
    distributed, deadline = dask(), time.monotonic() + patience
    while True:
        try:
            client = distributed.Client(address, timeout=ATTEMPT_SECONDS, set_as_default=False)
            break
        except (OSError, TimeoutError, ValueError) as error:
            if isinstance(error, ValueError) or time.monotonic() > deadline:
                raise ClusterError(f"no scheduler answers at {address}: {error}") from None
            time.sleep(0.2)
    try:
        yield client
    finally:
        client.close(timeout=ATTEMPT_SECONDS)


def _say_workers(client: Any, say: Say, mixed: bool) -> None:
    """Check the workers that are there; those that come later are by their results."""
    for address, about in client.scheduler_info(n_workers=-1)["workers"].items():
        if about["nthreads"] > 1:
            say(f"{address} has {about['nthreads']} threads and uses one: start it with "
                "--nthreads 1, and as many workers as cores")  # fmt: skip
    found = client.run(identity, on_error="return")
    for address, one in found.items():
        if isinstance(one, Exception):
            raise ClusterError(f"{address} has not this package: {one}")
        _require_same(one, address, mixed)
    say(f"{len(found)} workers at {client.scheduler.address}; {client.dashboard_link}")


def _require_same(theirs: dict[str, str], who: str, mixed: bool) -> None:
    ours = identity()
    differ = [f"{name} {theirs.get(name)} (here {ours[name]})" for name in ours
              if theirs.get(name) != ours[name]]  # fmt: skip
    if differ and not mixed:
        raise ClusterError(
            f"{who} computes with {', '.join(differ)}; --mixed takes it all the same"
        )


def _results(client: Any, tasks: list[Task]) -> Iterator[tuple[str, list[Record], dict[str, str]]]:
    """Submit tasks and yield name, records and what computed them, as they come."""
    distributed = dask()
    futures = client.map(remote, tasks, key=[task.name for task in tasks], pure=True)
    coming = distributed.as_completed(
        futures, loop=client.loop, with_results=True, raise_errors=False
    )
    del futures  # the scheduler forgets what nobody holds any more
    for future, result in coming:
        if future.status == "error":
            raise _reason(future.key, result)
        if future.status != "finished":
            raise _LostError
        yield str(future.key), *result
        future.release()


def _reason(name: str, result: Any) -> Exception:
    """Return why a task failed: its own error, or what became of its workers."""
    error = result[1] if isinstance(result, tuple) else result
    if isinstance(error, ValueError):  # what a spec asks for, such as more memory than there is
        return error
    return ClusterError(f"{name} failed: {error}")
