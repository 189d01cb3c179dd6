"""A mark as exporters take it, the guard for cells, and what a file would change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.errors import UsageError

__all__ = ["Change", "ExportMark", "changes", "decimal", "guarded", "refuse_lower", "written"]

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMark:
    """One student's mark; `points` is None without one. `external` are ids in other systems."""

    student: str
    name: str = ""
    email: str = ""
    points: Fraction | None = None
    max_points: Fraction | None = None
    attempt: int = 0
    handed_in: str = ""
    days_late: int = 0
    external: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a filled file says of one student, and what it said before."""

    student: str
    before: Fraction | None
    after: Fraction

    @property
    def is_lower(self) -> bool:
        return self.before is not None and self.after < self.before


def decimal(points: Fraction) -> str:
    """Points as a decimal number of at most four places: 3, 2.5, 0.6667."""
    return f"{float(round(points, 4)):.4f}".rstrip("0").rstrip(".")


def guarded(cell: str) -> str:
    """A cell of text that no spreadsheet takes for a formula: an apostrophe goes before it."""
    shown = cell.replace("\0", "")
    return (
        f"'{shown}" if shown.lstrip().startswith(_DANGEROUS) or shown[:1] in _DANGEROUS else shown
    )


def written(rows: Iterable[Sequence[str]], *, delimiter: str = ",", end: str = "\n") -> str:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def changes(marks: Iterable[ExportMark], before: Mapping[str, Fraction | None]) -> list[Change]:
    """The marks that differ from those there are, by student."""
    return [
        Change(student=mark.student, before=before[mark.student], after=mark.points)
        for mark in marks
        if mark.points is not None
        and mark.student in before
        and before[mark.student] != Fraction(decimal(mark.points))
    ]


def refuse_lower(found: Iterable[Change]) -> None:
    """Stop before a mark is lowered.

    Raises:
        UsageError: with everybody whose mark would be lower.
    """
    lower = [one for one in found if one.is_lower]
    if lower:
        listed = ", ".join(
            f"{one.student} ({decimal(one.before or Fraction(0))} to {decimal(one.after)})"
            for one in lower[:20]
        )
        raise UsageError(
            f"{len(lower)} marks would be lower than they are: {listed}; nothing was written. "
            "Look at them, then repeat with --allow-lower"
        )
