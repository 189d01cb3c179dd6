"""Only what changed runs again; nothing is lowered unasked; hints change without student code."""

import json
from fractions import Fraction

import pytest

from grader.batch import replaying
from grader.batch.opening import open_job
from grader.batch.regrade import regrade
from grader.catalog import load_course
from grader.gradebook import Gradebook, opinions
from grader.gradebook.people import person

pytestmark = pytest.mark.sandbox


@pytest.fixture
def again(klass, here):
    """Regrade the class; (summary, {student: (before, after, is_held)})."""
    import contextlib

    def run(**options):
        course = load_course(klass.root / "course")
        job = open_job(
            course,
            course.assignment("only"),
            out=klass.out,
            private=klass.private,
            open_sandbox=lambda: contextlib.nullcontext(klass.sandbox),
        )
        with Gradebook(klass.private / "gradebook.db") as book:
            summary, changed = regrade(job, book, here(), chunk=4, listen=klass.listen, **options)
        return summary, {c.student: (c.before, c.after, c.is_held) for c in changed}

    return run


def edit(klass, place, old, new):
    path = klass.root / "course" / place
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_nothing_changed_means_nothing_runs(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    summary, changed = again()
    assert (summary.graded, summary.kept, changed) == (0, 1, {})


def points_up(klass):
    edit(klass, "exercises/halves/exercise.toml", "points = 4", "points = 6")


def test_a_dry_run_tells_whose_score_would_change_and_stores_nothing(klass, again, good, double):
    klass.submit("ada", good)
    klass.submit("ben", double)
    klass.grade()
    before = klass.points(), files(klass)
    points_up(klass)
    _, changed = again(is_dry=True)
    assert changed == {"ada": (4, 6, False)}
    assert (klass.points(), files(klass)) == before


def files(klass):
    return {
        p: p.read_bytes() for f in (klass.out, klass.private / "results") for p in f.rglob("*.*")
    }


def test_a_changed_test_runs_again_for_everybody(klass, again, good, double):
    klass.submit("ada", good)
    klass.submit("ben", double)
    klass.grade()
    points_up(klass)
    summary, changed = again()
    assert summary.graded == 2
    assert changed == {"ada": (4, 6, False)}
    assert klass.points()["ada"] == 6
    assert json.loads((klass.out / "ada/results.json").read_text())["exercises"][0]["functions"]


def test_a_lower_score_is_kept_back_until_it_is_allowed_and_runs_once(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    page = (klass.out / "ada/index.html").read_bytes()
    edit(klass, "exercises/halves/exercise.toml", "points = 4", "points = 3")
    summary, changed = again()
    assert (summary.graded, changed) == (1, {"ada": (4, 3, True)})
    assert klass.points() == {"ada": 4}
    assert (klass.out / "ada/index.html").read_bytes() == page
    summary, changed = again()
    assert (summary.graded, changed) == (0, {"ada": (4, 3, True)})
    _, changed = again(allow_lower=True)
    assert changed == {"ada": (4, 3, False)}
    assert klass.points() == {"ada": 3}
    assert (klass.out / "ada/index.html").read_bytes() != page


def test_a_changed_hint_runs_no_student_code(klass, again, double, monkeypatch):
    klass.submit("ben", double)
    klass.grade()
    assert "twice the input" in (klass.out / "ben/index.html").read_text()
    edit(
        klass,
        "solutions/halves/wrong_answer/half/doubles.py",
        "Your result matches twice the input",
        "You seem to double",
    )
    asked = []
    spawn = replaying._StandIn.spawn
    monkeypatch.setattr(
        replaying._StandIn, "spawn", lambda *a, **o: asked.append(1) or spawn(*a, **o)
    )
    summary, changed = again()
    assert (summary.graded, changed) == (1, {})
    assert asked
    page = (klass.out / "ben/index.html").read_text()
    assert "You seem to double" in page
    assert "twice the input" not in page
    assert again()[0].graded == 0


def test_a_comment_reaches_the_page(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    with Gradebook(klass.private / "gradebook.db") as book, book.writing() as connection:
        opinions.add_comment(connection, 1, "Neat & short", author="prof")
    again()
    assert "Neat &amp; short" in (klass.out / "ada/index.html").read_text()


def test_an_override_stays_while_its_result_does_and_is_named_when_it_does_not(
    klass, again, good, double
):
    klass.submit("ada", double)
    klass.grade()
    with Gradebook(klass.private / "gradebook.db") as book, book.writing() as connection:
        who = person(connection, "ada").pseudonym
        opinions.override(connection, 1, who, Fraction(2), reason="close", author="prof")
    edit(klass, "solutions/halves/test_hidden.py", "Half of a number", "One half of a number")
    again()
    assert klass.points() == {"ada": 2}
    points_up(klass)
    again()
    assert klass.points() == {"ada": 2}  # all verdicts and points are as they were: 0 of each


def test_a_purged_submission_keeps_its_mark(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    for path in (klass.private / "submissions").rglob("*.zip"):
        path.unlink()
    points_up(klass)
    summary, changed = again()
    assert "was purged" in summary.problems[0] or "were purged" in summary.problems[0]
    assert (changed, klass.points()) == ({}, {"ada": 4})
