"""Short ways to grade a piece of code by the tiny course."""

from pathlib import PurePosixPath

import pytest

from grader.model import Submission
from grader.runner import run


@pytest.fixture
def halves(tiny_course):
    return tiny_course.exercise("halves")


@pytest.fixture
def graded(halves, sandbox):
    """Grade source texts, one submission each; the results of the one exercise."""

    def grade(*sources, name="halves.py", seed=7):
        submissions = [
            Submission(name=f"s{i}", files={PurePosixPath(name): text.encode()})
            for i, text in enumerate(sources)
        ]
        return [one.exercises[0] for one in run([halves], submissions, sandbox, seed=seed)]

    return grade


@pytest.fixture
def good(halves):
    return halves.reference.read_text()
