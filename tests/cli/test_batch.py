"""`grader batch` as a teacher runs it, and each bad input: clear, and nothing is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sandbox


def batch(run, *arguments):
    return run("batch", *arguments, "--jobs", "1")


def test_who_handed_nothing_in_is_named(graded_folder):
    said = (graded_folder / "batch.txt").read_text()
    assert "3 graded" in said
    assert "Of the roster, 1 handed nothing in: zoe" in said


def test_run_again_nothing_runs(run):
    done = batch(run, "../hand-in")
    assert done.code == 0, done.err
    assert "3 graded before" in done.out


def test_an_override_that_no_longer_counts_is_named_here_too(run, classroom):
    run("gradebook", "override", "ben", "0", "--reason", "copied")
    toml = classroom / "course/exercises/halves/exercise.toml"
    toml.write_text(toml.read_text().replace("points = 4", "points = 5"))
    shutil.rmtree(classroom / "course/gradebook/results")
    done = batch(run, "../hand-in")
    assert done.code == 0, done.err
    assert "3 graded" in done.out


@pytest.mark.parametrize(
    ("roster", "said"),
    [
        ("id,name\nada,A\nada,B\n", "two students have the id `ada` (A and B)"),
        ("id,name,name\nada,A,B\n", "the column `name` is in the roster 2 times"),
        ("name,email\nA,a@x.org\n", "the roster has no column `id`"),
        ("id,name\n,A\n", "line 2: `id` is empty"),
        ("", "the roster is empty"),
        ("\0\udcff", "the roster cannot be read"),
    ],
)
def test_a_roster_that_cannot_be_used_stops_before_anything_is_graded(run, classroom, roster, said):
    path = classroom / "bad.csv"
    path.write_text(roster, encoding="utf-8", errors="surrogateescape")
    before = run("gradebook", "show").out
    done = batch(run, "../hand-in", "--roster", path)
    assert done.code == 2
    assert said in done.err
    assert run("gradebook", "show").out == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("../nowhere",), "there is no such folder or zip file"),
        (("../empty",), "no submission in it"),
        (("../roster.csv",), "no submission in it"),
        (("../hand-in", "--layout", "moodle"), "nothing in it is laid out as moodle"),
        (("../hand-in", "--pattern", "("), "not a regular expression"),
        (("../hand-in", "--roster", "none.csv"), "the roster cannot be read"),
        (("../hand-in", "--assignment", "two"), "`two`"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(run, classroom, arguments, said):
    (classroom / "empty").mkdir()
    before = run("gradebook", "show").out
    done = batch(run, *arguments)
    assert done.code == 2
    assert said in done.err
    assert run("gradebook", "show").out == before


def test_two_at_once_on_one_gradebook_are_refused(run, classroom):
    from grader.batch.locking import only_one

    with only_one(classroom / "course/gradebook/batch.lock"):
        done = batch(run, "../hand-in")
    assert done.code == 2
    assert "is at work on this gradebook" in done.err


def test_what_cannot_be_graded_is_named_on_the_screen_and_in_class_json(run, classroom):
    hand_in = classroom / "hand-in"
    (hand_in / "zoe").mkdir()
    for name in ("dev.rar", "eva.docx"):
        (hand_in / name).write_text("x")
    done = batch(run, "../hand-in", "../roster.csv", "--roster", "../roster.csv")
    kept = (classroom / "course/gradebook/only/class.json").read_text()
    for said in (
        "zoe: nothing is in it",
        "`dev.rar` cannot be opened",
        "`eva.docx`",
        "`roster.csv`",
    ):
        assert said in done.err
        assert said in kept
    assert "handed nothing in" not in done.out


def test_an_empty_upload_and_one_of_another_assignment_are_named_and_stop_nobody(
    run, classroom, root
):
    shutil.copytree(root / "exercises/relu", classroom / "course/exercises/relu")
    for student, text in (("dev", None), ("eva", "def relu(x):\n    return x\n"), ("finn", "")):
        folder = classroom / "hand-in" / student
        folder.mkdir()
        if text is not None:
            (folder / "halves.py").write_text(text)
    (classroom / "hand-in/dev/notes.txt").write_text("nothing here")
    done = batch(run, "../hand-in")
    assert "dev: there is no .py or .ipynb" in done.err
    assert "eva: This looks like `relu`; expected was `halves`." in done.err
    assert "3 graded before" in done.out
    shown = run("gradebook", "show").out
    assert all(name in shown for name in ("ada", "ben", "cleo", "eva", "finn"))


def test_a_folder_that_cannot_be_read_is_named_and_stops_nobody(run, classroom, monkeypatch):
    """By a stand-in for the system: root may read every folder."""
    closed = classroom / "hand-in/closed"
    closed.mkdir()
    scandir = os.scandir

    def refusing(path="."):
        if not isinstance(path, int) and Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    done = batch(run, "../hand-in")
    assert done.code == 0
    assert "closed: cannot be read (Permission denied)" in done.err
    assert "3 graded before" in done.out


@pytest.mark.user_only
def test_a_folder_without_permission_is_named_and_stops_nobody(run, classroom):
    closed = classroom / "hand-in/closed"
    closed.mkdir(mode=0o000)
    try:
        done = batch(run, "../hand-in")
    finally:
        closed.chmod(0o700)
    assert "closed: cannot be read (Permission denied)" in done.err
    assert "3 graded before" in done.out


def test_a_locked_a_damaged_and_a_newer_gradebook_stop_it_and_are_not_touched(
    run, classroom, monkeypatch
):
    from grader.gradebook import database

    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    path = classroom / "course/gradebook/gradebook.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    locked = batch(run, "../hand-in")
    other.execute("ROLLBACK")
    other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.close()
    newer = batch(run, "../hand-in")
    path.write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)
    damaged = batch(run, "../hand-in")
    assert [done.code for done in (locked, newer, damaged)] == [3, 3, 3]
    assert "another program is writing to it" in locked.err
    assert "written by a newer grader" in newer.err
    assert "damaged or no gradebook" in damaged.err


FULL = """
mount -t tmpfs -o size=300k tmpfs "$1/course/gradebook" || exit 77
cd "$1" && "$2" batch hand-in --course course --jobs 1 --out "$1/pages"
echo "code $?"
mount -o remount,size=100m "$1/course/gradebook"
rm -f "$1/course/gradebook/filler"
"$2" batch hand-in --course course --jobs 1 --out "$1/pages"
echo "code $?"
"""


@pytest.mark.root_only
@pytest.mark.slow
def test_a_full_disk_is_named_and_with_room_again_the_same_command_goes_on(classroom):
    """On a disk of 300 KB, mounted where only this test sees it."""
    shutil.rmtree(classroom / "course/gradebook")
    (classroom / "course/gradebook").mkdir()
    grader = str(Path(sys.executable).with_name("grader"))
    done = subprocess.run(
        ["unshare", "-m", "bash", "-c", FULL, "bash", str(classroom), grader],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode == 77:
        pytest.skip("a disk cannot be mounted here")
    assert "code 3" in done.stdout
    assert "No space left on device" in done.stderr or "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.rstrip().endswith("code 0")
    assert all(name in done.stdout for name in ("ada", "ben", "cleo"))


def test_students_whom_a_late_rule_cannot_reach_are_counted(run, classroom):
    toml = classroom / "course/course.toml"
    late = '\n[assignment.only.late]\nrule = "cut-off"\n'
    toml.write_text(toml.read_text() + "due = 2099-01-01T00:00:00\n" + late)
    told = "Of 3 nobody knows when they handed in, so they count as on time"
    hand_in = str(classroom / "hand-in")
    assert told in run("batch", hand_in, "--jobs", "1").out
    assert "nobody knows when" not in run("batch", hand_in, "--times", "files", "--jobs", "1").out
