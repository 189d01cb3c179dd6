"""One worker and the conversation with it: deadlines, output, limits, and its end.

While the grader waits for a frame it also empties the output pipe and watches the worker's CPU
clock, in one poll, without threads. Any frame that is not a valid answer ends the box.
"""

from __future__ import annotations

import contextlib
import math
import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeVar

from grader.errors import FrameError, SandboxError, WarmParentDied
from grader.model import Limits
from grader.protocol import (
    Bounds,
    Channel,
    DeadlinePassed,
    Frame,
    Likely,
    Observation,
    Operation,
    PeerGone,
    Raised,
    Reply,
    Request,
    Value,
)
from grader.sandbox import failures
from grader.sandbox.agenda import Agenda
from grader.sandbox.cgroups import Groups
from grader.sandbox.failures import BoxFailed
from grader.sandbox.proc import cpu_clock_of, memory_of, process_of
from grader.sandbox.warm import Fate, WarmParent, end

__all__ = ["Box"]

Answer = TypeVar("Answer")

_KEPT_OUTPUT_BYTES = 64 << 10
_READ_BYTES = 64 << 10
_LAST_NEWS_SECONDS = 2.0
_DYING_SECONDS = 0.1
_SHORTEST_CPU_WATCH = 0.01


class Box:
    """A confined worker. Close it, or let the sandbox close it."""

    def __init__(
        self,
        parent: WarmParent,
        number: int,
        fate: Fate,
        connection: socket.socket,
        output: int,
        limits: Limits,
    ) -> None:
        self.limits = limits
        self._parent = parent
        self._number = number
        self._fate = fate
        self._socket = connection
        self._channel = Channel(connection, Bounds(), wait=self._wait)
        self._pipe = output
        os.set_blocking(output, False)
        self._poll = select.poll()
        self._poll.register(connection, 0)
        self._poll.register(output, select.POLLIN)
        self._is_pipe_open = True
        self._kept = bytearray()
        self._printed = 0
        self._agenda = Agenda()
        self._failure: BoxFailed | None = None
        self._clock: int | None = None
        self._cpu_before = 0.0
        self._cpu_last = 0.0
        self._memory_before = 0
        self._is_closed = False
        self._between: Callable[[], float] | None = None
        self._leave_group: Callable[[], None] = _nothing

    def hand_over(self) -> None:
        """Wait until the worker is confined; its CPU time counts from here.

        Raises:
            SandboxError, WarmParentDied
        """
        self._parent.await_locked(self._fate)
        process = process_of(self._fate.pidfd)
        self._clock = cpu_clock_of(process)
        self._cpu_before = self._read_clock()
        self._memory_before = memory_of(process, "VmRSS:")

    def bind_together(self, groups: Groups) -> None:
        """Bound the memory of the worker and all that it will start in one control group, where
        there are any; to be called before the worker is asked anything.

        Raises:
            SandboxError: the kernel refuses now what it did not refuse before.
        """
        group = groups.make(self.limits)
        if group is None:
            return
        self._leave_group = partial(groups.give_up, group)
        try:
            group.add(process_of(self._fate.pidfd))
        except ProcessLookupError:
            return  # it has ended already: whoever asks it is told why
        except OSError as error:
            raise SandboxError(f"a worker could not be put in its control group: {error}") from None

    @property
    def is_over(self) -> bool:
        """Whether the worker has hung up: it ended, or its warm parent did. Seen here before the
        kernel says so of the process, whose namespaces take a while to fold."""
        line = select.poll()
        line.register(self._socket, 0)
        return bool(line.poll(0))

    @property
    def output(self) -> bytes:
        """What the worker has printed, the first 64 KiB of it."""
        return bytes(self._kept)

    @property
    def cpu_seconds(self) -> float:
        """CPU time of the worker since it was handed over, read outside of it."""
        return max(0.0, self._read_clock() - self._cpu_before)

    @property
    def peak_bytes(self) -> int:
        """The most memory that the worker held at once, beyond what it had when it was handed
        over: its parent's libraries. 0 once it is gone."""
        if self._is_closed:
            return 0
        return max(0, memory_of(process_of(self._fate.pidfd), "VmHWM:") - self._memory_before)

    def request(
        self,
        operation: Operation,
        arguments: dict[str, Value],
        *,
        seconds: float,
        between: Callable[[], float] | None = None,
    ) -> Value:
        """The one answer to one question, within `seconds` of wall time.

        Args:
            between: is called again and again while the answer is awaited; it returns after how
                many seconds it wants to be called at the latest, and may raise BoxFailed.

        Raises:
            BoxFailed, WarmParentDied
        """
        self._between = between
        try:
            self._begin(operation, arguments, count=1, seconds=seconds)
            return self._take(self._received(seconds))
        finally:
            self._between = None

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Freeze the worker and all it started for as long as the body takes."""
        pidfd = self._fate.pidfd
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(pidfd, signal.SIGSTOP)
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(pidfd, signal.SIGCONT)

    def stream(
        self,
        operation: Operation,
        arguments: dict[str, Value],
        *,
        count: int,
        seconds: float,
        likely: Sequence[Likely | None] = (),
    ) -> Iterator[Observation]:
        """One observation per case, in order, each within `seconds` of the one before.

        An answer that is `likely`'s to the byte is given as that very object.

        Raises:
            BoxFailed, WarmParentDied
        """
        if not count:
            return
        self._begin(operation, arguments, count=count, seconds=seconds)
        for index in range(count):
            yield self._observation(seconds, likely[index] if likely else None)

    def ask_ahead(
        self, operation: Operation, arguments: dict[str, Value], *, count: int, seconds: float
    ) -> None:
        """Send what is going to be asked next, so that the worker need not wait for the question.

        `stream` or `request` with equal arguments then only reads the answers; what fails here is
        raised there. Of several, only the last may run student code, or what it prints could be
        laid to another; and all but the first must be short: nothing is read meanwhile.
        """
        with contextlib.suppress(BoxFailed, WarmParentDied):
            self._must_live()
            self._send(operation, arguments, seconds)
            self._agenda.put_off(operation, arguments, count)

    def close(self) -> None:
        """Kill the worker and all it started; free what is held. May be called again."""
        if self._is_closed:
            return
        self._is_closed = True
        self._stop()
        self._channel.close()
        os.close(self._pipe)
        self._parent.forget(self._number)
        self._leave_group()

    def _begin(
        self, operation: Operation, arguments: dict[str, Value], *, count: int, seconds: float
    ) -> None:
        """Send a request that `count` replies will answer, unless it was sent ahead."""
        self._must_live()
        self._skip(seconds)
        while self._agenda.has_ahead:
            if self._agenda.begin_ahead(operation, arguments):
                return
            self._skip(seconds)
        self._send(operation, arguments, seconds)
        self._agenda.begin(count)

    def _send(self, operation: Operation, arguments: dict[str, Value], seconds: float) -> None:
        number = self._agenda.next_number
        request = Request(number=number, operation=operation, arguments=arguments)
        self._exchange(lambda end: self._channel.send(request.to_value(), end), seconds)

    def _skip(self, seconds: float) -> None:
        """Read the replies that whoever asked did not wait for."""
        while self._agenda.unread:
            self._take(self._received(seconds))

    def _must_live(self) -> None:
        if self._failure is not None:
            raise self._failure
        if self._is_closed:
            raise RuntimeError("the box is closed")

    def _observation(self, seconds: float, likely: Likely | None) -> Observation:
        """The next reply, as what a call did."""
        agenda, is_last = self._agenda, self._agenda.unread == 1
        if likely is None:
            frame = self._received(seconds)
        else:
            expected = likely.frame(agenda.number, agenda.index, is_last)
            # An exchange ends with a look at the limits, so the last reply is received as any.
            is_here = not is_last and self._channel.take(expected)
            frame = expected if is_here else self._received(seconds)
            if frame == expected:
                agenda.has_come(is_failure=False)
                return likely.observation
        value = self._take(frame)
        if isinstance(value, Raised):
            raise self._finish(failures.no_answer(f"{value.type_name}: {value.text}"))
        try:
            observation = Observation.from_value(value)
        except FrameError as error:
            raise self._finish(failures.no_answer(str(error))) from None
        if observation.raised and failures.ran_out_of_memory(observation.raised):
            raise self._finish(failures.out_of_memory(self.limits))
        return observation

    def _received(self, seconds: float) -> Frame:
        try:
            return self._exchange(self._channel.receive_frame, seconds)
        except FrameError as error:
            raise self._finish(failures.no_answer(str(error))) from None

    def _take(self, frame: Frame) -> Value:
        """The value of a reply, if it is the one that is due."""
        try:
            reply = Reply.from_value(self._channel.decoded(frame))
        except FrameError as error:
            raise self._finish(failures.no_answer(str(error))) from None
        raised = reply.value if isinstance(reply.value, Raised) else None
        agenda = self._agenda
        due = (agenda.number, agenda.index, agenda.unread == 1 or raised is not None)
        if (reply.number, reply.index, reply.last) != due:
            raise self._finish(failures.no_answer("it was not the answer that was due"))
        if raised is not None and failures.ran_out_of_memory(raised):
            raise self._finish(failures.out_of_memory(self.limits))
        agenda.has_come(is_failure=raised is not None)
        return reply.value

    def _exchange(self, action: Callable[[float], Answer], seconds: float) -> Answer:
        """Send or receive one frame; a limit met, or the worker's end, finishes the box."""
        try:
            answer = action(time.monotonic() + seconds)
            # Within an exchange `_wait` minds the limits, and with another one behind it, what the
            # worker does by now is no longer this one's.
            if self._agenda.is_last:
                self._drain()
                self._cpu_left()
        except BoxFailed as failure:
            raise self._finish(failure) from None
        except DeadlinePassed:
            raise self._finish(failures.out_of_time(seconds)) from None
        except PeerGone:
            raise self._finish(self._obituary()) from None
        return answer

    def _obituary(self) -> BoxFailed:
        """Why the other side is gone. If it is the warm parent that died, that is raised."""
        fate = self._fate
        self._parent.wait(lambda: fate.ended is not None, _LAST_NEWS_SECONDS)
        if fate.ended is not None and os.WIFSIGNALED(fate.ended.status):
            # A parent that dies takes its workers along, and may have told of them before.
            self._parent.wait(lambda: False, _DYING_SECONDS)
        try:
            self._drain()
        except BoxFailed as failure:
            return failure
        return failures.ended(fate.ended, self.limits, self.output)

    def _finish(self, failure: BoxFailed) -> BoxFailed:
        self._failure = failure
        self._stop()
        return failure

    def _stop(self) -> None:
        """End the worker now; its last CPU time is kept."""
        self._read_clock()
        self._clock = None
        if self._fate.pidfd >= 0:
            end(self._fate.pidfd)

    def _wait(self, events: int, deadline: float | None) -> None:
        """For the channel: wait for the socket, and meanwhile mind output and CPU time."""
        assert deadline is not None
        self._poll.modify(self._socket, events)
        while True:
            cpu_left = self._cpu_left()
            again = self._between() if self._between is not None else math.inf
            left = deadline - time.monotonic()
            if left <= 0:
                raise DeadlinePassed("the deadline passed")
            ready = self._poll.poll(1000 * min(left, again, max(cpu_left, _SHORTEST_CPU_WATCH)))
            if any(number != self._pipe for number, _ in ready):
                return
            if ready:
                self._drain()

    def _cpu_left(self) -> float:
        """Seconds that the worker may still compute.

        Raises:
            BoxFailed: none.
        """
        left = self.limits.cpu_seconds - self.cpu_seconds
        if left <= 0:
            raise failures.out_of_cpu_time(self.limits)
        return left

    def _drain(self) -> None:
        """Empty the output pipe as far as it is filled.

        Raises:
            BoxFailed: more was printed than may be.
        """
        while self._is_pipe_open and self._printed <= self.limits.output_bytes:
            try:
                data = os.read(self._pipe, _READ_BYTES)
            except BlockingIOError:
                return
            if not data:  # closed at the other end: a poll on it would never sleep
                self._is_pipe_open = False
                self._poll.unregister(self._pipe)
                return
            self._printed += len(data)
            self._kept += data[: _KEPT_OUTPUT_BYTES - len(self._kept)]
        if self._printed > self.limits.output_bytes:
            raise failures.too_much_output(self.limits)

    def _read_clock(self) -> float:
        if self._clock is not None:
            with contextlib.suppress(OSError):  # it has ended: its clock is gone
                self._cpu_last = time.clock_gettime(self._clock)
        return self._cpu_last


def _nothing() -> None: ...
