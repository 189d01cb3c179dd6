"""Feeds the statistics of a class from the gradebook: the attempt that counts, one of each unit."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlalchemy import Connection, text

from grader.gradebook.marks import Mark
from grader.model import Verdict
from grader.statistics import Statistics, Tally

__all__ = ["class_statistics"]

_NOTHING: Mapping[tuple[str, str], str] = MappingProxyType({})
_TESTS = """
    SELECT test_id, verdict, points_numerator, points_denominator FROM test_results
    WHERE result_id = :result ORDER BY rowid"""
_FUNCTIONS = """
    SELECT function, misconception, answers FROM function_results
    WHERE result_id = :result AND verdict <> 'PASSED' ORDER BY rowid"""


def class_statistics(
    connection: Connection,
    marks: Iterable[Mark],
    same: Mapping[tuple[str, str], str] = _NOTHING,
) -> Statistics:
    """Of the results that `marks` count; members of a group count once.

    `same` names the unknown mistakes that are one; see batch.clustering.
    """
    tally = Tally()
    counted = (mark for mark in marks if mark.result_id is not None)
    seen: set[int] = set()
    for mark in itertools.filterfalse(lambda mark: mark.result_id in seen, counted):
        assert mark.result_id is not None
        seen.add(mark.result_id)
        key = {"result": mark.result_id}
        tests = connection.execute(text(_TESTS), key)
        tally.add(mark.student, [(i, v == Verdict.PASSED, p / q) for i, v, p, q in tests])
        for function, misconception, answers in connection.execute(text(_FUNCTIONS), key):
            mistake = same.get((function, answers), answers)
            tally.add_function(mark.student, function, misconception, mistake)
    return tally.result()
