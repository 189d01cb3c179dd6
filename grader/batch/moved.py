"""Marks that differ from class.json though no result does: a due date or a late rule changed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection

from grader.batch.class_file import StudentRow, class_file_from_json
from grader.batch.publishing import published
from grader.catalog import Assignment, Course
from grader.gradebook.marks import marks

__all__ = ["moved_marks"]


def moved_marks(
    connection: Connection, course: Course, assignment: Assignment, private: Path
) -> Iterator[tuple[str, Fraction | None, Fraction | None]]:
    """Student, points as they were written last, and points now, where the results are the same."""
    before = _written(published(private, assignment)[0])
    for mark in marks(connection, assignment.name, assignment.settings):
        row = before.get(mark.student)
        if row is None or (row.is_overridden, row.graded) != (mark.is_overridden, mark.graded):
            continue
        if row.points != mark.points:
            yield mark.student, row.points, mark.points


def _written(path: Path) -> dict[str, StudentRow]:
    try:
        content = class_file_from_json(path.read_bytes())
    except (OSError, ValidationError):  # not there, or of another version: it is written anew
        return {}
    return {row.student: row for row in content.students}
