"""Works tasks off in forked processes, each with a sandbox of its own.

A sandbox must not be shared over a fork, so each shard opens its own after it, and the calling
process must have none, nor any thread. A shard asks for the next task when it is done with one.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import Any, TypeAlias, TypeVar

from grader.errors import GraderError, InternalError

__all__ = ["Advance", "Open", "in_shards"]

Task = TypeVar("Task")
Result = TypeVar("Result")
Advance: TypeAlias = Callable[[int], None]
Work: TypeAlias = Callable[[Task, Advance], Result]
Open: TypeAlias = Callable[[], contextlib.AbstractContextManager[Work[Task, Result]]]

_STOP = -1


def in_shards(
    tasks: Sequence[Task], jobs: int, open_shard: Open[Task, Result], advance: Advance
) -> Iterator[tuple[int, Result]]:
    """Each task's place and result, in the order in which they are done; start with the longest.

    Args:
        tasks: known to the shards by the fork; results come back pickled by our own code.
        jobs: how many processes; with 1 everything runs in this one.
        open_shard: called in each shard.
        advance: told of progress, here, by what the work tells its own `advance`.

    Raises:
        GraderError: as raised by the work.
    """
    if jobs == 1 or len(tasks) < 2:
        with open_shard() as work:
            yield from ((place, work(task, advance)) for place, task in enumerate(tasks))
        return
    context = multiprocessing.get_context("fork")
    ours: list[Connection] = []
    processes = []
    try:
        for _ in range(min(jobs, len(tasks))):
            near, far = context.Pipe()
            process = context.Process(
                target=_shard, args=(tasks, open_shard, far, [*ours, near]), daemon=True
            )
            process.start()
            far.close()
            ours.append(near)
            processes.append(process)
        yield from _results(len(tasks), ours, advance)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _results(count: int, shards: Sequence[Connection], advance: Advance) -> Iterator[Any]:
    due = iter(range(count))
    left = count
    for shard in shards:
        shard.send(next(due))
    while left:
        for ready in wait(shards):
            assert isinstance(ready, Connection)
            match _heard(ready):
                case "advance", int(steps):
                    advance(steps)
                case "done", int(place), result:
                    left -= 1
                    ready.send(next(due, _STOP))
                    yield place, result
                case "failed", GraderError() as error:
                    raise error


def _heard(shard: Connection) -> Any:
    try:
        return shard.recv()
    except (EOFError, OSError):
        raise InternalError("a process that ran proofs died; run it again with --jobs 1") from None


def _shard(
    tasks: Sequence[Task],
    open_shard: Open[Task, Result],
    connection: Connection,
    inherited: Sequence[Connection],
) -> None:
    for other in inherited:  # or an end of another shard would stay open here
        other.close()
    try:
        with open_shard() as work:
            while (place := connection.recv()) != _STOP:
                result = work(tasks[place], lambda steps: connection.send(("advance", steps)))
                connection.send(("done", place, result))
            with contextlib.suppress(EOFError):
                connection.recv()  # stay until the others are done: `wait` takes an end for ours
    except GraderError as error:
        connection.send(("failed", error))
    except (KeyboardInterrupt, EOFError):
        pass
