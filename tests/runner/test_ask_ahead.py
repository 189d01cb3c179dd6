"""A batch that is sent before it is asked for changes nothing but the time it takes.

The first submission of a session is never asked ahead, since nobody knows yet what the tests ask;
those after it are. So the same code in both places has to get the same result.
"""

import pytest

from grader.model import Verdict
from grader.runner.student import StudentWorker

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
