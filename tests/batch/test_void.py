"""When the grader fails: our own solution runs in the same slot as proof, and nothing is scored."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from grader.batch import shard
from grader.gradebook import Gradebook
from grader.model import Verdict

pytestmark = pytest.mark.sandbox


def stored(klass, query):
    with Gradebook(klass.private / "gradebook.db") as book, book.reading() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def all_tests(klass):
    for path in sorted((klass.private / "results").rglob("*.staff.json")):
        for exercise in json.loads(path.read_text())["exercises"]:
            for function in exercise["functions"]:
                yield from function["tests"]


def broken(klass, *, is_broken=True):
    path = klass.root / "course/solutions/halves/test_hidden.py"
    good, bad = "submission.half.agrees_with(oracle.half, SMALL)", "1 / 0"
    found, wanted = (good, bad) if is_broken else (bad, good)
    assert found in path.read_text()
    path.write_text(path.read_text().replace(found, wanted, 1))


def test_a_broken_hidden_test_is_its_author_s_fault_and_scores_nothing(klass, good, double):
    klass.submit("ada", good)
    klass.submit("ben", double)
    broken(klass)
    summary = klass.grade()
    assert summary.void == 2
    assert klass.points() == {"ada": None, "ben": None}
    assert stored(klass, "SELECT DISTINCT is_void, cause FROM results") == [(1, "author")]
    ours = [test for test in all_tests(klass) if test["verdict"] == "INTERNAL"]
    assert {test["attribution"] for test in ours} == {"author"}
    assert stored(
        klass, "SELECT DISTINCT attribution FROM test_results WHERE verdict='INTERNAL'"
    ) == [("author",)]
    assert not (klass.out / "ada").exists()


def test_once_the_test_is_mended_the_same_command_grades(klass, good):
    klass.submit("ada", good)
    broken(klass)
    klass.grade()
    broken(klass, is_broken=False)
    assert klass.grade().graded == 1
    assert klass.points() == {"ada": 4}


def failing(monkeypatch, *, times):
    """Let the grader fail on submissions, so many times; who was graded beside whom."""
    rounds = []
    real = shard.grade_each

    def internal(graded):
        def void(function):
            tests = tuple(replace(test, verdict=Verdict.INTERNAL) for test in function.tests)
            return replace(function, verdict=Verdict.INTERNAL, tests=tests)

        attempt = graded.attempt
        (exercise,) = attempt.exercises
        exercise = replace(exercise, functions=tuple(map(void, exercise.functions)))
        return replace(graded, attempt=replace(attempt, exercises=(exercise,)))

    def grade_each(title, assignment, exercises, submissions, diagnosis, *, deliver, **options):
        names = [submission.name for submission in submissions]
        rounds.append(names)
        fails = len(rounds) <= times

        def heard(place, graded):
            is_ours = names[place] == shard._REFERENCE
            deliver(place, internal(graded) if fails and not is_ours else graded)

        real(title, assignment, exercises, submissions, diagnosis, deliver=heard, **options)

    monkeypatch.setattr(shard, "grade_each", grade_each)
    return rounds


def test_a_failure_that_does_not_come_back_costs_nothing(klass, good, monkeypatch):
    klass.submit("ada", good)
    rounds = failing(monkeypatch, times=1)
    summary = klass.grade()
    assert rounds[1] == [shard._REFERENCE, "ada"]
    assert (summary.void, klass.points()) == (0, {"ada": 4})


def test_where_our_own_solution_passes_beside_it_the_machine_is_named(klass, good, monkeypatch):
    klass.submit("ada", good)
    failing(monkeypatch, times=9)
    assert klass.grade().void == 1
    assert klass.points() == {"ada": None}
    assert stored(klass, "SELECT is_void, cause FROM results") == [(1, "machine")]
    assert {test["attribution"] for test in all_tests(klass)} == {"machine"}


def test_every_failure_says_whose_doing_it_is(klass, double):
    klass.submit("ben", double)
    klass.submit("cleo", "def half(x, times=1):\n    while True:\n        pass\n")
    klass.grade()
    found = {test["verdict"]: test["attribution"] for test in all_tests(klass)}
    assert found["FAILED"] == "student"
    assert found["TIMEOUT"] == "budget"
    assert found["PASSED"] is None
    assert all(test["attribution"] for test in all_tests(klass) if test["verdict"] != "PASSED")
    assert stored(
        klass, "SELECT count(*) FROM test_results WHERE verdict <> 'PASSED' AND attribution = ''"
    ) == [(0,)]
