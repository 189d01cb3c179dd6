"""How much of the results one page may hold, from all of it down to a bare list."""

from __future__ import annotations

from dataclasses import dataclass

from grader.messages import say

__all__ = ["BUDGETS", "HARD_CAP", "Budget"]

HARD_CAP = 2_000_000  # bytes of a page


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Limits of one attempt at rendering; `text` counts characters of any one text."""

    text: int = 8192
    source: int = 200_000
    sources: int = 400
    details: int = 1000  # failures explained in full
    tests: int = 5000
    functions: int = 500
    notes: int = 200

    @property
    def says(self) -> tuple[str, ...]:
        """What is missing, in words; the first budget takes nothing away worth naming."""
        if self == BUDGETS[0]:
            return ()
        return (
            say("page.cut.source"),
            say("page.cut.details", n=self.details),
            say("page.cut.tests", n=self.tests),
            say("page.cut.functions", n=self.functions),
        )


BUDGETS = (
    Budget(),
    Budget(text=4096, source=40_000, sources=40, details=200, tests=2000),
    Budget(text=1024, source=8_000, sources=10, details=40, tests=1000, notes=20),
    Budget(text=200, source=0, sources=0, details=0, tests=200, functions=100, notes=0),
)
"""Tried in turn until the page fits."""
