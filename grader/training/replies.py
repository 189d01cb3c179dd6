"""What a training worker says, read with care: plain values in, checked ones out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from torch import Tensor

from grader.compare import clean
from grader.errors import FrameError
from grader.messages import say
from grader.model import FunctionState, Verdict
from grader.observe import from_wire
from grader.protocol import ArrayValue, Raised, Value

__all__ = [
    "Found",
    "Plan",
    "Steps",
    "TrainingFailed",
    "in_words",
    "is_count",
    "no_answer",
    "read_found",
    "read_plan",
    "read_report",
    "read_tensor",
    "shortened",
]

_MOST_TEXT = 400
_MOST_AXES = 64  # of a tensor of torch's
_LARGEST = 1 << 48


class TrainingFailed(Exception):
    """The run cannot go on: what became of it, and a sentence for the student."""

    def __init__(self, verdict: Verdict, sentence: str) -> None:
        super().__init__(sentence)
        self.verdict = verdict
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One name of the contract in the submission."""

    state: FunctionState
    path: str = ""
    line: int | None = None
    cell: int | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the worker says that it will train: report only."""

    parameters: Mapping[str, tuple[int, ...]]
    buffers: int
    epochs: object
    batch_size: object
    optimizer: str
    rate: float | None
    optimized: int
    own_train: bool
    notes: tuple[str, ...]

    @property
    def registered(self) -> int:
        """How many numbers the model's parameters have together."""
        return sum(map(math.prod, self.parameters.values()))

    @property
    def size(self) -> int:
        """The same, with what the optimiser has beside them: layers in a plain list."""
        return max(self.registered, self.optimized)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A few steps of training."""

    losses: tuple[float, ...]
    done: bool


def shortened(text: object) -> str:
    """What a worker says, as a page may show it."""
    return clean(str(text))[:_MOST_TEXT]


def in_words(raised: Raised) -> str:
    """An exception in one line."""
    where = say("unread.line", line=raised.line) if raised.line else ""
    text = shortened(raised.text)
    return f"{clean(raised.type_name)}: {text}{where}" if text else f"{raised.type_name}{where}"


def read_found(value: Value) -> Found:
    """One name of the contract.

    Raises:
        TrainingFailed: it is no such thing.
    """
    table: Any = value
    match table:
        case {"state": str(state), "path": str(path), "message": str(message)}:
            if state not in set(FunctionState):
                raise no_answer("parse")
            line, cell = table.get("line"), table.get("cell")
            return Found(
                state=FunctionState(state),
                path=path,
                line=line if isinstance(line, int) else None,
                cell=cell if isinstance(cell, int) else None,
                sentence=clean(message),
            )
    raise no_answer("parse")


def is_count(value: object) -> TypeGuard[int]:
    """Whether a worker's word for how many there are of something can be true."""
    return type(value) is int and 0 <= value < _LARGEST


def read_plan(reply: Value) -> Plan:
    """The plan of a run.

    Raises:
        TrainingFailed: it is none.
    """
    try:
        return _plan(reply)
    except (FrameError, LookupError, TypeError, ValueError, ArithmeticError):
        raise no_answer("build") from None


def _plan(reply: Value) -> Plan:
    live: Any = from_wire(reply)
    rate = live["rate"]
    return Plan(
        parameters={clean(str(name))[:100]: _shape(shape) for name, shape in live["parameters"]},
        buffers=_count(live["buffers"]),
        epochs=live["epochs"],
        batch_size=live["batch_size"],
        optimizer=clean(str(live["optimizer"]))[:100],
        rate=float(rate) if isinstance(rate, (int, float)) else None,
        optimized=_count(live["optimized"]),
        own_train=live["own_train"] is True,
        notes=tuple(map(shortened, live["notes"])),
    )


def _shape(sizes: Any) -> tuple[int, ...]:
    if len(sizes) > _MOST_AXES:
        raise ValueError("a tensor of too many axes")
    shape = tuple(map(_count, sizes))
    _count(math.prod(shape))
    return shape


def _count(value: object) -> int:
    if not is_count(value):
        raise ValueError("not how many there can be of anything")
    return value


def read_report(value: Value) -> dict[str, Any]:
    """As it is, from the worker: whoever reads it checks every member."""
    try:
        live = from_wire(value)
    except FrameError:
        return {}
    return live if isinstance(live, dict) else {}


def read_tensor(value: Value, action: str) -> Tensor:
    """A tensor of real numbers, which `action` asked for.

    Raises:
        TrainingFailed: it is none.
    """
    if not isinstance(value, ArrayValue) or value.dtype.startswith("complex"):
        raise no_answer(action)
    try:
        live = from_wire(value)
    except FrameError:
        raise no_answer(action) from None
    if not isinstance(live, Tensor):
        raise no_answer(action)
    return live.detach()


def no_answer(action: str) -> TrainingFailed:
    """For a reply that is none to what was asked."""
    return TrainingFailed(Verdict.ERROR, say("session.no answer", action=action))
