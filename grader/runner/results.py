"""What came of one submission's tests, put together as the result of an exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from grader.catalog import Exercise
from grader.messages import say
from grader.model import (
    ExerciseResult,
    FunctionResult,
    FunctionState,
    Measured,
    Note,
    TestResult,
    Verdict,
)
from grader.runner.arity import signature_problem
from grader.runner.contexts import Progress, TestFile
from grader.runner.loaded import Found, FoundFunction
from grader.scoring import TestPlan, function_verdict, score_tests

__all__ = ["exercise_result"]


def exercise_result(
    file: TestFile, plans: Mapping[str, TestPlan], progress: Progress, seed: int
) -> ExerciseResult:
    """The result of `file.exercise` from the outcomes of the tests that `plans` names."""
    exercise = file.exercise
    found = progress.worker.found(exercise)
    own = [
        _placed(p, file, progress) for i, p in plans.items() if i.startswith(f"{exercise.slug}::")
    ]
    functions = tuple(
        _function_result(file, name, found, [p for p in own if p.function == name], progress)
        for name in exercise.names
    )
    used = {function.path for function in found.functions.values()}
    spent = [test.measured for function in functions for test in function.tests]
    return ExerciseResult(
        slug=exercise.slug,
        title=exercise.title,
        concept=exercise.concept,
        score_fingerprint=exercise.score_fingerprint,
        feedback_fingerprint=exercise.feedback_fingerprint,
        seed=seed,
        functions=functions,
        sources=tuple(source for source in found.sources if source.path in used),
        notes=(*found.notes, *progress.notes.get(exercise.slug, ())),
        measured=Measured(
            wall_seconds=sum(m.wall_seconds for m in spent),
            cpu_seconds=sum(m.cpu_seconds for m in spent),
        ),
    )


def _placed(plan: TestPlan, file: TestFile, progress: Progress) -> TestPlan:
    """A public test has no @tier: it belongs to the first function that it called."""
    if plan.function:
        return plan
    return replace(plan, function=progress.asked.get(plan.id, file.exercise.names[0]))


def _function_result(
    file: TestFile,
    name: str,
    found: Found,
    plans: Sequence[TestPlan],
    progress: Progress,
) -> FunctionResult:
    exercise = file.exercise
    function = found.functions[name]
    findings = [finding for finding in found.findings if finding.function == name]
    forbidden = bool(findings)
    points = exercise.function(name).points if file.oracle is not None else Fraction(0)
    tests = score_tests(points, exercise.shares, plans, progress.outcomes, forbidden=forbidden)
    earned = sum((test.points for test in tests), start=Fraction(0))
    sentence = function.sentence or _state_sentence(name, function, exercise)
    if forbidden:
        without = score_tests(points, exercise.shares, plans, progress.outcomes)
        sentence = _forbidden_sentence(name, without)
    elif not sentence and name in file.signatures and any(map(_has_failed, tests)):
        sentence = signature_problem(name, file.signatures[name], function.parameters)
    return FunctionResult(
        name=name,
        state=function.state,
        verdict=function_verdict(function.state, tests, forbidden=forbidden),
        points=earned,
        max_points=points,
        tests=tests,
        path=function.path,
        line=function.line,
        cell=function.cell,
        nearest=function.nearest,
        requires=exercise.function(name).requires,
        ignores=progress.ignored.get(name, ()),
        sentence=sentence,
        notes=tuple(
            Note(
                text=say("found.forbidden", call=f.call, name=name),
                path=f.path,
                line=f.line,
                cell=f.cell,
            )
            for f in findings
        ),
    )


def _has_failed(test: TestResult) -> bool:
    return test.verdict not in (Verdict.PASSED, Verdict.SKIPPED)


def _state_sentence(name: str, function: FoundFunction, exercise: Exercise) -> str:
    match function.state:
        case FunctionState.MISSING if function.nearest:
            line = say("unread.line", line=function.nearest_line) if function.nearest_line else ""
            return say("found.near", name=name, near=function.nearest, line=line)
        case FunctionState.MISSING:
            return say("found.missing", name=name)
        case FunctionState.STUB:
            return say("found.stub", name=name, slug=exercise.slug)
        case FunctionState.WRITTEN:
            return ""


def _forbidden_sentence(name: str, tests: Sequence[TestResult]) -> str:
    would = sum((test.points for test in tests), start=Fraction(0))
    return say("found.calls forbidden", name=name, points=would)
