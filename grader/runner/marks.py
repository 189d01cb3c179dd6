"""`@tier`: what a hidden test is for and what it is worth, read without running the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeVar

from grader.errors import ExerciseError
from grader.model import Show, Tier
from grader.runner.authors import one_of

__all__ = ["TierMark", "mark_of", "tier"]

TestFunction = TypeVar("TestFunction", bound=Callable[..., Any])
_ATTRIBUTE = "__grader_tier__"


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMark:
    """What `@tier` says of a test."""

    tier: Tier
    of: str
    weight: Fraction
    states: str
    show: Show


def tier(
    name: str, *, of: str, weight: int = 1, states: str = "", show: str = "explain"
) -> Callable[[TestFunction], TestFunction]:
    """Mark a hidden test.

    Args:
        name: "basic", "parameters" or "edge".
        of: the one function whose points the test carries; it may use others too.
        weight: its share within the tier, a whole number from 1.
        states: the sentence of the stub's docstring that the test checks; required for "edge".
        show: "explain", "hint", "verdict" or "hidden": how much of it the student sees.

    Raises:
        ExerciseError: one of these is not as said.
    """
    shows = [known for known in Show if known is not Show.REVEAL]
    for what, got, known in (("the tier", name, list(Tier)), ("show", show, shows)):
        if got not in known:
            raise ExerciseError(f"@tier({name!r}, of={of!r}): {one_of(what, got, map(str, known))}")
    level, shown = Tier(name), Show(show)
    if weight < 1:
        raise ExerciseError(f"@tier({name!r}, of={of!r}): weight is a whole number from 1")
    if level is Tier.EDGE and not states:
        raise ExerciseError(
            f"@tier('edge', of={of!r}): say in states= which sentence of the docstring it checks"
        )
    mark = TierMark(tier=level, of=of, weight=Fraction(weight), states=states, show=shown)

    def decorate(function: TestFunction) -> TestFunction:
        setattr(function, _ATTRIBUTE, mark)
        return function

    return decorate


def mark_of(function: Callable[..., Any]) -> TierMark | None:
    """What `@tier` said of this test, if anything."""
    mark: TierMark | None = getattr(function, _ATTRIBUTE, None)
    return mark
