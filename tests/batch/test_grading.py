"""A class from end to end: nothing finished is lost, nothing runs twice, nobody stops the rest."""

import datetime
import importlib
import json
import os
import signal
import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import text

from grader.batch import shard
from grader.batch.class_file import class_file
from grader.batch.executor import Done
from grader.batch.publishing import publish
from grader.catalog import load_course
from grader.errors import CourseError, OutputError
from grader.gradebook import Gradebook, privacy
from grader.gradebook.people import person
from grader.training import TrainingOptions

pytestmark = pytest.mark.sandbox


def test_a_class_is_graded_and_a_bad_submission_stops_nobody(klass, good, double):
    klass.submit("ada", good)
    klass.submit("ben", double)
    klass.submit("cleo", "def half(x, times=1:\n")
    klass.submit("dev", "nothing", name="notes.txt")
    klass.submit("eva", "def softmax_like(x):\n    return x\n")
    summary = klass.grade(jobs=2, chunk=2)
    assert summary.graded == 4
    assert klass.points() == {"ada": 4, "ben": 0, "cleo": 0, "eva": 0}
    assert any("dev: there is no .py or .ipynb" in problem for problem in summary.problems)
    assert all((klass.out / who / "index.html").exists() for who in klass.points())
    assert stored(klass, "results") == stored(klass, "submissions") == 4


def stored(klass, kind):
    return sum(path.is_file() for path in (klass.private / kind).rglob("*"))


def test_what_is_graded_is_not_run_again_and_new_files_are_a_new_attempt(klass, good, double):
    klass.submit("ada", good)
    klass.submit("ben", double)
    klass.grade()
    klass.submit("ben", good)
    summary = klass.grade()
    assert (summary.kept, summary.copied, summary.graded) == (1, 1, 0)
    assert klass.points() == {"ada": 4, "ben": 4}
    past = json.loads((klass.out / "ben/results.json").read_text())["history"]
    assert [(p["number"], p["points"]) for p in past] == [(1, "0")]


def test_identical_files_run_once_and_have_pages_of_their_own(klass, double):
    for student in ("ada", "ben", "cleo"):
        klass.submit(student, double)
    summary = klass.grade(chunk=1)
    assert (summary.graded, summary.copied) == (1, 2)
    results = [json.loads((klass.out / s / "results.json").read_text()) for s in ("ada", "ben")]
    assert [r["submission"]["name"] for r in results] == ["ada", "ben"]
    assert results[0]["reference"] != results[1]["reference"]
    assert results[0]["exercises"] == results[1]["exercises"]
    assert stored(klass, "results") == 3


def test_identical_files_are_listed_and_never_tell_who_an_erased_person_was(klass, good):
    for student in ("ada", "ben", "cleo"):
        klass.submit(student, good)
    klass.grade()

    def identical():
        assignment = klass.course.assignment("only")
        with Gradebook(klass.private / "gradebook.db") as book, book.reading() as connection:
            return class_file(connection, klass.course, assignment, []).identical

    assert identical() == (("ada", "ben", "cleo"),)
    with Gradebook(klass.private / "gradebook.db") as book, book.writing() as connection:
        privacy.erase(connection, klass.private, person(connection, "ben"), author="prof")
    assert identical() == (("ada", "cleo"),)


def test_a_page_that_was_deleted_comes_back_without_a_run(klass, good):
    klass.submit("ada", good)
    klass.grade()
    page = klass.out / "ada/index.html"
    before = page.read_bytes()
    page.unlink()
    assert klass.grade().copied == 1
    assert page.read_bytes() == before


def test_with_the_last_answers_unheard_the_same_command_goes_on(klass, good, here):
    for number in range(5):
        klass.submit(f"s{number}", f"{good}# {number}\n")

    class Interrupted:
        """Loses everything after the second answer, as a power cut would."""

        def run(self, start, chunks):
            heard = 0
            for event in here().run(start, chunks):
                heard += isinstance(event, Done)
                if heard > 2:
                    raise KeyboardInterrupt
                yield event

    with pytest.raises(KeyboardInterrupt):
        klass.grade(executor=Interrupted())
    assert sum(points is not None for points in klass.points().values()) == 2
    summary = klass.grade()
    assert (summary.kept, summary.graded) == (2, 3)
    assert list(klass.points().values()) == [4] * 5


def test_a_wrong_upload_says_what_it_looks_like(klass, good, root):
    import shutil

    shutil.copytree(root / "exercises/relu", klass.root / "course/exercises/relu")
    klass.submit("ada", "def relu(x):\n    return x\n")
    summary = klass.grade()
    assert any("looks like `relu`; expected was `halves`" in p for p in summary.problems)
    notes = json.loads((klass.out / "ada/results.json").read_text())["notes"]
    assert "looks like `relu`" in notes[0]["text"]


def test_names_that_are_no_text_stop_nobody(klass, good):
    for name in (b"\xff\xfebad", b"two\nlines", b"\x1b[31mred", b"n" * 250):
        folder = klass.hand_in / os.fsdecode(name)
        folder.mkdir(parents=True)
        (folder / os.fsdecode(b"\xff.py")).write_text(f"{good}# {name!r}\n")
    (klass.hand_in / os.fsdecode(b"\xfeempty")).mkdir()
    (klass.hand_in / os.fsdecode(b"\xfeempty")).joinpath("notes.txt").touch()
    klass.submit("zoe", good)
    summary = klass.grade()
    assert summary.graded == 5
    long = "n" * 200 + "…"
    assert set(klass.points()) == {"\ufffd\ufffdbad", "two lines", "\ufffd[31mred", long, "zoe"}
    course = load_course(klass.root / "course")
    with Gradebook(klass.private / "gradebook.db") as book:
        only = course.assignment("only")
        done = publish(book, course, only, klass.private, klass.out, summary.problems)
    assert any("there is no .py or .ipynb" in problem for problem in done.content.problems)


def test_two_of_one_student_are_named_and_none_is_graded(klass, good):
    klass.submit("ada", good)
    (klass.hand_in / "ada.py").write_text(good)
    klass.submit("ben", good)
    summary = klass.grade()
    assert any("`ada.py` and `ada/`" in problem for problem in summary.problems)
    assert set(klass.points()) == {"ben"}


def test_the_roster_names_people_and_who_is_not_in_it(klass, good):
    roster = klass.root / "roster.csv"
    roster.write_text("id,name,email\n17,Ada Lovelace,ada@x.org\n")
    klass.submit("ada@x.org", good)
    klass.submit("zoe", good)
    summary = klass.grade(roster=roster)
    assert set(klass.points()) == {"17", "zoe"}
    assert any("nobody in the roster is zoe" in problem for problem in summary.problems)


def test_a_group_hands_in_once_and_all_have_the_mark(klass, good):
    toml = klass.root / "course/course.toml"
    toml.write_text(toml.read_text() + "groups = true\n")
    roster = klass.root / "roster.csv"
    roster.write_text("id,group\nada,g1\nben,g1\ncleo,\n")
    klass.submit("ben", good)
    klass.submit("cleo", good)
    klass.grade(roster=roster)
    assert klass.points() == {"ada": 4, "ben": 4, "cleo": 4}
    assert (klass.out / "g1/index.html").exists()


@pytest.fixture
def group(klass):
    """A class in which ada and ben are the group g1; grades it with other settings, too."""
    (klass.root / "roster.csv").write_text("id,name,group\nada,,g1\nben,,g1\ncleo,,\n")
    toml = klass.root / "course/course.toml"
    before = toml.read_text()

    def grade(more="", **options):
        toml.write_text(f"{before}groups = true\n{more}")
        klass.course = load_course(toml.parent)
        return klass.grade(roster=klass.root / "roster.csv", **options)

    return grade


def at(path, day):
    """A file that says it was changed on a day of January 2026."""
    moment = datetime.datetime(2026, 1, day, 12, tzinfo=datetime.UTC).timestamp()
    os.utime(path, (moment, moment))


@pytest.mark.parametrize(("rule", "points"), [("best", 4), ("last", 0), ("first", 4)])
def test_each_hand_in_of_a_group_is_an_attempt_in_order_of_time(
    klass, group, good, double, rule, points
):
    at(klass.submit("ben", good), 2)
    at(klass.submit("ada", double), 3)
    summary = group(f"attempts = '{rule}'\n", times="files")
    assert (summary.graded, summary.problems) == (2, [])
    assert klass.points() == {"ada": points, "ben": points}
    (shown,) = json.loads((klass.out / "g1/results.json").read_text())["exercises"]
    assert shown["functions"][0]["points"] == "0", "the page is of the newest"
    assert group(f"attempts = '{rule}'\n", times="files").kept == 2


def test_the_best_of_a_group_counts_also_where_nobody_knows_the_order(klass, group, good, double):
    klass.submit("ada", good)
    klass.submit("ben", double)
    summary = group()
    assert klass.points() == {"ada": 4, "ben": 4}
    assert "nothing says which of `ada/` and `ben/` came last" in summary.problems[0]
    assert group().kept == 2


def test_where_the_order_of_a_group_matters_and_nobody_knows_it_is_told(klass, group, good, double):
    klass.submit("ada", good)
    klass.submit("ben", double)
    summary = group("attempts = 'last'\n")
    assert klass.points() == {}
    assert "g1: `ada/` and `ben/` are from the same group" in summary.problems[0]
    assert "--times files" in summary.problems[0]


def test_the_same_files_from_all_of_a_group_are_one_attempt(klass, group, good):
    klass.submit("ada", good)
    klass.submit("ben", good)
    summary = group("attempts = 'last'\n")
    assert (summary.graded, summary.copied, summary.problems) == (1, 0, [])
    assert klass.points() == {"ada": 4, "ben": 4}


def test_a_folder_with_the_name_of_a_group_is_the_group_s(klass, group, good, double):
    at(klass.submit("G1", good), 2)
    at(klass.submit("ada", double), 3)
    summary = group("attempts = 'last'\n", times="files")
    assert (summary.graded, summary.problems) == (2, [])
    assert klass.points() == {"ada": 0, "ben": 0}


def test_a_person_called_like_a_group_takes_no_page_from_it(klass, group, good, double):
    klass.submit("ada", good)
    klass.submit("cleo", double)
    (klass.root / "roster.csv").write_text("id,group\nada,cleo\ncleo,\n")
    summary = group()
    assert klass.points() == {}
    assert "`ada/`: a person and a group are called `cleo`" in summary.problems[0]
    assert "`cleo/`: a person and a group are called `cleo`" in summary.problems[1]


def test_a_person_who_was_graded_under_a_group_s_name_can_be_erased(klass, group, good):
    klass.submit("g1", good)
    klass.grade()
    assert any("erase-person" in problem for problem in group().problems)
    with Gradebook(klass.private / "gradebook.db") as book, book.writing() as connection:
        privacy.erase(connection, klass.private, person(connection, "g1"), author="prof")
    assert group().problems == []
    assert {"ada": 4, "ben": 4}.items() <= klass.points().items()


def test_groups_without_a_column_of_groups_in_the_roster_are_refused(klass, group, good):
    klass.submit("ada", good)
    (klass.root / "roster.csv").write_text("id,name\nada,Ada\n")
    with pytest.raises(CourseError, match=r"groups = true`, and the roster has no column `group`"):
        group()


def test_an_extension_that_is_nobody_s_is_told_and_stops_nothing(klass, group, good):
    klass.submit("ada", good)
    (klass.root / "roster.csv").write_text("id,name,group\nada,A,g1\nben,Ben Bit,g1\n")
    table = "[assignment.only.extensions.{}]\ntime_factor = 2\n"
    summary = group(table.format("'ben bit'") + table.format("zoe") + table.format("ADA"))
    assert (summary.graded, len(summary.problems)) == (1, 2)
    assert "`ben bit` in [assignment.only] is nobody's" in summary.problems[0]
    assert "did you mean `ben`?" in summary.problems[0]
    assert "`zoe`" in summary.problems[1]


def test_what_cannot_be_read_takes_no_mark_from_the_rest_of_a_group(klass, group, good):
    klass.submit("ada", good)
    klass.submit("ben", "nothing", name="notes.txt")
    summary = group("attempts = 'last'\n")
    assert klass.points() == {"ada": 4, "ben": 4}
    assert any("there is no .py or .ipynb" in problem for problem in summary.problems)


def test_the_first_files_again_after_others_are_the_last_attempt_and_run_only_once(
    klass, good, double
):
    toml = klass.root / "course/course.toml"
    toml.write_text(toml.read_text() + "attempts = 'last'\n")
    klass.course = load_course(toml.parent)
    for text_of_it in (good, double):
        klass.submit("ada", text_of_it)
        assert klass.grade().graded == 1
    klass.submit("ada", good)
    summary = klass.grade()
    assert (summary.graded, summary.copied) == (0, 1)
    assert "ada: the files of an older attempt came again" in summary.problems[0]
    assert klass.points() == {"ada": 4}
    past = json.loads((klass.out / "ada/results.json").read_text())["history"]
    assert [one["points"] for one in past] == ["4", "0"]
    assert klass.grade().kept == 1


def test_times_that_were_forgotten_are_learned_by_the_same_command_with_them(klass, good):
    at(klass.submit("ada", good), 12)
    klass.grade()
    assert klass.points() == {"ada": 4}
    summary = klass.grade(times="files")
    assert (summary.kept, summary.graded, summary.timed) == (1, 0, 1)
    assert klass.grade(times="files").timed == 0
    course = klass.root / "course/course.toml"
    course.write_text(course.read_text() + "due = 2026-01-10\nlate = {rule = 'cut-off'}\n")
    klass.course = load_course(course.parent)
    assert klass.points() == {"ada": 0}


def test_more_time_for_one_student_is_another_result_and_its_reason_stays_here(klass, good):
    klass.submit("ada", good)
    klass.submit("ben", good)
    course = klass.root / "course/course.toml"
    course.write_text(
        course.read_text()
        + "[assignment.only.extensions.ben]\ntime_factor = 2\nreason = 'private'\n"
    )
    summary = klass.grade()
    assert (summary.graded, summary.copied) == (2, 0)
    pages = b"".join(p.read_bytes() for p in klass.out.rglob("*") if p.is_file())
    assert b"private" not in pages


def test_a_full_disk_stops_all_keeps_what_is_finished_and_later_goes_on(klass, good, monkeypatch):
    for number in range(4):
        klass.submit(f"s{number}", f"{good}# {number}\n")
    store, stored_so_far = shard.store_results, []

    def full(attempt, replies, places):
        if len(stored_so_far) == 2:
            raise OutputError(f"{places.staff}: cannot be written (No space left on device)")
        stored_so_far.append(places)
        store(attempt, replies, places)

    with monkeypatch.context() as patched:
        patched.setattr(shard, "store_results", full)
        with pytest.raises(OutputError, match="No space left"):
            klass.grade(chunk=1)
    assert sorted(klass.points().values(), key=str) == [4, 4, None]
    summary = klass.grade()
    assert (summary.kept, summary.graded) == (2, 2)
    assert list(klass.points().values()) == [4] * 4


@pytest.mark.slow
def test_killed_in_the_middle_nothing_that_was_finished_is_lost(klass, good):
    for number in range(12):
        klass.submit(f"s{number:02}", f"{good}# {number}\n")
    command = [
        str(Path(sys.executable).with_name("grader")), "batch", str(klass.hand_in),
        "--course", str(klass.root / "course"), "--jobs", "2",
    ]  # fmt: skip
    database = klass.root / "course/gradebook/gradebook.db"
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 100
        while count(database) < 3 and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    finished = count(database)
    assert finished >= 3
    assert not half_written(klass.root / "course")
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert count(database) == 12
    assert f"{12 - finished} graded, {finished} graded before" in done.stdout


def count(database):
    if not database.exists():
        return 0
    with Gradebook(database) as book, book.reading() as connection:
        return connection.execute(text("SELECT count(*) FROM counting_results")).scalar()


def half_written(course):
    pages = course / "reports/only"
    return [p for p in pages.rglob("index.html") if not p.read_text().rstrip().endswith("</html>")]


def test_points_in_the_gradebook_are_those_of_the_files(klass, double):
    klass.submit("ada", double)
    klass.grade()
    (staff,) = (klass.private / "results").rglob("*.staff.json")
    assert staff.stat().st_mode & 0o777 == 0o600
    tests = [
        test
        for exercise in json.loads(staff.read_text())["exercises"]
        for function in exercise["functions"]
        for test in function["tests"]
    ]
    assert sum(Fraction(test["points"]) for test in tests) == klass.points()["ada"]
    assert {t["attribution"] for t in tests if t["verdict"] == "FAILED"} == {"student"}
    assert os.listdir(klass.private / "replies")


def test_a_page_says_what_changed_since_the_attempt_before(klass, good, double):
    klass.submit("ben", double)
    klass.grade()
    klass.submit("ben", good)
    klass.grade()
    page = (klass.out / "ben/index.html").read_text()
    assert "Attempts so far" in page
    assert "newly pass" in page


def test_a_page_that_cannot_be_made_stops_nothing_and_staff_are_told(klass, good, monkeypatch):
    def build(*arguments):
        raise ValueError

    monkeypatch.setattr(importlib.import_module("grader.report.render"), "build", build)
    klass.submit("ada", good)
    assert klass.grade().graded == 1
    assert klass.points() == {"ada": 4}
    assert "the points stand" in (klass.out / "ada/index.html").read_text()
    (full,) = (klass.private / "results").rglob("*.staff.json")
    assert "could not be rendered (ValueError)" in full.read_text()
    assert "could not be rendered" not in (klass.out / "ada/results.json").read_text()


def test_the_page_of_the_class_links_a_group_s_page_for_each_of_its_members(klass, good):
    toml = klass.root / "course/course.toml"
    toml.write_text(toml.read_text() + "groups = true\n")
    roster = klass.root / "roster.csv"
    roster.write_text("id,group\nada,g1\nben,g1\n")
    klass.submit("ben", good)
    klass.grade(roster=roster)
    course = load_course(klass.root / "course")
    with Gradebook(klass.private / "gradebook.db") as book:
        done = publish(book, course, course.assignment("only"), klass.private, klass.out, [])
    assert [row.page for row in done.content.students] == ["g1", "g1"]
    assert done.page.read_text().count("pages/g1/index.html") == 2


def test_what_was_asked_for_training_reaches_every_submission(klass, good, monkeypatch):
    asked = []
    real = shard.grade_each

    def grade_each(*arguments, training, **options):
        asked.append(training)
        real(*arguments, training=training, **options)

    monkeypatch.setattr(shard, "grade_each", grade_each)
    klass.submit("ada", good)
    wanted = TrainingOptions(data="subset", repeat=2)
    klass.grade(training=wanted)
    assert asked == [wanted]
