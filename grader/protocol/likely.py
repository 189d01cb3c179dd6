"""Answers that are expected, known by their bytes: what arrives like them needs no decoding.

Most answers are right, and most right ones are the oracle's to the last bit. Equal bytes are equal
values, whoever sent them.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgpack

from grader.protocol.channel import Frame
from grader.protocol.codec import encode
from grader.protocol.messages import Observation

__all__ = ["Likely"]

_START = encode([1, 2, 3, 4])[0][:-4]  # of a list of four: see Reply.to_value


@dataclass(frozen=True, slots=True)
class Likely:
    """An observation as the body of a reply would hold it."""

    observation: Observation
    _header: bytes
    _body: bytes

    @classmethod
    def of(cls, observation: Observation) -> Likely:
        header, buffers = encode(observation.to_value())
        return cls(observation, header, b"".join(bytes(buffer) for buffer in buffers))

    def is_sent_in(self, frame: Frame, number: int, index: int, last: bool) -> bool:
        """Whether a frame is the reply with this number, index and end, and this observation."""
        header, body = frame
        if body != self._body or not header.endswith(self._header):
            return False
        start = b"".join((_START, _packed(number), _packed(index), _packed(last)))
        return header == start + self._header


def _packed(value: int) -> bytes:
    packed: bytes = msgpack.packb(value)
    return packed
