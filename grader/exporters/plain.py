"""A CSV of our own: one row a student, every column that we know."""

from __future__ import annotations

from collections.abc import Iterable

from grader.exporters.marks import ExportMark, decimal, guarded, written

__all__ = ["COLUMNS", "plain_csv"]

COLUMNS = (
    "student", "name", "email", "points", "max_points", "attempt", "handed_in", "days_late",
)  # fmt: skip


def plain_csv(marks: Iterable[ExportMark]) -> str:
    """CSV text; cells of text are guarded, numbers are numbers, no mark is an empty cell."""
    return written([COLUMNS, *map(_row, marks)])


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
