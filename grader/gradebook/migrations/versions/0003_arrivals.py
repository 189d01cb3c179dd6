"""When an attempt came, where that was learned later."""

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


def upgrade() -> None:
    op.execute(ARRIVALS)
