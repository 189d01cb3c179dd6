"""A class of the tiny course, and a way to grade it from within the tests' own process."""

import contextlib

import pytest

from grader.batch.discovering import find, roster_of
from grader.batch.executor import Done, Local
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


class Here:
    """An executor that forks nothing, so that all tests can share one sandbox."""

    def run(self, start, chunks):
        with start() as work:
            while chunk := next(chunks, ()):
                answers = []
                work(chunk, lambda place, answer, answers=answers: answers.append(answer))
                yield from map(Done, answers)


class Class:
    """A course in a folder of its own, and what students handed in."""

    def __init__(self, root, sandbox):
        self.sandbox = sandbox
        self.root = root
        self.hand_in = root / "hand-in"
        self.course = load_course(root / "course")
        self.out = root / "pages"
        self.private = root / "private"
        self.heard = []

    def submit(self, student, text, name="halves.py"):
        path = self.hand_in / student / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def grade(self, *, jobs=0, executor=None, chunk=4, **options):
        course = load_course(self.root / "course")
        assignment = course.assignment("only")
        with Gradebook(self.private / "gradebook.db") as book:
            roster = roster_of(course, options.pop("roster", None), book)
            times = options.get("times", "layout")
            found = find([self.hand_in], assignment, book, roster, times=times)
            if not jobs:
                options["open_sandbox"] = lambda: contextlib.nullcontext(self.sandbox)
            job = open_job(course, assignment, out=self.out, private=self.private, **options)
            executor = executor or (Local(jobs) if jobs else Here())
            summary = grade_class(job, found.owned, book, executor, chunk=chunk, listen=self.listen)
        summary.problems += found.remarks
        return summary

    def listen(self, student, row, problem=""):
        self.heard.append((student, row is not None, problem))

    def points(self):
        settings = self.course.assignment("only").settings
        with Gradebook(self.private / "gradebook.db") as book, book.reading() as connection:
            return {m.student: m.points for m in marks(connection, "only", settings)}


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """Answers of wrong answers, made once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def here():
    return Here


@pytest.fixture
def klass(tiny_course, tmp_path, monkeypatch, sandbox, cache):
    import shutil

    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))

    ignored = shutil.ignore_patterns("gradebook", "reports")
    shutil.copytree(tiny_course.root, tmp_path / "course", ignore=ignored)
    return Class(tmp_path, sandbox)


@pytest.fixture
def good():
    return GOOD


@pytest.fixture
def double():
    return DOUBLE
