from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from grader.model import FunctionState, Verdict
from grader.report.advice import score, steps

from . import attempts
from .attempts import make_attempt, make_exercise, make_function, make_test


def broken(name: str, points: int, **members):
    tests = [make_test("s", name, "test_a", f"claim of {name}", verdict=Verdict.FAILED)]
    return make_function(name, points, tests, **members)


def attempt_of(*functions):
    return make_attempt("x", [make_exercise("s", "S", list(functions))])


def test_most_points_to_gain_come_first():
    found, _ = steps(attempt_of(broken("a", 1), broken("b", 5), broken("c", 3)))
    assert [step.gain for step in found] == ["+5", "+3", "+1"]


def test_at_equal_gain_what_others_build_on_comes_first():
    user = broken("uses", 3, requires=("used",))
    found, _ = steps(attempt_of(user, broken("used", 3)))
    assert [step.href for step in found] == ["#s::used::test_a", "#s::uses::test_a"]
    assert found[1].after == "It uses your used: fix that first."


def test_a_circle_of_requirements_ends():
    found, _ = steps(attempt_of(broken("a", 1, requires=("b",)), broken("b", 1, requires=("a",))))
    assert len(found) == 2


def test_missing_and_stub_are_one_step_each():
    missing = broken("a", 2, state=FunctionState.MISSING, nearest="A")
    found, _ = steps(attempt_of(missing, broken("b", 1, state=FunctionState.STUB)))
    assert [step.text for step in found] == [
        "Rename `A` to `a`, if that is the function meant.",
        "Write `b`: it still holds the stub.",
    ]


def test_what_is_no_python_is_repaired_not_written_again():
    broken_cell = broken("a", 2, state=FunctionState.MISSING, path="a.ipynb", line=2)
    found, _ = steps(attempt_of(broken_cell))
    assert found[0].text == "Repair `a`: what stands there is not valid Python."


def test_more_than_five_steps_are_counted():
    found, more = steps(attempt_of(*(broken(f"f{n}", 1) for n in range(7))))
    assert len(found) == 5
    assert more == "2 smaller steps follow further down."


def test_a_void_attempt_asks_nothing_of_the_student():
    assert steps(attempts.void()) == ((), "")


def of(points: int, total: int):
    function = dataclasses.replace(
        broken("f", total), points=Fraction(points), max_points=Fraction(total)
    )
    return attempt_of(function)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (20, "Everything passes. Well done."),
        (16, "Most of it works; 3 things are left to fix."),
        (10, "A good part works; 3 things are left to fix."),
        (1, "A start is made; 3 things are left to fix."),
        (0, "No points yet. The first step below is the place to begin."),
    ],
)
def test_the_verdict_is_told_in_words(points, words):
    assert score(of(points, 20), 3).verdict == words


def test_a_void_attempt_says_that_it_does_not_count():
    assert "does not count" in score(attempts.void(), 1).verdict


def test_nothing_graded_is_not_nothing_right():
    assert score(make_attempt("x", []), 0).verdict == "There was nothing to grade."


def test_the_bar_is_as_long_as_all_functions_together():
    parts = score(attempts.partial(), 1).parts
    assert parts[0].x == 0
    assert parts[-1].x + parts[-1].width == 996
