"""Opens gradebook.db: private, on a local disk, of this version; one writer at a time.

Whoever forks must not use an open gradebook in the child.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError

from grader.errors import GradebookError
from grader.gradebook import schema

__all__ = ["Gradebook"]

BUSY_SECONDS = 10
ALEMBIC = """CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)"""
NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "lustre", "gpfs", "glusterfs"}
    | {"fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "ncpfs", "9p", "davfs", "fuse.davfs2"}
)
_PRAGMAS = (
    "journal_mode=WAL",  # a reader never waits for the writer
    "synchronous=NORMAL",  # a power cut may cost the last rows, never the file
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else INSERT OR REPLACE slips past the triggers
    "secure_delete=ON",  # what is erased does not linger in free pages
)
_OCTAL = re.compile(rb"\\([0-3][0-7]{2})")  # so the kernel writes a blank in a path: \040


class Gradebook:
    """One gradebook; a context manager.

    Args:
        path: the database; it is made if it is not there, for its owner only.

    Raises:
        GradebookError: on a network disk, of a newer version, locked, or no gradebook.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _check_disk(path)
        with _explained(path):
            _make_private(path)
            self._engine = _engine(path)
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the gradebook."""
        with _explained(self.path), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is written, or nothing."""
        with _explained(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")

    def close(self) -> None:
        self._engine.dispose()

    def shred(self) -> None:
        """After an erasure: nothing of it stays in the log beside the database."""
        with _explained(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def _prepare(self) -> None:
        with self._engine.connect() as connection:
            version = _version(connection)
        if version == schema.HEAD:
            return
        if not version:
            with self.writing() as connection:
                if not _version(connection):
                    create(connection)
        elif version > schema.HEAD:
            raise GradebookError(
                f"{self.path}: it was written by a newer grader (its version is {version}, this "
                f"grader knows {schema.HEAD}); update the grader, nothing was changed"
            )
        else:
            from grader.gradebook.upgrading import upgrade  # noqa: PLC0415  # slow, rarely needed

            upgrade(self._engine)


def create(connection: Connection) -> None:
    """All tables, views and triggers, in an empty database."""
    schema.metadata.create_all(connection)
    decorate(connection)
    connection.execute(text(ALEMBIC))
    connection.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": schema.HEAD})


def decorate(connection: Connection) -> None:
    """Views and triggers, in place of those that are there."""
    rows = connection.execute(
        text("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')")
    ).all()
    for kind, name in rows:
        connection.exec_driver_sql(f"DROP {kind} {name}")
    for name, query in schema.VIEWS.items():
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {query.strip()}")
    for statement in schema.triggers().values():
        connection.exec_driver_sql(statement)


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS, "isolation_level": None}
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise

    return engine


def _version(connection: Connection) -> str:
    names = set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
    if "alembic_version" in names:
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    if names:
        raise GradebookError("this SQLite file is not a gradebook: it has no version in it")
    return ""


def _make_private(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    os.close(descriptor)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """What SQLite says, as a sentence that names the file and helps."""
    try:
        yield
    except GradebookError as error:
        raise GradebookError(str(error).replace("this SQLite file", f"{path}", 1)) from None
    except (OperationalError, sqlite3.OperationalError) as error:
        raise GradebookError(_operational(path, str(getattr(error, "orig", error)))) from None
    except (DatabaseError, sqlite3.DatabaseError) as error:
        said = getattr(error, "orig", error)
        if not isinstance(said, sqlite3.DatabaseError) or isinstance(said, sqlite3.IntegrityError):
            raise
        raise GradebookError(
            f"{path}: it is damaged or no gradebook ({said}); move it aside, with its -wal and "
            "-shm, and restore a backup; without one, `grader batch` on what was handed in "
            "gives the marks anew, but no overrides, comments, requests and audit"
        ) from None
    except OSError as error:
        if error.filename is None:
            raise
        raise GradebookError(f"{error.filename}: cannot be used ({error.strerror})") from None


def _operational(path: Path, said: str) -> str:
    if "locked" in said or "busy" in said:
        return f"{path}: another program is writing to it; wait until it has finished, and repeat"
    if "full" in said:
        return f"{path}: the disk is full; make room and repeat: what was finished is kept"
    if "readonly" in said:
        return f"{path}: it cannot be written to; make it writable, or name another course folder"
    return f"{path}: the gradebook cannot be used ({said})"


def _check_disk(path: Path) -> None:
    """SQLite's locks do not hold on network disks; there two writers destroy the file."""
    kind = file_system(path.absolute())
    if kind in NETWORK:
        raise GradebookError(
            f"{path}: it lies on a network disk ({kind}), where SQLite cannot lock; put the "
            "course on a local disk, or name one with --gradebook"
        )


def file_system(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """The kind of file system below `path`, "" where the system does not tell."""
    try:
        lines = mounts.read_bytes().split(b"\n")
    except OSError:
        return ""
    best, kind = -1, ""
    for line in filter(None, lines):
        fields = line.split(b" ")
        place = os.fsdecode(_OCTAL.sub(lambda found: bytes([int(found[1], 8)]), fields[4]))
        is_above = path == Path(place) or Path(place) in path.parents
        if is_above and len(place) >= best:
            best, kind = len(place), fields[fields.index(b"-") + 1].decode("ascii", "replace")
    return kind
