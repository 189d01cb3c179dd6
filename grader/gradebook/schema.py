"""Tables, views and triggers of gradebook.db.

    people, groups, texts, places       may be changed and deleted: names, free text, folders
    attempts ── members                 what was handed in, by whom; append-only, as all below
      ├─ arrivals                       when it came, if that was learned later; once
      └─ results                        one grading of an attempt; the newest valid one counts
           ├─ exercise_results          with the key that says whether a run can be spared
           ├─ function_results
           └─ test_results
    overrides, comments                 a person's word on a result
    requests ── answers                 a student's question, and what came of it
    audit                               who did what, when

Append-only tables refuse UPDATE and DELETE by triggers and reference people by pseudonym only.
Points are two integers, so that they stay exact; views choose the row that counts, Python does
the arithmetic.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

__all__ = ["APPEND_ONLY", "AUDITED", "HEAD", "VIEWS", "metadata", "triggers"]

HEAD = "0003"
"""The version of this schema: the name of the newest migration."""

metadata = MetaData()


def _points(prefix: str) -> tuple[Column[int], Column[int]]:
    return (
        Column(f"{prefix}_numerator", Integer, nullable=False),
        Column(f"{prefix}_denominator", Integer, nullable=False),
    )


people = Table(
    "people",
    metadata,
    Column("pseudonym", String, primary_key=True),
    Column("student", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("email", String, nullable=False),
    Column("external", String, nullable=False),  # JSON: ids in other systems
)

groups = Table(
    "groups",
    metadata,
    Column("pseudonym", String, primary_key=True),
    Column("assignment", String, nullable=False),
    Column("name", String, nullable=False),
    UniqueConstraint("assignment", "name"),
)

texts = Table(
    "texts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pseudonym", String, nullable=False, index=True),
    Column("body", String, nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("id", Integer, primary_key=True),  # the highest is where pages go now
    Column("assignment", String, nullable=False),
    Column("pages", String, nullable=False),
    UniqueConstraint("assignment", "pages"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("assignment", String, nullable=False),
    Column("unit", String, nullable=False),  # pseudonym of a person, or of a group
    Column("number", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("handed_in", String),  # UTC; NULL: not known
    Column("recorded_at", String, nullable=False),
    UniqueConstraint("assignment", "unit", "number"),
)

members = Table(
    "members",
    metadata,
    Column("attempt_id", ForeignKey("attempts.id"), primary_key=True),
    Column("pseudonym", String, primary_key=True),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("attempt_id", ForeignKey("attempts.id"), primary_key=True),
    Column("handed_in", String, nullable=False),  # UTC; counts where the attempt has none
    Column("recorded_at", String, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attempt_id", ForeignKey("attempts.id"), nullable=False, index=True),
    Column("reference", String, nullable=False, index=True),
    Column("key", String, nullable=False, index=True),
    Column("feedback_key", String, nullable=False),
    Column("graded_at", String, nullable=False),
    Column("is_void", Integer, nullable=False),
    Column("is_held", Integer, nullable=False),  # lower than what counts, and not let through
    Column("cause", String, nullable=False),  # of a void result: "author" or "machine"
    Column("outcome", String, nullable=False),  # digest of all verdicts and points
    Column("copied_from", ForeignKey("results.id")),
    Column("cpu_seconds", Float, nullable=False),
    *_points("points"),
    *_points("max_points"),
)

exercise_results = Table(
    "exercise_results",
    metadata,
    Column("result_id", ForeignKey("results.id"), primary_key=True),
    Column("slug", String, primary_key=True),
    Column("key", String, nullable=False),
    *_points("points"),
    *_points("max_points"),
)

function_results = Table(
    "function_results",
    metadata,
    Column("result_id", ForeignKey("results.id"), primary_key=True),
    Column("function", String, primary_key=True),
    Column("slug", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("misconception", String, nullable=False),
    Column("answers", String, nullable=False),  # digest of what a failed function answered
    *_points("points"),
    *_points("max_points"),
)

test_results = Table(
    "test_results",
    metadata,
    Column("result_id", ForeignKey("results.id"), primary_key=True),
    Column("test_id", String, primary_key=True),
    Column("verdict", String, nullable=False),
    Column("attribution", String, nullable=False),
    *_points("points"),
    *_points("max_points"),
)

overrides = Table(
    "overrides",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attempt_id", ForeignKey("attempts.id"), nullable=False),
    Column("pseudonym", String, nullable=False),
    Column("result_id", ForeignKey("results.id"), nullable=False),  # the result it judged
    Column("points_numerator", Integer),  # NULL: the override is taken back
    Column("points_denominator", Integer),
    Column("text_id", Integer, nullable=False),  # the reason
    Column("author", String, nullable=False),
    Column("made_at", String, nullable=False),
    Index("ix_overrides_of", "attempt_id", "pseudonym"),
)

comments = Table(
    "comments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attempt_id", ForeignKey("attempts.id"), nullable=False, index=True),
    Column("text_id", Integer, nullable=False),
    Column("author", String, nullable=False),
    Column("made_at", String, nullable=False),
)

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("result_id", ForeignKey("results.id"), nullable=False),
    Column("pseudonym", String, nullable=False),
    Column("digest", String, nullable=False, unique=True),  # the same request comes in once
    Column("text_id", Integer, nullable=False),
    Column("received_at", String, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request_id", ForeignKey("requests.id"), nullable=False, index=True),
    Column("override_id", ForeignKey("overrides.id")),  # NULL: the mark stays
    Column("text_id", Integer, nullable=False),
    Column("author", String, nullable=False),
    Column("made_at", String, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
)

VIEWS = {
    "timed_attempts": """
        SELECT a.id, a.assignment, a.unit, a.number, a.sha256,
               coalesce(a.handed_in, t.handed_in) AS handed_in
        FROM attempts AS a LEFT JOIN arrivals AS t ON t.attempt_id = a.id""",
    "counting_results": """
        SELECT * FROM results AS r WHERE r.id = (
            SELECT max(id) FROM results
            WHERE attempt_id = r.attempt_id AND is_void = 0 AND is_held = 0)""",
    "last_overrides": """
        SELECT o.*, judged.outcome AS judged_outcome FROM overrides AS o
        JOIN results AS judged ON judged.id = o.result_id
        WHERE o.id = (
            SELECT max(id) FROM overrides
            WHERE attempt_id = o.attempt_id AND pseudonym = o.pseudonym)
        AND o.points_numerator IS NOT NULL""",
    "stale_overrides": """
        SELECT o.* FROM last_overrides AS o
        JOIN counting_results AS c ON c.attempt_id = o.attempt_id
        WHERE c.outcome <> o.judged_outcome""",
    "marks": """
        SELECT a.id AS attempt_id, a.assignment, a.number, a.handed_in, m.pseudonym, a.unit,
               c.id AS result_id, c.reference,
               coalesce(o.points_numerator, c.points_numerator) AS points_numerator,
               coalesce(o.points_denominator, c.points_denominator) AS points_denominator,
               c.max_points_numerator, c.max_points_denominator,
               o.id AS override_id
        FROM timed_attempts AS a
        JOIN members AS m ON m.attempt_id = a.id
        LEFT JOIN counting_results AS c ON c.attempt_id = a.id
        LEFT JOIN last_overrides AS o ON o.attempt_id = a.id AND o.pseudonym = m.pseudonym
            AND o.judged_outcome = c.outcome""",
}

APPEND_ONLY = (
    "attempts", "members", "arrivals", "results", "exercise_results", "function_results",
    "test_results", "overrides", "comments", "requests", "answers", "audit",
)  # fmt: skip

AUDITED = {
    # table: (event, who, action, subject); whoever writes cannot forget these
    "arrivals": ("INSERT", "'batch'", "'time of attempt ' || new.attempt_id", "''"),
    "overrides": ("INSERT", "new.author", "'override ' || new.id", "new.pseudonym"),
    "comments": ("INSERT", "new.author", "'comment ' || new.id", "''"),
    "answers": ("INSERT", "new.author", "'answer ' || new.request_id", "''"),
    "people": ("DELETE", "'gradebook'", "'person deleted'", "old.pseudonym"),
}


def triggers(tables: tuple[str, ...] = APPEND_ONLY) -> dict[str, str]:
    """The triggers of some tables: refusals, and rows of the audit; name -> statement."""
    statements = {}
    for table in tables:
        for event in ("UPDATE", "DELETE"):
            name = f"{table}_refuse_{event.lower()}"
            statements[name] = (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    for table, (event, who, action, subject) in AUDITED.items():
        if table in tables or table == "people":
            name = f"{table}_audit"
            statements[name] = (
                f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN INSERT INTO audit "
                "(at, who, action, subject) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), "
                f"{who}, {action}, {subject}); END"
            )
    return statements
