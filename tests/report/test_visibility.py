"""What a test may not show is absent from the page's bytes, not only out of sight."""

from __future__ import annotations

import dataclasses

import pytest

from grader.model import Attempt, Audience, Facet, Mismatch, Note, Show, Source, Tier, Verdict
from grader.report import render
from grader.scoring import filter_for

from .attempts import described, make_attempt, make_exercise, make_function, make_test

EVERYTHING = {
    "title", "states", "sentence", "hint", "note", "call", "snippet", "why", "expected", "got",
}  # fmt: skip
SEEN = {
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
        notes=(Note(text=secret("note")),), show=show,
    )  # fmt: skip
    function = make_function("f", 4, [test], path="f.py", line=1)
    sources = (Source(path="f.py", text="def f(): ..."),)
    return make_attempt("x", [make_exercise("s", "S", [function], sources=sources)])


def found(html: str) -> set[str]:
    return {
        member for member in (*EVERYTHING, "misconception", "argument") if secret(member) in html
    }


@pytest.mark.parametrize("show", list(Show))
def test_a_student_sees_what_the_test_shows_and_nothing_more(show):
    student = filter_for(attempt_with(show), Audience.STUDENT)
    assert found(render(student)) == SEEN[show]


@pytest.mark.parametrize("show", list(Show))
def test_the_assignment_can_show_less_than_the_test(show):
    student = filter_for(attempt_with(Show.EXPLAIN), Audience.STUDENT, show=show)
    assert found(render(student)) == SEEN[show]


def test_a_hidden_test_leaves_not_even_its_id():
    student = filter_for(attempt_with(Show.HIDDEN), Audience.STUDENT)
    assert secret("id") not in render(student)
    assert "1 more test counts" in render(student)


def test_staff_see_all_of_it_and_how_much_students_do():
    html = render(filter_for(attempt_with(Show.HINT), Audience.STAFF))
    assert found(html) == EVERYTHING
    assert "Students see the hint of this test, not its case." in html


def test_a_misconception_is_never_named_by_its_identifier():
    attempt = attempt_with(Show.EXPLAIN)
    assert "misconception" not in found(
        render(dataclasses.replace(attempt, audience=Audience.STAFF))
    )
