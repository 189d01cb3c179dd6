"""What people say about results: overrides, comments, requests and their answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import Connection, insert, select, text

from grader.errors import UsageError
from grader.gradebook.recording import counting, now
from grader.gradebook.schema import answers, comments, overrides, requests, texts

__all__ = [
    "OverrideRow",
    "RequestRow",
    "add_comment",
    "add_request",
    "answer",
    "answers_on",
    "comments_on",
    "corrected_on",
    "list_requests",
    "live_overrides",
    "override",
    "overrides_of",
    "stale_overrides",
    "take_back",
    "whose",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideRow:
    """An override with its reason, for staff."""

    attempt_id: int
    pseudonym: str
    student: str
    number: int
    points: Fraction | None
    reason: str
    author: str
    made_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A question about a result. `answer` is empty while it is open."""

    id: int
    reference: str
    pseudonym: str
    student: str
    assignment: str
    attempt_id: int
    body: str
    received_at: str
    answer: str = ""


def _text(connection: Connection, pseudonym: str, body: str) -> int:
    inserted = connection.execute(insert(texts).values(pseudonym=pseudonym, body=body))
    (key,) = inserted.inserted_primary_key or (0,)
    return int(key)


def override(
    connection: Connection,
    attempt_id: int,
    pseudonym: str,
    points: Fraction,
    *,
    reason: str,
    author: str,
) -> int:
    """Set the points of one person for one attempt; it counts while the judged result stays.

    Raises:
        UsageError: there is no reason, no result to judge, or the points are not from 0 to the
            maximum.
    """
    judged = counting(connection, attempt_id)
    if not reason.strip():
        raise UsageError("an override needs a reason: --reason TEXT")
    if judged is None:
        raise UsageError("this attempt has no result that counts; grade it first")
    if not 0 <= points <= judged.max_points:
        raise UsageError(f"{points} points: an attempt has from 0 to {judged.max_points}")
    return _judge(connection, attempt_id, pseudonym, judged.id, points, reason, author)


def take_back(
    connection: Connection, attempt_id: int, pseudonym: str, *, reason: str, author: str
) -> int:
    """Let the graded points count again.

    Raises:
        UsageError: there is no result.
    """
    judged = counting(connection, attempt_id)
    if judged is None:
        raise UsageError("this attempt has no result that counts")
    return _judge(connection, attempt_id, pseudonym, judged.id, None, reason, author)


def _judge(
    connection: Connection,
    attempt_id: int,
    pseudonym: str,
    result_id: int,
    points: Fraction | None,
    reason: str,
    author: str,
) -> int:
    row = {
        "attempt_id": attempt_id,
        "pseudonym": pseudonym,
        "result_id": result_id,
        "points_numerator": None if points is None else points.numerator,
        "points_denominator": None if points is None else points.denominator,
        "text_id": _text(connection, pseudonym, reason),
        "author": author,
        "made_at": now(),
    }
    (key,) = connection.execute(insert(overrides).values(row)).inserted_primary_key or (0,)
    return int(key)


_OVERRIDES = """
    SELECT o.attempt_id, o.pseudonym, coalesce(p.student, o.pseudonym) AS student, a.number,
           o.points_numerator, o.points_denominator, coalesce(t.body, '(erased)') AS reason,
           o.author, o.made_at
    FROM {table} AS o JOIN attempts AS a ON a.id = o.attempt_id
    LEFT JOIN people AS p ON p.pseudonym = o.pseudonym LEFT JOIN texts AS t ON t.id = o.text_id
    WHERE {where} ORDER BY o.id"""


def stale_overrides(connection: Connection, assignment: str) -> list[OverrideRow]:
    """Those that no longer count, because the result they judged has changed."""
    return _overrides(connection, "stale_overrides", "a.assignment = :value", assignment)


def live_overrides(connection: Connection, attempt_id: int) -> list[OverrideRow]:
    """Those that count for an attempt now; of a group, one of each member at most."""
    where = (
        "o.attempt_id = :value AND o.judged_outcome = "
        "(SELECT outcome FROM counting_results WHERE attempt_id = o.attempt_id)"
    )
    return _overrides(connection, "last_overrides", where, attempt_id)


def overrides_of(connection: Connection, pseudonym: str) -> list[OverrideRow]:
    """All that were ever made for a person."""
    return _overrides(connection, "overrides", "o.pseudonym = :value", pseudonym)


def _overrides(
    connection: Connection, table: str, where: str, value: str | int
) -> list[OverrideRow]:
    rows = connection.execute(text(_OVERRIDES.format(table=table, where=where)), {"value": value})
    return [
        OverrideRow(
            attempt_id=row.attempt_id,
            pseudonym=row.pseudonym,
            student=row.student,
            number=row.number,
            points=None
            if row.points_numerator is None
            else Fraction(row.points_numerator, row.points_denominator),
            reason=row.reason,
            author=row.author,
            made_at=row.made_at,
        )
        for row in rows
    ]


def add_comment(connection: Connection, attempt_id: int, body: str, *, author: str) -> None:
    """A word of a teacher to whoever handed the attempt in.

    Raises:
        UsageError: there is no text.
    """
    if not body.strip():
        raise UsageError("a comment needs a text")
    owner = connection.execute(
        text("SELECT unit FROM attempts WHERE id = :id"), {"id": attempt_id}
    ).scalar_one()
    row = {
        "attempt_id": attempt_id,
        "text_id": _text(connection, owner, body),
        "author": author,
        "made_at": now(),
    }
    connection.execute(insert(comments).values(row))


def comments_on(connection: Connection, attempt_id: int) -> list[str]:
    """The comments that are not erased, oldest first."""
    query = (
        select(texts.c.body)
        .join(comments, comments.c.text_id == texts.c.id)
        .where(comments.c.attempt_id == attempt_id)
        .order_by(comments.c.id)
    )
    return list(connection.execute(query).scalars())


_ANSWERS = """
    SELECT t.body, o.points_numerator AS p, o.points_denominator AS q
    FROM answers AS w JOIN requests AS r ON r.id = w.request_id
    JOIN results AS g ON g.id = r.result_id
    JOIN attempts AS a ON a.id = g.attempt_id AND a.unit = r.pseudonym
    JOIN texts AS t ON t.id = w.text_id LEFT JOIN overrides AS o ON o.id = w.override_id
    WHERE g.attempt_id = :attempt ORDER BY w.id"""


def answers_on(connection: Connection, attempt_id: int) -> list[tuple[str, Fraction | None]]:
    """Answers to requests about an attempt, with the points they set; oldest first.

    Those of a group are left out: its page is read by all, a request is one member's.
    """
    rows = connection.execute(text(_ANSWERS), {"attempt": attempt_id})
    return [(row.body, None if row.p is None else Fraction(row.p, row.q)) for row in rows]


_CORRECTED = """
    SELECT points_numerator AS p, points_denominator AS q FROM marks
    WHERE attempt_id = :attempt AND unit = pseudonym AND override_id IS NOT NULL
    AND override_id NOT IN (SELECT override_id FROM answers WHERE override_id IS NOT NULL)"""


def corrected_on(connection: Connection, attempt_id: int) -> Fraction | None:
    """The points that a person gave an attempt of their own accord, if they count.

    Of a group's attempt none: its page is read by all, an override is one member's.
    """
    row = connection.execute(text(_CORRECTED), {"attempt": attempt_id}).one_or_none()
    return None if row is None else Fraction(row.p, row.q)


def whose(connection: Connection, reference: str) -> list[tuple[int, int, str]]:
    """(result, attempt, pseudonym) of all whose page has this reference, newest attempts first;
    of each its newest result."""
    rows = connection.execute(
        text(
            "SELECT max(r.id), r.attempt_id, m.pseudonym FROM results AS r "
            "JOIN members AS m ON m.attempt_id = r.attempt_id WHERE r.reference = :reference "
            "GROUP BY r.attempt_id, m.pseudonym ORDER BY r.attempt_id DESC"
        ),
        {"reference": reference},
    )
    return [(result, attempt, pseudonym) for result, attempt, pseudonym in rows]


def add_request(connection: Connection, reference: str, pseudonym: str, body: str) -> bool:
    """Keep a request; False if the same one is already there.

    Raises:
        UsageError: nobody's page has this reference, or not this person's; or there is no text.
    """
    if not body.strip():
        raise UsageError("a request needs a text")
    found = [one for one in whose(connection, reference) if one[2] == pseudonym]
    if not found:
        raise UsageError(f"no result of this student has the reference `{reference}`")
    digest = hashlib.sha256(f"{reference}\n{pseudonym}\n{body}".encode()).hexdigest()
    if connection.execute(select(requests.c.id).where(requests.c.digest == digest)).first():
        return False
    row = {
        "result_id": found[0][0],
        "pseudonym": pseudonym,
        "digest": digest,
        "text_id": _text(connection, pseudonym, body),
        "received_at": now(),
    }
    connection.execute(insert(requests).values(row))
    return True


_REQUESTS = """
    SELECT q.id, r.reference, q.pseudonym, coalesce(p.student, q.pseudonym) AS student,
           a.assignment, r.attempt_id, coalesce(t.body, '(erased)') AS body, q.received_at,
           coalesce((SELECT coalesce(x.body, '(erased)') FROM answers AS w
                     LEFT JOIN texts AS x ON x.id = w.text_id
                     WHERE w.request_id = q.id ORDER BY w.id DESC LIMIT 1), '') AS answer
    FROM requests AS q JOIN results AS r ON r.id = q.result_id
    JOIN attempts AS a ON a.id = r.attempt_id
    LEFT JOIN people AS p ON p.pseudonym = q.pseudonym LEFT JOIN texts AS t ON t.id = q.text_id
    ORDER BY q.id"""


def list_requests(connection: Connection) -> Iterator[RequestRow]:
    """All requests, oldest first."""
    for row in connection.execute(text(_REQUESTS)):
        yield RequestRow(**row._mapping)


def answer(
    connection: Connection,
    request: RequestRow,
    body: str,
    *,
    author: str,
    points: Fraction | None = None,
) -> None:
    """Answer a request: with points it is an override with `body` as its reason.

    Raises:
        UsageError: there is no text; or as `override` does.
    """
    if not body.strip():
        raise UsageError("an answer needs a text, which the student will read")
    made = None
    if points is not None:
        made = override(
            connection, request.attempt_id, request.pseudonym, points, reason=body, author=author
        )
    row = {
        "request_id": request.id,
        "override_id": made,
        "text_id": _text(connection, request.pseudonym, body),
        "author": author,
        "made_at": now(),
    }
    connection.execute(insert(answers).values(row))
