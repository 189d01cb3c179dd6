"""A CSV of our own: one row a student, every column that we know."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from fractions import Fraction

from grader.errors import UsageError
from grader.exporters.marks import ExportMark, decimal, guarded, written

__all__ = ["COLUMNS", "plain_csv", "read_plain"]

COLUMNS = (
    "student", "name", "email", "points", "max_points", "attempt", "handed_in", "days_late",
)  # fmt: skip
_OTHER = "the file that is there is no export of marks; name another one"


def plain_csv(marks: Iterable[ExportMark]) -> str:
    """CSV text; cells of text are guarded, numbers are numbers, no mark is an empty cell."""
    return written([COLUMNS, *map(_row, marks)])


def read_plain(text: str) -> dict[str, Fraction | None]:
    """The points in a CSV that `plain_csv` wrote, by student.

    Raises:
        UsageError: it is something else, so it must not be overwritten.
    """
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""))
        if not set(COLUMNS) <= set(rows.fieldnames or ()):
            raise UsageError(_OTHER)
        listed = list(rows)
        if any(None in row or None in row.values() for row in listed):  # too long, too short
            raise UsageError(_OTHER)
        return {
            row["student"].removeprefix("'"): Fraction(row["points"]) if row["points"] else None
            for row in listed
        }
    except (csv.Error, ValueError, ZeroDivisionError):
        raise UsageError(_OTHER) from None


def _row(mark: ExportMark) -> list[str]:
    return [
        guarded(mark.student),
        guarded(mark.name),
        guarded(mark.email),
        decimal(mark.points) if mark.points is not None else "",
        decimal(mark.max_points) if mark.max_points is not None else "",
        str(mark.attempt) if mark.attempt else "",
        mark.handed_in,
        str(mark.days_late),
    ]
