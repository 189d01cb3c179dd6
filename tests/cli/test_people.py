"""A person's data: all of it for them, none of it left, and what is older than needed."""

import io
import json
import sqlite3
import stat
from contextlib import closing

import pytest

pytestmark = pytest.mark.sandbox


def test_everything_about_one_person_is_json(run, classroom):
    done = run("gradebook", "export-person", "ada")
    data = json.loads(done.out)
    assert data["person"]["email"] == "ada@x.org"
    assert {test["verdict"] for test in data["tests"]} == {"PASSED", "SKIPPED"}
    run("gradebook", "export-person", "ada", "--out", "ada.json")
    path = classroom / "course/ada.json"
    assert json.loads(path.read_text()) == data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_erased_person_is_in_no_file_of_the_class(run, classroom):
    course = classroom / "course"
    done = run("gradebook", "erase-person", "ben", "--yes")
    assert done.code == 0, done.err
    assert done.out.count("deleted ") == 4
    left = [p for p in course.rglob("*") if p.is_file() and b"Ben Bit" in p.read_bytes()]
    assert left == []
    assert not (course / "reports/only/ben").exists()
    assert (course / "gradebook/only/index.html").exists()
    content = json.loads((course / "gradebook/only/class.json").read_text())
    assert len(content["students"]) == 3
    assert "ben" not in {row["student"] for row in content["students"]}
    assert run("gradebook", "show", "ben").code == 2


def test_an_erased_person_leaves_exports_too(run, classroom):
    run("export", "csv", "marks.csv")
    run("gradebook", "erase-person", "ben", "--yes")
    done = run("export", "csv", "marks.csv")
    assert done.code == 2
    assert "ben (0 to no mark)" in done.err
    assert run("export", "csv", "marks.csv", "--allow-lower").code == 0
    assert "ben" not in (classroom / "course/marks.csv").read_text()


def kept_in(folder):
    """All files but those that SQLite has beside a database while it is open."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if not path.name.endswith(("-shm", "-wal"))]


@pytest.mark.parametrize("command", [("erase-person", "ben"), ("purge", "--older-than", "0")])
def test_without_a_yes_nothing_is_deleted(run, classroom, monkeypatch, command):
    before = kept_in(classroom)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    done = run("gradebook", *command)
    assert (done.code, "nothing was deleted" in done.out) == (0, True)
    assert kept_in(classroom) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("erase-person", "nobody", "--yes"), "nobody called `nobody`"),
        (("export-person", "nobody"), "nobody called `nobody`"),
        (("purge", "--older-than", "-1", "--yes"), "-1 is not in the range"),
        (("purge", "--yes"), "Missing option '--older-than'"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(run, arguments, said):
    done = run("gradebook", *arguments)
    assert done.code == 2
    assert said in done.err


def test_purging_takes_files_of_old_attempts_and_leaves_marks_and_pages(run, classroom):
    course = classroom / "course"
    assert "0 files deleted" in run("gradebook", "purge", "--older-than", "1", "--yes").out
    with closing(sqlite3.connect(course / "gradebook/gradebook.db")) as book, book:
        book.execute("DROP TRIGGER attempts_refuse_update")
        book.execute("UPDATE attempts SET recorded_at = '2000-01-01T00:00:00Z'")
    before = run("gradebook", "show").out
    assert run("gradebook", "purge", "--older-than", "1", "--yes").code == 0
    for kind in ("submissions", "results", "replies"):
        assert list((course / "gradebook" / kind).iterdir()) == []
    assert run("gradebook", "show").out == before
    assert (course / "reports/only/ada/index.html").exists()


def test_nothing_is_erased_while_a_batch_is_at_work(run, classroom):
    from grader.batch.locking import only_one

    with only_one(classroom / "course/gradebook/batch.lock"):
        done = run("gradebook", "erase-person", "ben", "--yes")
    assert done.code == 2
    assert "is at work on this gradebook" in done.err
    assert run("gradebook", "show", "ben").code == 0
