"""What a test may not show is absent from the page's bytes, not only out of sight."""

from __future__ import annotations

import dataclasses
from fractions import Fraction

import pytest

from grader.model import (
    Attempt,
    Audience,
    Facet,
    Mismatch,
    Note,
    PastAttempt,
    Show,
    Source,
    Tier,
    Verdict,
)
from grader.report import render
from grader.scoring import filter_for

from .attempts import described, make_attempt, make_exercise, make_function, make_test

EVERYTHING = {
    "title", "states", "sentence", "hint", "note", "call", "snippet", "why", "expected", "got",
}  # fmt: skip
SEEN = {
    Show.REVEAL: EVERYTHING,
    Show.EXPLAIN: EVERYTHING,
    Show.HINT: {"title", "hint"},
    Show.VERDICT: {"title"},
    Show.HIDDEN: set(),
}


def secret(member: str) -> str:
    return f"secret-{member}"


def attempt_with(show: Show) -> Attempt:
    mismatch = Mismatch(
        facet=Facet.VALUE,
        sentence=secret("why"),
        call=secret("call"),
        arguments=(described(secret("argument")),),
        expected=described(secret("expected")),
        got=described(secret("got")),
        snippet=secret("snippet"),
        line=1,
    )
    test = make_test(
        "s", "f", secret("id"), secret("title"), Tier.BASIC, Verdict.FAILED,
        states=secret("states"), sentence=secret("sentence"), hint=secret("hint"),
        misconception=secret("misconception"), mismatch=mismatch,
        notes=(Note(text=secret("note")), Note(text=secret("staff"), is_for_staff=True)),
        show=show,
    )  # fmt: skip
    function = make_function("f", 4, [test], path="f.py", line=1)
    sources = (Source(path="f.py", text="def f(): ..."),)
    return make_attempt("x", [make_exercise("s", "S", [function], sources=sources)])


def found(html: str) -> set[str]:
    return {
        member
        for member in (*EVERYTHING, "misconception", "argument", "staff")
        if secret(member) in html
    }


@pytest.mark.parametrize("show", list(Show))
def test_a_student_sees_what_the_test_shows_and_nothing_more(show):
    student = filter_for(attempt_with(show), Audience.STUDENT)
    assert found(render(student)) == SEEN[show]


@pytest.mark.parametrize("show", list(Show))
def test_the_assignment_can_show_less_than_the_test(show):
    student = filter_for(attempt_with(Show.EXPLAIN), Audience.STUDENT, show=show)
    assert found(render(student)) == SEEN[show]


def test_what_a_broken_test_raised_is_for_staff_alone():
    test = make_test(
        "s", "f", "t", "A title", Tier.BASIC, Verdict.INTERNAL, sentence=secret("sentence")
    )
    attempt = make_attempt("x", [make_exercise("s", "S", [make_function("f", 4, [test])])])
    student = render(filter_for(attempt, Audience.STUDENT))
    assert found(student) == set()
    assert "The grader failed here, not your code." in student
    assert found(render(filter_for(attempt, Audience.STAFF))) == {"sentence"}


def test_a_hidden_test_leaves_not_even_its_id():
    student = filter_for(attempt_with(Show.HIDDEN), Audience.STUDENT)
    assert secret("id") not in render(student)
    assert "1 more test counts" in render(student)


def test_the_attempts_before_leave_not_even_the_id_of_a_hidden_test():
    failed = (f"s::f::{secret('id')}", "s::f::open", "s::f::no_more")
    past = PastAttempt(number=1, points=Fraction(0), max_points=Fraction(4), failing=failed)
    attempt = dataclasses.replace(attempt_with(Show.HIDDEN), history=(past,))
    (seen,) = filter_for(attempt, Audience.STUDENT).history
    assert seen.failing == ()
    (staff,) = filter_for(attempt, Audience.STAFF).history
    assert staff.failing == failed


def test_the_attempts_before_keep_the_tests_that_are_named():
    failed = (f"s::f::{secret('id')}",)
    past = PastAttempt(number=1, points=Fraction(0), max_points=Fraction(4), failing=failed)
    attempt = dataclasses.replace(attempt_with(Show.VERDICT), history=(past,))
    assert filter_for(attempt, Audience.STUDENT).history == (past,)


def test_staff_see_all_of_it_and_how_much_students_do():
    html = render(filter_for(attempt_with(Show.HINT), Audience.STAFF))
    assert found(html) == {*EVERYTHING, "staff"}
    assert "Students see the hint of this test, not its case." in html


def test_a_misconception_is_never_named_by_its_identifier():
    attempt = attempt_with(Show.EXPLAIN)
    assert "misconception" not in found(
        render(dataclasses.replace(attempt, audience=Audience.STAFF))
    )
