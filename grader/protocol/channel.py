"""One end of a worker's connection: whole frames over a stream socket, under one deadline.

    frame = header length (u32) · body length (u64), big-endian · header · body

Reading takes no descriptor that the other side may push along, allocates nothing before the
lengths are within bounds, and lets no trickle of bytes outlast the deadline. After any FrameError
the channel is finished: whoever holds it ends the worker and never resynchronises.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable
from typing import TypeAlias

from grader.errors import FrameError
from grader.protocol.codec import Bounds, decode, encode
from grader.protocol.values import Value

__all__ = ["Channel", "DeadlinePassed", "Frame", "PeerGone", "Wait"]

_HEAD = struct.Struct(">IQ")
_JOINED_BYTES = 128 << 10  # copying so much costs less than a system call for each part
_AHEAD_BYTES = 32 << 10  # read at once, so that many small frames take one system call


class DeadlinePassed(FrameError):
    """The other side did not answer, or did not take what was sent, in time."""


class PeerGone(FrameError):
    """The other side closed the connection."""


Frame: TypeAlias = tuple[bytes | bytearray, bytes | bytearray]
"""Header and body, within the bounds."""

Wait: TypeAlias = Callable[[int, float | None], None]
"""(select.POLLIN or POLLOUT, deadline): returns once the socket is ready, or raises
DeadlinePassed. A caller that must watch more than the socket while it waits brings its own."""


class Channel:
    """Sends and receives values over a connected stream socket, which it owns."""

    def __init__(
        self, connection: socket.socket, bounds: Bounds, *, wait: Wait | None = None
    ) -> None:
        connection.setblocking(False)
        self._socket = connection
        self._bounds = bounds
        self._ahead = b""  # what was read along with the frames before, from `_next` on
        self._next = 0
        self._poll = select.poll()
        self._poll.register(connection, 0)
        self._wait = self._wait_alone if wait is None else wait

    def close(self) -> None:
        self._socket.close()

    def fileno(self) -> int:
        return self._socket.fileno()

    def send(self, value: Value, deadline: float | None = None) -> None:
        """Send one frame before `deadline` (time.monotonic); None waits for ever.

        Raises:
            DeadlinePassed, PeerGone, FrameError.
        """
        header, buffers = encode(value)
        body_bytes = sum(len(buffer) for buffer in buffers)
        start = _HEAD.pack(len(header), body_bytes) + header
        if body_bytes <= _JOINED_BYTES:  # one call, and one waking of the other side
            self._write(memoryview(b"".join((start, *buffers))), deadline)
            return
        self._write(memoryview(start), deadline)
        for buffer in buffers:
            self._write(memoryview(buffer).cast("B"), deadline)

    def receive(self, deadline: float | None = None) -> Value:
        """The next value, complete before `deadline` (time.monotonic); None waits for ever.

        Raises:
            DeadlinePassed, PeerGone, FrameError.
        """
        return self.decoded(self.receive_frame(deadline))

    def decoded(self, frame: Frame) -> Value:
        """The value of a frame that was received here.

        Raises:
            FrameError.
        """
        return decode(*frame, self._bounds)

    def receive_frame(self, deadline: float | None = None) -> Frame:
        """The same as `receive`, still encoded."""
        header_bytes, body_bytes = _HEAD.unpack(self._read(_HEAD.size, deadline))
        if header_bytes > self._bounds.header_bytes or body_bytes > self._bounds.body_bytes:
            raise FrameError("the frame is larger than allowed")
        header = self._read(header_bytes, deadline)
        body = self._read(body_bytes, deadline)
        return header, body

    def take(self, frame: Frame) -> bool:
        """Take the next frame if it has arrived whole and is this very one."""
        header, body = frame
        data = b"".join((_HEAD.pack(len(header), len(body)), header, body))
        if not self._ahead.startswith(data, self._next):
            return False
        self._next += len(data)
        return True

    def _write(self, data: memoryview, deadline: float | None) -> None:
        while data:
            try:
                data = data[self._socket.send(data, socket.MSG_NOSIGNAL) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError:
                raise PeerGone("the other side is gone") from None

    def _read(self, length: int, deadline: float | None) -> bytes | bytearray:
        """Exactly `length` bytes."""
        end = self._next + length
        if end > len(self._ahead):
            return self._read_on(length, deadline)
        data = self._ahead[self._next : end]
        self._next = end
        return data

    def _read_on(self, length: int, deadline: float | None) -> bytearray:
        """The same where the socket has to be asked."""
        data = bytearray(length)
        had = len(self._ahead) - self._next
        data[:had] = self._ahead[self._next :]
        self._ahead, self._next = b"", 0
        view = memoryview(data)[had:]
        while view:
            count = self._received(view, deadline)
            if not count:
                raise PeerGone("the other side closed the connection")
            view = view[count:]
            if deadline is not None and view and time.monotonic() > deadline:
                raise DeadlinePassed("the deadline passed inside a frame")
        return data

    def _received(self, view: memoryview, deadline: float | None) -> int:
        """How many bytes were put into `view`, 0 once the other side is gone."""
        while True:
            try:
                if len(view) >= _AHEAD_BYTES:
                    return self._socket.recv_into(view)
                chunk = self._socket.recv(_AHEAD_BYTES)
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except OSError:
                raise PeerGone("the other side is gone") from None
            count = min(len(chunk), len(view))
            view[:count] = chunk[:count]
            self._ahead, self._next = chunk, count
            return count

    def _wait_alone(self, events: int, deadline: float | None) -> None:
        self._poll.modify(self._socket, events)
        if deadline is None:
            self._poll.poll()
            return
        left = deadline - time.monotonic()
        if left <= 0 or not self._poll.poll(left * 1000):
            raise DeadlinePassed("the deadline passed")
