"""A warm parent seen from outside: started in bubblewrap, asked for workers, heard, replaced.

One packet socket carries orders in and news out; nothing on it comes from a student. There are no
threads: news is read whenever somebody waits for some.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from grader.errors import SandboxError, WarmParentDied
from grader.protocol.control import Event, News, Order, Settings
from grader.sandbox import remedies
from grader.sandbox.launch import Launch

__all__ = ["Fate", "WarmParent", "end"]

_GONE = "the process that boxes are forked from is gone"
_PACKET_BYTES = 65536
_START_SECONDS = 120.0
_FORK_SECONDS = 60.0
_KILL_SECONDS = 10.0
_CLOSE_SECONDS = 2.0
_MOST_DYING = 2


@dataclass(slots=True)
class Fate:
    """What has been heard of one worker."""

    pidfd: int = -1
    is_locked: bool = False
    ended: News | None = None
    failed: str = ""

    @property
    def is_ready(self) -> bool:
        """Confined, and known: the two are said by two processes, in either order."""
        return self.is_locked and self.pidfd >= 0


def end(pidfd: int) -> None:
    """One SIGKILL; it may be gone already."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)


def _await_end(pidfd: int, seconds: float = _KILL_SECONDS) -> None:
    gone = select.poll()
    gone.register(pidfd, select.POLLIN)
    gone.poll(seconds * 1000)


@contextlib.contextmanager
def _pidfd_of(child: int) -> Iterator[int]:
    pidfd = os.pidfd_open(child)
    try:
        yield pidfd
    finally:
        os.close(pidfd)


class WarmParent:
    """Owns the process. `wait` and `fork` raise WarmParentDied once it is gone."""

    def __init__(self, launch: Launch, settings: Settings) -> None:
        self.is_dead = False
        self._owner = os.getpid()
        self._fates: dict[int, Fate] = {}
        self._dying: deque[int] = deque()
        self._last = 0
        self._is_ready = False
        self._failed = ""
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = os.memfd_create("warm parent")
        try:
            self._process = launch(theirs.fileno(), self._log, settings)
        except BaseException:
            self._control.close()
            os.close(self._log)
            raise
        finally:
            theirs.close()
        self._poll = select.poll()
        self._poll.register(self._control, select.POLLIN)

    def await_ready(self) -> None:
        """Wait for the imports.

        Raises:
            SandboxError: it could not start; the message has the remedy, if one is known.
        """
        if self._is_ready:
            return
        try:
            ready = self.wait(lambda: self._is_ready or bool(self._failed), _START_SECONDS)
        except WarmParentDied:
            raise SandboxError(remedies.for_start(self._last_words())) from None
        if self._failed:
            raise SandboxError(remedies.for_start(self._failed))
        if not ready:
            raise SandboxError(f"the sandbox did not start within {_START_SECONDS:.0f} seconds")

    def fork(self, order: Order, connection: int, output: int) -> Fate:
        """Order a worker; returns at once. `order.number` is given here.

        Raises:
            WarmParentDied
        """
        fate = self._fates[order.number] = Fate()
        try:
            socket.send_fds(self._control, [order.to_packet()], [connection, output])
        except OSError:
            self._died()
        return fate

    def next_number(self) -> int:
        self._last += 1
        return self._last

    def await_locked(self, fate: Fate) -> None:
        """Wait until a worker is confined and may be given a submission.

        Raises:
            SandboxError, WarmParentDied
        """
        if not self.wait(lambda: fate.is_ready or bool(fate.failed), _FORK_SECONDS):
            self._died("the process that boxes are forked from does not answer")
        if fate.failed:
            raise SandboxError(remedies.for_fork(fate.failed))

    def wait(self, is_done: Callable[[], bool], seconds: float) -> bool:
        """Hear news until `is_done` or the time is up; returns whether it is done."""
        deadline = time.monotonic() + seconds
        while not is_done():
            left = deadline - time.monotonic()
            if left <= 0 or not self._poll.poll(left * 1000):
                return is_done()
            self._hear()
        return True

    def forget(self, number: int) -> None:
        """End this worker, if it lives; what is still heard of it is dropped.

        Process 1 of a namespace takes all others with it. That takes the kernel 10 ms, in which
        the grader can do better than wait; but no more than a few are left dying at a time.
        """
        fate = self._fates.pop(number)
        if fate.pidfd < 0:
            return
        end(fate.pidfd)
        self._dying.append(fate.pidfd)
        while len(self._dying) > _MOST_DYING:
            oldest = self._dying.popleft()
            _await_end(oldest)
            os.close(oldest)

    def close(self) -> None:
        """End it and every worker it has forked; wait until they are gone."""
        pidfds = [*self._dying, *(fate.pidfd for fate in self._fates.values() if fate.pidfd >= 0)]
        for fate in self._fates.values():
            fate.pidfd = -1
        self._dying.clear()
        self.is_dead = True
        if self._owner == os.getpid():  # a fork of the grader holds copies, not the processes
            self._control.shutdown(socket.SHUT_WR)  # it ends its workers and tidies up
            with _pidfd_of(self._process.pid) as parent:
                _await_end(parent, _CLOSE_SECONDS)
            self._process.kill()
            self._process.wait()
            for pidfd in pidfds:
                end(pidfd)
                _await_end(pidfd)
        for descriptor in (self._log, *pidfds):
            os.close(descriptor)
        self._control.close()

    def _hear(self) -> None:
        flags = socket.MSG_DONTWAIT | socket.MSG_CMSG_CLOEXEC
        try:
            packet, descriptors, _, _ = socket.recv_fds(self._control, _PACKET_BYTES, 1, flags)
        except BlockingIOError:
            return
        except OSError:
            packet, descriptors = b"", []
        if not packet:
            self._died()
        self._note(News.from_packet(packet), descriptors)

    def _note(self, news: News, descriptors: list[int]) -> None:
        fate = self._fates.get(news.number)
        if news.number == 0:
            self._is_ready = news.event is Event.READY
            self._failed = news.text
        elif fate is None:
            for descriptor in descriptors:  # given up before it was heard of
                end(descriptor)
                os.close(descriptor)
        elif news.event is Event.STARTED:
            fate.pidfd = descriptors[0]
        elif news.event is Event.LOCKED:
            fate.is_locked = True
        elif news.event is Event.ENDED:
            fate.ended = news
        else:
            fate.failed = news.text

    def _died(self, sentence: str = _GONE) -> NoReturn:
        self.is_dead = True
        words = self._last_words().strip()
        raise WarmParentDied(f"{sentence}: {words}" if words else sentence)

    def _last_words(self) -> str:
        size = os.fstat(self._log).st_size
        return os.pread(self._log, 4000, max(0, size - 4000)).decode("utf-8", "replace")
