"""From submissions to attempts: hints that fit, stored replies, provenance, no leaks."""

import functools
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from grader.catalog import load_course
from grader.errors import FrameError
from grader.model import Audience, Submission, attempt_from_json, attempt_to_json
from grader.pipeline import Diagnosis, grade, grade_each, grading, pack_replies, unpack_replies
from grader.protocol import ArrayValue, Observation
from grader.report import write_page
from grader.scoring import filter_for
from grader.training import Trainer

pytestmark = pytest.mark.sandbox


@pytest.fixture
def attempts(tiny_course, sandbox, tmp_path):
    def run(*sources):
        submissions = [
            Submission(name=f"s{i}", files={PurePosixPath("halves.py"): text.encode()})
            for i, text in enumerate(sources)
        ]
        exercises = [tiny_course.exercise("halves")]
        return list(
            grade("T", "only", exercises, submissions, sandbox, seed=7, cache=tmp_path / "cache")
        )

    return run


DOUBLE = """
def half(tensor, times=1):
    if times < 0:
        raise ValueError
    return tensor + tensor if times == 1 else tensor * 2**times
"""
FLOAT32 = """
def half(x, times=1):
    if times < 0:
        raise ValueError
    return (x / 2**times).float()
"""


def test_a_known_mistake_in_other_words_gets_its_hint(attempts):
    (graded,) = attempts(DOUBLE)
    half = graded.attempt.exercises[0].functions[0]
    assert half.misconception == "doubles"
    assert half.hint.startswith("Your result matches twice the input.")


def test_an_unknown_mistake_gets_no_hint(attempts):
    (graded,) = attempts("def half(x, times=1):\n    return x * 0.3**times\n")
    assert graded.attempt.exercises[0].functions[0].hint == ""


def test_an_option_without_effect_is_told_where_no_table_matches(attempts):
    (graded,) = attempts("def half(x, times=1):\n    return x * 0.3\n")
    hint = graded.attempt.exercises[0].functions[0].hint
    assert hint.startswith("The result does not depend on `times`.")


@pytest.mark.parametrize("last", ["pass", "print(x / 2**times)"])
def test_a_missing_return_is_named_and_no_other_mistake(attempts, last):
    (graded,) = attempts(
        f"def half(x, times=1):\n    if times < 0:\n        raise ValueError\n    {last}\n"
    )
    half = graded.attempt.exercises[0].functions[0]
    assert half.hint.startswith("The function returns nothing, which is None.")
    assert {test.hint for test in half.tests} == {""}


def test_the_facet_of_a_mistake_is_judged_apart(attempts):
    (graded,) = attempts(FLOAT32)
    assert graded.attempt.exercises[0].functions[0].misconception == "float32"


def test_tables_are_kept_between_runs_and_give_the_same_hint(attempts, tmp_path):
    (first,) = attempts(DOUBLE)
    assert list((tmp_path / "cache").glob("halves-*.frame"))
    (second,) = attempts(DOUBLE)
    assert (
        second.attempt.exercises[0].functions[0].hint
        == first.attempt.exercises[0].functions[0].hint
    )


def test_replies_of_failed_functions_are_kept_and_read_back_exactly(attempts):
    (graded,) = attempts(DOUBLE)
    answers = unpack_replies(graded.replies)["halves"]
    assert set(answers) >= {"halves::half::half_of_numbers"}
    assert all(
        isinstance(one, Observation)
        for batches in answers.values()
        for batch in batches
        for one in batch
    )
    assert pack_replies({"halves": answers}) == graded.replies


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-1], lambda d: d + b"x", lambda d: b"", lambda d: b"\xff" * 40]
)
def test_damaged_replies_are_refused(attempts, damage):
    (graded,) = attempts(DOUBLE)
    with pytest.raises(FrameError):
        unpack_replies(damage(graded.replies))


@pytest.mark.parametrize(
    "answer",
    [
        functools.reduce(lambda inner, _: [inner], range(31), 0),  # the frame of one reply holds it
        [0] * 150_000,
        ArrayValue(kind="tensor", dtype="uint8", shape=(10 << 20,), strides=(0,), buffer=b"\0"),
    ],
    ids=["deep", "long", "expanded"],
)
def test_replies_that_could_not_be_read_back_are_not_kept(answer):
    one = Observation(result=answer)
    assert pack_replies({"halves": {"halves::a": [[one] * 8]}}) == b""


def test_the_attempt_survives_json_and_names_what_it_depends_on(attempts):
    (graded,) = attempts(DOUBLE)
    attempt = graded.attempt
    assert attempt_from_json(attempt_to_json(attempt)) == attempt
    assert attempt.provenance.isolation == "namespaces"
    assert attempt.exercises[0].seed == 7
    assert len(attempt.reference) == 12


def test_students_never_see_the_authors_names_tests_or_other_cases(attempts, tiny_course):
    (graded,) = attempts(DOUBLE)
    view = attempt_to_json(filter_for(graded.attempt, Audience.STUDENT)).decode()
    assert "doubles" not in view
    for line in tiny_course.exercise("halves").hidden_tests.read_text().splitlines():
        code = line.strip()
        if len(code) > 30 and not code.startswith(('"""', "@tier", "def ")):
            assert code not in view


def test_what_is_right_is_told_as_well(attempts):
    (graded,) = attempts("def half(x, times=1):\n    return x / 2\n")
    half = graded.attempt.exercises[0].functions[0]
    assert half.right_when == ("`times` is 1",)


@pytest.mark.parametrize("most", [1, 1 << 40])
def test_exercises_of_two_profiles_come_together_however_many_fit_in_memory(
    root, sandbox, tmp_path, monkeypatch, most
):
    monkeypatch.setattr(grading, "MAX_HELD_BYTES", most)
    course = load_course(root / "grader/redteam/attacks/course")
    vault, gate = course.exercise("vault"), course.exercise("gate")
    exercises = [vault, replace(gate, profile="train")]
    text = "def double(x):\n    return x * 2\n\n\ndef relu(x):\n    return x * (x > 0)\n"
    submissions = [
        Submission(name=f"s{number}", files={PurePosixPath("a.py"): text.encode()})
        for number in range(3)
    ]
    done = {}
    diagnosis = Diagnosis(sandbox, 7, tmp_path / "cache")
    grade_each("T", "attack", exercises, submissions, diagnosis, deliver=done.__setitem__)
    assert sorted(done) == [0, 1, 2]
    for place, graded in done.items():
        assert graded.attempt.submission.name == f"s{place}"
        assert [e.slug for e in graded.attempt.exercises] == ["vault", "gate"]
        assert graded.attempt.points == 5


def test_a_training_that_we_fail_to_judge_is_void_and_costs_nobody_else_a_result(
    root, sandbox, tmp_path, monkeypatch
):
    def fail(trainer, submission, tested):
        raise IndexError

    monkeypatch.setattr(Trainer, "grade", fail)
    mnist = load_course(root).exercise("mnist")
    submissions = [
        Submission(name=name, files={PurePosixPath("mnist.py"): b"x = 1"}) for name in ("a", "b")
    ]
    graded = [one.attempt for one in grade("T", "only", [mnist], submissions, sandbox, seed=7)]
    assert [attempt.submission.name for attempt in graded] == ["a", "b"]
    for attempt in graded:
        (result,) = attempt.exercises
        assert attempt.is_void
        assert [f.name for f in result.functions] == [f.name for f in mnist.functions]
        assert "could not be judged (IndexError)" in result.notes[-1].text
        assert result.max_points == sum(f.points for f in mnist.functions)
        assert write_page(attempt, tmp_path / "index.html") == ""
