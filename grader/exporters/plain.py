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


def plain_csv(marks: Iterable[ExportMark]) -> str:
    """CSV text; cells of text are guarded, numbers are numbers, no mark is an empty cell."""
    return written([COLUMNS, *map(_row, marks)])


def read_plain(text: str) -> dict[str, Fraction | None]:
    """The points in a CSV that `plain_csv` wrote, by student.

    Raises:
        UsageError: it is something else, so it must not be overwritten.
    """
    rows = list(csv.DictReader(io.StringIO(text)))
    if rows and not set(COLUMNS) <= set(rows[0]):
        raise UsageError("the file that is there is no export of marks; name another one")
    return {
        row["student"].removeprefix("'"): Fraction(row["points"]) if row["points"] else None
        for row in rows
    }


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
