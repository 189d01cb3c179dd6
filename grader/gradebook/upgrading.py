"""Brings an older gradebook to this version, step by step, with Alembic."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from grader.errors import GradebookError
from grader.gradebook.database import decorate

__all__ = ["upgrade"]


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that are missing; all of them, or nothing.

    Foreign keys are off meanwhile, and views and triggers are made anew: a table that is built
    again loses its triggers, and dropping the old one must not take other rows along.

    Raises:
        GradebookError: a row would reference nothing afterwards.
    """
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            settings.attributes["connection"] = connection
            command.upgrade(settings, revision)
            if revision == "head":
                decorate(connection)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise GradebookError(
                    f"this SQLite file cannot be upgraded: {len(broken)} rows reference nothing, "
                    f"the first in {broken[0][0]}; nothing was changed"
                )
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
