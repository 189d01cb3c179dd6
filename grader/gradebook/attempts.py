"""Writes attempts, and finds those that are already there: whose they are and when they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, insert, select, text

from grader.gradebook.recording import now
from grader.gradebook.schema import arrivals, attempts, members, people

__all__ = [
    "KnownAttempt",
    "attempt_for",
    "record_arrival",
    "record_attempt",
    "students_of",
    "unit_attempts",
    "unit_names",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAttempt:
    """An attempt that is in the gradebook."""

    id: int
    number: int
    sha256: str
    handed_in: str | None


def unit_attempts(connection: Connection, assignment: str, unit: str) -> list[KnownAttempt]:
    """All attempts of a person or group, oldest first."""
    rows = connection.execute(
        text(
            "SELECT id, number, sha256, handed_in FROM timed_attempts "
            "WHERE assignment = :assignment AND unit = :unit ORDER BY number"
        ),
        {"assignment": assignment, "unit": unit},
    )
    return [KnownAttempt(**row._mapping) for row in rows]


def unit_names(connection: Connection, assignment: str) -> dict[str, str]:
    """What everybody is called who has an attempt, people and groups; by pseudonym."""
    rows = connection.execute(
        text(
            "SELECT DISTINCT a.unit, coalesce(p.student, g.name) AS name FROM attempts AS a "
            "LEFT JOIN people AS p ON p.pseudonym = a.unit "
            "LEFT JOIN groups AS g ON g.pseudonym = a.unit "
            "WHERE a.assignment = :assignment AND coalesce(p.student, g.name) IS NOT NULL"
        ),
        {"assignment": assignment},
    )
    return {unit: name for unit, name in rows}


def students_of(connection: Connection, assignment: str, unit: str) -> list[str]:
    """Who handed in as this person or group, by the ids of the roster."""
    query = (
        select(people.c.student)
        .distinct()
        .join(members, members.c.pseudonym == people.c.pseudonym)
        .join(attempts, attempts.c.id == members.c.attempt_id)
        .where(attempts.c.assignment == assignment, attempts.c.unit == unit)
        .order_by(people.c.student)
    )
    return list(connection.execute(query).scalars())


def attempt_for(
    known: Sequence[KnownAttempt], sha256: str, handed_in: str | None, after: int | None = None
) -> KnownAttempt | None:
    """The attempt that these files are; None if they are a new one.

    The same files again are the same attempt, unless something else was handed in between.

    Args:
        known: those of the unit, oldest first.
        sha256, handed_in: of the files.
        after: the number of the attempt that was handed in before this one, 0 for none, where
            several of the unit came together; None if this came alone, and is thus the newest
            unless its time says otherwise.
    """
    same = [one for one in known if one.sha256 == sha256]
    exact = next((one for one in same if handed_in and one.handed_in == handed_in), None)
    if exact is not None or not same:
        return exact
    last = known[-1]
    is_last = same[-1] is last
    if handed_in and last.handed_in and (after is None or handed_in > last.handed_in):
        return same[-1] if is_last or handed_in < last.handed_in else None
    if after is None:
        return last if is_last else None
    return next((one for one in same if one.number >= after), None)


def record_attempt(
    connection: Connection,
    *,
    assignment: str,
    unit: str,
    people: Sequence[str],
    sha256: str,
    handed_in: str | None,
) -> KnownAttempt:
    """A new attempt of a unit, with the pseudonyms of all who handed it in."""
    number = 1 + int(
        connection.execute(
            select(func.count()).where(attempts.c.assignment == assignment, attempts.c.unit == unit)
        ).scalar_one()
    )
    row = {
        "assignment": assignment,
        "unit": unit,
        "number": number,
        "sha256": sha256,
        "handed_in": handed_in,
        "recorded_at": now(),
    }
    (key,) = connection.execute(insert(attempts).values(row)).inserted_primary_key or (0,)
    connection.execute(
        insert(members), [{"attempt_id": key, "pseudonym": one} for one in dict.fromkeys(people)]
    )
    return KnownAttempt(id=key, number=number, sha256=sha256, handed_in=handed_in)


def record_arrival(
    connection: Connection, attempt: KnownAttempt, handed_in: str | None
) -> KnownAttempt:
    """The attempt with its time, if that was not known and is now; a known one never changes."""
    if attempt.handed_in is not None or handed_in is None:
        return attempt
    row = {"attempt_id": attempt.id, "handed_in": handed_in, "recorded_at": now()}
    connection.execute(insert(arrivals).values(row))
    return replace(attempt, handed_in=handed_in)
