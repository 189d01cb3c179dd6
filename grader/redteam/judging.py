"""Whether an attack was held: its verdicts, its points, what came back, how long it took."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.model import (
    Attempt,
    Audience,
    FunctionResult,
    attempt_from_json,
    attempt_to_json,
)
from grader.pipeline import GradedAttempt
from grader.redteam.attack import Attack
from grader.redteam.executed import notebook_problems
from grader.redteam.pages import page_problems
from grader.redteam.secrets import Tokens
from grader.report import render
from grader.scoring import filter_for

__all__ = ["judged", "marks_of"]

MAX_RESULT_BYTES = 2_000_000
_SLACK_SECONDS = 3.0
_LIMITS_A_TEST = 4  # reading, loading, loading definitions and calling may each take a limit


def judged(attack: Attack, graded: GradedAttempt, tokens: Tokens, wall_seconds: float) -> list[str]:
    """What went wrong, in words; nothing if the attack was held."""
    attempt = graded.attempt
    student = filter_for(attempt, Audience.STUDENT)
    problems = [*_verdicts(attack, attempt), *_times(attempt, wall_seconds)]
    views = {Audience.STUDENT: student, Audience.STAFF: attempt}
    for audience, view in views.items():
        written = attempt_to_json(view)
        if attempt_from_json(written) != view:
            problems.append(f"the results for {audience} do not survive being written")
        if len(written) > MAX_RESULT_BYTES:
            problems.append(f"the results for {audience} take {len(written):,} bytes")
        problems += _leaks(written, audience, tokens, f"the results for {audience}")
    page = render(student)
    problems += _leaks(page.encode(), Audience.STUDENT, tokens, "the page")
    problems += _leaks(graded.replies, Audience.STAFF, tokens, "the replies that are kept")
    for name, data in graded.notebooks.items():
        problems += _leaks(data, Audience.STUDENT, tokens, name)
        problems += [f"{name}: {problem}" for problem in notebook_problems(data)]
    return problems + page_problems(page)


def marks_of(attempt: Attempt) -> Mapping[str, tuple[str, str]]:
    """Verdict and points of every test: what an attack on others must not change."""
    return {
        test.id: (test.verdict.value, str(test.points))
        for function in _functions(attempt)
        for test in function.tests
    }


def _functions(attempt: Attempt) -> Iterator[FunctionResult]:
    for exercise in attempt.exercises:
        yield from exercise.functions


def _verdicts(attack: Attack, attempt: Attempt) -> Iterator[str]:
    got = {function.name: function for function in _functions(attempt)}
    for name, allowed in attack.verdicts.items():
        function = got[name]
        if function.verdict not in allowed:
            words = " or ".join(sorted(allowed))
            said = next((t.sentence for t in function.tests if t.sentence), function.sentence)
            yield f"{name}: {function.verdict} instead of {words} ({said[:200]})"
    if attempt.points != attack.points:
        yield f"{attempt.points} points instead of {attack.points}"
    if attempt.is_void:
        yield "the attempt is void"


def _times(attempt: Attempt, wall_seconds: float) -> Iterator[str]:
    longest = _LIMITS_A_TEST * wall_seconds + _SLACK_SECONDS
    for function in _functions(attempt):
        for test in function.tests:
            if test.measured.wall_seconds > longest:
                yield f"{test.id} took {test.measured.wall_seconds:.1f} s"


def _leaks(data: bytes, audience: Audience, tokens: Tokens, place: str) -> Iterator[str]:
    for prize in tokens.found_in(data, audience):
        yield f"{place} shows {prize}"
