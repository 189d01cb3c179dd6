"""What submissions answered, as bytes to keep: frames, read back with all checks of the wire.

file = frame of {slug: {test id: [[observation, …] of a batch, …]}}
frame = header length (u32) · body length (u64), big-endian · header · body
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

from grader.compare import Answers
from grader.errors import FrameError
from grader.protocol import Bounds, Observation, Value, decode, encode

__all__ = ["MAX_BYTES", "pack_replies", "unpack_replies"]

MAX_BYTES = 8 << 20
_HEAD = struct.Struct(">IQ")
_BOUNDS = Bounds(header_bytes=MAX_BYTES, body_bytes=MAX_BYTES, items=1_000_000)


def pack_replies(answers: Mapping[str, Answers]) -> bytes:
    """One frame; b"" if it would be larger than 8 MiB, or could not be read back: then the
    submission is run again."""
    value: Value = {
        slug: {
            test_id: [[one.to_value() for one in batch] for batch in batches]
            for test_id, batches in tests.items()
        }
        for slug, tests in answers.items()
    }
    try:
        header, buffers = encode(value)
        body = b"".join(bytes(buffer) for buffer in buffers)
        decode(header, body, _BOUNDS)  # each answer kept within its bounds, and all together?
    except FrameError:
        return b""
    if _HEAD.size + len(header) + len(body) > MAX_BYTES:
        return b""
    return _HEAD.pack(len(header), len(body)) + header + body


def unpack_replies(data: bytes) -> dict[str, Answers]:
    """What `pack_replies` wrote.

    Raises:
        FrameError: it did not.
    """
    if len(data) < _HEAD.size:
        raise FrameError("no replies in it")
    header_bytes, body_bytes = _HEAD.unpack_from(data)
    if len(data) != _HEAD.size + header_bytes + body_bytes:
        raise FrameError("the file is cut or has something behind it")
    view = memoryview(data)[_HEAD.size :]
    value = decode(view[:header_bytes], view[header_bytes:], _BOUNDS)
    return {slug: _tests(tests) for slug, tests in _table(value).items()}


def _tests(value: Value) -> Answers:
    return {
        test_id: [_batch(b) for b in _list(batches)] for test_id, batches in _table(value).items()
    }


def _batch(value: Value) -> list[Observation]:
    return [Observation.from_value(one) for one in _list(value)]


def _table(value: Value) -> dict[str, Value]:
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {str(key): item for key, item in value.items()}
    raise FrameError("a table of replies is something else")


def _list(value: Value) -> list[Value]:
    if isinstance(value, list):
        return value
    raise FrameError("a list of replies is something else")
