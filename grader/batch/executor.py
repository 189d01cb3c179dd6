"""Where shards run: one small interface, and `Local`, which forks them on this machine.

    executor.run(start, chunks) -> Done | Lost, one for every task, in no particular order

`start` is called in a shard, after the fork, and returns the function that works one chunk off.
A task that takes its shard down is tried once more alone; then it is lost, and no other with it.
Tasks and answers are bytes. Another backend needs `start` to be found on its own machines.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Pipe, wait
from typing import NoReturn, Protocol, TypeAlias

from grader import errors
from grader.errors import GraderError, InternalError

__all__ = ["Done", "Executor", "Local", "Lost", "Work"]

Deliver: TypeAlias = Callable[[int, bytes], None]
Work: TypeAlias = Callable[[Sequence[bytes], Deliver], None]
Start: TypeAlias = Callable[[], contextlib.AbstractContextManager[Work]]

_ANSWER, _IDLE, _FAILED = b"a", b"i", b"f"
_PR_SET_PDEATHSIG = 1
_LOOK_SECONDS = 0.2  # how long Ctrl-C may wait


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one task."""

    answer: bytes


@dataclass(frozen=True, slots=True)
class Lost:
    """A task with which a shard died twice."""

    task: bytes


class Executor(Protocol):
    """Runs tasks on shards."""

    def run(self, start: Start, chunks: Iterator[Sequence[bytes]]) -> Iterator[Done | Lost]:
        """Work off all chunks, which are asked for when a shard is free.

        Raises:
            GraderError: a shard met a failure that is no submission's: all are stopped.
            KeyboardInterrupt: after what was finished by then has been yielded.
        """


@dataclass(slots=True)
class _Shard:
    pid: int
    connection: Connection
    chunk: Sequence[bytes] = ()
    left: set[int] = field(default_factory=set)
    is_busy: bool = False

    def give(self, chunk: Sequence[bytes]) -> None:
        self.chunk, self.left, self.is_busy = chunk, set(range(len(chunk))), True
        with contextlib.suppress(OSError):  # it died: the main loop hears of it
            for part in (len(chunk).to_bytes(4, "big"), *chunk):
                self.connection.send_bytes(part)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


class Local:
    """Forks `jobs` shards. The calling process must have one thread, and torch imported."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._shards: list[_Shard] = []
        self._again: deque[Sequence[bytes]] = deque()

    def run(self, start: Start, chunks: Iterator[Sequence[bytes]]) -> Iterator[Done | Lost]:
        try:
            with _deferred_interrupts() as is_interrupted:
                while self._supply(start, chunks):
                    if is_interrupted():
                        yield from self._finished()
                        raise KeyboardInterrupt
                    for ready in wait([s.connection for s in self._shards], _LOOK_SECONDS):
                        shard = next(s for s in self._shards if s.connection is ready)
                        yield from self._hear(shard)
        finally:
            for shard in self._shards:
                shard.kill()
                shard.connection.close()
            self._shards.clear()

    def _finished(self) -> Iterator[Done]:
        """What has been finished and not been heard yet."""
        for shard in self._shards:
            shard.kill()
            with contextlib.suppress(OSError, EOFError):
                while shard.connection.poll():
                    message = shard.connection.recv_bytes()
                    if message[:1] == _ANSWER:
                        yield Done(message[5:])

    def _supply(self, start: Start, chunks: Iterator[Sequence[bytes]]) -> bool:
        """Give work to idle shards, fork those that are missing; whether anybody works."""
        for shard in self._shards:
            if not shard.is_busy and (chunk := self._next(chunks)):
                shard.give(chunk)
        while len(self._shards) < self._jobs and (chunk := self._next(chunks)):
            shard = _fork(start, [s.connection for s in self._shards])
            self._shards.append(shard)
            shard.give(chunk)
        return any(shard.is_busy for shard in self._shards)

    def _next(self, chunks: Iterator[Sequence[bytes]]) -> Sequence[bytes]:
        return self._again.popleft() if self._again else next(chunks, ())

    def _hear(self, shard: _Shard) -> Iterator[Done | Lost]:
        try:
            message = shard.connection.recv_bytes()
        except (EOFError, OSError):
            yield from self._bury(shard)
            return
        kind, number, body = message[:1], int.from_bytes(message[1:5], "big"), message[5:]
        if kind == _FAILED:
            _raise(body.decode())
        elif kind == _ANSWER:
            shard.left.discard(number)
            yield Done(body)
        elif shard.left:
            raise InternalError(f"a shard left {len(shard.left)} of its tasks undone")
        else:
            shard.is_busy = False

    def _bury(self, shard: _Shard) -> Iterator[Lost]:
        self._shards.remove(shard)
        shard.kill()
        shard.connection.close()
        left = [shard.chunk[number] for number in sorted(shard.left)]
        if len(shard.chunk) == 1 and left:
            yield Lost(left[0])
        else:
            self._again.extend([task] for task in left)


@contextlib.contextmanager
def _deferred_interrupts() -> Iterator[Callable[[], bool]]:
    """Note the first Ctrl-C, to act on between two messages; a second one acts at once."""
    noted: list[int] = []

    def note(number: int, _frame: object) -> None:
        if noted:
            raise KeyboardInterrupt
        noted.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(noted)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(told: str) -> NoReturn:
    name, _, message = told.partition("\n")
    kind = getattr(errors, name, InternalError)
    raise (kind if issubclass(kind, GraderError) else InternalError)(message)


def _fork(start: Start, others: Sequence[Connection]) -> _Shard:
    ours, theirs = Pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid:
        theirs.close()
        return _Shard(pid, ours)
    code = 1
    try:
        ours.close()
        for other in others:
            other.close()
        _become_shard(parent)
        _serve(start, theirs)
        code = 0
    finally:
        os._exit(code)  # nothing of the coordinating process must be run down here


def _become_shard(parent: int) -> None:
    """Leave Ctrl-C to the coordinating process, and end when that one does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _serve(start: Start, connection: Connection) -> None:
    def deliver(number: int, answer: bytes) -> None:
        connection.send_bytes(_ANSWER + number.to_bytes(4, "big") + answer)

    try:
        with start() as work:
            while True:
                count = int.from_bytes(connection.recv_bytes(), "big")
                tasks = [connection.recv_bytes() for _ in range(count)]
                work(tasks, deliver)
                connection.send_bytes(_IDLE + bytes(4))
    except EOFError:
        return
    except GraderError as error:
        told = f"{type(error).__name__}\n{error}"
    except Exception as error:  # a bug of ours: the coordinating process says so and ends
        told = f"InternalError\n{type(error).__name__}: {error}"
    connection.send_bytes(_FAILED + bytes(4) + told.encode("utf-8", "replace"))
