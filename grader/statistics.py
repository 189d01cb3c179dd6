"""How a class did, test by test: what is too easy, too hard, or tells nobody apart.

Everything comes from rows of (who, test, passed), one pass, with a few numbers per test kept: a
class of thousands needs no more memory than one of thirty.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["MIN_FOR_DISCRIMINATION", "Item", "Statistics", "Tally", "statistics"]

MIN_FOR_DISCRIMINATION = 30
"""Submissions below which a correlation says more about chance than about the test."""

MIN_CLUSTER = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One hidden test over a class.

    `difficulty` is the share that passes, in [0, 1]. `discrimination` is the correlation of passing
    with the points in all other tests, in [-1, 1]; None below 30 submissions, or where all or
    nobody passes.
    """

    test_id: str
    taken: int
    passed: int
    discrimination: float | None

    @property
    def difficulty(self) -> float:
        return self.passed / self.taken if self.taken else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """`misconceptions`: (function, name, how many), most first. `clusters`: (function, submissions)
    that failed alike, and match no known mistake."""

    submissions: int
    items: tuple[Item, ...]
    nobody_passes: tuple[str, ...]
    everybody_passes: tuple[str, ...]
    misconceptions: tuple[tuple[str, str, int], ...]
    clusters: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class _Sums:
    """Of one test: n, passes, and what a correlation with the rest of the points needs."""

    n: int = 0
    passed: int = 0
    rest: float = 0.0
    rest_squared: float = 0.0
    rest_of_passed: float = 0.0

    def add(self, passed: bool, rest: float) -> None:
        self.n += 1
        self.passed += passed
        self.rest += rest
        self.rest_squared += rest * rest
        self.rest_of_passed += rest if passed else 0.0

    def correlation(self) -> float | None:
        """Point-biserial: Pearson's with passed as 0 or 1."""
        if self.n < MIN_FOR_DISCRIMINATION or self.passed in (0, self.n):
            return None
        share = self.passed / self.n
        mean = self.rest / self.n
        variance = self.rest_squared / self.n - mean * mean
        if variance <= 1e-12 * max(1.0, mean * mean):
            return None
        covariance = self.rest_of_passed / self.n - share * mean
        value = covariance / math.sqrt(variance * share * (1 - share))
        return max(-1.0, min(1.0, value))


@dataclass(slots=True)
class Tally:
    """Takes one submission after the other."""

    submissions: int = 0
    _sums: dict[str, _Sums] = field(default_factory=dict)
    _known: Counter[tuple[str, str]] = field(default_factory=Counter)
    _unknown: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, who: str, tests: Sequence[tuple[str, bool, float]]) -> None:
        """All tests of one submission: (id, passed, points)."""
        self.submissions += 1
        total = math.fsum(points for _, _, points in tests)
        for test_id, passed, points in tests:
            self._sums.setdefault(test_id, _Sums()).add(passed, total - points)

    def add_function(self, who: str, function: str, misconception: str, answers: str) -> None:
        """A function that failed: the mistake it matches, or a digest of what it answered."""
        if misconception:
            self._known[function, misconception] += 1
        elif answers:
            self._unknown.setdefault((function, answers), []).append(who)

    def result(self) -> Statistics:
        items = tuple(
            Item(test_id=i, taken=s.n, passed=s.passed, discrimination=s.correlation())
            for i, s in self._sums.items()
        )
        alike = [
            (function, tuple(sorted(who)))
            for (function, _), who in self._unknown.items()
            if len(who) >= MIN_CLUSTER
        ]
        return Statistics(
            submissions=self.submissions,
            items=items,
            nobody_passes=tuple(i.test_id for i in items if i.taken and not i.passed),
            everybody_passes=tuple(i.test_id for i in items if i.passed == i.taken > 0),
            misconceptions=tuple(
                (*known, n) for known, n in sorted(self._known.items(), key=_most_first)
            ),
            clusters=tuple(sorted(alike, key=lambda one: (-len(one[1]), one))),
        )


def _most_first(one: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    return -one[1], one[0]


def statistics(
    submissions: Iterable[tuple[str, Sequence[tuple[str, bool, float]]]],
    functions: Iterable[tuple[str, str, str, str]] = (),
) -> Statistics:
    """Of a class at once: (who, tests) and (who, function, misconception, answers)."""
    tally = Tally()
    for who, tests in submissions:
        tally.add(who, tests)
    for row in functions:
        tally.add_function(*row)
    return tally.result()
