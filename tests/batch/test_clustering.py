"""Unknown mistakes of a class: those that are the same are put together, whoever made them."""

import json
import shutil

import pytest

from grader.batch.publishing import publish
from grader.catalog import load_course
from grader.gradebook import Gradebook

pytestmark = pytest.mark.sandbox

HALF = "def half(x, times=1):\n    if times < 0:\n        raise ValueError\n    return {}\n"


@pytest.fixture
def clusters(klass):
    """Grade what students answer, and publish; the clusters, and the page of the class."""

    def graded(answers):
        for student, answer in answers.items():
            klass.submit(student, HALF.format(answer))
        klass.grade()
        return published

    def published():
        course = load_course(klass.root / "course")
        with Gradebook(klass.private / "gradebook.db") as book:
            assignment = course.assignment("only")
            done = publish(book, course, assignment, klass.private, klass.out, [])
        return done.content.statistics.clusters, done.page.read_text()

    return graded


def test_answers_that_differ_in_the_last_digits_only_are_one_mistake(clusters):
    found, page = clusters(
        {"ada": "x * 0.3**times", "ben": "x * 0.3000003**times", "cleo": "x * 0.4**times"}
    )()
    assert found == (("half", ("ada", "ben")),)
    assert "half: ada, ben" in page
    assert "2 submissions" in page


def test_known_mistakes_and_right_answers_are_in_no_cluster(clusters):
    found, _ = clusters({"ada": "x * 2**times", "ben": "x * 2.0**times", "cleo": "x / 2**times"})()
    assert found == ()


def test_without_replies_that_can_be_read_only_equal_answers_are_the_same(clusters, klass):
    published = clusters(
        {"ada": "x * 0.3**times", "ben": "0.3**times * x", "cleo": "x * 0.3000003**times"}
    )
    for kept in (klass.private / "replies").glob("*/*"):
        kept.write_bytes(b"damaged")
    assert published()[0] == (("half", ("ada", "ben")),)
    shutil.rmtree(klass.private / "replies")
    assert published()[0] == (("half", ("ada", "ben")),)


def test_clusters_are_for_staff_and_on_no_page_of_a_student(clusters, klass):
    clusters({"ada": "x * 0.3**times", "ben": "x * 0.3**times"})()
    for page in klass.out.rglob("*.*"):
        assert ("ben" in page.read_text()) == (page.parent.name == "ben")
    content = json.loads((klass.private / "only/class.json").read_text())
    assert content["statistics"]["clusters"] == [["half", ["ada", "ben"]]]
