"""Writes results and finds those that are already there; notes for the audit; where pages are."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Connection, insert, select, text

from grader.gradebook.rows import ResultRow
from grader.gradebook.schema import (
    audit,
    exercise_results,
    function_results,
    places,
    results,
    test_results,
)
from grader.model import PastAttempt, Verdict

__all__ = [
    "KnownResult",
    "counting",
    "history",
    "let_count",
    "note",
    "now",
    "pages_folder",
    "record_result",
    "remember_pages",
    "result_with_key",
]


def now() -> str:
    """This moment, as the gradebook writes it."""
    return utc(datetime.datetime.now(datetime.UTC))


def utc(moment: datetime.datetime) -> str:
    """A moment with a time zone, in UTC, to the second."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownResult:
    """A result that is in the gradebook, and whose it is."""

    id: int
    attempt_id: int
    unit: str
    reference: str
    key: str
    feedback_key: str
    outcome: str
    points: Fraction
    max_points: Fraction
    is_held: bool


def record_result(
    connection: Connection,
    attempt_id: int,
    row: ResultRow,
    *,
    is_held: bool = False,
    copied_from: int | None = None,
) -> int:
    """A new result of an attempt; the id of its row."""
    values = {
        "attempt_id": attempt_id,
        "reference": row.reference,
        "key": row.key,
        "feedback_key": row.feedback_key,
        "graded_at": now(),
        "is_void": int(row.is_void),
        "is_held": int(is_held),
        "cause": row.cause,
        "outcome": row.outcome,
        "copied_from": copied_from,
        "cpu_seconds": row.cpu_seconds,
        **_points(row.points, row.max_points),
    }
    (key,) = connection.execute(insert(results).values(values)).inserted_primary_key or (0,)
    connection.execute(
        insert(exercise_results),
        [
            {"result_id": key, "slug": e.slug, "key": e.key, **_points(e.points, e.max_points)}
            for e in row.exercises
        ],
    )
    connection.execute(
        insert(function_results),
        [
            {
                "result_id": key,
                "function": f.function,
                "slug": f.slug,
                "verdict": f.verdict,
                "misconception": f.misconception,
                "answers": f.answers,
                **_points(f.points, f.max_points),
            }
            for f in row.functions
        ],
    )
    tests = [
        {
            "result_id": key,
            "test_id": t.test_id,
            "verdict": t.verdict,
            "attribution": t.attribution,
            **_points(t.points, t.max_points),
        }
        for f in row.functions
        for t in f.tests
    ]
    if tests:
        connection.execute(insert(test_results), tests)
    return int(key)


def _points(points: tuple[int, int], most: tuple[int, int]) -> dict[str, int]:
    return {
        "points_numerator": points[0],
        "points_denominator": points[1],
        "max_points_numerator": most[0],
        "max_points_denominator": most[1],
    }


_KNOWN = """
    SELECT r.id, r.attempt_id, a.unit, r.reference, r.key, r.feedback_key, r.outcome,
           r.points_numerator, r.points_denominator,
           r.max_points_numerator, r.max_points_denominator, r.is_held
    FROM {table} AS r JOIN attempts AS a ON a.id = r.attempt_id WHERE {where}
    ORDER BY r.id DESC LIMIT 1"""


def result_with_key(
    connection: Connection, key: str, attempt_id: int | None = None
) -> KnownResult | None:
    """A result of exactly this submission, tests, seed and machine; of any attempt, or one."""
    where = "r.key = :key AND r.is_void = 0"
    where += " AND r.attempt_id = :attempt" if attempt_id is not None else ""
    return _known(connection, "results", where, {"key": key, "attempt": attempt_id})


def counting(connection: Connection, attempt_id: int) -> KnownResult | None:
    """The result that counts for an attempt."""
    return _known(
        connection, "counting_results", "r.attempt_id = :attempt", {"attempt": attempt_id}
    )


def _known(
    connection: Connection, table: str, where: str, values: Mapping[str, object]
) -> KnownResult | None:
    found = connection.execute(text(_KNOWN.format(table=table, where=where)), dict(values)).first()
    if found is None:
        return None
    *head, p, q, most_p, most_q, is_held = found
    names = ("id", "attempt_id", "unit", "reference", "key", "feedback_key", "outcome")
    return KnownResult(
        **dict(zip(names, head, strict=True)),
        points=Fraction(p, q),
        max_points=Fraction(most_p, most_q),
        is_held=bool(is_held),
    )


def let_count(
    connection: Connection,
    found: KnownResult,
    attempt_id: int,
    *,
    is_held: bool = False,
    feedback_key: str | None = None,
) -> int:
    """A known result once more, as the newest of an attempt: nothing had to run for it."""
    columns = [c.name for c in results.columns if c.name not in ("id", "attempt_id")]
    taken = {name: f"r.{name}" for name in columns} | {
        "graded_at": ":now",
        "is_held": ":held",
        "copied_from": ":source",
    }
    if feedback_key is not None:
        taken["feedback_key"] = ":feedback"
    inserted = connection.execute(
        text(
            f"INSERT INTO results (attempt_id, {', '.join(taken)}) "
            f"SELECT :attempt, {', '.join(taken.values())} FROM results AS r WHERE r.id = :source"
        ),
        {
            "attempt": attempt_id,
            "source": found.id,
            "held": int(is_held),
            "now": now(),
            "feedback": feedback_key,
        },
    )
    new = inserted.lastrowid
    for table in (exercise_results, function_results, test_results):
        names = ", ".join(c.name for c in table.columns if c.name != "result_id")
        connection.execute(
            text(
                f"INSERT INTO {table.name} (result_id, {names}) "
                f"SELECT :new, {names} FROM {table.name} WHERE result_id = :source"
            ),
            {"new": new, "source": found.id},
        )
    return int(new)


def history(connection: Connection, assignment: str, unit: str, before: int) -> list[PastAttempt]:
    """What the page of attempt number `before` says of those before it."""
    earlier = connection.execute(
        text(
            "SELECT a.number, a.handed_in, c.id, c.points_numerator, c.points_denominator, "
            "c.max_points_numerator, c.max_points_denominator FROM timed_attempts AS a "
            "JOIN counting_results AS c ON c.attempt_id = a.id "
            "WHERE a.assignment = :assignment AND a.unit = :unit AND a.number < :before "
            "ORDER BY a.number"
        ),
        {"assignment": assignment, "unit": unit, "before": before},
    ).all()
    return [
        PastAttempt(
            number=number,
            points=Fraction(p, q),
            max_points=Fraction(most_p, most_q),
            failing=_failing(connection, result),
            handed_in=(handed_in or "").replace("T", " ").removesuffix("Z"),
        )
        for number, handed_in, result, p, q, most_p, most_q in earlier
    ]


def _failing(connection: Connection, result_id: int) -> tuple[str, ...]:
    query = (
        select(test_results.c.test_id)
        .where(test_results.c.result_id == result_id)
        .where(test_results.c.verdict.not_in([Verdict.PASSED, Verdict.SKIPPED]))
        .order_by(test_results.c.test_id)
    )
    return tuple(connection.execute(query).scalars())


def note(connection: Connection, who: str, action: str, subject: str = "") -> None:
    """A row of the audit."""
    row = {"at": now(), "who": who, "action": action, "subject": subject}
    connection.execute(insert(audit).values(row))


def remember_pages(connection: Connection, assignment: str, folder: str) -> None:
    """Where the pages of an assignment are written now; former places stay known for erasing."""
    connection.execute(
        text("INSERT OR REPLACE INTO places (assignment, pages) VALUES (:assignment, :pages)"),
        {"assignment": assignment, "pages": folder},
    )


def pages_folder(connection: Connection, assignment: str) -> str:
    """Where they were written last; "" if there are none."""
    found = connection.execute(
        select(places.c.pages)
        .where(places.c.assignment == assignment)
        .order_by(places.c.id.desc())
        .limit(1)
    )
    return str(found.scalar() or "")
