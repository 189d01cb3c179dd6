"""Which known mistake a function's answers match, judged apart for each kind of check.

A table holds the answers of one wrong answer of ours to the very calls that the submission was
asked. The submission matches it if both go wrong in the same cases and give the same there. Only
tables are compared: nothing runs here. If several tables match, or none, nothing is said: a
wrong hint is worse than none.
"""

from __future__ import annotations

import enum
import functools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from torch import Tensor

from grader.compare import (
    Answers,
    Asked,
    Batch,
    Check,
    CheckKind,
    difference,
    tensor_of,
    wrong_answers,
)
from grader.protocol import ArrayValue, Observation, Value

__all__ = ["Group", "Table", "alike", "group_of", "matching"]

MIN_CASES = 3  # of finite value cases in which the wrong answer shows
MIN_CALLS = 2  # different ones among them
_ALIKE = 0.7  # of two messages, by SequenceMatcher.ratio
_MOST_TEXT = 200
_BESIDE_VALUES = {CheckKind.GRADIENTS, CheckKind.TYPES, CheckKind.ARGUMENTS}
_ROUGHLY = Check(rtol=1e-3, atol=1e-3)
_NUMBER = re.compile(r"\d+")


class Group(enum.StrEnum):
    """What is judged apart. NON_FINITE: value cases whose input holds nan or infinities."""

    VALUES = "values"
    NON_FINITE = "non-finite"
    TYPES = "types"
    GRADIENTS = "gradients"
    ARGUMENTS = "arguments"
    REFUSALS = "refusals"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One wrong answer: whose mistake it is, the hint, and its answers."""

    function: str
    name: str
    hint: str
    answers: Answers
    _wrong: dict[tuple[str, int], tuple[bool, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def got(self, batch: Batch) -> Sequence[Observation]:
        """Its answers to what the batch asked, as far as there are any."""
        batches = self.answers.get(batch.test_id, ())
        return batches[batch.number] if batch.number < len(batches) else ()

    def wrong(self, batch: Batch) -> tuple[bool, ...]:
        """Which of them are wrong; found once, since every submission is asked the same."""
        key = (batch.test_id, batch.number)
        if key not in self._wrong:
            self._wrong[key] = wrong_answers(batch.asked, self.got(batch))
        return self._wrong[key]


def group_of(asked: Asked, index: int) -> Group:
    """The group that a case belongs to."""
    if asked.check.kind is not CheckKind.VALUES:
        return Group(asked.check.kind.value)
    key = (Group, index)
    if key not in asked.facts:
        positional, named = asked.calls[index]
        asked.facts[key] = all(_is_finite(value) for value in (*positional, *named.values()))
    return Group.VALUES if asked.facts[key] else Group.NON_FINITE


def matching(batches: Sequence[Batch], tables: Sequence[Table]) -> dict[Group, tuple[Table, ...]]:
    """The tables that a function's answers match, for each group in which the function is wrong.

    Args:
        batches: what the function was asked in all hidden tests, with its answers.
        tables: the wrong answers of the same function.
    """
    answered = [
        _Answered(
            batch,
            batch.wrong,
            tuple(group_of(batch.asked, index) for index in range(len(batch.got))),
        )
        for batch in batches
    ]
    wrong = {
        group
        for one in answered
        for group, is_wrong in zip(one.groups, one.wrong, strict=True)
        if is_wrong
    }
    if Group.VALUES in wrong:
        wrong.discard(Group.NON_FINITE)  # what goes wrong there may be the same mistake
    possible = [table for table in tables if _fits_values(answered, table)]
    return {
        group: tuple(table for table in possible if _matches(answered, table, group))
        for group in sorted(wrong)
    }


@dataclass(frozen=True, slots=True)
class _Answered:
    """One batch of the submission, which of its answers are wrong, and each one's group."""

    batch: Batch
    wrong: tuple[bool, ...]
    groups: tuple[Group, ...]


def _fits_values(answered: Sequence[_Answered], table: Table) -> bool:
    """Whether a mistake can be named at all: it gives right values, or the very same wrong ones.

    Otherwise a gradient or type that it shares would name it for code that does something else.
    """
    if _is_right(answered, table, Group.VALUES):
        return True
    return _agrees(_places(answered, Group.VALUES), table)


def _matches(answered: Sequence[_Answered], table: Table, group: Group) -> bool:
    places = _places(answered, group)
    if not _agrees(places, table):
        return False
    if group is Group.NON_FINITE and not _is_right(answered, table, Group.VALUES):
        return False  # its mistake would show without nan and infinities too
    shown = [(one.batch, index) for one, index in places if one.wrong[index]]
    if group is not Group.VALUES:
        return bool(shown)
    calls = {repr(_shapes(batch.asked.calls[index])) for batch, index in shown}
    return len(shown) >= MIN_CASES and len(calls) >= MIN_CALLS


def _places(answered: Sequence[_Answered], group: Group) -> list[tuple[_Answered, int]]:
    return [
        (one, index) for one in answered for index, own in enumerate(one.groups) if own is group
    ]


def _agrees(places: Sequence[tuple[_Answered, int]], table: Table) -> bool:
    """Whether the table goes wrong in the same cases, and gives the same there."""
    for one, index in places:
        theirs = table.wrong(one.batch)
        if index >= len(theirs) or theirs[index] != one.wrong[index]:
            return False
    return all(
        _is_the_same(one.batch, index, table.got(one.batch)[index])
        for one, index in places
        if one.wrong[index]
    )


def _is_right(answered: Sequence[_Answered], table: Table, group: Group) -> bool:
    return not any(
        is_wrong and own is group
        for one in answered
        for own, is_wrong in zip(one.groups, table.wrong(one.batch), strict=False)
    )


def alike(batch: Batch, index: int, theirs: Observation) -> bool:
    """Whether the submission gives what the wrong answer gives, by the same check."""
    asked, ours = batch.asked, batch.got[index]
    if theirs.raised is not None or ours.raised is not None:
        return (
            theirs.raised is not None
            and ours.raised is not None
            and theirs.raised.classes == ours.raised.classes
        )
    if asked.check.kind in _BESIDE_VALUES and _differs(theirs, ours, _ROUGHLY):
        return False  # a hint on the right numbers is none for wrong ones
    if asked.check.kind is CheckKind.ARGUMENTS:
        return theirs.changed == ours.changed
    # where an error was due, what came back instead tells mistakes apart
    check = Check() if asked.check.kind is CheckKind.REFUSALS else asked.check
    magnitude = asked.magnitudes[index]
    if magnitude is not None:  # a wrong answer may have another shape than the right one
        magnitude = magnitude.max() if magnitude.numel() else None
    return not _differs(theirs, ours, check, magnitude)


def _differs(
    one: Observation, other: Observation, check: Check, magnitude: Tensor | None = None
) -> bool:
    """Whether they differ, asked both ways: a missing gradient agrees with none that was asked
    for, not with one that is there.
    """
    return any(
        difference(*pair, check, magnitude=magnitude) for pair in ((one, other), (other, one))
    )


def _is_the_same(batch: Batch, index: int, theirs: Observation) -> bool:
    """Alike, and if both raised, with nearly the same message."""
    if not alike(batch, index, theirs):
        return False
    ours = batch.got[index].raised
    return ours is None or theirs.raised is None or _is_nearly(ours.text, theirs.raised.text)


@functools.lru_cache(maxsize=4096)
def _is_nearly(one: str, other: str) -> bool:
    left, right = (_NUMBER.sub("#", text[:_MOST_TEXT]) for text in (one, other))
    return left == right or SequenceMatcher(None, left, right).ratio() >= _ALIKE


def _shapes(call: tuple[list[Value], dict[str, Value]]) -> Value:
    """What tells calls apart here: shapes of arrays, and all other arguments as they are."""
    positional, named = call
    return [
        *(v.shape if isinstance(v, ArrayValue) else repr(v) for v in positional),
        *((k, v.shape if isinstance(v, ArrayValue) else repr(v)) for k, v in named.items()),
    ]


def _is_finite(value: Value) -> bool:
    match value:
        case float():
            return math.isfinite(value)
        case ArrayValue():
            return bool(tensor_of(value).isfinite().all())
        case list() | tuple():
            return all(_is_finite(item) for item in value)
        case _:
            return True
