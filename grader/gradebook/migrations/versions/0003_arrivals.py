"""When an attempt came, where that was learned later; all folders of pages, not the last alone."""

from alembic import op

revision = "0003"
down_revision = "0002"

ARRIVALS = """
    CREATE TABLE arrivals (
        attempt_id INTEGER NOT NULL,
        handed_in VARCHAR NOT NULL,
        recorded_at VARCHAR NOT NULL,
        PRIMARY KEY (attempt_id),
        FOREIGN KEY(attempt_id) REFERENCES attempts (id)
    )
    """

PLACES = (
    "CREATE TEMPORARY TABLE old_places AS SELECT assignment, pages FROM places",
    "DROP TABLE places",
    """
    CREATE TABLE places (
        id INTEGER NOT NULL,
        assignment VARCHAR NOT NULL,
        pages VARCHAR NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (assignment, pages)
    )
    """,
    "INSERT INTO places (assignment, pages) SELECT assignment, pages FROM old_places",
    "DROP TABLE old_places",
)


def upgrade() -> None:
    for statement in (ARRIVALS, *PLACES):
        op.execute(statement)
