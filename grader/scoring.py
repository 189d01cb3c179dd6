"""Points: how they spread over tests, what an outcome earns, and who may see what.

A function's points split over the tiers (60, 25 and 15 per cent unless exercise.toml says
otherwise) and inside a tier by weight; a tier without a test gives its share to the others in
proportion. All of it in exact fractions. A pass has to be shown: only Verdict.PASSED earns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from grader.config import TierShares
from grader.messages import say
from grader.model import (
    Attempt,
    Attribution,
    Audience,
    Described,
    ExerciseResult,
    FunctionResult,
    FunctionState,
    Measured,
    Mismatch,
    Note,
    PastAttempt,
    Show,
    TestResult,
    Tier,
    TrainingResult,
    Verdict,
)

__all__ = [
    "Outcome",
    "TestPlan",
    "attribution_of",
    "filter_for",
    "function_verdict",
    "score_tests",
    "spread",
]

SHOWN_VALUES = 64  # elements of an array that a student sees


@dataclass(frozen=True, slots=True, kw_only=True)
class TestPlan:
    """What a hidden test is worth and says of itself, known before it runs."""

    __test__ = False

    id: str
    function: str
    title: str
    tier: Tier
    weight: Fraction = Fraction(1)
    states: str = ""
    show: Show = Show.EXPLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of running a test on one submission."""

    verdict: Verdict
    sentence: str = ""
    mismatch: Mismatch | None = None
    notes: tuple[Note, ...] = ()
    needs_basic: bool = False
    measured: Measured = field(default_factory=Measured)


def spread(points: Fraction, shares: TierShares, plans: Sequence[TestPlan]) -> dict[str, Fraction]:
    """The points that each test of one function can earn; they sum to `points` exactly."""
    weights: dict[Tier, Fraction] = {}
    for plan in plans:
        weights[plan.tier] = weights.get(plan.tier, Fraction(0)) + plan.weight
    whole = sum(shares.share(tier) for tier in weights)
    if not whole:  # every tier in use is worth nothing: fall back to the weights alone
        total = sum(weights.values(), Fraction(0))
        return {plan.id: points * plan.weight / total for plan in plans}
    return {
        plan.id: points
        * Fraction(shares.share(plan.tier), whole)
        * plan.weight
        / weights[plan.tier]
        for plan in plans
    }


def score_tests(
    points: Fraction,
    shares: TierShares,
    plans: Sequence[TestPlan],
    outcomes: Mapping[str, Outcome],
    *,
    forbidden: bool = False,
) -> tuple[TestResult, ...]:
    """One function's tests with what they earn; a test without an outcome is our own fault."""
    worth = spread(points, shares, plans)
    done = {p.id: outcomes.get(p.id, Outcome(verdict=Verdict.INTERNAL)) for p in plans}
    basic_passed = all(
        done[plan.id].verdict is Verdict.PASSED for plan in plans if plan.tier is Tier.BASIC
    )
    return tuple(
        _test_result(plan, done[plan.id], worth[plan.id], basic_passed, forbidden) for plan in plans
    )


def _test_result(
    plan: TestPlan, outcome: Outcome, worth: Fraction, basic_passed: bool, forbidden: bool
) -> TestResult:
    withheld = outcome.needs_basic and not basic_passed
    earns = outcome.verdict is Verdict.PASSED and not withheld and not forbidden
    sentence = outcome.sentence
    if outcome.verdict is Verdict.PASSED and withheld:
        sentence = say("points.basic first")
    return TestResult(
        id=plan.id,
        function=plan.function,
        title=plan.title,
        tier=plan.tier,
        verdict=outcome.verdict,
        points=worth if earns else Fraction(0),
        max_points=worth,
        states=plan.states,
        sentence=sentence,
        mismatch=outcome.mismatch,
        show=plan.show,
        needs_basic=outcome.needs_basic,
        notes=outcome.notes,
        measured=outcome.measured,
        attribution=attribution_of(outcome.verdict),
    )


def attribution_of(verdict: Verdict) -> Attribution | None:
    """Whose doing a verdict is; nobody's if the test passed."""
    match verdict:
        case Verdict.PASSED:
            return None
        case Verdict.TIMEOUT | Verdict.MEMORY | Verdict.OUTPUT:
            return Attribution.BUDGET
        case Verdict.INTERNAL:
            return Attribution.MACHINE
        case _:
            return Attribution.STUDENT


def function_verdict(
    state: FunctionState, tests: Sequence[TestResult], *, forbidden: bool = False
) -> Verdict:
    """One verdict for a function: our own fault first, then what needs attention most."""
    verdicts = [test.verdict for test in tests]
    if Verdict.INTERNAL in verdicts:
        return Verdict.INTERNAL
    if state is not FunctionState.WRITTEN:
        return Verdict.SKIPPED
    if forbidden:
        return Verdict.FORBIDDEN
    if verdicts and all(verdict is Verdict.PASSED for verdict in verdicts):
        return Verdict.PASSED
    wrong = [verdict for verdict in verdicts if verdict is not Verdict.PASSED]
    if not wrong:
        return Verdict.FAILED  # no test ran: a pass would not be proven
    return wrong[0] if len(set(wrong)) == 1 else Verdict.FAILED


def filter_for(attempt: Attempt, audience: Audience, *, show: Show = Show.EXPLAIN) -> Attempt:
    """The view of an attempt for an audience; runs before any renderer or exporter.

    Args:
        attempt: the full results.
        audience: staff see everything.
        show: the most that the assignment lets students see at present, before or after it is
            due; a test's own `show` can only lessen it.
    """
    if audience is Audience.STAFF:
        return replace(attempt, audience=audience)
    exercises = tuple(_exercise_for_student(e, show) for e in attempt.exercises)
    history = _history_for_student(attempt.history, exercises)
    return replace(attempt, audience=audience, exercises=exercises, history=history)


def _history_for_student(
    history: Sequence[PastAttempt], exercises: Sequence[ExerciseResult]
) -> tuple[PastAttempt, ...]:
    """Without ids of tests that this view does not name."""
    named = {t.id for e in exercises for f in e.functions for t in f.tests if t.title}
    return tuple(
        replace(past, failing=tuple(name for name in past.failing if name in named))
        for past in history
    )


def _exercise_for_student(exercise: ExerciseResult, show: Show) -> ExerciseResult:
    return replace(
        exercise,
        notes=_notes_for_student(exercise.notes),
        functions=tuple(_function_for_student(f, show) for f in exercise.functions),
        training=_training_for_student(exercise.training, show),
    )


def _notes_for_student(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(note for note in notes if not note.is_for_staff)


def _training_for_student(training: TrainingResult | None, show: Show) -> TrainingResult | None:
    """Without flags, which only staff judge, and as a rule without held-out images and labels."""
    if training is None or show is Show.HIDDEN:
        return None
    if show in (Show.HINT, Show.VERDICT):
        training = replace(training, notes=())
    if show is Show.VERDICT:
        training = replace(training, confusion=())
    mistakes = training.mistakes if show is Show.REVEAL else ()
    return replace(training, flags=(), mistakes=mistakes)


def _function_for_student(function: FunctionResult, show: Show) -> FunctionResult:
    tests = tuple(_test_for_student(t, _least(t.show, show)) for t in function.tests)
    if show in (Show.VERDICT, Show.HIDDEN):
        return replace(function, tests=tests, hint="", misconception="")
    # the name of a misconception is the author's word; students read the hint
    return replace(function, tests=tests, misconception="")


_ORDER = (Show.HIDDEN, Show.VERDICT, Show.HINT, Show.EXPLAIN, Show.REVEAL)


def _least(one: Show, other: Show) -> Show:
    return min(one, other, key=_ORDER.index)


def _test_for_student(test: TestResult, show: Show) -> TestResult:
    match show:
        case Show.EXPLAIN | Show.REVEAL:
            mismatch = None if test.mismatch is None else _shortened(test.mismatch)
            # what a broken test of ours raised is for staff, and may hold what it expects
            sentence = "" if test.verdict is Verdict.INTERNAL else test.sentence
            notes = _notes_for_student(test.notes)
            return replace(
                test, mismatch=mismatch, sentence=sentence, misconception="", notes=notes, show=show
            )
        case Show.HINT:
            mismatch = None if test.mismatch is None else _facet_only(test.mismatch)
            return replace(
                test, mismatch=mismatch, states="", sentence="", misconception="", notes=(),
                show=show,
            )  # fmt: skip
        case Show.VERDICT:
            return replace(
                test, mismatch=None, states="", sentence="", hint="", misconception="", notes=(),
                show=show,
            )  # fmt: skip
        case Show.HIDDEN:
            return replace(
                test, id=f"{test.function}::hidden::{_digest(test.id)}", title="", mismatch=None,
                states="", sentence="", hint="", misconception="", notes=(), show=show,
            )  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _facet_only(mismatch: Mismatch) -> Mismatch:
    return Mismatch(facet=mismatch.facet, sentence="", call="", failing=0, total=0)


def _shortened(mismatch: Mismatch) -> Mismatch:
    return replace(
        mismatch,
        arguments=tuple(_short(a, None) for a in mismatch.arguments),
        expected=None if mismatch.expected is None else _short(mismatch.expected, mismatch.at),
        got=None if mismatch.got is None else _short(mismatch.got, mismatch.at),
    )


def _short(value: Described, at: tuple[int, ...] | None) -> Described:
    """At most 64 elements of an array, around the first that differs if it is among them."""
    array = value.array
    if array is None:
        return value
    if at is not None and len(at) == len(array.shape) + 1:
        at = at[1:]  # the array is the only value of a list
    return replace(value, array=array.around(at, SHOWN_VALUES))
