"""Keys of results: the same where nothing changed that a score depends on, another otherwise."""

import pytest

from grader.batch import keys
from grader.batch.keys import Keys
from grader.catalog import load_course
from grader.model import Isolation, Provenance
from grader.training import TrainingOptions

_DEFAULT = TrainingOptions()


@pytest.fixture
def course(root):
    return load_course(root)


def key(course, slug, training=_DEFAULT, **changes):
    where = {
        "grader": "0", "python": "3.11", "torch": "2", "machine": "m", "device": "cpu",
        "isolation": Isolation.NAMESPACES,
    }  # fmt: skip
    assignment = course.assignment("week1")
    exercise = course.exercise(slug)
    assignment = type(assignment)(
        name=assignment.name, settings=assignment.settings, exercises=(exercise,)
    )
    one = Keys.of(assignment, course.exercises, Provenance(**(where | changes)), training)
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


def test_what_training_was_asked_for_is_part_of_the_key_where_it_decides_a_score(
    course, monkeypatch, tmp_path
):
    monkeypatch.setattr(keys, "find_cached", lambda data: tmp_path)
    full = key(course, "mnist")
    assert key(course, "mnist", TrainingOptions(data="full")) == full
    assert key(course, "mnist", TrainingOptions(data="subset")) != full
    assert key(course, "mnist", TrainingOptions(device="cuda")) != full
    assert key(course, "mnist", TrainingOptions(repeat=3, thorough=True)) == full  # pages only
    assert key(course, "relu", TrainingOptions(device="cuda")) == key(course, "relu")
