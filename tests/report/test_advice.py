from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from grader.model import Described, Facet, FunctionState, Mismatch, Verdict
from grader.report.advice import score, steps
from grader.report.budget import BUDGETS
from grader.report.build import build

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
    assert found[1].after == "If it uses your used, fix that first."


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
    assert found[0].text == "Repair `a`: what stands there cannot be used as a function."


def test_more_than_five_steps_are_counted():
    attempt = attempt_of(*(broken(f"f{n}", 1) for n in range(7)))
    found, count = steps(attempt)
    assert (len(found), count) == (5, 7)
    page = build(attempt, BUDGETS[0])
    assert page.more_steps == "2 more steps follow further down."
    assert page.score.verdict.startswith("No points yet")


def several(count: int, verdict: Verdict = Verdict.FAILED):
    """One function with a failure of its own for each of `count` tests."""
    tests = [make_test("s", "f", f"test_{n}", f"claim {n}", verdict=verdict) for n in range(count)]
    return make_function("f", 6, tests)


def test_two_causes_of_a_function_are_two_steps():
    found, _ = steps(attempt_of(several(2)))
    assert [step.text for step in found] == ["Fix `f`: claim 0", "Fix `f`: claim 1"]


def test_a_function_with_more_causes_is_one_step_that_says_where_to_begin():
    (step,), count = steps(attempt_of(several(3)))
    assert count == 1
    assert step.text == "Fix `f`: 3 tests fail. Begin with this one: claim 0"
    assert (step.gain, step.href) == ("+6", "#s::f::test_0")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.TIMEOUT, "Fix `f`: in 3 tests it still ran when its time was up."),
        (Verdict.MEMORY, "Fix `f`: in 3 tests it needed more memory than it may use."),
        (Verdict.OUTPUT, "Fix `f`: in 3 tests it printed more than it may."),
    ],
)
def test_where_no_answer_came_the_step_says_so_and_not_which_test_asked(verdict, words):
    (step,), _ = steps(attempt_of(several(3, verdict)))
    assert step.text == words


def wrong(name: str, facet: Facet, sentence: str, **members):
    mismatch = Mismatch(facet=facet, sentence=sentence, call="f()", **members)
    verdict = Verdict.ERROR if facet is Facet.EXCEPTION else Verdict.FAILED
    return make_test("s", "f", name, "a claim", verdict=verdict, mismatch=mismatch)


def only_step(*tests):
    (step,), _ = steps(attempt_of(make_function("f", 6, list(tests))))
    return step.text


def test_what_was_raised_is_told_in_the_step():
    said = "It raised KeyError: 'x' instead of returning."
    assert only_step(wrong("a", Facet.EXCEPTION, said)) == f"Fix `f`. {said}"
    both = only_step(wrong("a", Facet.EXCEPTION, said), wrong("b", Facet.EXCEPTION, said))
    assert both == f"Fix `f`: 2 tests fail for the same reason. {said}"


def test_a_function_that_returns_nothing_has_one_cause_whatever_was_due():
    nothing = Described(text="None")
    one = wrong("a", Facet.TYPE, "The result is None; an int was due.", got=nothing)
    other = wrong("b", Facet.TYPE, "The result is None; a tuple was due.", got=nothing)
    assert only_step(one, other) == (
        "Fix `f`: 2 tests fail for the same reason. The result is None; an int was due."
    )


def test_a_file_that_cannot_be_read_is_handed_in_again():
    missing = [broken(name, 2, state=FunctionState.MISSING, path="a.ipynb") for name in "ab"]
    (step,), count = steps(attempt_of(*missing))
    assert step.text == "Hand in `a.ipynb` again: it could not be read."
    assert (step.gain, count) == ("+4", 1)


def test_where_the_file_can_be_read_the_names_are_what_is_missing():
    (step,), _ = steps(attempt_of(broken("a", 2, state=FunctionState.MISSING)))
    assert step.text == "Write `a`, or give it that name: it was not found."


def test_a_void_attempt_asks_nothing_of_the_student():
    assert steps(attempts.void()) == ((), 0)


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
    assert parts[-1].x + parts[-1].width == 1000
