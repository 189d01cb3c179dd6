"""From the folders and zips that were named to everybody's hand-ins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, text

from grader.batch.identity import Found, assign
from grader.batch.layouts import METADATA, HandIn, discover
from grader.batch.trees import Files, open_tree
from grader.catalog import Assignment, Course
from grader.compare import clean
from grader.errors import CourseError, UsageError
from grader.gradebook import Gradebook
from grader.gradebook.people import Person, Roster, everybody, read_roster

__all__ = ["absent_from", "find", "roster_of"]


def roster_of(course: Course, named: Path | None, book: Gradebook) -> Roster:
    """The roster that was named, else that of course.toml, else nobody's.

    Raises:
        UsageError, CourseError: it cannot be used.
    """
    if named is not None:
        return read_roster(named)
    if course.settings.roster:
        return read_roster(course.root / course.settings.roster)
    with book.reading() as connection:
        known = list(everybody(connection))
    return Roster.of(known, is_complete=False)


def absent_from(
    connection: Connection, assignment: str, roster: Roster, present: Collection[str] = ()
) -> list[Person]:
    """Who is in the roster and has handed nothing in; nobody if the roster is not the class.

    `present` are ids of others who did, though it could not be graded.
    """
    if not roster.is_complete:
        return []
    rows = connection.execute(
        text(
            "SELECT DISTINCT p.student FROM attempts AS a JOIN members AS m ON m.attempt_id = a.id "
            "JOIN people AS p ON p.pseudonym = m.pseudonym WHERE a.assignment = :assignment"
        ),
        {"assignment": assignment},
    )
    there = {*rows.scalars(), *present}
    return [one for one in roster.people if one.student not in there]


def _left_out(tree: Files, hand_ins: Iterable[HandIn]) -> Iterator[str]:
    """A remark on files at the top that are in no submission."""
    used = {entry for hand_in in hand_ins for entry, _ in hand_in.files}
    left = [
        name
        for name in tree.names
        if name not in used and "/" not in name and not name.startswith(".") and name != METADATA
    ]
    if left:
        listed = ", ".join(f"`{clean(name, 200)}`" for name in left[:10])
        more = f" and {len(left) - 10} more" if len(left) > 10 else ""
        yield (
            f"{tree.root}: in no submission, and so not graded: {listed}{more}; a submission is a "
            "folder, .py, .ipynb or .zip with a student's name"
        )


def find(
    paths: Iterable[Path],
    assignment: Assignment,
    book: Gradebook,
    roster: Roster,
    *,
    layout: str = "auto",
    pattern: str = "",
    times: str = "layout",
) -> Found:
    """All hand-ins below `paths`, each unit's in order, and what was in the way.

    Raises:
        UsageError: a path does not exist, or nothing is in any of them.
        CourseError: the assignment is for groups, and the roster does not tell them.
    """
    if assignment.settings.groups and not roster.has_groups:
        raise CourseError(
            f"[assignment.{assignment.name}] has `groups = true`, and the roster has no column "
            "`group`; add it to the roster, or set `groups = false`"
        )
    paths = list(paths)
    trees = [open_tree(path) for path in paths]
    remarks = [problem for tree in trees for problem in tree.problems]
    by_tree = [(tree, discover(tree, assignment.name, layout, pattern)) for tree in trees]
    hand_ins = [hand_in for _, found_there in by_tree for hand_in in found_there]
    if not hand_ins and not remarks:
        listed = ", ".join(str(path) for path in paths)
        raise UsageError(f"{listed}: no submission in it: no folder, .py, .ipynb or .zip")
    remarks += [left for tree, found_there in by_tree for left in _left_out(tree, found_there)]
    with book.writing() as connection:
        found = assign(connection, assignment.name, assignment.settings, hand_ins, roster, times)
    strangers = _unknown_extensions(assignment, roster, found.students)
    return replace(found, remarks=(*remarks, *found.remarks, *strangers))


def _unknown_extensions(
    assignment: Assignment, roster: Roster, present: Collection[str]
) -> Iterator[str]:
    """A remark on each extension that is nobody's, since it goes by the id and nothing else."""
    ids = {one.casefold() for one in (*present, *(person.student for person in roster.people))}
    for student in assignment.settings.extensions if roster.is_complete else ():
        if student.casefold() not in ids:
            meant = roster.find(student)
            yield (
                f"course.toml: the extension of `{clean(student, 200)}` in "
                f"[assignment.{assignment.name}] is nobody's: no id in the roster is this"
                + (f"; did you mean `{meant.student}`?" if meant else "; correct one of them")
            )
