"""Generated frames against the decoder: no crash, no large allocation, no type that is not plain.

Three kinds, a third each: valid frames damaged in some bytes, random msgpack around the tags, and
random bytes. A fixed seed gives the same frames again.

    python benchmarks/fuzz_frames.py [--frames 1000000] [--seed 0]
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import msgpack

from grader.errors import FrameError
from grader.protocol import (
    DTYPE_BYTES,
    ArrayValue,
    Bounds,
    Handle,
    Raised,
    Recipe,
    Unsendable,
    Value,
    decode,
    encode,
)

PLAIN = (type(None), bool, int, float, complex, str, bytes)
LEAVES = (*PLAIN, ArrayValue, Handle, Raised, Unsendable)
SMALL = Bounds(header_bytes=1 << 16, body_bytes=1 << 16, array_bytes=1 << 20, items=5000)
GROWTH_BYTES = 64 << 20
MARKERS = bytes(range(0xC0, 0xE0))  # msgpack's types with a length, and the reserved one


def main() -> int:
    """Print how many frames were refused; an exception that is no FrameError ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    for _ in range(1000):  # what the interpreter itself takes
        attempt(draw)
    before = peak_bytes()
    started = time.monotonic()
    refused = sum(not attempt(draw) for _ in range(options.frames))
    seconds = time.monotonic() - started
    grown = peak_bytes() - before
    print(
        f"{options.frames} frames in {seconds:.0f} s: {refused} refused, "
        f"{options.frames - refused} plain values, memory grew by {grown >> 10} KiB"
    )
    return int(grown > GROWTH_BYTES)


def attempt(draw: random.Random) -> bool:
    """Whether one generated frame was taken as a value."""
    header, body = draw.choice((damaged, tagged, noise))(draw)
    try:
        value = decode(header, body, SMALL)
    except FrameError:
        return False
    check(value, header)
    return True


def damaged(draw: random.Random) -> tuple[bytes, bytes]:
    header, buffers = encode(some_value(draw, 4))
    spoilt = bytearray(header)
    for _ in range(draw.choice((0, 1, 1, 2, 5))):
        place = draw.randrange(len(spoilt))
        action = draw.randrange(4)
        if action == 0:
            spoilt[place] = draw.randrange(256)
        elif action == 1:
            spoilt[place] = draw.choice(MARKERS)
        elif action == 2:
            del spoilt[place : place + draw.randrange(1, 4)]
        else:
            spoilt[place:place] = draw.randbytes(draw.randrange(1, 9))
        if not spoilt:
            break
    return bytes(spoilt), b"".join(map(bytes, buffers))


def tagged(draw: random.Random) -> tuple[bytes, bytes]:
    return msgpack.packb(some_tags(draw, 5)), draw.randbytes(draw.choice((0, 1, 4, 8, 64)))


def noise(draw: random.Random) -> tuple[bytes, bytes]:
    return draw.randbytes(draw.randrange(64)), draw.randbytes(draw.randrange(16))


def some_tags(draw: random.Random, depth: int) -> Any:
    if depth == 0 or draw.random() < 0.3:
        leaves = (None, True, 0, 7, -1, 1 << 40, 0.5, "0xffffffffffffffff1", "float32", b"x", b"")
        return draw.choice(leaves)
    parts = [some_tags(draw, depth - 1) for _ in range(draw.randrange(5))]
    return [draw.randrange(-1, 14), *parts] if draw.random() < 0.8 else parts


def some_value(draw: random.Random, depth: int) -> Value:
    makers = (*FLAT, *NESTED) if depth else FLAT
    return draw.choice(makers)(draw, depth - 1)


def some_text(draw: random.Random, depth: int) -> Value:
    return "".join(chr(draw.randrange(0xE000)) for _ in range(draw.randrange(9)))


def some_list(draw: random.Random, depth: int) -> list[Value]:
    return [some_value(draw, depth) for _ in range(draw.randrange(4))]


def some_dict(draw: random.Random, depth: int) -> Value:
    return {draw.randrange(99): some_value(draw, depth) for _ in range(3)}


def some_recipe(draw: random.Random, depth: int) -> Value:
    return Recipe(name="mlp", arguments={"n": 1}, state={"w": some_array(draw)})


Maker = Callable[[random.Random, int], Value]
FLAT: tuple[Maker, ...] = (
    lambda draw, depth: draw.choice((None, True, False)),
    lambda draw, depth: draw.randrange(-(1 << 66), 1 << 66),
    lambda draw, depth: draw.choice((0.0, -0.0, 1e308, float("inf"), float("nan"))),
    lambda draw, depth: complex(draw.random(), draw.random()),
    lambda draw, depth: draw.randbytes(draw.randrange(20)),
    lambda draw, depth: some_array(draw),
    lambda draw, depth: Handle(number=draw.randrange(1 << 30), type_name="Linear"),
    lambda draw, depth: Raised(classes=("ValueError",), text="no", line=draw.randrange(99)),
    lambda draw, depth: Unsendable(type_name="generator"),
    some_text,
)
NESTED: tuple[Maker, ...] = (
    some_list,
    some_list,
    lambda draw, depth: tuple(some_list(draw, depth)),
    some_dict,
    some_recipe,
)


def some_array(draw: random.Random) -> ArrayValue:
    dtype = draw.choice(sorted(DTYPE_BYTES))
    shape = tuple(draw.randrange(4) for _ in range(draw.randrange(4)))
    strides = tuple(draw.randrange(4) for _ in shape)
    span = 0 if 0 in shape else 1 + sum((n - 1) * s for n, s in zip(shape, strides, strict=True))
    return ArrayValue(
        kind=draw.choice(("tensor", "array", "scalar")),
        dtype=dtype,
        shape=shape,
        strides=strides,
        buffer=draw.randbytes(span * DTYPE_BYTES[dtype]),
    )


def check(value: Value, header: bytes) -> None:
    """Every part has exactly a type of the vocabulary."""
    rest: list[Value] = [value]
    while rest:
        part = rest.pop()
        if type(part) in (list, tuple):
            rest.extend(part)  # type: ignore[arg-type]  # one of the two
        elif type(part) is dict:
            rest.extend(part.keys())
            rest.extend(part.values())
        elif type(part) is Recipe:
            rest.extend(part.arguments.values())
            rest.extend(part.state.values())
        else:
            assert type(part) in LEAVES, (type(part), header)


def peak_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


if __name__ == "__main__":
    sys.exit(main())
