"""After the tests: one mistake is paid once, and options without effect are told."""

from pathlib import PurePosixPath

import pytest

from grader.catalog import load_course
from grader.model import Submission, Verdict
from grader.runner import afterwards, run

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def course(root):
    return load_course(root)


def graded(course, sandbox, slugs, files):
    submission = Submission(
        name="s", files={PurePosixPath(name): text.encode() for name, text in files.items()}
    )
    exercises = [course.exercise(slug) for slug in slugs]
    (one,) = run(exercises, [submission], sandbox, seed=1)
    return {f.name: f for result in one.exercises for f in result.functions}


WRONG_LOG_SOFTMAX = """
import torch

def log_softmax(x, dim=-1):
    return x - x.sum(dim, keepdim=True)
"""
OWN_ROUTE = """
def nll_loss(log_probs, target, reduction="mean"):
    if len(log_probs) != len(target):
        raise ValueError("lengths")
    if ((target < 0) | (target >= log_probs.shape[1])).any():
        raise IndexError("label")
    losses = -log_probs[range(len(target)), target]
    return {"mean": losses.mean, "sum": losses.sum, "none": lambda: losses}[reduction]()

def cross_entropy(x, target, reduction="mean"):
    return nll_loss(log_softmax(x, -1), target, reduction)
"""


def test_a_function_that_builds_on_a_wrong_one_is_not_dragged_down(course, sandbox):
    functions = graded(course, sandbox, ["loss"], {"loss.py": WRONG_LOG_SOFTMAX + OWN_ROUTE})
    assert functions["log_softmax"].verdict is not Verdict.PASSED
    loss = functions["cross_entropy"]
    assert loss.points == loss.max_points
    notes = [note.text for test in loss.tests for note in test.notes]
    assert any("Right once your `log_softmax` is" in text for text in notes)


def test_a_function_with_a_mistake_of_its_own_still_pays_for_it(course, sandbox):
    wrong = OWN_ROUTE.replace(
        "log_softmax(x, -1), target, reduction)", "-log_softmax(x, -1), target)"
    )
    functions = graded(course, sandbox, ["loss"], {"loss.py": WRONG_LOG_SOFTMAX + wrong})
    assert functions["cross_entropy"].verdict is not Verdict.PASSED
    assert functions["cross_entropy"].points < functions["cross_entropy"].max_points / 2


def test_a_required_function_of_another_exercise_is_stood_in_for(course, sandbox):
    sizes = course.exercise("output_size").reference.read_text()
    sizes = sizes.replace("def pool_out(", "def pool_out(*_, **__):\n    return 1\n\n\ndef unused(")
    pooling = course.exercise("pooling").reference.read_text()
    start, end = pooling.index("    if not ceil_mode:\n"), pooling.index("\n\ndef windows(")
    pooling = (
        "from output_size import pool_out\n"
        + pooling[:start]
        + ("    return pool_out(size, kernel, stride, padding, 1, ceil_mode)\n" + pooling[end:])
    )
    files = {"output_size.py": sizes, "pooling.py": pooling}
    alone = graded(course, sandbox, ["pooling"], files)
    assert alone["max_pool2d"].points < alone["max_pool2d"].max_points
    functions = graded(course, sandbox, ["output_size", "pooling"], files)
    assert functions["pool_out"].points == 0
    assert functions["max_pool2d"].points == functions["max_pool2d"].max_points


def test_options_that_change_nothing_are_told(course, sandbox):
    source = "def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):\n"
    source += "    return size // stride - kernel_size + 2\n"
    functions = graded(course, sandbox, ["output_size"], {"output_size.py": source})
    assert functions["conv_out"].ignores == ("dilation", "padding")


def test_a_right_function_ignores_nothing(course, sandbox):
    source = course.exercise("output_size").reference.read_text()
    functions = graded(course, sandbox, ["output_size"], {"output_size.py": source})
    assert all(function.ignores == () for function in functions.values())


def test_numbers_that_torch_does_not_take_are_wrong_answers_and_end_nothing(course, sandbox):
    text = "import numpy\n\ndef softmax(x, dim=-1):\n    return numpy.uint64(5)\n"
    for name in ("nll_loss", "cross_entropy"):
        text += f"\ndef {name}(x, target, reduction='mean'):\n    return numpy.uint64(5)\n"
    functions = graded(course, sandbox, ["loss"], {"loss.py": text})
    tests = functions["nll_loss"].tests
    assert functions["nll_loss"].verdict is Verdict.FAILED
    assert all(test.mismatch for test in tests if test.verdict is Verdict.FAILED)


def test_options_that_cannot_be_looked_for_cost_no_result(course, sandbox, monkeypatch):
    def stumble(*args):
        raise ValueError
        yield

    monkeypatch.setattr(afterwards, "_ignored", stumble)
    submission = Submission(
        name="s", files={PurePosixPath("loss.py"): (WRONG_LOG_SOFTMAX + OWN_ROUTE).encode()}
    )
    (one,) = run([course.exercise("loss")], [submission], sandbox, seed=1)
    (result,) = one.exercises
    assert "no hint could be looked for (ValueError)" in result.notes[-1].text
    assert result.points > 0
