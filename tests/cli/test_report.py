"""`grader report`: pages again from stored results, for the right eyes only."""

import json
import os
import shutil
import stat
from dataclasses import replace

import pytest
from click.testing import CliRunner

from grader.cli.report import command
from grader.errors import UsageError
from grader.gradebook import Gradebook
from grader.gradebook.attempts import record_attempt
from grader.gradebook.people import Person, enrol
from grader.model import Audience, attempt_to_json
from grader.scoring import filter_for
from tests.report import attempts


@pytest.fixture
def course(tiny_course, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(tiny_course.root, root, ignore=shutil.ignore_patterns("gradebook", "reports"))
    return root


@pytest.fixture
def staff():
    return replace(attempts.partial(), audience=Audience.STAFF, reference="abcdef012345")


@pytest.fixture
def stored(course, staff):
    path = course / f"gradebook/results/{staff.submission.name}-{staff.reference}.staff.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(attempt_to_json(staff))
    return path


def report(*arguments):
    result = CliRunner().invoke(command, list(map(str, arguments)), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return result.stdout


@pytest.mark.parametrize("by", ["path", "reference", "name", "all"])
def test_the_students_page_is_made_from_what_staff_keeps(course, staff, stored, tmp_path, by):
    named = {"path": stored, "reference": staff.reference, "name": staff.submission.name}
    report(named.get(by, "--all"), "--course", course, "--out", tmp_path / "out")
    (page,) = (tmp_path / "out").glob("*/index.html")
    results = json.loads(page.with_name("results.json").read_text())
    assert results["audience"] == "student"
    assert "Staff view" not in page.read_text()


def test_the_staffs_page_is_not_among_the_students_pages(course, stored, tmp_path):
    out = report(stored, "--staff", "--course", course, "--out", tmp_path / "out")
    (page,) = (course / "gradebook/pages").iterdir()
    assert page.name in out
    assert "Staff view" in page.read_text()
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert not (tmp_path / "out").exists()


def test_a_students_results_give_the_page_beside_them(staff, tmp_path):
    path = tmp_path / "results.json"
    path.write_bytes(attempt_to_json(filter_for(staff, Audience.STUDENT)))
    report(path)
    assert (tmp_path / "index.html").read_text().startswith("<!doctype html>")


def test_all_takes_the_newest_attempt_of_a_submission(course, stored, staff, tmp_path):
    again = replace(staff, reference="fedcba543210")
    newer = stored.with_name(f"{staff.submission.name}-{again.reference}.staff.json")
    newer.write_bytes(attempt_to_json(again))
    report("--all", "--course", course, "--out", tmp_path / "out")
    (page,) = (tmp_path / "out").glob("*/index.html")
    assert "fedcba543210" in page.read_text()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not the results"),
        ("[]", "not the results"),
        ('{"schema_version": 99}', "results of version 99"),
        ('{"schema_version": 1}', "does not fit"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(tmp_path, text, words):
    path = tmp_path / "results.json"
    path.write_text(text)
    with pytest.raises(UsageError, match=words):
        report(path)


def test_a_name_that_is_not_stored_is_refused(course, stored):
    with pytest.raises(UsageError, match="no results of this reference, name or student"):
        report("nobody", "--course", course)
    with pytest.raises(UsageError, match="name an attempt"):
        report("--course", course)


@pytest.fixture
def enrolled(course, staff):
    """Ada, of a class: her newest results of the assignment, and older ones."""
    with Gradebook(course / "gradebook/gradebook.db") as book, book.writing() as connection:
        pseudonym = enrol(connection, [Person(student="ada", name="Ada L.")])["ada"]
    folder = course / "gradebook/results" / pseudonym
    folder.mkdir(parents=True)
    submission = replace(staff.submission, name="ada")
    for age, reference in ((9, "000000000000"), (1, "111111111111")):
        path = folder / f"{reference}.staff.json"
        attempt = replace(staff, reference=reference, submission=submission, assignment="only")
        path.write_bytes(attempt_to_json(attempt))
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    return pseudonym


@pytest.mark.parametrize("word", ["ada", "Ada L.", "pseudonym", "111111111111"])
def test_a_student_of_a_class_is_found_and_the_page_lies_where_batch_puts_it(
    course, enrolled, word
):
    report(enrolled if word == "pseudonym" else word, "--course", course)
    (page,) = (course / "reports").rglob("index.html")
    assert page == course / "reports/only/ada/index.html"
    assert "111111111111" in page.read_text()
    assert enrolled not in page.read_text()


def test_a_stranger_is_nobody_of_the_class(course, enrolled):
    with pytest.raises(UsageError, match="no results of this reference, name or student"):
        report("bob", "--course", course)
    with pytest.raises(UsageError, match="of a class name a student"):
        report("--all", "--course", course)


def test_open_shows_the_first_page_in_a_browser(course, stored, monkeypatch):
    shown = []
    monkeypatch.setattr("click.launch", shown.append)
    report("--all", "--open", "--course", course)
    (page,) = (course / "reports").glob("*/index.html")
    assert shown == [page.resolve().as_uri()]


@pytest.mark.parametrize(("student", "is_due"), [("ada", False), ("bob", True)])
def test_nobody_sees_earlier_what_others_see_after_their_own_due_date(
    course, enrolled, staff, student, is_due
):
    with (course / "course.toml").open("a") as file:
        file.write('due = 2020-01-01\nshow_before = "verdict"\n')
        file.write("[assignment.only.extensions.ada]\ndue = 2999-01-01\n")
    with Gradebook(course / "gradebook/gradebook.db") as book, book.writing() as connection:
        (unit,) = enrol(connection, [Person(student=student)]).values()
        record_attempt(
            connection, assignment="only", unit=unit, people=[unit], sha256="", handed_in=None
        )
    path = course / "gradebook/results" / unit / "222222222222.staff.json"
    path.parent.mkdir(exist_ok=True)
    submission = replace(staff.submission, name=student)
    path.write_bytes(attempt_to_json(replace(staff, submission=submission, assignment="only")))
    report(path, "--course", course)
    results = json.loads((course / "reports/only" / student / "results.json").read_text())
    tests = [t for e in results["exercises"] for f in e["functions"] for t in f["tests"]]
    assert any(test["mismatch"] for test in tests) == is_due
