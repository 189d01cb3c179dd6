"""Failed tests grouped by their cause: one cause is one card, most points to gain first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.model import Facet, Mismatch, TestResult, Tier, Verdict
from grader.report.telling import rank
from grader.report.verdicts import is_failure

__all__ = ["Cause", "causes"]

_ONE_CAUSE = {Facet.TYPE, Facet.DTYPE, Facet.MUTATION, Facet.GRADIENT}
"""Facets that have few reasons each: the same sentence then means the same cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Tests of one function that fail for one reason; the first says most.

    `unlocks` are points of passed tests that wait for the basic ones, if this cause is all that
    is wrong with those.
    """

    tests: tuple[TestResult, ...]
    unlocks: Fraction = Fraction(0)

    @property
    def points(self) -> Fraction:
        return sum((test.points for test in self.tests), Fraction(0))

    @property
    def max_points(self) -> Fraction:
        return sum((test.max_points for test in self.tests), Fraction(0))

    @property
    def gain(self) -> Fraction:
        return self.max_points - self.points + self.unlocks


def causes(tests: Sequence[TestResult]) -> tuple[Cause, ...]:
    """The causes of one function's failures, most points to gain first."""
    groups: dict[object, list[TestResult]] = {}
    for test in tests:
        if is_failure(test.verdict):
            groups.setdefault(_key(test), []).append(test)
    found = [
        Cause(tests=tuple(sorted(group, key=rank)), unlocks=_unlocks(group, tests))
        for group in groups.values()
    ]
    return tuple(sorted(found, key=lambda cause: (-cause.gain, rank(cause.tests[0]))))


def _unlocks(group: Sequence[TestResult], tests: Sequence[TestResult]) -> Fraction:
    """What passed tests would score if this group did."""
    basic = {test.id for test in tests if is_failure(test.verdict) and test.tier is Tier.BASIC}
    if not basic or not basic <= {test.id for test in group}:
        return Fraction(0)
    waiting = [t for t in tests if t.needs_basic and t.verdict is Verdict.PASSED]
    return sum((test.max_points - test.points for test in waiting), Fraction(0))


def _key(test: TestResult) -> object:
    """Equal for tests that we know to have one cause; a test that we know nothing of stands alone.

    The same facet alone is not the same cause: two wrong values may have two reasons.
    """
    mismatch = test.mismatch
    if test.misconception:
        return "misconception", test.misconception
    if test.hint:
        return "hint", test.hint
    if mismatch is not None and _is_nothing(mismatch):
        return "nothing"  # whatever was due instead
    is_crash = mismatch is not None and mismatch.facet is Facet.CRASH
    if is_crash or test.verdict not in (Verdict.FAILED, Verdict.ERROR):
        return "verdict", test.verdict  # no answer is no answer, whatever the case
    if test.verdict is Verdict.FAILED:
        if mismatch is not None and mismatch.facet in _ONE_CAUSE and mismatch.sentence:
            return mismatch.facet, mismatch.sentence
        return "test", test.id
    said = test.sentence or (_raised(mismatch) if mismatch else "")
    return ("error", said) if said else ("test", test.id)


def _raised(mismatch: Mismatch) -> str:
    """What was raised, without what was due instead: an answer or an error of another kind."""
    got = mismatch.got
    return got.text if got is not None and mismatch.facet is Facet.EXCEPTION else mismatch.sentence


def _is_nothing(mismatch: Mismatch) -> bool:
    """Whether None came back where a value was due: mostly a `return` is missing."""
    got = mismatch.got
    return mismatch.facet is Facet.TYPE and got is not None and got.text == "None"
