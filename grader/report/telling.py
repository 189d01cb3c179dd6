"""Which of several failed tests tells a student most: the one to read first, and why."""

from __future__ import annotations

from math import prod

from grader.model import Described, Facet, Mismatch, TestResult, Tier

__all__ = ["Rank", "rank"]

Rank = tuple[bool, bool, bool, int, bool, int, int, int, str]

_TIERS = tuple(Tier)
_PLAIN = (
    (Facet.VALUE, Facet.SHAPE),  # expected beside got: seen at a glance
    (Facet.EXCEPTION, Facet.CRASH),
    (Facet.TYPE, Facet.DTYPE),
    (Facet.GRADIENT, Facet.MUTATION, Facet.REPEATABLE, Facet.NO_EXCEPTION),
)
_AT_A_GLANCE, _ONE_BY_ONE = 16, 64  # elements of an input that a reader takes in
_LONGEST = 6  # characters of a number that one can reckon with
_IN_CALL = 8  # elements of an array that is written out in the call
_ODD = ("nan", "inf")
_NOTHING = Mismatch(facet=Facet.CRASH, sentence="", call="")


def rank(test: TestResult) -> Rank:
    """The less, the more telling; no two tests of an attempt have the same.

    What shows a case, a known mistake, no edge case, a plain wrong value, plain numbers, an input
    to take in at a glance, a basic test: in this order. Then the shortest case decides.
    """
    mismatch = test.mismatch or _NOTHING
    elements = sum(map(_elements, mismatch.arguments))
    return (
        not mismatch.call,
        not (test.misconception or test.hint),
        test.tier is Tier.EDGE,
        next(place for place, facets in enumerate(_PLAIN) if mismatch.facet in facets),
        not all(map(_is_plain, mismatch.arguments)),
        (elements > _AT_A_GLANCE) + (elements > _ONE_BY_ONE),
        _TIERS.index(test.tier),
        _length(mismatch),
        test.id,
    )


def _elements(argument: Described) -> int:
    return prod(argument.array.shape) if argument.array is not None else 0


def _length(mismatch: Mismatch) -> int:
    """Characters to read, about: the call, and arrays that it names by their shape alone."""
    sizes = map(_elements, mismatch.arguments)
    return len(mismatch.call) + sum(3 * size for size in sizes if size > _IN_CALL)


def _is_plain(argument: Described) -> bool:
    """Whether it holds numbers, none of them long, nan or infinite."""
    if argument.array is None:
        return not any(word in argument.text for word in _ODD)
    return argument.array.values != () and all(
        not isinstance(value, str) and len(str(value)) <= _LONGEST
        for value in argument.array.values
    )
