"""class.json: the marks of a class and how they came about, for programs and for staff only.

    ClassFile ── StudentRow      one mark: points, attempt, lateness, verdict of each function
              ── identical       students whose files are the same, byte by byte
              ── stale_overrides, problems: what a person should look at
              ── statistics      see grader.statistics

Written from the gradebook, so it says the same after every run, however that ended.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, text

from grader.batch.clustering import same_mistakes
from grader.batch.figures import class_statistics
from grader.catalog import Assignment, Course
from grader.compare import clean
from grader.gradebook.marks import Mark, marks
from grader.gradebook.opinions import stale_overrides
from grader.model import Points
from grader.statistics import Statistics

__all__ = [
    "ClassFile",
    "StudentRow",
    "class_file",
    "class_file_from_json",
    "class_file_schema",
    "class_file_to_json",
    "student_row",
]

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRow:
    """One student. `points` is null until an attempt was graded; see gradebook.marks.Mark.

    `page` is what the page is called: a group's name, where the group handed in.
    """

    student: str
    name: str
    points: Points | None
    graded: Points | None
    max_points: Points | None
    attempt: int
    attempts: int
    handed_in: str | None
    days_late: int
    is_overridden: bool
    is_void: bool
    reference: str
    page: str = ""
    exercises: dict[str, Points] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)

    @property
    def remarks(self) -> tuple[str, ...]:
        """How the points came about, where the tests do not tell it."""
        days = "1 day" if self.days_late == 1 else f"{self.days_late} days"
        late = (f"{days} late",) if self.days_late else ()
        return late + (("override",) if self.is_overridden else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFile:
    """One assignment of one class."""

    course: str
    assignment: str
    students: tuple[StudentRow, ...]
    verdicts: dict[str, int]
    identical: tuple[tuple[str, ...], ...]
    stale_overrides: tuple[str, ...]
    problems: tuple[str, ...]
    statistics: Statistics
    schema_version: int = SCHEMA_VERSION


_CLASS: TypeAdapter[ClassFile] = TypeAdapter(ClassFile)


def class_file(
    connection: Connection,
    course: Course,
    assignment: Assignment,
    problems: list[str],
    private: Path | None = None,
) -> ClassFile:
    """The class as the gradebook knows it now.

    Args:
        connection, course, assignment: whose.
        problems: those of this run.
        private: where results and replies lie, to find out which unknown mistakes are the same;
            without it only equal answers are.
    """
    counted = list(marks(connection, assignment.name, assignment.settings))
    students = tuple(student_row(connection, mark) for mark in counted)
    exercises = {exercise.slug: exercise for exercise in assignment.exercises}
    same = same_mistakes(connection, counted, exercises, private) if private is not None else {}
    verdicts = Counter(verdict for row in students for verdict in row.functions.values())
    return ClassFile(
        course=course.settings.title,
        assignment=assignment.name,
        students=students,
        verdicts=dict(sorted(verdicts.items())),
        identical=tuple(_identical(connection, assignment.name)),
        stale_overrides=tuple(
            f"{row.student}, attempt {row.number}: {row.points} points by {row.author}"
            for row in stale_overrides(connection, assignment.name)
        ),
        problems=tuple(clean(problem, 2000) for problem in problems),
        statistics=class_statistics(connection, counted, same),
    )


def student_row(connection: Connection, mark: Mark) -> StudentRow:
    """A mark, with the exercises and functions of the result that counts."""
    key = {"result": mark.result_id}
    exercises = connection.execute(
        text(
            "SELECT slug, points_numerator, points_denominator FROM exercise_results "
            "WHERE result_id = :result ORDER BY rowid"
        ),
        key,
    )
    functions = connection.execute(
        text(
            "SELECT function, verdict FROM function_results WHERE result_id = :result "
            "ORDER BY rowid"
        ),
        key,
    )
    return StudentRow(
        student=mark.student,
        name=mark.name,
        points=mark.points,
        graded=mark.graded,
        max_points=mark.max_points,
        attempt=mark.number,
        attempts=mark.attempts,
        handed_in=mark.handed_in,
        days_late=mark.days_late,
        is_overridden=mark.is_overridden,
        is_void=mark.is_void,
        reference=mark.reference,
        page=mark.page,
        exercises={slug: Fraction(p, q) for slug, p, q in exercises},
        functions={name: verdict for name, verdict in functions},
    )


def _identical(connection: Connection, assignment: str) -> Iterator[tuple[str, ...]]:
    """Who handed in the same files; an erased person's must not tell who that was."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT a.sha256, coalesce(p.student, g.name) AS who FROM attempts AS a "
            "LEFT JOIN people AS p ON p.pseudonym = a.unit "
            "LEFT JOIN groups AS g ON g.pseudonym = a.unit "
            "WHERE a.assignment = :assignment AND who IS NOT NULL ORDER BY a.sha256, who"
        ),
        {"assignment": assignment},
    )
    for _, group in itertools.groupby(rows, key=lambda row: row.sha256):
        students = tuple(row.who for row in group)
        if len(students) > 1:
            yield students


def class_file_to_json(one: ClassFile) -> bytes:
    """UTF-8 JSON; the same gradebook gives the same bytes."""
    return _CLASS.dump_json(one, indent=2) + b"\n"


def class_file_from_json(data: bytes) -> ClassFile:
    """Read what `class_file_to_json` wrote.

    Raises:
        pydantic.ValidationError: it is something else.
    """
    return _CLASS.validate_json(data)


def class_file_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of class.json."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **_CLASS.json_schema(mode="serialization"),
    }
