"""Which known mistake a function's answers match, judged apart for each kind of check.

A table holds the answers of one wrong answer of ours to the very calls that the submission was
asked. The submission matches it if both go wrong in the same cases and give the same there. Only
tables are compared: nothing runs here. If several tables match, or none, nothing is said: a
wrong hint is worse than none.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.compare import Answers, Asked, Batch, Check, CheckKind, difference
from grader.compare.describing import array_values
from grader.protocol import ArrayValue, Observation, Value

__all__ = ["Group", "Table", "group_of", "matching"]

MIN_CASES = 3  # of finite value cases in which the wrong answer shows
MIN_CALLS = 2  # different ones among them


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


@dataclass(frozen=True, slots=True)
class _Case:
    """One case of one batch, with both halves."""

    asked: Asked
    index: int
    got: Observation
    table: Observation | None


def group_of(asked: Asked, index: int) -> Group:
    """The group that a case belongs to."""
    if asked.check.kind is not CheckKind.VALUES:
        return Group(asked.check.kind.value)
    positional, named = asked.calls[index]
    finite = all(_is_finite(value) for value in (*positional, *named.values()))
    return Group.VALUES if finite else Group.NON_FINITE


def matching(batches: Sequence[Batch], tables: Sequence[Table]) -> dict[Group, tuple[Table, ...]]:
    """The tables that a function's answers match, for each group in which the function is wrong.

    Args:
        batches: what the function was asked in all hidden tests, with its answers.
        tables: the wrong answers of the same function.
    """
    wrong = {
        group_of(batch.asked, index)
        for batch in batches
        for index, got in enumerate(batch.got)
        if _differs(batch.asked, index, got)
    }
    if Group.VALUES in wrong:
        wrong.discard(Group.NON_FINITE)  # what goes wrong there may be the same mistake
    return {
        group: tuple(table for table in tables if _matches(batches, table, group))
        for group in sorted(wrong)
    }


def _matches(batches: Sequence[Batch], table: Table, group: Group) -> bool:
    if group is Group.NON_FINITE and not _is_right(batches, table, Group.VALUES):
        return False  # its mistake would show without nan and infinities too
    shown = 0
    calls: set[str] = set()
    for one in _cases(batches, table, group):
        if one.table is None:
            return False  # the wrong answer gave no answer here, so there is nothing to compare
        mistaken = _differs(one.asked, one.index, one.table)
        if mistaken != _differs(one.asked, one.index, one.got):
            return False
        if not mistaken:
            continue
        if not _same(one):
            return False
        shown += 1
        calls.add(repr(_shapes(one.asked.calls[one.index])))
    if group is Group.VALUES:
        return shown >= MIN_CASES and len(calls) >= MIN_CALLS
    return shown >= 1


def _is_right(batches: Sequence[Batch], table: Table, group: Group) -> bool:
    return not any(
        one.table is None or _differs(one.asked, one.index, one.table)
        for one in _cases(batches, table, group)
    )


def _cases(batches: Sequence[Batch], table: Table, group: Group) -> Iterator[_Case]:
    for batch in batches:
        answers = table.answers.get(batch.test_id, ())
        known = answers[batch.number] if batch.number < len(answers) else ()
        for index, got in enumerate(batch.got):
            if group_of(batch.asked, index) is group:
                yield _Case(batch.asked, index, got, known[index] if index < len(known) else None)


def _differs(asked: Asked, index: int, got: Observation) -> bool:
    expected = asked.expected[index] or Observation(result=None)
    found = difference(expected, got, asked.check, magnitude=asked.magnitudes[index])
    return found is not None


def _same(one: _Case) -> bool:
    """Whether the submission gives what the wrong answer gives, by the same check."""
    assert one.table is not None
    if one.table.raised is not None or one.got.raised is not None:
        return (
            one.table.raised is not None
            and one.got.raised is not None
            and one.table.raised.classes == one.got.raised.classes
        )
    if one.asked.check.kind is CheckKind.ARGUMENTS:
        return one.table.changed == one.got.changed
    # where an error was due, what came back instead tells mistakes apart
    check = Check() if one.asked.check.kind is CheckKind.REFUSALS else one.asked.check
    magnitude = one.asked.magnitudes[one.index]
    if magnitude is not None:  # a wrong answer may have another shape than the right one
        magnitude = magnitude.max() if magnitude.numel() else None
    # both ways: a missing gradient agrees with none that was asked for, not with one that is there
    return (
        difference(one.table, one.got, check, magnitude=magnitude) is None
        and difference(one.got, one.table, check, magnitude=magnitude) is None
    )


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
            numbers, _ = array_values(value, value.elements)
            return not any(isinstance(n, str) and n in ("nan", "inf", "-inf") for n in numbers)
        case list() | tuple():
            return all(_is_finite(item) for item in value)
        case _:
            return True
