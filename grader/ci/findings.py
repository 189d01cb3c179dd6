"""What is wrong, one finding each, worst first: what annotations, SARIF and others are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from grader.messages import say
from grader.model import (
    Attempt,
    Audience,
    ExerciseResult,
    FunctionResult,
    FunctionState,
    Show,
    TestResult,
    Verdict,
)

__all__ = ["Finding", "findings_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to repair. `level` is "error" or "warning"; `rule` is stable over runs.

    `path` is relative to the checkout; `line` is None in a notebook, whose lines are not the
    file's. `points` is what there is to gain.
    """

    level: str
    rule: str
    path: str
    line: int | None
    title: str
    text: str
    verdict: Verdict
    points: Fraction
    hint: str = ""
    call: str = ""


def findings_of(attempt: Attempt) -> tuple[Finding, ...]:
    """All findings: errors before warnings, most points to gain first.

    Args:
        attempt: the student's view of it; nothing else may be told in public.
    """
    if attempt.audience is not Audience.STUDENT:
        raise ValueError("findings are made from the student's view")
    files = attempt.submission.files
    found = [one for e in attempt.exercises for one in _of_exercise(e, files)]
    return tuple(sorted(found, key=lambda f: (f.level != "error", -f.points)))


def _of_exercise(exercise: ExerciseResult, files: tuple[str, ...]) -> Iterator[Finding]:
    own = [name for name in files if f"/{exercise.slug}/" in f"/{name}"] or list(files)
    fallback = own[0] if own else ""
    for function in exercise.functions:
        path = function.path or fallback
        yield from _of_function(exercise, function, path)
    for note in exercise.notes:
        yield Finding(
            level="warning",
            rule=f"{exercise.slug}::note",
            path=note.path or fallback,
            line=_line(note.path or fallback, note.line),
            title=say("ci.note"),
            text=note.text,
            verdict=Verdict.PASSED,
            points=Fraction(0),
        )


def _of_function(
    exercise: ExerciseResult, function: FunctionResult, path: str
) -> Iterator[Finding]:
    missing = function.max_points - function.points
    rule = f"{exercise.slug}::{function.name}"
    if function.state is not FunctionState.WRITTEN or function.verdict is Verdict.FORBIDDEN:
        is_forbidden = function.verdict is Verdict.FORBIDDEN
        notes = " ".join(note.text for note in function.notes)
        line = function.notes[0].line if is_forbidden and function.notes else function.line
        yield Finding(
            level="error" if function.state is not FunctionState.STUB else "warning",
            rule=f"{rule}::{'forbidden' if is_forbidden else function.state.value.lower()}",
            path=path,
            line=_line(path, line),
            title=f"{function.name}: {function.verdict if is_forbidden else function.state}",
            text=" ".join(part for part in (function.sentence, notes) if part),
            verdict=function.verdict,
            points=missing,
        )
        return
    for test in function.tests:
        if test.verdict is not Verdict.PASSED:
            yield _of_test(function, test, path)


def _of_test(function: FunctionResult, test: TestResult, path: str) -> Finding:
    mismatch = test.mismatch
    place = mismatch.path or path if mismatch else path
    line = mismatch.line if mismatch and mismatch.line is not None else function.line
    said = test.sentence or (mismatch.sentence if mismatch else "") or function.sentence
    is_hidden = test.show is Show.HIDDEN
    return Finding(
        level="error",
        rule=test.id,
        path=place,
        line=_line(place, line),
        title=f"{function.name}: {say('ci.hidden test') if is_hidden else test.title}",
        text=said,
        verdict=test.verdict,
        points=test.max_points - test.points,
        hint=test.hint or function.hint,
        call=mismatch.call if mismatch else "",
    )


def _line(path: str, line: int | None) -> int | None:
    return None if path.endswith(".ipynb") else line
