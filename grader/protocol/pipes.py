"""The same frames over two pipes, for systems without socketpair and poll: no deadlines here.

A pipe cannot be waited for with a limit on every system, so whoever holds this end either may
wait for ever (the worker) or reads in a thread of its own (the grader, in tier process).
"""

from __future__ import annotations

from typing import BinaryIO

from grader.protocol.channel import Channel, PeerGone
from grader.protocol.codec import Bounds

__all__ = ["Pipes"]


class Pipes(Channel):
    """Sends and receives values over two byte streams, which it owns."""

    def __init__(self, reading: BinaryIO, writing: BinaryIO, bounds: Bounds) -> None:
        self._reading = reading
        self._writing = writing
        self._bounds = bounds

    def close(self) -> None:
        for stream in (self._reading, self._writing):
            try:
                stream.close()
            except OSError:  # what was still to be written has no reader any more
                continue

    def fileno(self) -> int:
        return self._reading.fileno()

    def _write(self, data: memoryview, deadline: float | None) -> None:
        try:
            while data:  # an unbuffered stream may take a part
                data = data[self._writing.write(data) :]
        except (OSError, ValueError):
            raise PeerGone("the other side is gone") from None

    def _read(self, length: int, deadline: float | None) -> bytearray:
        data = bytearray()
        while len(data) < length:
            try:
                part = self._reading.read(min(length - len(data), 1 << 20))
            except (OSError, ValueError):
                part = b""
            if not part:
                raise PeerGone("the other side closed the connection")
            data += part
        return data
