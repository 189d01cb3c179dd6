"""Frames between the grader and its workers: values only, no pickle, no torch."""

from grader.protocol.channel import Channel, DeadlinePassed, PeerGone
from grader.protocol.codec import TRUSTED, Bounds, decode, encode, prepare
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
    "Handle",
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
