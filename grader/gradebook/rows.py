"""What the gradebook keeps of one grading: plain rows, made beside the results they come from.

They go from the process that graded to the one that writes as nested lists of plain values.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from grader.model import Attempt, ExerciseResult, FunctionResult, TestResult, Verdict
from grader.scoring import attribution_of

__all__ = ["ExerciseRow", "FunctionRow", "ResultRow", "TestRow", "result_key", "result_row"]

Ratio = tuple[int, int]


def ratio(points: Fraction) -> Ratio:
    """Points as two integers."""
    return points.numerator, points.denominator


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRow:
    """One hidden test."""

    __test__ = False

    test_id: str
    verdict: str
    attribution: str
    points: Ratio
    max_points: Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionRow:
    """One function; `answers` is a digest of what it answered, if it failed."""

    function: str
    slug: str
    verdict: str
    misconception: str
    answers: str
    points: Ratio
    max_points: Ratio
    tests: tuple[TestRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExerciseRow:
    """One exercise; while `key` stays the same, running it again gives the same."""

    slug: str
    key: str
    points: Ratio
    max_points: Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One grading of one attempt."""

    reference: str
    key: str
    feedback_key: str
    is_void: bool
    cause: str
    outcome: str
    cpu_seconds: float
    points: Ratio
    max_points: Ratio
    exercises: tuple[ExerciseRow, ...]
    functions: tuple[FunctionRow, ...]

    def to_plain(self) -> list[Any]:
        """Nested tuples and lists, as msgpack takes them."""
        return [_plain(getattr(self, name)) for name in self.__slots__]

    @classmethod
    def from_plain(cls, plain: list[Any]) -> ResultRow:
        """What `to_plain` gave, after a round trip."""
        *head, points, most, exercises, functions = plain
        names = ("reference", "key", "feedback_key", "is_void", "cause", "outcome", "cpu_seconds")
        return cls(
            **dict(zip(names, head, strict=True)),
            points=_ratio(points),
            max_points=_ratio(most),
            exercises=tuple(
                ExerciseRow(slug=slug, key=key, points=_ratio(p), max_points=_ratio(m))
                for slug, key, p, m in exercises
            ),
            functions=tuple(_function(*row) for row in functions),
        )


def _plain(value: Any) -> Any:
    if type(value) is tuple:
        return tuple(map(_plain, value))
    if isinstance(value, (TestRow, FunctionRow, ExerciseRow)):
        return tuple([_plain(getattr(value, name)) for name in value.__slots__])
    return value


def _ratio(pair: list[int]) -> Ratio:
    numerator, denominator = pair
    return numerator, denominator


def _function(
    function: str, slug: str, verdict: str, misconception: str, answers: str,
    points: list[int], most: list[int], tests: list[list[Any]],
) -> FunctionRow:  # fmt: skip
    return FunctionRow(
        function=function,
        slug=slug,
        verdict=verdict,
        misconception=misconception,
        answers=answers,
        points=_ratio(points),
        max_points=_ratio(most),
        tests=tuple(
            TestRow(test_id=i, verdict=v, attribution=a, points=_ratio(p), max_points=_ratio(m))
            for i, v, a, p, m in tests
        ),
    )


def result_key(keys: Mapping[str, str]) -> str:
    """The key of a whole result from those of its exercises, by slug."""
    return digest(*(f"{slug} {key}" for slug, key in sorted(keys.items())))


def result_row(
    attempt: Attempt, *, keys: Mapping[str, str], feedback_key: str, cause: str = ""
) -> ResultRow:
    """The rows of an attempt.

    Args:
        attempt: the full results.
        keys: of each exercise by slug; see DESIGN 10.
        feedback_key: of everything that shapes hints and pages only.
        cause: who must act, if the attempt is void.
    """
    functions = tuple(
        _function_row(exercise, function)
        for exercise in attempt.exercises
        for function in exercise.functions
    )
    return ResultRow(
        reference=attempt.reference,
        key=result_key(keys),
        feedback_key=feedback_key,
        is_void=attempt.is_void,
        cause=cause if attempt.is_void else "",
        outcome=digest(
            *(f"{t.test_id} {t.verdict} {t.points}" for f in functions for t in f.tests)
        ),
        cpu_seconds=attempt.measured.cpu_seconds,
        points=ratio(attempt.points),
        max_points=ratio(attempt.max_points),
        exercises=tuple(
            ExerciseRow(
                slug=e.slug,
                key=keys[e.slug],
                points=ratio(e.points),
                max_points=ratio(e.max_points),
            )
            for e in attempt.exercises
        ),
        functions=functions,
    )


def _function_row(exercise: ExerciseResult, function: FunctionResult) -> FunctionRow:
    return FunctionRow(
        function=function.name,
        slug=exercise.slug,
        verdict=function.verdict.value,
        misconception=function.misconception,
        answers=_answers(function) if function.verdict is Verdict.FAILED else "",
        points=ratio(function.points),
        max_points=ratio(function.max_points),
        tests=tuple(_test_row(test) for test in function.tests),
    )


def _answers(function: FunctionResult) -> str:
    """The same for functions that went wrong alike: in the same tests, cases and values."""
    seen = [
        f"{test.id} {m.call} {m.failing} {m.got}"
        for test in function.tests
        if (m := test.mismatch) is not None
    ]
    return digest(*seen) if seen else ""


def _test_row(test: TestResult) -> TestRow:
    attribution = test.attribution or attribution_of(test.verdict)
    return TestRow(
        test_id=test.id,
        verdict=test.verdict.value,
        attribution=attribution.value if attribution else "",
        points=ratio(test.points),
        max_points=ratio(test.max_points),
    )


def digest(*parts: str) -> str:
    """A short name for exactly these texts in this order."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
