"""Who is in the class: the roster, and the pseudonyms that everything else uses."""

from __future__ import annotations

import csv
import json
import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from grader.errors import CourseError, UsageError
from grader.gradebook.schema import groups, people
from grader.gradebook.tables import csv_rows

__all__ = ["Person", "Roster", "enrol", "everybody", "group_unit", "person", "read_roster"]

ID_COLUMNS = ("id", "student", "student_id", "username")
KNOWN = ("name", "email", "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One student. `external` are ids in other systems, by the roster's column."""

    student: str
    name: str = ""
    email: str = ""
    group: str = ""
    external: Mapping[str, str] = field(default_factory=dict)
    pseudonym: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The class, found by anything that stands for one person and no other.

    `has_groups` is false where it cannot say who is in which group.
    """

    people: tuple[Person, ...]
    is_complete: bool  # everybody who may hand in is in it
    _by: dict[str, Person | None]
    has_groups: bool = True

    @classmethod
    def of(cls, people: Iterable[Person], *, is_complete: bool = True) -> Roster:
        listed = tuple(people)
        by: dict[str, Person | None] = {}
        for one in listed:
            for value in {fold(v) for v in (one.name, one.email, *one.external.values()) if v}:
                by[value] = None if value in by else one  # two of a name: found by id only
        by |= {fold(one.student): one for one in listed}
        return cls(listed, is_complete and bool(listed), by)

    def find(self, *words: str) -> Person | None:
        """The one whom the first word that names anybody names."""
        for word in words:
            found = self._by.get(fold(word)) if word else None
            if found is not None:
                return found
        return None

    def group(self, name: str) -> tuple[Person, ...]:
        """The members of a group."""
        return tuple(one for one in self.people if fold(one.group) == fold(name))

    def group_called(self, *words: str) -> str:
        """The group that the first of these words names, as the roster spells it first; or ""."""
        for word in words:
            found = self.group(word) if word else ()
            if found:
                return found[0].group
        return ""


def fold(text: str) -> str:
    """Names as they are compared: letter case, blanks and forms of accents aside."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def read_roster(path: Path) -> Roster:
    """The class in a CSV file: a column `id`; `name`, `email`, `group` and others may be there.

    Raises:
        UsageError: it cannot be read.
        CourseError: there is no column of ids, a column or an id stands in it twice, or an id is
            empty.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the roster cannot be read ({error})") from None
    try:
        columns, rows = csv_rows(text, strict=True)
    except csv.Error as error:
        raise CourseError(f"{path}: a quote in the roster does not end ({error})") from None
    if not columns:
        raise CourseError(f"{path}: the roster is empty; its first line names the columns")
    for name, count in Counter(columns).items():
        if count > 1:
            raise CourseError(f"{path}: the column `{name}` is in the roster {count} times")
    identity = next((name for name in ID_COLUMNS if name in columns), None)
    if identity is None:
        raise CourseError(
            f"{path}: the roster has no column `id`; its columns are {', '.join(columns)}"
        )
    for number, row in enumerate(rows, 2):
        if any(cell.strip() for cell in row[len(columns) :]):
            raise CourseError(
                f"{path}: line {number} has {len(row)} cells, the first line {len(columns)}; put "
                "text with a comma in quotes"
            )
    people = [
        _person(path, number, identity, dict(zip(columns, map(str.strip, row), strict=False)))
        for number, row in enumerate(rows, 2)
        if any(cell.strip() for cell in row)
    ]
    _check_unique(path, people)
    return replace(Roster.of(people), has_groups="group" in columns)


def _person(path: Path, number: int, identity: str, row: Mapping[str, str]) -> Person:
    student = row.get(identity, "")
    if not student:
        raise CourseError(f"{path}: line {number}: `{identity}` is empty")
    return Person(
        student=student,
        **{name: row.get(name, "") for name in KNOWN},
        external={n: v for n, v in row.items() if v and n not in (*KNOWN, identity)},
    )


def _check_unique(path: Path, people: Sequence[Person]) -> None:
    seen: dict[str, Person] = {}
    for one in people:
        other = seen.setdefault(fold(one.student), one)
        if other is not one:
            raise CourseError(
                f"{path}: two students have the id `{one.student}`"
                f"{_names(other, one)}; ids are unique, so correct one of them"
            )


def _names(*people: Person) -> str:
    names = [one.name for one in people if one.name]
    return f" ({' and '.join(names)})" if names else ""


def enrol(connection: Connection, persons: Iterable[Person]) -> dict[str, str]:
    """Keep who they are, each once; the pseudonym of each, by student id."""
    query = select(people.c.student, people.c.pseudonym)
    known = {student: pseudonym for student, pseudonym in connection.execute(query)}
    pseudonyms = {}
    for one in persons:
        values = {"name": one.name, "email": one.email, "external": json.dumps(dict(one.external))}
        if one.student in known:
            if one.name or one.email or one.external:
                connection.execute(
                    update(people).where(people.c.student == one.student).values(values)
                )
        else:
            known[one.student] = secrets.token_hex(6)
            connection.execute(
                insert(people).values(pseudonym=known[one.student], student=one.student, **values)
            )
        pseudonyms[one.student] = known[one.student]
    return pseudonyms


def group_unit(connection: Connection, assignment: str, name: str) -> str:
    """The pseudonym of a group, made on first use."""
    found = connection.execute(
        select(groups.c.pseudonym).where(groups.c.assignment == assignment, groups.c.name == name)
    ).scalar()
    if found is None:
        found = secrets.token_hex(6)
        connection.execute(insert(groups).values(pseudonym=found, assignment=assignment, name=name))
    return str(found)


def everybody(connection: Connection) -> Iterator[Person]:
    """All people, by student id."""
    for row in connection.execute(select(people).order_by(people.c.student)):
        yield Person(
            student=row.student,
            name=row.name,
            email=row.email,
            external=json.loads(row.external),
            pseudonym=row.pseudonym,
        )


def person(connection: Connection, word: str) -> Person:
    """The person with this id, name, e-mail address or pseudonym.

    Raises:
        UsageError: there is none.
    """
    listed = list(everybody(connection))
    found = Roster.of(listed).find(word) or next((p for p in listed if p.pseudonym == word), None)
    if found is None:
        raise UsageError(f"there is nobody called `{word}` in the gradebook")
    return found
