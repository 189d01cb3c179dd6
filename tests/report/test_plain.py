from __future__ import annotations

import dataclasses
import importlib
import time

import pytest

from grader.model import Audience, Show
from grader.report import figures, render, render_surely, write_page
from grader.report.clock import Clock, TooSlowError
from grader.report.plain import plain_page
from grader.scoring import filter_for

from . import attempts
from .test_render import Outline
from .test_visibility import SEEN, attempt_with, found

RENDER = importlib.import_module("grader.report.render")  # the package holds a function so called


@pytest.fixture
def no_time(monkeypatch):
    monkeypatch.setattr(RENDER, "Clock", lambda: Clock(-1.0))


@pytest.fixture
def broken(monkeypatch):
    def build(*arguments):
        raise ValueError("a value nobody thought of")

    monkeypatch.setattr(RENDER, "build", build)


def test_a_page_that_can_be_made_is_the_full_one():
    page = render_surely(attempts.partial())
    assert page.html == render(attempts.partial())
    assert page.problem == ""


def test_a_page_that_takes_too_long_becomes_a_list_of_points_verdicts_and_hints(no_time):
    page = render_surely(attempts.partial())
    assert "would have taken too long" in page.html
    assert "Failed · " in page.html
    assert "Check what -inf times 0 is." in page.html
    assert "over 2 seconds" in page.problem


def test_a_page_that_cannot_be_made_still_tells_the_points(broken):
    attempt = attempts.partial()
    page = render_surely(attempt)
    text = "".join(Outline(page.html).text)
    assert f"{figures.points(attempt.points)} of {figures.points(attempt.max_points)}" in text
    assert "the points stand" in text
    assert "a value nobody thought of" not in page.html
    assert "(ValueError)" in page.problem


def test_writing_a_page_tells_what_staff_should_know(broken, tmp_path):
    assert "(ValueError)" in write_page(attempts.perfect(), tmp_path / "index.html")
    assert "Feedback" not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_every_stage_of_a_page_looks_at_the_clock():
    clock = Clock(0.05)
    end = time.process_time() + 0.06
    while time.process_time() < end:
        pass
    with pytest.raises(TooSlowError):
        clock.check()


def test_a_clock_with_time_left_says_nothing():
    Clock(60.0).check()


def test_the_largest_page_is_far_from_too_long():
    start = time.process_time()
    assert render_surely(attempts.many(500)).problem == ""
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize("payload", attempts.PAYLOADS)
@pytest.mark.parametrize("details", [True, False])
def test_hostile_text_stays_text_on_a_plain_page(payload, details):
    page = Outline(plain_page(attempts.hostile(payload), "why", details=details))
    assert set(page.tags) <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "ul", "li",
    }  # fmt: skip
    assert page.links == []


@pytest.mark.parametrize("show", list(Show))
def test_a_plain_page_shows_no_more_than_the_full_one(show):
    student = filter_for(attempt_with(show), Audience.STUDENT)
    page = plain_page(student, "why", details=True)
    assert found(page) <= SEEN[show]
    assert "secret-id" not in page


def test_a_plain_page_names_no_hidden_test_even_unfiltered():
    attempt = dataclasses.replace(attempt_with(Show.HIDDEN), audience=Audience.STUDENT)
    assert found(plain_page(attempt, "why", details=True)) == set()


def test_a_plain_page_of_very_many_tests_is_bounded():
    assert len(plain_page(attempts.many(5000), "why", details=True).encode()) < 1_000_000
