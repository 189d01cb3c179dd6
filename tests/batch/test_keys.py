"""Keys of results: the same where nothing changed that a score depends on, another otherwise."""

import pytest

from grader.batch import keys
from grader.batch.keys import Keys
from grader.catalog import load_course
from grader.model import Isolation, Provenance


@pytest.fixture
def course(root):
    return load_course(root)


def key(course, slug, **changes):
    where = {
        "grader": "0", "python": "3.11", "torch": "2", "machine": "m", "device": "cpu",
        "isolation": Isolation.NAMESPACES,
    }  # fmt: skip
    assignment = course.assignment("week1")
    exercise = course.exercise(slug)
    assignment = type(assignment)(
        name=assignment.name, settings=assignment.settings, exercises=(exercise,)
    )
    one = Keys.of(assignment, course.exercises, Provenance(**(where | changes)))
    return one.exercises("sha")[slug]


def test_the_environment_is_part_of_a_key(course):
    assert key(course, "relu") == key(course, "relu", grader="1")
    assert key(course, "relu") != key(course, "relu", torch="3")


def test_the_data_that_a_model_is_trained_on_are_part_of_its_key(course, monkeypatch, tmp_path):
    monkeypatch.setattr(keys, "find_cached", lambda data: None)
    committed, other = key(course, "mnist"), key(course, "relu")
    monkeypatch.setattr(keys, "find_cached", lambda data: tmp_path)
    assert key(course, "mnist") != committed
    assert key(course, "relu") == other
