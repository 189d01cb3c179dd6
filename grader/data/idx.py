"""The IDX format of MNIST: arrays of bytes with a short header.

0 0 · type (8: unsigned byte) · number of axes · one u32 a size, big-endian · the bytes
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib

import numpy as np
import numpy.typing as npt

from grader.errors import DataError

__all__ = ["Bytes", "read_idx", "write_idx"]

Bytes = npt.NDArray[np.uint8]
_UNSIGNED_BYTE = 8
_MOST_BYTES = 1 << 30
_GZIP = b"\x1f\x8b"


def read_idx(raw: bytes, name: str) -> Bytes:
    """The array in a file's bytes, which may be compressed with gzip.

    Args:
        raw: the whole file.
        name: of the file, for messages.

    Raises:
        DataError: it is not IDX, of another type than bytes, cut off, or has bytes left over.
    """
    raw = decompressed(raw, name)
    if len(raw) < 4 or raw[:2] != b"\0\0":
        raise _corrupt(name, "it does not start like an IDX file")
    kind, axes = raw[2], raw[3]
    if kind != _UNSIGNED_BYTE or not 1 <= axes <= 4:
        raise _corrupt(name, f"it has type {kind} and {axes} axes, wanted bytes with 1 to 4 axes")
    start = 4 + 4 * axes
    if len(raw) < start:
        raise _corrupt(name, "it ends inside its header")
    shape = struct.unpack(f">{axes}I", raw[4:start])
    wanted = math.prod(shape)
    if len(raw) - start != wanted:
        raise _corrupt(name, f"its header promises {wanted:,} bytes, {len(raw) - start:,} follow")
    return np.frombuffer(raw, np.uint8, offset=start).reshape(shape).copy()  # may be written to


def write_idx(array: Bytes, *, compress: bool = False) -> bytes:
    """A file's bytes; the same array gives the same bytes."""
    header = bytes((0, 0, _UNSIGNED_BYTE, array.ndim)) + struct.pack(
        f">{array.ndim}I", *array.shape
    )
    raw = header + np.ascontiguousarray(array, np.uint8).tobytes()
    return gzip.compress(raw, 9, mtime=0) if compress else raw


def decompressed(raw: bytes, name: str) -> bytes:
    """`raw`, without gzip around it.

    Raises:
        DataError: the compressed bytes are damaged or grow beyond 1 GiB.
    """
    if raw[:2] != _GZIP:
        return raw
    unpack = zlib.decompressobj(wbits=31)
    try:
        plain = unpack.decompress(raw, _MOST_BYTES)
    except zlib.error as error:
        raise _corrupt(name, f"the compressed bytes are damaged ({error})") from None
    if not unpack.eof:
        raise _corrupt(name, "the compressed bytes end early or are larger than 1 GiB")
    return plain


def _corrupt(name: str, reason: str) -> DataError:
    return DataError(f"{name}: {reason}. Remove the file and fetch it again with `grader data`.")
