"""The first gradebook: people, attempts, results, overrides, comments, audit."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE attempts (
        id INTEGER NOT NULL,
        assignment VARCHAR NOT NULL,
        unit VARCHAR NOT NULL,
        number INTEGER NOT NULL,
        sha256 VARCHAR NOT NULL,
        handed_in VARCHAR,
        recorded_at VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (assignment, unit, number)
    )
    """,
    """
    CREATE TABLE audit (
        id INTEGER NOT NULL,
        at VARCHAR NOT NULL,
        who VARCHAR NOT NULL,
        action VARCHAR NOT NULL,
        subject VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE groups (
        pseudonym VARCHAR NOT NULL,
        assignment VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        PRIMARY KEY (pseudonym),
        UNIQUE (assignment, name)
    )
    """,
    """
    CREATE TABLE people (
        pseudonym VARCHAR NOT NULL,
        student VARCHAR NOT NULL,
        name VARCHAR NOT NULL,
        email VARCHAR NOT NULL,
        external VARCHAR NOT NULL,
        PRIMARY KEY (pseudonym),
        UNIQUE (student)
    )
    """,
    """
    CREATE TABLE places (
        assignment VARCHAR NOT NULL,
        pages VARCHAR NOT NULL,
        PRIMARY KEY (assignment)
    )
    """,
    """
    CREATE TABLE texts (
        id INTEGER NOT NULL,
        pseudonym VARCHAR NOT NULL,
        body VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_texts_pseudonym ON texts (pseudonym)
    """,
    """
    CREATE TABLE comments (
        id INTEGER NOT NULL,
        attempt_id INTEGER NOT NULL,
        text_id INTEGER NOT NULL,
        author VARCHAR NOT NULL,
        made_at VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(attempt_id) REFERENCES attempts (id)
    )
    """,
    """
    CREATE INDEX ix_comments_attempt_id ON comments (attempt_id)
    """,
    """
    CREATE TABLE members (
        attempt_id INTEGER NOT NULL,
        pseudonym VARCHAR NOT NULL,
        PRIMARY KEY (attempt_id, pseudonym),
        FOREIGN KEY(attempt_id) REFERENCES attempts (id)
    )
    """,
    """
    CREATE TABLE results (
        id INTEGER NOT NULL,
        attempt_id INTEGER NOT NULL,
        reference VARCHAR NOT NULL,
        "key" VARCHAR NOT NULL,
        feedback_key VARCHAR NOT NULL,
        graded_at VARCHAR NOT NULL,
        is_void INTEGER NOT NULL,
        is_held INTEGER NOT NULL,
        cause VARCHAR NOT NULL,
        outcome VARCHAR NOT NULL,
        copied_from INTEGER,
        cpu_seconds FLOAT NOT NULL,
        points_numerator INTEGER NOT NULL,
        points_denominator INTEGER NOT NULL,
        max_points_numerator INTEGER NOT NULL,
        max_points_denominator INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(attempt_id) REFERENCES attempts (id),
        FOREIGN KEY(copied_from) REFERENCES results (id)
    )
    """,
    """
    CREATE INDEX ix_results_attempt_id ON results (attempt_id)
    """,
    """
    CREATE INDEX ix_results_key ON results ("key")
    """,
    """
    CREATE INDEX ix_results_reference ON results (reference)
    """,
    """
    CREATE TABLE exercise_results (
        result_id INTEGER NOT NULL,
        slug VARCHAR NOT NULL,
        "key" VARCHAR NOT NULL,
        points_numerator INTEGER NOT NULL,
        points_denominator INTEGER NOT NULL,
        max_points_numerator INTEGER NOT NULL,
        max_points_denominator INTEGER NOT NULL,
        PRIMARY KEY (result_id, slug),
        FOREIGN KEY(result_id) REFERENCES results (id)
    )
    """,
    """
    CREATE TABLE function_results (
        result_id INTEGER NOT NULL,
        function VARCHAR NOT NULL,
        slug VARCHAR NOT NULL,
        verdict VARCHAR NOT NULL,
        misconception VARCHAR NOT NULL,
        answers VARCHAR NOT NULL,
        points_numerator INTEGER NOT NULL,
        points_denominator INTEGER NOT NULL,
        max_points_numerator INTEGER NOT NULL,
        max_points_denominator INTEGER NOT NULL,
        PRIMARY KEY (result_id, function),
        FOREIGN KEY(result_id) REFERENCES results (id)
    )
    """,
    """
    CREATE TABLE overrides (
        id INTEGER NOT NULL,
        attempt_id INTEGER NOT NULL,
        pseudonym VARCHAR NOT NULL,
        result_id INTEGER NOT NULL,
        points_numerator INTEGER,
        points_denominator INTEGER,
        text_id INTEGER NOT NULL,
        author VARCHAR NOT NULL,
        made_at VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(attempt_id) REFERENCES attempts (id),
        FOREIGN KEY(result_id) REFERENCES results (id)
    )
    """,
    """
    CREATE INDEX ix_overrides_of ON overrides (attempt_id, pseudonym)
    """,
    """
    CREATE TABLE test_results (
        result_id INTEGER NOT NULL,
        test_id VARCHAR NOT NULL,
        verdict VARCHAR NOT NULL,
        attribution VARCHAR NOT NULL,
        points_numerator INTEGER NOT NULL,
        points_denominator INTEGER NOT NULL,
        max_points_numerator INTEGER NOT NULL,
        max_points_denominator INTEGER NOT NULL,
        PRIMARY KEY (result_id, test_id),
        FOREIGN KEY(result_id) REFERENCES results (id)
    )
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
