"""What the grader asks of a worker and what comes back. Every message is named here.

    grader -> worker   Request(number, operation, arguments)
    worker -> grader   Reply(number, index, value, last)          one or more per request

A request is answered by replies with its number and index 0, 1, 2, …; the one with `last` ends it.
`call` and `call_handle` answer once per case, each with an Observation, so that finished cases
count when a later one hangs. All other operations answer once. A reply whose value is a `Raised`
says that the operation itself failed.

    operation     arguments                                       value of the reply
    parse         files {path: bytes}, functions [name],          see worker.parsing
                  forbidden {function: [dotted name]},
                  imports [name], slug
    load          files, functions [name], slug, path | None,     {function: None | Raised,
                  mode "auto"|"definitions"|"executed",            "": notes as in parse}
                  seconds
    describe      function                                        {"parameters": [...], ...}
    call          function, cases [[args, kwargs]], seed,          Observation per case
                  gradient, watch, reset
    call_handle   handle, cases, seed, gradient, watch, reset     Observation per case
    trace         functions {name: [cases, forbidden, harness]},  [finding as in parse]
                  seconds
    substitute    function, recipe                                None
    get_state     handle                                          {name: array}
    train         (the capstone)                                  (a later issue)
    drop          handles [number]                                None
    execute       files, path                                     {"cells": [...]}: opens a notebook
    execute       cell, seconds, output_bytes                     {"status", "outputs", ...}: runs
                                                                  one of its code cells, from 1;
                                                                  both: see worker.execution
    pictures      pictures [uint8 array]                          [uint8 array | None]: decoded and
                                                                  encoded anew, see worker.pictures
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from grader.errors import FrameError
from grader.protocol.values import ArrayValue, Raised, Value

__all__ = ["PROTOCOL_VERSION", "Observation", "Operation", "Reply", "Request"]

PROTOCOL_VERSION = 1


class Operation(enum.StrEnum):
    """What a worker can be asked to do."""

    PARSE = "parse"
    LOAD = "load"
    DESCRIBE = "describe"
    CALL = "call"
    CALL_HANDLE = "call_handle"
    TRACE = "trace"
    SUBSTITUTE = "substitute"
    GET_STATE = "get_state"
    TRAIN = "train"
    DROP = "drop"
    EXECUTE = "execute"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question to a worker."""

    number: int
    operation: Operation
    arguments: dict[str, Value] = field(default_factory=dict)

    def to_value(self) -> Value:
        arguments: dict[Value, Value] = dict(self.arguments.items())
        return [self.number, str(self.operation), arguments]

    @classmethod
    def from_value(cls, value: Value) -> Request:
        match value:
            case [int(number), str(operation), dict(arguments)]:
                named = {key: v for key, v in arguments.items() if isinstance(key, str)}
                return cls(number=number, operation=Operation(operation), arguments=named)
            case _:
                raise FrameError("not a request")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer of a worker."""

    number: int
    index: int
    value: Value
    last: bool = True

    def to_value(self) -> Value:
        return [self.number, self.index, self.last, self.value]

    @classmethod
    def from_value(cls, value: Value) -> Reply:
        match value:
            case [int(number), int(index), bool(last), answer] if type(number) is int:
                return cls(number=number, index=index, last=last, value=answer)
            case _:
                raise FrameError("not a reply")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What one call did, from outside.

    `result` is the value returned, or a `Raised`. `gradients`, if asked for, holds one entry per
    tensor argument that requires grad, in order of appearance: the gradient of a fixed weighted
    sum of the result, or None where none arrived. `changed`, if asked for, names the arguments
    that the call wrote into ("argument 1", "x"); it may cost points and never gives any.
    """

    result: Value
    gradients: tuple[ArrayValue | None, ...] | None = None
    changed: tuple[str, ...] = ()

    @property
    def raised(self) -> Raised | None:
        return self.result if isinstance(self.result, Raised) else None

    def to_value(self) -> Value:
        return [self.result, self.gradients, self.changed]

    @classmethod
    def from_value(cls, value: Value) -> Observation:
        match value:
            case [result, None | tuple() as gradients, tuple() as changed]:
                arrays = None if gradients is None else tuple(map(_array_or_none, gradients))
                return cls(result=result, gradients=arrays, changed=tuple(map(_text, changed)))
            case _:
                raise FrameError("not an observation")


def _array_or_none(value: Value) -> ArrayValue | None:
    if value is None or isinstance(value, ArrayValue):
        return value
    raise FrameError("a gradient that is no array")


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    raise FrameError("a name that is no text")
