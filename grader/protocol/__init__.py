"""Frames between the grader and its workers: values only, no pickle, no torch."""

from grader.protocol.channel import Channel, DeadlinePassed, Frame, PeerGone
from grader.protocol.codec import TRUSTED, Bounds, decode, encode, prepare
from grader.protocol.likely import Likely
from grader.protocol.messages import PROTOCOL_VERSION, Observation, Operation, Reply, Request
from grader.protocol.values import (
    DTYPE_BYTES,
    ArrayValue,
    Handle,
    Raised,
    Recipe,
    Unsendable,
    Value,
)

__all__ = [
    "DTYPE_BYTES",
    "PROTOCOL_VERSION",
    "TRUSTED",
    "ArrayValue",
    "Bounds",
    "Channel",
    "DeadlinePassed",
    "Frame",
    "Handle",
    "Likely",
    "Observation",
    "Operation",
    "PeerGone",
    "Raised",
    "Recipe",
    "Reply",
    "Request",
    "Unsendable",
    "Value",
    "decode",
    "encode",
    "prepare",
]
