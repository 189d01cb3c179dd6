"""The result in words, and what to do next: most points to gain first, then what others build on.

A step is a function that is missing, one cause of failures, or a function with several causes:
a list of forty causes is no help at midnight, and the first cause is where to begin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.messages import plural, say
from grader.model import (
    Attempt,
    Audience,
    ExerciseResult,
    Facet,
    FunctionResult,
    FunctionState,
    Verdict,
)
from grader.report import figures
from grader.report.cards import listed
from grader.report.causes import Cause, causes
from grader.report.clean import anchor, shorten
from grader.report.page import Part, Score, Step
from grader.report.verdicts import is_unread, is_unreadable

__all__ = ["score", "steps"]

_STEPS = 5
_CAUSES = 2  # of one function that are steps of their own; more of them are one step
_TEXT = 300
_TELLING = {Facet.EXCEPTION, Facet.TYPE, Facet.DTYPE}  # their sentences say what to look at
_NO_ANSWER = {Verdict.ERROR, Verdict.TIMEOUT, Verdict.MEMORY, Verdict.OUTPUT}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Todo:
    gain: Fraction
    text: str
    href: str
    function: FunctionResult


def steps(attempt: Attempt) -> tuple[tuple[Step, ...], int]:
    """The first few steps, and how many there are in all."""
    if attempt.is_void:
        return (), 0
    if path := _unread(attempt):
        return (_step(_again(attempt, path), set()),), 1
    todos = [
        todo
        for exercise in attempt.exercises
        for function in exercise.functions
        for todo in _todos(exercise, function, attempt.audience)
    ]
    open_names = {todo.function.name for todo in todos}
    depths = _depths([f for e in attempt.exercises for f in e.functions])
    todos.sort(key=lambda todo: (-todo.gain, depths.get(todo.function.name, 0)))
    return tuple(_step(todo, open_names) for todo in todos[:_STEPS]), len(todos)


def _unread(attempt: Attempt) -> str:
    """The file that could not be read, if that is why there is none of all functions."""
    functions = [function for one in attempt.exercises for function in one.functions]
    return functions[0].path if functions and all(map(is_unread, functions)) else ""


def _again(attempt: Attempt, path: str) -> _Todo:
    first = attempt.exercises[0]
    return _Todo(
        gain=attempt.max_points - attempt.points,
        text=say("next.again", path=path),
        href="#" + anchor(f"{first.slug}::{first.functions[0].name}"),
        function=first.functions[0],
    )


def _todos(exercise: ExerciseResult, function: FunctionResult, audience: Audience) -> list[_Todo]:
    whole = _whole(function)
    if whole:
        gain = function.max_points - function.points
        href = "#" + anchor(f"{exercise.slug}::{function.name}")
        return [_Todo(gain=gain, text=whole, href=href, function=function)]
    found = causes([test for test in function.tests if listed(test, audience)])
    if len(found) > _CAUSES:
        return [_beginning(found, function)]
    return [
        _Todo(
            gain=cause.gain,
            text=_fix(cause, function.name),
            href="#" + anchor(cause.tests[0].id),
            function=function,
        )
        for cause in found
    ]


def _beginning(found: Sequence[Cause], function: FunctionResult) -> _Todo:
    """One step for a function with many causes: how much is left, and which comes first."""
    first = found[0].tests[0]
    count = sum(len(cause.tests) for cause in found)
    return _Todo(
        gain=function.max_points - function.points,
        text=say("next.begin", name=function.name, n=count, title=first.title),
        href="#" + anchor(first.id),
        function=function,
    )


def _fix(cause: Cause, name: str) -> str:
    """What the code did is the news where it gave no answer or one of another kind, and not
    which test asked first.
    """
    first = cause.tests[0]
    said = first.mismatch.sentence if first.mismatch and first.mismatch.facet in _TELLING else ""
    if said and (len(cause.tests) > 1 or first.verdict is Verdict.ERROR):
        return plural("next.said", len(cause.tests), name=name, sentence=said)
    if first.verdict in _NO_ANSWER:
        return plural(f"next.{first.verdict.value}", len(cause.tests), name=name)
    return plural("next.cause", len(cause.tests), name=name, title=first.title)


def _whole(function: FunctionResult) -> str:
    """What to do where the function as a whole is the matter."""
    name, near = function.name, function.nearest
    if is_unreadable(function):
        return say("next.UNREADABLE", name=name)
    match function.state:
        case FunctionState.MISSING if near:
            return say("next.MISSING.near", name=name, near=near)
        case FunctionState.MISSING | FunctionState.STUB:
            return say(f"next.{function.state.value}", name=name)
    if function.verdict is Verdict.FORBIDDEN:
        return say("next.FORBIDDEN", name=name)
    return ""


def _depths(functions: Sequence[FunctionResult]) -> Mapping[str, int]:
    """How many levels of other functions each one builds on; a circle ends at its length."""
    requires = {function.name: function.requires for function in functions}
    depths = dict.fromkeys(requires, 0)
    for _ in requires:
        changed = {
            name: max((depths.get(other, 0) + 1 for other in others), default=0)
            for name, others in requires.items()
        }
        if changed == depths:
            break
        depths = changed
    return depths


def _step(todo: _Todo, open_names: set[str]) -> Step:
    first = [name for name in todo.function.requires if name in open_names]
    gain = figures.points(todo.gain)
    return Step(
        text=shorten(todo.text, _TEXT),
        gain=say("next.gain", points=gain) if todo.gain else "",
        gain_words=say("next.gain.words", points=gain),
        href=todo.href,
        after=say("next.after", names=", ".join(first)) if first else "",
    )


def score(attempt: Attempt, todo: int) -> Score:
    """The points, a bar with one stretch a function, and a verdict in words."""
    points, total = figures.points(attempt.points), figures.points(attempt.max_points)
    exercises = [
        say(
            "score.bar.part",
            name=exercise.title or exercise.slug,
            points=figures.points(exercise.points),
            total=figures.points(exercise.max_points),
        )
        for exercise in attempt.exercises[:40]
    ]
    key, tone = _verdict(attempt)
    counted = key.rpartition(".")[2] in {"most", "half", "some", "none"}
    return Score(
        points=points,
        of=say("score.of", total=total),
        verdict=plural(key, max(1, todo)) if counted else say(key),
        tone=tone,
        parts=_parts(attempt),
        text=say("score.bar", points=points, total=total, parts=" ".join(exercises)),
    )


def _verdict(attempt: Attempt) -> tuple[str, str]:
    share = attempt.points / attempt.max_points if attempt.max_points else None
    if attempt.is_void:
        return "score.void", "warn"
    if share is None:
        return "score.empty", "quiet"
    if share >= 1:
        notes = attempt.notes or any(
            e.notes or any(f.notes or any(t.notes for t in f.tests) for f in e.functions)
            for e in attempt.exercises
        )
        return ("score.full.notes" if notes else "score.full"), "good"
    if share == 0:
        return "score.none", "bad"
    for least, key in ((Fraction(3, 4), "score.most"), (Fraction(2, 5), "score.half")):
        if share >= least:
            return key, "warn"
    return "score.some", "warn"


def _parts(attempt: Attempt) -> tuple[Part, ...]:
    total = attempt.max_points
    if not total:
        return ()
    parts = []
    done = Fraction(0)
    for function in [f for e in attempt.exercises for f in e.functions][:200]:
        x = round(1000 * done / total)
        done += function.max_points
        width = round(1000 * done / total) - x
        gap = 4 if done < total else 0
        share = function.points / function.max_points if function.max_points else Fraction(0)
        share = min(Fraction(1), max(Fraction(0), share))
        parts.append(
            Part(x=x, width=max(0, width - gap), filled=round(max(0, width - gap) * share))
        )
    return tuple(parts)
