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
            done = regrade(job, book, here(), chunk=4, listen=klass.listen, **options)
        klass.regraded = done
        return done.summary, {c.student: (c.before, c.after, c.is_held) for c in done.changed}

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
    assert (summary.graded, summary.pages, changed) == (0, 1, {})
    assert asked
    page = (klass.out / "ben/index.html").read_text()
    assert "You seem to double" in page
    assert "twice the input" not in page
    summary, _ = again()
    assert (summary.graded, summary.pages) == (0, 0)


def test_a_comment_reaches_the_page(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    with Gradebook(klass.private / "gradebook.db") as book, book.writing() as connection:
        opinions.add_comment(connection, 1, "Neat & short", author="prof")
    again()
    assert "Neat &amp; short" in (klass.out / "ada/index.html").read_text()


def test_a_page_that_is_missing_is_made_anew_and_a_dry_run_only_counts_it(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    page = klass.out / "ada/index.html"
    before = page.read_bytes()
    page.unlink()
    assert again(is_dry=True)[0].pages == 1
    assert not page.exists()
    again()
    assert page.read_bytes() == before


def word(klass, student, points):
    with Gradebook(klass.private / "gradebook.db") as book, book.writing() as connection:
        who = person(connection, student).pseudonym
        given = {"reason": "close", "author": "prof"}
        opinions.override(connection, 1, who, Fraction(points), **given)


def test_an_override_reaches_the_page_until_it_is_taken_back(klass, again, double):
    klass.submit("ada", double)
    klass.grade()
    word(klass, "ada", 3)
    again()
    page = klass.out / "ada/index.html"
    assert "Your teacher looked at this attempt and set its points to 3." in page.read_text()
    with Gradebook(klass.private / "gradebook.db") as book, book.writing() as connection:
        who = person(connection, "ada").pseudonym
        opinions.take_back(connection, 1, who, reason="wrong attempt", author="prof")
    again()
    assert "set its points" not in page.read_text()


def test_an_answer_to_a_request_reaches_the_page(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    with Gradebook(klass.private / "gradebook.db") as book, book.writing() as connection:
        reference = json.loads((klass.out / "ada/results.json").read_text())["reference"]
        opinions.add_request(connection, reference, person(connection, "ada").pseudonym, "Why?")
        (request,) = opinions.list_requests(connection)
        opinions.answer(connection, request, "Because.", author="prof", points=Fraction(7, 2))
    again()
    page = (klass.out / "ada/index.html").read_text()
    assert "answer to your request: Because. (The points were set to 3.5.)" in page
    assert "looked at this attempt" not in page


def test_an_override_stays_while_what_it_judged_is_the_same(klass, again, double):
    klass.submit("ada", double)
    klass.grade()
    word(klass, "ada", 2)
    edit(klass, "solutions/halves/test_hidden.py", "Half of a number", "One half of a number")
    again()
    assert klass.points() == {"ada": 2}
    points_up(klass)
    again()
    assert klass.points() == {"ada": 2}  # all verdicts and points are as they were: 0 of each
    assert klass.regraded.stale == ()


def test_a_mark_that_a_person_raised_is_not_lowered_unasked(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    edit(klass, "exercises/halves/exercise.toml", "points = 4", "points = 3")
    again(allow_lower=True)
    word(klass, "ada", "5/2")
    word(klass, "ada", 3)
    edit(klass, "exercises/halves/exercise.toml", "points = 3", "points = 2")
    assert again()[1] == {"ada": (3, 2, True)}
    assert klass.points() == {"ada": 3}
    assert klass.regraded.stale == ()
    assert again(allow_lower=True)[1] == {"ada": (3, 2, False)}
    assert klass.points() == {"ada": 2}
    assert [row.points for row in klass.regraded.stale] == [3]


def test_an_override_that_no_longer_fits_is_named_and_a_dry_run_names_it_before(klass, again, good):
    klass.submit("ada", good)
    klass.grade()
    word(klass, "ada", 1)
    points_up(klass)
    assert again(is_dry=True)[1] == {"ada": (1, 6, False)}
    assert [row.points for row in klass.regraded.lost] == [1]
    assert klass.points() == {"ada": 1}
    assert again()[1] == {"ada": (1, 6, False)}
    assert [row.points for row in klass.regraded.stale] == [1]
    assert klass.points() == {"ada": 6}


def test_purged_submissions_keep_their_marks_and_are_named_once(klass, again, good):
    klass.submit("ada", good)
    klass.submit("ben", good)
    klass.grade()
    for path in (klass.private / "submissions").rglob("*.zip"):
        path.unlink()
    points_up(klass)
    summary, changed = again()
    (problem,) = summary.problems
    assert "2 attempts cannot be graded again" in problem
    assert "ada (1), ben (1)" in problem
    assert (changed, klass.points()) == ({}, {"ada": 4, "ben": 4})
