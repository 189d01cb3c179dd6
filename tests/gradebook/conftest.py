"""A gradebook with one student, and helpers that fill it."""

import importlib.util
from pathlib import Path

import pytest

from grader.gradebook import Gradebook
from grader.gradebook.attempts import record_attempt
from grader.gradebook.people import Person, enrol
from grader.gradebook.recording import record_result

_spec = importlib.util.spec_from_file_location("rows_of_tests", Path(__file__).with_name("rows.py"))
rows = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(rows)


@pytest.fixture
def row():
    return rows.row


@pytest.fixture
def book(tmp_path):
    with Gradebook(tmp_path / "gradebook" / "gradebook.db") as opened:
        yield opened


@pytest.fixture
def ada(book):
    """The pseudonym of a student."""
    with book.writing() as connection:
        return enrol(connection, [Person(student="ada", name="Ada L.", email="ada@x.org")])["ada"]


@pytest.fixture
def hand_in(book):
    """Record one graded attempt; returns its id."""

    def record(who, result, *, sha="s1", handed_in=None, assignment="week1", people=None):
        with book.writing() as connection:
            attempt = record_attempt(
                connection, assignment=assignment, unit=who, people=people or [who],
                sha256=sha, handed_in=handed_in,
            )  # fmt: skip
            if result is not None:
                record_result(connection, attempt.id, result)
        return attempt.id

    return record
