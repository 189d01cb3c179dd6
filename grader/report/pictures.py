"""Grey images as data: addresses of PNG files; the bytes do not depend on a library's version."""

from __future__ import annotations

import base64
import binascii
import math
import struct
import zlib
from collections.abc import Sequence

from grader.model import Array, Mistake
from grader.report import figures

__all__ = ["address", "filter_sheet", "pixels_of"]

_SIDE = 64  # pixels; a larger image is not shown
_MOST_FILTERS = 64
_LARGEST_FILTER = 15


def address(rows: Sequence[bytes], *, is_black_clear: bool = False) -> str:
    """A picture of 16 greys from rows of equal length, one byte each, 255 is white.

    The data are stored, not compressed: what a compressor writes changes with its version.
    `is_black_clear` lets the page show through where a byte is below 16.
    """
    height, width = len(rows), len(rows[0])
    packed = b"".join(b"\0" + _nibbles(row) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    image = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)
    image += _chunk(b"tRNS", b"\0\0") if is_black_clear else b""
    image += _chunk(b"IDAT", zlib.compress(packed, 0)) + _chunk(b"IEND", b"")
    return "data:image/png;base64," + base64.b64encode(image).decode()


def _nibbles(row: bytes) -> bytes:
    even = row + b"\0" * (len(row) % 2)
    return bytes((even[i] & 0xF0) | even[i + 1] >> 4 for i in range(0, len(even), 2))


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def pixels_of(mistake: Mistake) -> tuple[bytes, ...]:
    """The rows of a held-out image; () if they are not what its size says."""
    height, width = mistake.size
    if not (0 < height <= _SIDE and 0 < width <= _SIDE):
        return ()
    try:
        pixels = base64.b64decode(mistake.pixels, validate=True)
    except (binascii.Error, ValueError):
        return ()
    if len(pixels) != height * width:
        return ()
    return tuple(pixels[i : i + width] for i in range(0, len(pixels), width))


def filter_sheet(filters: Array) -> tuple[tuple[bytes, ...], int]:
    """Filters side by side with a gap of 0 between, and how many; ((), 0) if there are none.

    16 is the most negative weight, 255 the largest, both by the same measure.
    """
    if len(filters.shape) != 4:
        return (), 0
    height, width = filters.shape[2:]
    if not (0 < height <= _LARGEST_FILTER and 0 < width <= _LARGEST_FILTER):
        return (), 0
    weights = [figures.value(value) for value in filters.values]
    area = height * width
    count = min(len(weights) // area, _MOST_FILTERS)
    if not count or not all(w is not None and math.isfinite(w) for w in weights):
        return (), 0
    known = [w for w in weights if w is not None]
    largest = max(map(abs, known)) or 1.0
    greys = bytes(round(136 + 119 * w / largest) for w in known)
    return tuple(
        b"\0".join(greys[n * area + y * width :][:width] for n in range(count))
        for y in range(height)
    ), count
