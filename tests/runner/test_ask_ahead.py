"""A batch that is sent before it is asked for changes nothing but the time it takes, nor does
reading and loading a submission while the page of the one before is made.

The first submission of a session is never asked ahead, since nobody knows yet what the tests ask;
those after it are. So the same code in both places has to get the same result.
"""

import time
from pathlib import PurePosixPath

import pytest

from grader.catalog import load_course
from grader.model import Submission, Verdict
from grader.runner import run_each
from grader.runner.student import StudentWorker
from grader.sandbox import Box

COUNTS = """
import torch

calls = []

def half(x, times=1):
    calls.append(times)
    return x / 2**times + (0 if len(calls) < {most} else 1)

def apply(model, x):
    model.eval()
    return model(x)

def make_layer(shift):
    return lambda x: x + shift
"""
ENDS = """
import os
import time

def half(x, times=1):
    if times == 0:
        {end}
    return x / 2**times

def apply(model, x):
    model.eval()
    return model(x)
"""


def outcomes(result):
    return {
        test.id: (test.verdict, test.sentence, test.mismatch)
        for function in result.functions
        for test in function.tests
    }


@pytest.fixture
def sent_ahead(monkeypatch):
    """The functions of the batches that were sent ahead."""
    functions = []
    ask_ahead = StudentWorker.ask_ahead

    def spy(worker, asked, *, seed):
        functions.append((worker.submission.name, asked.function))
        ask_ahead(worker, asked, seed=seed)

    monkeypatch.setattr(StudentWorker, "ask_ahead", spy)
    return functions


@pytest.mark.sandbox
def test_batches_are_sent_ahead_from_the_second_submission_on(graded, good, sent_ahead):
    first, second = graded(good, good)
    assert outcomes(first) == outcomes(second)
    assert {name for name, _ in sent_ahead} == {"s1"}
    assert len(sent_ahead) >= 5
    assert all(verdict is Verdict.PASSED for verdict, _, _ in outcomes(second).values())


@pytest.mark.sandbox
@pytest.mark.parametrize("most", [1, 3, 5, 10, 1000])
def test_code_that_counts_its_calls_is_called_alike_in_every_place(graded, good, most):
    source = COUNTS.format(most=most)
    alone, *others = graded(source, good, source, source)
    first, third = others[1], others[2]
    assert outcomes(alone) == outcomes(first) == outcomes(third)


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("end", "verdict"),
    [
        ("os._exit(3)", Verdict.ERROR),
        ("time.sleep(60)", Verdict.TIMEOUT),
        ("print('x' * (2 << 20), flush=True)", Verdict.OUTPUT),
    ],
    ids=["exit", "hang", "flood"],
)
def test_what_ends_the_worker_is_laid_to_the_test_that_asked(graded, good, end, verdict):
    source = ENDS.format(end=end)
    results = graded(source, good, source)
    alone, after = (outcomes(results[place]) for place in (0, 2))
    assert alone == after
    (basic,) = (key for key in after if "numbers" in key)
    (times,) = (key for key in after if key.endswith("half_times"))
    assert after[basic][0] is Verdict.PASSED
    assert after[times][0] is verdict


@pytest.mark.sandbox
@pytest.mark.parametrize(
    "first",
    [
        "os._exit(3)",
        "print('x' * (2 << 20), flush=True)",
        "raise ValueError('x')",
        "time.sleep(60)",
        "raise SystemExit",
        "os.kill(os.getpid(), 9)",
    ],
    ids=["exit", "flood", "raise", "hang", "leave", "kill"],
)
def test_what_a_module_does_when_it_is_imported_is_told_alike_in_every_place(
    halves, good, sandbox, first
):
    """The second is imported while the first's page is made, here for longer than it takes."""
    odd = f"import os, time\n{first}\n{good}"
    sources = [odd, good, odd]
    submissions = [
        Submission(name=f"s{number}", files={PurePosixPath("halves.py"): text.encode()})
        for number, text in enumerate(sources)
    ]
    results = {}

    def make_a_page(graded):
        results[graded.submission.name] = graded.exercises[0]
        time.sleep(0.15)

    run_each([halves], submissions, sandbox, seed=7, deliver=make_a_page)
    assert outcomes(results["s0"]) == outcomes(results["s2"])
    assert results["s0"].notes == results["s2"].notes
    assert results["s0"].functions[0].verdict is Verdict.PASSED  # from its definition alone
    assert results["s1"].functions[0].verdict is Verdict.PASSED


@pytest.fixture
def sent(monkeypatch):
    """What is sent to workers: operation, exercise, whether the files come with it."""
    asked = []
    send = Box._send

    def spy(box, operation, arguments, seconds):
        asked.append((str(operation), arguments.get("slug", ""), "files" in arguments))
        send(box, operation, arguments, seconds)

    monkeypatch.setattr(Box, "_send", spy)
    return asked


@pytest.mark.sandbox
def test_the_files_are_sent_once_and_each_exercise_is_loaded_once(root, sandbox, sent):
    course = load_course(root / "grader/redteam/attacks/course")
    exercises = [course.exercise("vault"), course.exercise("gate")]
    files = {PurePosixPath(f"{e.slug}.py"): e.reference.read_bytes() for e in exercises}
    submissions = [Submission(name=f"s{number}", files=files) for number in range(3)]
    passed = []
    run_each(exercises, submissions, sandbox, seed=7, deliver=passed.append)
    functions = [f for graded in passed for e in graded.exercises for f in e.functions]
    assert {function.verdict for function in functions} == {Verdict.PASSED}
    assert len(passed) == 3
    before = [("parse", "vault", True), ("parse", "gate", False), ("load", "vault", False)]
    reading = [one for one in sent if one[0] in ("parse", "load")]
    assert reading == [*before, ("load", "gate", False)] * 3


COUNTED = """

import builtins

_calls = builtins.__dict__.setdefault("calls", [])
_right = {name}

def {name}(*arguments, **options):
    _calls.append("{name}")
    if len(_calls) == {most}:
        raise ValueError(", ".join(_calls))
    return _right(*arguments, **options)
"""


@pytest.mark.sandbox
@pytest.mark.parametrize("most", [1, 3, 6, 9])
def test_functions_of_several_exercises_are_called_in_the_same_order_in_every_place(
    root, sandbox, most
):
    course = load_course(root / "grader/redteam/attacks/course")
    exercises = [course.exercise("vault"), course.exercise("gate")]
    right = {e.slug: e.reference.read_text() for e in exercises}
    odd = {e.slug: right[e.slug] + COUNTED.format(name=e.names[0], most=most) for e in exercises}
    results = {}
    submissions = [
        Submission(
            name=f"s{number}",
            files={PurePosixPath(f"{slug}.py"): text.encode() for slug, text in texts.items()},
        )
        for number, texts in enumerate((odd, right, odd))
    ]
    run_each(
        exercises,
        submissions,
        sandbox,
        seed=7,
        deliver=lambda graded: results.update({graded.submission.name: graded.exercises}),
    )
    first, after = ([outcomes(one) for one in results[name]] for name in ("s0", "s2"))
    assert first == after
    if most < 4:
        assert any(test[0] is not Verdict.PASSED for one in first for test in one.values())
