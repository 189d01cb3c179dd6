"""Numbers for readers: points, elements of arrays, indices."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from grader.messages import say
from grader.model import Number

__all__ = [
    "differs",
    "digits_needed",
    "index",
    "number",
    "out_of",
    "points",
    "thousandths",
    "value",
]

_PLAIN = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}
_RTOL, _ATOL = 1e-5, 1e-6  # CURRICULUM's default; only marks elements, never gives a verdict


def points(amount: Fraction) -> str:
    """At most two decimals and no trailing zeros: 7, 2.4, 0.33."""
    text = f"{float(amount):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def value(element: Number) -> float | None:
    """The element as a float; None for a complex number, which stands as text."""
    if isinstance(element, str):
        return _PLAIN.get(element)
    try:
        return float(element)
    except OverflowError:
        return math.inf if element > 0 else -math.inf


def number(element: Number, digits: int = 4) -> str:
    """One element with `digits` significant digits; integers and truth values as they are."""
    if isinstance(element, float):
        return f"{element:.{digits}g}"
    return str(element)


def differs(expected: Number, got: Number) -> bool:
    """Whether a reader should see the two as different."""
    left, right = value(expected), value(got)
    if left is None or right is None or expected == got:
        return expected != got
    if not (math.isfinite(left) and math.isfinite(right)):
        return str(left) != str(right)
    return abs(left - right) > _ATOL + _RTOL * abs(left)


def digits_needed(pairs: Iterable[tuple[Number, Number]]) -> int:
    """How many digits keep every pair that differs apart when printed."""
    unequal = [(a, b) for a, b in pairs if differs(a, b)]
    for digits in (4, 6, 9, 17):
        if all(number(a, digits) != number(b, digits) for a, b in unequal):
            return digits
    return 17


def index(position: Sequence[int]) -> str:
    """[0, 1, 2] as Python writes it."""
    return "[" + ", ".join(map(str, position)) + "]"


def out_of(amount: Fraction, total: Fraction) -> str:
    """2.4 of 4."""
    return say("score.points", points=points(amount), total=points(total))


def thousandths(amount: Fraction, total: Fraction) -> int:
    """The share of a bar that is filled; nothing of nothing is an empty bar."""
    return round(1000 * min(Fraction(1), max(Fraction(0), amount / total))) if total else 0
