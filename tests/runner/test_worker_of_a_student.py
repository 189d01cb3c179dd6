"""From its first load on, a worker is the student's: what it says afterwards is no evidence."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from grader.catalog import load_course
from grader.model import Submission, Verdict
from grader.runner import run, session
from grader.runner.student import MAX_ANSWER_BYTES, StudentWorker

pytestmark = pytest.mark.sandbox


def submission(**sources):
    files = {
        PurePosixPath(f"{name}.py"): textwrap.dedent(text).encode()
        for name, text in sources.items()
    }
    return Submission(name="one", files=files)


def test_answers_that_would_fill_the_graders_memory_end_the_submission(halves, sandbox):
    code = """
    import torch

    def half(x, times=1):
        return torch.zeros(5 << 20)
    """
    (graded,) = run([halves], [submission(halves=code)], sandbox, seed=7)
    verdicts = {t.verdict for f in graded.exercises[0].functions[:1] for t in f.tests}
    assert verdicts <= {Verdict.FAILED, Verdict.ERROR}
    kept = sum(
        len(observation.result.buffer)
        for batches in graded.recordings["halves"].answers().values()
        for batch in batches
        for observation in batch
        if hasattr(observation.result, "buffer")
    )
    assert 0 < kept <= MAX_ANSWER_BYTES


def test_a_session_that_holds_much_ends_early_and_the_next_goes_on(halves, sandbox, monkeypatch):
    sessions, first = [], session._session

    def counted(files, submissions, *others):
        taken = []
        sessions.append(taken)
        first(files, (taken.append(one.name) or one for one in submissions), *others)

    monkeypatch.setattr(session, "_session", counted)
    monkeypatch.setattr(session, "MAX_HELD_BYTES", 30 << 20)
    code = """
    import torch

    def half(x, times=1):
        return torch.zeros(1 << 20)
    """
    handed_in = [replace(submission(halves=code), name=f"s{number}") for number in range(5)]
    done = [graded.submission.name for graded in run([halves], handed_in, sandbox, seed=7)]
    assert done == ["s0", "s1", "s2", "s3", "s4"]
    assert [name for taken in sessions for name in taken] == done
    assert len(sessions) > 1


def test_all_exercises_are_parsed_before_any_code_of_the_submission_runs(root, sandbox):
    course = load_course(root / "grader/redteam/attacks/course")
    vault, gate = course.exercise("vault"), course.exercise("gate")
    liar = """
    import sys

    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("grader.worker"):
            if hasattr(module, "find_functions"):
                module.find_functions = lambda *arguments: {}

    def double(x):
        return x
    """
    honest = "import torch\n\ndef relu(x):\n    return torch.relu(x)\n"
    worker = StudentWorker(sandbox, submission(vault=liar, gate=honest), [vault, gate])
    try:
        worker.found(vault)
        assert [finding.call for finding in worker.found(gate).findings] == ["torch.relu"]
    finally:
        worker.close()


@pytest.mark.parametrize(
    "use",
    [
        "from grader.observe.builders import TORCH_FUNCTIONS as known\n",
        "import grader.observe.builders\nknown = grader.observe.builders.TORCH_FUNCTIONS\n",
    ],
)
def test_right_versions_of_ours_are_not_for_students(halves, sandbox, use):
    code = use + 'def half(x, times=1):\n    return known["relu"](x)\n'
    files = {PurePosixPath("halves.py"): code.encode()}
    (graded,) = run([halves], [Submission(name="one", files=files)], sandbox, seed=7)
    assert graded.exercises[0].functions[0].verdict is Verdict.FORBIDDEN
