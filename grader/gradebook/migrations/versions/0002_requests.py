"""Regrade requests and their answers."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    """
    CREATE TABLE requests (
        id INTEGER NOT NULL,
        result_id INTEGER NOT NULL,
        pseudonym VARCHAR NOT NULL,
        digest VARCHAR NOT NULL,
        text_id INTEGER NOT NULL,
        received_at VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(result_id) REFERENCES results (id),
        UNIQUE (digest)
    )
    """,
    """
    CREATE TABLE answers (
        id INTEGER NOT NULL,
        request_id INTEGER NOT NULL,
        override_id INTEGER,
        text_id INTEGER NOT NULL,
        author VARCHAR NOT NULL,
        made_at VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(request_id) REFERENCES requests (id),
        FOREIGN KEY(override_id) REFERENCES overrides (id)
    )
    """,
    """
    CREATE INDEX ix_answers_request_id ON answers (request_id)
    """,
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
