"""Sends msgpack's extension types and timestamps."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR" }
# control = "a naive grader has no frames"
# ///

import msgpack

import loot


def double(x):
    number, index, _, value = loot.answer_to_this(0)
    loot.send_header(msgpack.packb([0, [number, index, False, msgpack.ExtType(1, b"x")]]))
    return x * 2


def mean_of(x):
    number, index, _, value = loot.answer_to_this(0)
    loot.send_header(msgpack.packb([0, [number, index, False, msgpack.Timestamp(1)]]))
    return 0.0
