"""The job summary: Markdown in which no text of a student is anything but text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.ci.findings import Finding
from grader.ci.words import code, markdown
from grader.model import Attempt, FunctionResult, Verdict

__all__ = ["MOST_BYTES", "summary"]

MOST_BYTES = 900_000  # GitHub refuses a step's summary above 1 MiB


def summary(attempt: Attempt, findings: Sequence[Finding], *, most: int = MOST_BYTES) -> str:
    """Points, a table of functions, then one item a finding, as many as fit.

    Args:
        attempt: the student's view.
        findings: of the same attempt, worst first.
        most: bytes of UTF-8.
    """
    parts = [*_head(attempt), *_table(attempt)]
    text = "".join(parts)
    items = [_item(finding) for finding in findings]
    if items:
        text += "\n### To repair\n\n"
    for number, item in enumerate(items):
        rest = f"\n… and {len(items) - number} more; the page has them all.\n"
        if len((text + item + rest).encode()) > most:
            return text + rest
        text += item
    return text


def _head(attempt: Attempt) -> Iterator[str]:
    yield f"## {markdown(attempt.assignment or 'Exercises', 200)}\n\n"
    if attempt.is_void:
        yield "**This grading does not count: the grader failed, not your work.**\n\n"
    else:
        yield f"**{float(attempt.points):.4g} of {float(attempt.max_points):.4g} points**\n\n"
    yield f"Result {code(attempt.reference)}, isolation {attempt.provenance.isolation}.\n\n"


def _table(attempt: Attempt) -> Iterator[str]:
    yield "| exercise | function | result | tests passed | points |\n|---|---|---|---|---|\n"
    for exercise in attempt.exercises:
        for function in exercise.functions:
            yield f"| {markdown(exercise.title, 100)} | {_row(function)} |\n"


def _row(function: FunctionResult) -> str:
    passed = sum(test.verdict is Verdict.PASSED for test in function.tests)
    word = function.state if function.verdict is Verdict.SKIPPED else function.verdict
    points = f"{float(function.points):.4g} of {float(function.max_points):.4g}"
    return f"{code(function.name)} | {word} | {passed} of {len(function.tests)} | {points}"


def _item(finding: Finding) -> str:
    place = finding.path + (f", line {finding.line}" if finding.line else "")
    lines = [f"- **{markdown(finding.title, 200)}** ({code(place)})"]
    lines += [f"  {markdown(finding.text, 500)}"] if finding.text else []
    lines += [f"  {code(finding.call)}"] if finding.call else []
    lines += [f"  {markdown(finding.hint, 500)}"] if finding.hint else []
    return "<br>\n".join(lines) + "\n"
