from __future__ import annotations

import base64
import dataclasses
import struct
import zlib

import pytest

from grader.model import Array
from grader.report import pictures

from .attempts import make_training

MISTAKE = make_training().mistakes[0]


def decoded(address: str) -> tuple[int, int, list[list[int]], set[bytes]]:
    """Width, height, grey levels from 0 to 15 and names of chunks of a 4-bit PNG."""
    data = base64.b64decode(address.removeprefix("data:image/png;base64,"))
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        (check,) = struct.unpack_from(">I", data, at + 8 + size)
        assert check == zlib.crc32(name + body)
        chunks[name] = body
        at += 12 + size
    width, height, depth, colour = struct.unpack_from(">IIBB", chunks[b"IHDR"])
    assert (depth, colour) == (4, 0)
    raw = zlib.decompress(chunks[b"IDAT"])
    stride = 1 + (width + 1) // 2
    rows = [raw[y * stride + 1 : (y + 1) * stride] for y in range(height)]
    greys = [[n for byte in row for n in (byte >> 4, byte & 15)][:width] for row in rows]
    return width, height, greys, set(chunks)


@pytest.mark.parametrize("width", [1, 2, 3, 28])
def test_a_picture_holds_its_pixels_in_16_greys(width):
    rows = [bytes((x * 37 + y) % 256 for x in range(width)) for y in range(4)]
    found = decoded(pictures.address(rows))
    assert found[:3] == (width, 4, [[byte >> 4 for byte in row] for row in rows])
    assert b"tRNS" not in found[3]


def test_a_gap_can_be_clear():
    assert b"tRNS" in decoded(pictures.address([b"\0"], is_black_clear=True))[3]


def test_an_image_of_28_by_28_is_small():
    assert len(pictures.address(pictures.pixels_of(MISTAKE))) < 800


@pytest.mark.parametrize(
    "members",
    [
        {"pixels": "not base64!"},
        {"pixels": "AAAA"},
        {"pixels": "é"},
        {"size": (0, 28)},
        {"size": (-28, -28)},
        {"size": (10**9, 10**9)},
    ],
)
def test_pixels_that_do_not_fit_their_size_are_left_out(members):
    assert pictures.pixels_of(dataclasses.replace(MISTAKE, **members)) == ()


def test_filters_lie_side_by_side_with_a_gap():
    array = Array(dtype="float32", shape=(2, 1, 1, 2), values=(-1.0, 0.0, 0.5, 1.0))
    rows, count = pictures.filter_sheet(array)
    assert (rows, count) == ((bytes([17, 136, 0, 196, 255]),), 2)


@pytest.mark.parametrize(
    "array",
    [
        Array(dtype="float32", shape=(2, 2), values=(1.0,) * 4),
        Array(dtype="float32", shape=(1, 1, 0, 3), values=()),
        Array(dtype="float32", shape=(1, 1, 99, 99), values=(1.0,) * 4),
        Array(dtype="float32", shape=(1, 1, 2, 2), values=("nan", 1.0, 1.0, 1.0)),
        Array(dtype="float32", shape=(1, 1, 2, 2), values=("x", 1.0, 1.0, 1.0)),
        Array(dtype="float32", shape=(1, 1, 3, 3), values=(1.0,) * 4),
    ],
)
def test_what_is_no_filter_is_left_out(array):
    assert pictures.filter_sheet(array) == ((), 0)
