"""What the suite looks at, it also sees: each kind of success is told."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from grader.model import Audience, Note
from grader.pipeline import GradedAttempt, grade
from grader.redteam.attack import attacks
from grader.redteam.ground import laid
from grader.redteam.judging import judged, marks_of
from grader.redteam.secrets import draw_tokens
from grader.redteam.watch import Watch, descendants

WALL_SECONDS = 1.0


@pytest.fixture(scope="module")
def ground():
    with laid() as one:
        yield one


@pytest.fixture(scope="module")
def held(ground, sandbox):
    """An attack that was held, with its results."""
    (attack,) = attacks("odd_values/prints")
    code = {"files": {"attack.py": attack.path.read_bytes()}}
    submission = replace(ground.neighbour("ben"), name="attack", **code)
    exercises = ground.course.assignments["attack"].exercises
    (graded,) = grade("The vault", "attack", exercises, [submission], sandbox, seed=20)
    return attack, graded


def with_note(graded, text):
    attempt = replace(graded.attempt, notes=(Note(text=text),))
    return GradedAttempt(attempt=attempt, replies=graded.replies)


@pytest.mark.sandbox
def test_an_attack_that_was_held_has_no_problem(ground, held):
    attack, graded = held
    assert judged(attack, graded, ground.tokens, WALL_SECONDS) == []


@pytest.mark.sandbox
@pytest.mark.parametrize("kind", ["vault", "hidden", "ada", "env", "fd", "file", "net", "shm"])
def test_a_secret_in_the_results_is_a_success(ground, held, kind):
    attack, graded = held
    shown = with_note(graded, f"see {ground.tokens[kind]} here")
    problems = judged(attack, shown, ground.tokens, WALL_SECONDS)
    assert {problem.split(" shows")[0] for problem in problems} == {
        "the results for student",
        "the results for staff",
        "the page",
    }


@pytest.mark.sandbox
def test_an_input_that_no_test_shows_may_be_in_what_staff_sees_alone(ground, held):
    attack, graded = held
    shown = with_note(graded, ground.tokens["input"])
    problems = judged(attack, shown, ground.tokens, WALL_SECONDS)
    assert [problem for problem in problems if "staff" in problem] == []
    assert len(problems) == 2


@pytest.mark.sandbox
def test_a_secret_in_the_replies_is_a_success(ground, held):
    attack, graded = held
    shown = GradedAttempt(attempt=graded.attempt, replies=ground.tokens["env"].encode())
    assert judged(attack, shown, ground.tokens, WALL_SECONDS) != []


@pytest.mark.sandbox
def test_points_that_were_not_to_be_had_are_a_success(ground, held):
    attack, graded = held
    assert "3 points instead of 0" in judged(
        replace(attack, points=type(attack.points)(0)), graded, ground.tokens, WALL_SECONDS
    )


@pytest.mark.sandbox
def test_another_verdict_is_a_success(ground, held):
    attack, graded = held
    wanted = replace(attack, verdicts={"double": frozenset({"TIMEOUT"})})
    (problem,) = judged(wanted, graded, ground.tokens, WALL_SECONDS)
    assert problem.startswith("double: PASSED instead of TIMEOUT")


@pytest.mark.sandbox
def test_a_test_that_took_too_long_is_a_success(ground, held):
    attack, graded = held
    assert judged(attack, graded, ground.tokens, wall_seconds=-10.0) != []


@pytest.mark.sandbox
def test_marks_tell_a_changed_score_of_one_test(held):
    _, graded = held
    marks = marks_of(graded.attempt)
    assert marks["vault::double::double_of_small_tensors"][0] == "PASSED"
    assert len(marks) == 7


@pytest.mark.parametrize("audience", list(Audience))
def test_tokens_are_found_wherever_they_stand(audience):
    tokens = draw_tokens()
    data = b"x" * 1000 + tokens["fd"].encode() + b"\xff" * 10
    assert list(tokens.found_in(data, audience)) == ["an open descriptor of the grader"]
    assert list(tokens.found_in(b"fd-" + b"0" * 32, audience)) == []


@pytest.fixture
def watch(ground, monkeypatch):
    monkeypatch.setattr("grader.redteam.watch._SETTLE_SECONDS", 0.2)
    return Watch(ground.folder, ground.mark)


def test_nothing_is_found_where_nothing_changed(watch):
    assert watch.found() == []


def test_a_process_that_was_left_is_found(watch):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert process.pid in descendants(os.getpid())
        assert "it left 1 processes behind" in watch.found()
        process.kill()


def test_a_file_that_was_left_is_found(watch, ground):
    path = f"/dev/shm/{ground.mark}-left"
    with open(path, "w"):
        pass
    try:
        assert watch.found() == [f"it left files behind: {path}"]
    finally:
        os.unlink(path)


def test_a_changed_file_of_the_course_is_found(watch, ground):
    path = ground.course.exercise("gate").oracle
    before = path.read_text()
    path.write_text(before + "# changed\n")
    assert watch.found() == [f"it changed {path}"]


def test_descriptors_that_were_left_open_are_found(watch):
    kept = [os.open("/dev/null", os.O_RDONLY) for _ in range(20)]
    try:
        (problem,) = watch.found()
        assert "descriptors open" in problem
    finally:
        for number in kept:
            os.close(number)
