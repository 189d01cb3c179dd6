"""The job summary: Markdown in which no text of a student is anything but text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.ci.findings import Finding
from grader.ci.words import code, markdown
from grader.messages import say
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
        text += f"\n### {say('ci.repair')}\n\n"
    for number, item in enumerate(items):
        rest = f"\n{say('ci.more', n=len(items) - number)}\n"
        if len((text + item + rest).encode()) > most:
            return text + rest
        text += item
    return text


def _head(attempt: Attempt) -> Iterator[str]:
    yield f"## {markdown(attempt.assignment or say('ci.heading'), 200)}\n\n"
    if attempt.is_void:
        yield f"**{say('ci.void')}**\n\n"
    else:
        points = f"{float(attempt.points):.4g}", f"{float(attempt.max_points):.4g}"
        yield f"**{say('ci.points', points=points[0], total=points[1])}**\n\n"
    reference, isolation = code(attempt.reference), attempt.provenance.isolation
    yield f"{say('ci.provenance', reference=reference, isolation=isolation)}\n\n"


def _table(attempt: Attempt) -> Iterator[str]:
    yield f"{say('ci.table')}\n|---|---|---|---|---|\n"
    for exercise in attempt.exercises:
        for function in exercise.functions:
            yield f"| {markdown(exercise.title, 100)} | {_row(function)} |\n"


def _row(function: FunctionResult) -> str:
    passed = sum(test.verdict is Verdict.PASSED for test in function.tests)
    word = function.state if function.verdict is Verdict.SKIPPED else function.verdict
    earned, total = f"{float(function.points):.4g}", f"{float(function.max_points):.4g}"
    points = say("ci.passed", passed=earned, total=total)
    share = say("ci.passed", passed=passed, total=len(function.tests))
    return f"{code(function.name)} | {word} | {share} | {points}"


def _item(finding: Finding) -> str:
    place = finding.path
    if finding.line:
        place = say("ci.place", path=finding.path, line=finding.line)
    lines = [f"- **{markdown(finding.title, 200)}** ({code(place)})"]
    lines += [f"  {markdown(finding.text, 500)}"] if finding.text else []
    lines += [f"  {code(finding.call)}"] if finding.call else []
    lines += [f"  {markdown(finding.hint, 500)}"] if finding.hint else []
    return "<br>\n".join(lines) + "\n"
