"""Answers that are expected, known by their bytes: what arrives like them needs no decoding.

Most answers are right, and most right ones are the oracle's to the last bit. Equal bytes are equal
values, whoever sent them.
"""

from __future__ import annotations

import functools
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

    def frame(self, number: int, index: int, last: bool) -> Frame:
        """The reply with this number, index and end that holds this observation."""
        start = (_START, _packed(number), _packed(index), _packed(last), self._header)
        return b"".join(start), self._body


@functools.lru_cache(4096)
def _packed(value: int) -> bytes:
    packed: bytes = msgpack.packb(value)
    return packed
