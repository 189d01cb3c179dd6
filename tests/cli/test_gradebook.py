"""Marks as a teacher looks at them and corrects them; each bad input is one sentence."""

import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.sandbox


def test_the_class_is_a_table(run):
    done = run("gradebook", "show")
    assert done.code == 0
    ada = next(line for line in done.out.splitlines() if line.startswith("ada"))
    assert ada.split() == ["ada", "Ada", "Lovelace", "4/8", "1", "of", "1"]


def test_one_student_is_shown_with_everything_that_was_said(run):
    run("gradebook", "override", "ben", "2.5", "--reason", "close")
    run("gradebook", "comment", "ben", "Mind the power.")
    done = run("gradebook", "show", "Ben Bit")
    assert "ben  Ben Bit  ben@x.org" in done.out
    assert "points     2.5 of 8 (by an override)" in done.out
    assert "half FAILED, apply SKIPPED, make_layer SKIPPED" in done.out
    assert "override   2.5, attempt 1, by prof: close" in done.out
    assert "comment    attempt 1: Mind the power." in done.out


def test_an_override_tells_what_it_did_and_can_be_taken_back(run):
    assert (
        "ben: 0 → 5/2"
        not in (done := run("gradebook", "override", "ben", "5/2", "--reason", "x")).out
    )
    assert "ben: 0 → 2.5" in done.out
    back = run("gradebook", "override", "ben", "graded", "--reason", "no")
    assert "ben: 2.5 → 0" in back.out


def test_somebody_who_handed_nothing_in_gets_points_in_the_way_that_is_told(run, classroom):
    refused = run("gradebook", "override", "zoe", "3", "--reason", "oral")
    assert refused.code == 2
    assert "let `grader batch` grade a folder with their id and an empty .py file" in refused.err
    file = classroom / "more/zoe/empty.py"
    file.parent.mkdir(parents=True)
    file.touch()
    assert run("batch", "../more", "--jobs", "1").code == 0
    assert "zoe: 0 → 3" in run("gradebook", "override", "zoe", "3", "--reason", "oral").out


def test_who_overrides_is_in_the_audit(run, classroom):
    run("gradebook", "override", "ben", "1", "--reason", "x", "--author", "assistant")
    with closing(sqlite3.connect("gradebook/gradebook.db")) as book, book:
        (who,) = book.execute("SELECT who FROM audit WHERE action LIKE 'override%'").fetchone()
    assert who == "assistant"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("override", "nobody", "1", "--reason", "x"), "nobody called `nobody`"),
        (("override", "zoe", "1", "--reason", "x"), "nobody called `zoe`"),
        (("override", "ben", "9", "--reason", "x"), "from 0 to 8"),
        (("override", "ben", "--reason", "x", "--", "-1"), "from 0 to 8"),
        (("override", "ben", "much", "--reason", "x"), "a number such as 3, 2.5 or 5/2"),
        (("override", "ben", "1/0", "--reason", "x"), "a number such as 3, 2.5 or 5/2"),
        (("override", "ben", "1", "--reason", " "), "needs a reason"),
        (("override", "ben", "1"), "Missing option '--reason'"),
        (
            ("override", "ben", "1", "--reason", "x", "--attempt", "7"),
            "no attempt 7 in only",
        ),
        (("override", "ben", "1", "--reason", "x", "--attempt", "0"), "0 is not in the range"),
        (("override", "ben", "1", "--reason", "x", "--assignment", "two"), "`two`"),
        (("comment", "ben", "  "), "needs a text"),
        (("comment", "nobody", "x"), "nobody called `nobody`"),
        (("show", "nobody"), "nobody called `nobody`"),
        (("show", "--gradebook", "other.db"), "there is no gradebook yet"),
        (("show", "--course", "/"), "course.toml"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_changes_nothing(run, arguments, said):
    before = run("gradebook", "show").out
    done = run("gradebook", *arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert run("gradebook", "show").out == before


def test_a_locked_gradebook_is_left_alone(run, monkeypatch):
    from grader.gradebook import database

    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect("gradebook/gradebook.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        done = run("gradebook", "override", "ben", "1", "--reason", "x")
    finally:
        other.close()
    assert done.code == 3
    assert "another program is writing to it" in done.err


def test_a_damaged_gradebook_is_named_and_left_as_it_is(run, classroom):
    path = classroom / "course/gradebook/gradebook.db"
    path.write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)
    damaged = path.read_bytes()
    done = run("gradebook", "show")
    assert done.code == 3
    assert "damaged or no gradebook" in done.err
    assert "restore a backup" in done.err
    assert path.read_bytes() == damaged


def test_a_gradebook_of_a_newer_grader_is_refused(run):
    with closing(sqlite3.connect("gradebook/gradebook.db")) as book, book:
        book.execute("UPDATE alembic_version SET version_num = '9999'")
    done = run("gradebook", "show")
    assert done.code == 3
    assert "written by a newer grader" in done.err
    assert "nothing was changed" in done.err
