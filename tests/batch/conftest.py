"""A class of the tiny course, and a way to grade it from within the tests' own process."""

import pytest

from grader.batch.discovering import find, roster_of
from grader.batch.executor import Local
from grader.batch.grading import grade_class
from grader.batch.opening import open_job
from grader.catalog import load_course
from grader.gradebook import Gradebook
from grader.gradebook.marks import marks

HALF = """
def half(x, times=1):
    if times < 0:
        raise ValueError
    return {}
"""
GOOD = HALF.format("x / 2**times")
DOUBLE = HALF.format("x * 2**times")


class Class:
    """A course in a folder of its own, and what students handed in."""

    def __init__(self, root, monkeypatch):
        self.root = root
        self.hand_in = root / "hand-in"
        self.course = load_course(root / "course")
        self.out = root / "pages"
        self.private = root / "private"
        self.heard = []
        monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))

    def submit(self, student, text, name="halves.py"):
        path = self.hand_in / student / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def grade(self, *, jobs=1, executor=None, chunk=4, **options):
        course = load_course(self.root / "course")
        assignment = course.assignment("only")
        with Gradebook(self.private / "gradebook.db") as book:
            roster = roster_of(course, options.pop("roster", None), book)
            owned, remarks = find([self.hand_in], assignment, book, roster)
            job = open_job(course, assignment, out=self.out, private=self.private, **options)
            summary = grade_class(
                job, owned, book, executor or Local(jobs), chunk=chunk, listen=self.listen
            )
        summary.problems += remarks
        return summary

    def listen(self, student, row, problem=""):
        self.heard.append((student, row is not None, problem))

    def points(self):
        settings = self.course.assignment("only").settings
        with Gradebook(self.private / "gradebook.db") as book, book.reading() as connection:
            return {m.student: m.points for m in marks(connection, "only", settings, "UTC")}


@pytest.fixture
def klass(tiny_course, tmp_path, monkeypatch):
    import shutil

    ignored = shutil.ignore_patterns("gradebook", "reports")
    shutil.copytree(tiny_course.root, tmp_path / "course", ignore=ignored)
    return Class(tmp_path, monkeypatch)


@pytest.fixture
def good():
    return GOOD


@pytest.fixture
def double():
    return DOUBLE
