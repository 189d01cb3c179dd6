"""One attempt for other programs: Gradescope's results.json, and JUnit XML.

What they hold is what the attempt holds: filter it for its audience first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

from grader.model import Attempt, FunctionResult, Show, TestResult, Verdict

__all__ = ["gradescope_json", "junit_xml"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ERRORS = frozenset({Verdict.ERROR, Verdict.TIMEOUT, Verdict.MEMORY, Verdict.OUTPUT})


def gradescope_json(attempt: Attempt) -> str:
    """results.json as Gradescope reads it; a void attempt has no score and says so."""
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
            "score": float(attempt.points),
            "output": f"Result {attempt.reference}",
            "output_format": "text",
            "visibility": "visible",
            "tests": tests,
        }
    )


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
        parts += [f"expected {mismatch.expected.text}" if mismatch.expected else ""]
        parts += [f"got {mismatch.got.text}" if mismatch.got else ""]
    return "\n".join(part for part in (*parts, test.hint) if part)


def junit_xml(attempts: Iterable[Attempt]) -> str:
    """JUnit XML: a suite for each submission and exercise, a case for each hidden test."""
    root = ElementTree.Element("testsuites", name="grader")
    for attempt in attempts:
        for exercise in attempt.exercises:
            suite = ElementTree.SubElement(root, "testsuite")
            verdicts = []
            for function in exercise.functions:
                for test in function.tests:
                    verdicts.append(test.verdict)
                    _case(suite, f"{exercise.slug}.{function.name}", function, test)
            suite.attrib.update(
                name=_xml(f"{attempt.submission.name}: {exercise.slug}"),
                tests=str(len(verdicts)),
                failures=str(sum(_kind(verdict) == "failure" for verdict in verdicts)),
                errors=str(sum(_kind(verdict) == "error" for verdict in verdicts)),
                skipped=str(sum(_kind(verdict) == "skipped" for verdict in verdicts)),
                time=f"{exercise.measured.wall_seconds:.3f}",
            )
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'


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
