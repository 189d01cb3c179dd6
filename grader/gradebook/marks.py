"""The mark of each student: what was graded, or a person's word, less what lateness costs.

An override is final: no lateness is taken from it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from grader.config import AssignmentFile
from grader.gradebook.late import Deadline, Lateness

__all__ = ["Mark", "attempts_of", "counting_of", "marks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one student has in one assignment. `points` is None until an attempt was graded.

    `graded` are the points before lateness; `attempts` how many there are, `number` which counts.
    `unit` is the pseudonym of who handed it in: the student's own, or that of a group; `page` is
    what the page is called: the student's id, or the group's name; `members` are the ids of all who
    handed it in, and what one of them is granted holds for the work.
    """

    pseudonym: str
    student: str
    name: str
    email: str
    external: str
    points: Fraction | None
    graded: Fraction | None = None
    max_points: Fraction | None = None
    number: int = 0
    attempts: int = 0
    handed_in: str | None = None
    days_late: int = 0
    is_overridden: bool = False
    is_void: bool = False
    result_id: int | None = None
    reference: str = ""
    attempt_id: int = 0
    unit: str = ""
    page: str = ""
    members: tuple[str, ...] = ()
    graded_at: str = ""

    @property
    def is_erased(self) -> bool:
        """Whether nobody knows any more who this is."""
        return self.student == self.pseudonym


_QUERY = """
    SELECT m.pseudonym, coalesce(p.student, m.pseudonym) AS student, coalesce(p.name, '') AS name,
           coalesce(p.email, '') AS email, coalesce(p.external, '{{}}') AS external,
           m.attempt_id, m.number, m.handed_in, m.result_id, m.reference, m.unit, r.graded_at,
           coalesce(g.name, p.student, m.pseudonym) AS page,
           CASE WHEN m.unit = m.pseudonym THEN p.student ELSE (
               SELECT group_concat(student, char(10)) FROM (
                   SELECT q.student FROM members AS w JOIN people AS q ON q.pseudonym = w.pseudonym
                   WHERE w.attempt_id = m.attempt_id ORDER BY q.student)
           ) END AS members,
           m.points_numerator AS p, m.points_denominator AS q,
           m.max_points_numerator AS max_p, m.max_points_denominator AS max_q, m.override_id
    FROM marks AS m LEFT JOIN people AS p ON p.pseudonym = m.pseudonym
    LEFT JOIN results AS r ON r.id = m.result_id
    LEFT JOIN groups AS g ON g.pseudonym = m.unit
    WHERE m.assignment = :assignment {and_who}
    ORDER BY student, m.pseudonym, m.number"""


def marks(connection: Connection, assignment: str, settings: AssignmentFile) -> Iterator[Mark]:
    """One mark for each who handed something in, by student id; erased people by pseudonym."""
    rows = connection.execution_options(yield_per=500).execute(
        text(_QUERY.format(and_who="")), {"assignment": assignment}
    )
    for _, group in groupby(rows, key=lambda row: row.pseudonym):
        yield counting_of(_attempts(list(group), settings), settings)


def attempts_of(
    connection: Connection, assignment: str, settings: AssignmentFile, pseudonym: str
) -> list[Mark]:
    """What each attempt of one person would be worth, in their order."""
    rows = connection.execute(
        text(_QUERY.format(and_who="AND m.pseudonym = :who")),
        {"assignment": assignment, "who": pseudonym},
    ).all()
    return _attempts(list(rows), settings) if rows else []


def counting_of(attempts: Sequence[Mark], settings: AssignmentFile) -> Mark:
    """The attempt that counts; the newest while none has points."""
    graded = (mark for mark in attempts if mark.points is not None)
    return pick(graded, settings) or attempts[-1]


def _attempts(rows: list[Any], settings: AssignmentFile) -> list[Mark]:
    marks = []
    for row in rows:
        members = tuple((row.members or "").split("\n"))
        deadline = Deadline(settings=settings, extension=settings.extension_of(members))
        marks.append(_mark(row, members, deadline, len(rows)))
    return marks


def pick(graded: Iterable[Mark], settings: AssignmentFile) -> Mark | None:
    """The attempt that counts; of equally good ones the earliest."""
    listed = _oldest_first(list(graded))
    if not listed:
        return None
    match settings.attempts:
        case "first":
            return listed[0]
        case "last":
            return listed[-1]
        case "best":
            return max(listed, key=lambda mark: (mark.points, -mark.number))


def _oldest_first(listed: list[Mark]) -> list[Mark]:
    """By the times they came, where all are known: an older one may have been found later."""
    if any(mark.handed_in is None for mark in listed):
        return listed
    return sorted(listed, key=lambda mark: mark.handed_in or "")


def _mark(row: Any, members: tuple[str, ...], deadline: Deadline, attempts: int) -> Mark:
    graded = Fraction(row.p, row.q) if row.p is not None else None
    lateness = deadline.lateness(_moment(row.handed_in))
    if row.override_id is not None:
        lateness = Lateness(days=lateness.days)
    return Mark(
        pseudonym=row.pseudonym,
        student=row.student,
        name=row.name,
        email=row.email,
        external=row.external,
        points=None if graded is None else graded * lateness.share,
        graded=graded,
        max_points=Fraction(row.max_p, row.max_q) if row.max_p is not None else None,
        number=row.number,
        attempts=attempts,
        handed_in=row.handed_in,
        days_late=lateness.days,
        is_overridden=row.override_id is not None,
        is_void=row.result_id is None,
        result_id=row.result_id,
        reference=row.reference or "",
        attempt_id=row.attempt_id,
        unit=row.unit,
        page=row.page,
        members=members,
        graded_at=row.graded_at or "",
    )


def _moment(written: str | None) -> datetime.datetime | None:
    return datetime.datetime.fromisoformat(written) if written else None
