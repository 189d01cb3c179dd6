"""What a worker was asked in one test it could tell in its answer to the next."""

from __future__ import annotations

import textwrap
from pathlib import PurePosixPath

import pytest

from grader.catalog import load_exercise
from grader.model import Submission, Verdict
from grader.runner import run

pytestmark = pytest.mark.sandbox

TESTS = '''
from grader.runner import case, tier

@tier("basic", of="a", show="hidden")
def test_hidden(submission, oracle, cases):
    """Hidden."""
    submission.a.agrees_with(oracle.a, [case("the hidden input")])

@tier("basic", of="b", show="verdict")
def test_verdict(submission, oracle, cases):
    """Verdict."""
    submission.b.agrees_with(oracle.b, [case("the silent input")])

@tier("basic", of="b")
def test_explained(submission, oracle, cases):
    """Explained."""
    submission.b.agrees_with(oracle.b, [case("x")])
'''


SETTINGS = """
title = "Order"
[functions.a]
points = 1
[functions.b]
points = 1
"""
RIGHT = "def a(x):\n    return x\n\n\ndef b(x):\n    return x\n"


@pytest.fixture
def exercise(tmp_path):
    for name, text in (
        ("exercises/order/exercise.toml", SETTINGS),
        ("solutions/order/test_hidden.py", TESTS),
        ("solutions/order/oracle.py", RIGHT),
        ("solutions/order/reference.py", RIGHT),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return load_exercise(tmp_path / "exercises/order", tmp_path / "solutions/order")


def test_tests_that_show_less_run_after_those_that_show_more(exercise, sandbox):
    code = """
    heard = []

    def a(x):
        heard.append(x)
        return " ".join(heard)

    b = a
    """
    files = {PurePosixPath("s.py"): textwrap.dedent(code).encode()}
    submissions = [Submission(name=name, files=files) for name in ("one", "two")]
    for graded in run([exercise], submissions, sandbox, seed=1):
        tests = {t.id.split("::")[2]: t for f in graded.exercises[0].functions for t in f.tests}
        assert list(tests) == ["hidden", "verdict", "explained"]  # results keep the author's order
        told = tests["explained"].mismatch
        assert tests["explained"].verdict is Verdict.FAILED  # a case is asked twice
        assert "'x x'" in str(told)
        assert "input" not in str(told)
        assert "x x the silent input" in str(tests["verdict"].mismatch)
