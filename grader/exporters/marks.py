"""A mark as exporters take it, the guard for cells, and what a file would change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.errors import UsageError

__all__ = [
    "Change",
    "ExportMark",
    "changes",
    "decimal",
    "guarded",
    "refuse_lower",
    "shown",
    "written",
]

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
    """What a filled file says of one student, and what it said before; None: no mark."""

    student: str
    before: Fraction | None
    after: Fraction | None

    @property
    def is_lower(self) -> bool:
        """Whether a mark would be lower, or gone."""
        return self.before is not None and (self.after is None or self.after < self.before)

    def __str__(self) -> str:
        return f"{self.student} ({shown(self.before)} to {shown(self.after)})"


def shown(points: Fraction | None) -> str:
    """Points for a person, who may have none."""
    return "no mark" if points is None else decimal(points)


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


def changes(
    marks: Iterable[ExportMark], before: Mapping[str, Fraction | None]
) -> tuple[Change, ...]:
    """What differs from the marks there are, by student; a mark that would go is among it.

    Args:
        marks: those of the gradebook.
        before: those of the file that is there, by student; if there are none, all is new and
            nothing changes.
    """
    if not before:
        return ()
    after = {mark.student: mark.points for mark in marks}
    rounded = {
        student: None if points is None else Fraction(decimal(points))
        for student, points in after.items()
    }
    return tuple(
        Change(student=student, before=before.get(student), after=rounded.get(student))
        for student in {**before, **rounded}
        if before.get(student) != rounded.get(student)
    )


def refuse_lower(found: Iterable[Change]) -> None:
    """Stop before a mark is lowered.

    Raises:
        UsageError: with everybody whose mark would be lower.
    """
    lower = [one for one in found if one.is_lower]
    if lower:
        listed = ", ".join(map(str, lower[:20])) + (", …" if len(lower) > 20 else "")
        marks = "1 mark" if len(lower) == 1 else f"{len(lower)} marks"
        raise UsageError(
            f"{marks} would be lower than now: {listed}; nothing was written. "
            "Look at them, then repeat with --allow-lower"
        )
