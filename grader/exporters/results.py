"""One attempt for other programs: Gradescope's results.json, and JUnit XML.

What they hold is what the attempt holds: filter it for its audience first.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

from grader.compare.sides import sides
from grader.errors import UsageError
from grader.exporters.marks import decimal
from grader.model import Attempt, ExerciseResult, FunctionResult, Show, TestResult, Verdict

__all__ = ["gradescope_json", "junit_xml", "read_gradescope"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNKNOWN: Mapping[str, str] = MappingProxyType({})
_NEVER = "1970-01-01T00:00:00Z"
_ERRORS = frozenset({Verdict.ERROR, Verdict.TIMEOUT, Verdict.MEMORY, Verdict.OUTPUT})


def gradescope_json(attempt: Attempt, points: Fraction | None = None) -> str:
    """results.json as Gradescope reads it; a void attempt has no score and says so.

    Args:
        attempt: filtered for its audience.
        points: the mark, where it is another than what the tests earned: a person's word, or what
            is left after lateness.
    """
    if attempt.is_void:
        return _json({"output": "This grading does not count: the grader failed, not the work."})
    tests = [
        _gradescope_test(function, test)
        for exercise in attempt.exercises
        for function in exercise.functions
        for test in function.tests
    ]
    return _json(
        {
            "score": float(attempt.points if points is None else points),
            "output": _summary(attempt, points),
            "output_format": "text",
            "visibility": "visible",
            "tests": tests,
        }
    )


def _summary(attempt: Attempt, points: Fraction | None) -> str:
    said = f"Result {attempt.reference}"
    if points is None or points == attempt.points:
        return said
    earned, mark = decimal(attempt.points), decimal(points)
    return f"{said}\nThe tests earned {earned} points; the mark is {mark}."


def read_gradescope(text: str) -> Fraction | None:
    """The score in a results.json, to four places as in other exports; None if it has none.

    Raises:
        UsageError: it is something else, so it must not be overwritten.
    """
    try:
        score = json.loads(text, parse_float=Fraction, parse_int=Fraction).get("score")
    except (ValueError, AttributeError):
        score = "none"
    if score is not None and not isinstance(score, Fraction):
        raise UsageError("the file that is there is no results.json; name another folder")
    return None if score is None else Fraction(decimal(score))


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def _gradescope_test(function: FunctionResult, test: TestResult) -> dict[str, Any]:
    return {
        "score": float(test.points),
        "max_score": float(test.max_points),
        "status": "passed" if test.verdict is Verdict.PASSED else "failed",
        "name": f"{function.name}: {test.title or 'a hidden test'}",
        "name_format": "text",
        "output": _told(function, test),
        "output_format": "text",
        "visibility": "hidden" if test.show is Show.HIDDEN else "visible",
        "extra_data": {"id": test.id, "verdict": test.verdict.value},
    }


def _told(function: FunctionResult, test: TestResult) -> str:
    """What went wrong, as far as the attempt's audience may know."""
    if test.verdict is Verdict.PASSED:
        return ""
    mismatch = test.mismatch
    parts = [test.sentence or function.sentence, test.states]
    if mismatch is not None:
        parts += [mismatch.call, mismatch.sentence]
        parts += [f"{side} {value.text}" for side, value in sides(mismatch)]
    return "\n".join(part for part in (*parts, test.hint) if part)


def junit_xml(attempts: Iterable[Attempt], moments: Mapping[str, str] = _UNKNOWN) -> str:
    """JUnit XML: a suite for each submission and exercise, a case for each hidden test.

    Args:
        attempts: filtered for their audience.
        moments: when each was graded, in UTC, by reference; without it the beginning of 1970, since
            the schema demands a moment and the same results are to give the same bytes.
    """
    root = ElementTree.Element("testsuites")
    for attempt in attempts:
        moment = moments.get(attempt.reference, _NEVER).removesuffix("Z")
        for exercise in attempt.exercises:
            root.append(_suite(attempt, exercise, moment, number=len(root)))
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


def _suite(
    attempt: Attempt, exercise: ExerciseResult, moment: str, *, number: int
) -> ElementTree.Element:
    tests = [(function, test) for function in exercise.functions for test in function.tests]
    kinds = Counter(_kind(test.verdict) for _, test in tests)
    suite = ElementTree.Element(
        "testsuite",
        id=str(number),
        package=_xml(exercise.slug),
        name=_xml(f"{attempt.submission.name}: {exercise.slug}"),
        timestamp=moment,
        hostname="localhost",  # whose machine it was is nobody's business
        tests=str(len(tests)),
        failures=str(kinds["failure"]),
        errors=str(kinds["error"]),
        skipped=str(kinds["skipped"]),
        time=f"{exercise.measured.wall_seconds:.3f}",
    )
    properties = ElementTree.SubElement(suite, "properties")
    for name, value in _properties(attempt).items():
        ElementTree.SubElement(properties, "property", name=name, value=_xml(value))
    for function, test in tests:
        _case(suite, f"{exercise.slug}.{function.name}", function, test)
    ElementTree.SubElement(suite, "system-out")
    ElementTree.SubElement(suite, "system-err")
    return suite


def _properties(attempt: Attempt) -> dict[str, str]:
    where = attempt.provenance
    return {
        "assignment": attempt.assignment,
        "reference": attempt.reference,
        "grader": where.grader,
        "python": where.python,
        "torch": where.torch,
        "isolation": where.isolation.value,
    }


def _kind(verdict: Verdict) -> str:
    match verdict:
        case Verdict.PASSED:
            return ""
        case Verdict.SKIPPED:
            return "skipped"
        case Verdict.INTERNAL:
            return "error"
        case _:
            return "error" if verdict in _ERRORS else "failure"


def _case(
    suite: ElementTree.Element, group: str, function: FunctionResult, test: TestResult
) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=_xml(group),
        name=_xml(test.title or test.id),
        time=f"{test.measured.wall_seconds:.3f}",
    )
    kind = _kind(test.verdict)
    if kind == "skipped":
        ElementTree.SubElement(case, kind, message=_xml(function.sentence))
    elif kind:
        told = _xml(_told(function, test))
        first = told.split("\n", 1)[0]
        outcome = ElementTree.SubElement(case, kind, message=first, type=test.verdict.value)
        outcome.text = told


def _xml(text: str) -> str:
    """Without characters that XML 1.0 does not have."""
    return _NOT_XML.sub("\ufffd", text)
