"""The file itself: private, append-only, upgraded whole, and clear when it cannot be used."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from grader.errors import GradebookError
from grader.gradebook import Gradebook, database, schema
from grader.gradebook.attempts import record_arrival, unit_attempts
from grader.gradebook.recording import record_result
from grader.gradebook.upgrading import upgrade

MIGRATIONS = Path(schema.__file__).with_name("migrations") / "versions"
OLDER = sorted(path.name[:4] for path in MIGRATIONS.glob("0*.py"))[:-1]


def test_the_schema_is_that_of_the_newest_migration():
    assert max(path.name[:4] for path in MIGRATIONS.glob("0*.py")) == schema.HEAD


def test_a_new_gradebook_is_for_its_owner_only(book):
    assert book.path.stat().st_mode & 0o777 == 0o600
    assert book.path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("table", schema.APPEND_ONLY)
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_no_row_of_an_append_only_table_is_changed(book, ada, hand_in, row, table, verb):
    fill(book, ada, hand_in, row)
    column = next(iter(schema.metadata.tables[table].columns)).name
    statement = {
        "update": f"UPDATE {table} SET {column} = {column}",
        "delete": f"DELETE FROM {table}",
    }[verb]
    with pytest.raises(IntegrityError, match="append-only"), book.writing() as connection:
        connection.execute(text(statement))


def test_insert_or_replace_does_not_slip_past_the_triggers(book, ada, hand_in, row):
    fill(book, ada, hand_in, row)
    with pytest.raises(IntegrityError, match="append-only"), book.writing() as connection:
        connection.execute(
            text("INSERT OR REPLACE INTO audit VALUES (1, 'now', 'me', 'nothing', '')")
        )


def fill(book, ada, hand_in, row):
    """At least one row in every table."""
    from grader.gradebook import opinions

    attempt = hand_in(ada, row())
    with book.writing() as connection:
        (known,) = unit_attempts(connection, "week1", ada)
        record_arrival(connection, known, "2026-01-01T00:00:00Z")
        opinions.add_comment(connection, attempt, "Well done", author="prof")
        opinions.add_request(connection, "ref1", ada, "Please look again")
        (request,) = opinions.list_requests(connection)
        opinions.answer(connection, request, "You are right", author="prof", points=4)


def test_half_a_transaction_leaves_nothing(book, ada, hand_in, row):
    attempt = hand_in(ada, None)
    with pytest.raises(KeyboardInterrupt):
        interrupted(book, attempt, row())
    with book.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM results")).scalar() == 0


def interrupted(book, attempt, result):
    with book.writing() as connection:
        record_result(connection, attempt, result)
        raise KeyboardInterrupt


def structure(path):
    """Everything in sqlite_master, blanks aside."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    return sorted(
        (kind, name, " ".join(re.findall(r"\w+|[^\w\s]", sql or ""))) for kind, name, sql in rows
    )


def old_gradebook(path, revision):
    path.parent.mkdir(parents=True)
    path.touch(0o600)
    engine = create_engine(f"sqlite:///{path}", connect_args={"isolation_level": None})
    upgrade(engine, revision)
    with engine.connect() as connection:
        if revision < "0002":
            for statement in schema.triggers(
                tuple(t for t in schema.APPEND_ONLY if t not in ("requests", "answers", "arrivals"))
            ).values():
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("INSERT INTO people VALUES ('p1', 'ada', 'Ada', '', '{}')")
        connection.exec_driver_sql(
            "INSERT INTO attempts VALUES (1, 'week1', 'p1', 1, 'sha', NULL, '2026-01-01T00:00:00Z')"
        )
        connection.exec_driver_sql("INSERT INTO members VALUES (1, 'p1')")
        connection.exec_driver_sql("INSERT INTO places VALUES ('week1', '/pages')")
    engine.dispose()


@pytest.mark.parametrize("revision", OLDER)
def test_a_filled_gradebook_of_each_older_version_becomes_like_a_new_one(tmp_path, revision):
    old = tmp_path / "old" / "gradebook.db"
    old_gradebook(old, revision)
    with Gradebook(old) as opened, opened.reading() as connection:
        assert connection.execute(text("SELECT student FROM people")).scalars().all() == ["ada"]
        assert connection.execute(text("SELECT count(*) FROM attempts")).scalar() == 1
        assert connection.execute(text("SELECT pages FROM places")).scalars().all() == ["/pages"]
    Gradebook(tmp_path / "new.db").close()
    assert structure(old) == structure(tmp_path / "new.db")


def test_a_gradebook_of_a_newer_version_is_left_alone(book):
    with book.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = book.path.read_bytes()
    with pytest.raises(GradebookError, match="newer grader"):
        Gradebook(book.path)
    assert book.path.read_bytes() == before


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "gradebook.db"
    path.write_bytes(b"not a database at all" * 400)
    with pytest.raises(GradebookError, match=f"{path}: it is damaged.*what was handed in"):
        Gradebook(path)


def test_another_sqlite_file_is_refused(tmp_path):
    path = tmp_path / "gradebook.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title)")
    connection.commit()
    connection.close()
    with pytest.raises(GradebookError, match="not a gradebook"):
        Gradebook(path)


def test_a_locked_gradebook_says_that_another_program_writes(book, monkeypatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    with (
        Gradebook(book.path) as second,
        book.writing(),
        pytest.raises(GradebookError, match="another program is writing"),
        second.writing(),
    ):
        pass


def test_a_network_disk_is_recognised(tmp_path):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "1 0 0:1 / / rw - ext4 /dev/sda1 rw\n"
        "2 1 0:2 / /home/my\\040class rw shared:1 - nfs4 server:/class rw\n"
    )
    inside = database.Path("/home/my class/gradebook.db")
    assert database.file_system(inside, mounts) == "nfs4"
    assert database.file_system(database.Path("/home/other"), mounts) == "ext4"


def test_names_of_mounts_may_hold_any_bytes(tmp_path):
    mounts = tmp_path / "mountinfo"
    mounts.write_bytes(
        b"1 0 0:1 / / rw - ext4 /dev/sda1 rw\n"
        b"2 1 0:2 / /media/\xff rw - vfat /dev/sdb1 rw\n"
        b"3 1 0:3 / /home/kurs\xc3\xa9 rw - nfs4 server:/class rw\n"
    )
    inside = database.Path("/home/kursé/gradebook.db")
    assert database.file_system(inside, mounts) == "nfs4"


def test_a_gradebook_on_a_network_disk_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(database, "file_system", lambda path: "nfs4")
    with pytest.raises(GradebookError, match=r"network disk \(nfs4\)"):
        Gradebook(tmp_path / "gradebook.db")
    assert not (tmp_path / "gradebook.db").exists()
