"""A notebook run by nbclient in a box leaves what it leaves when IPython alone runs it."""

import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from grader.config import ExecutionSettings
from grader.model import Submission
from grader.pipeline.notebooks import executed_notebooks
from grader.runner import run

pytest.importorskip("nbclient", reason="nbclient is absent: it comes with [instructor]")
pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

SAMPLES = (
    "await_and_main",
    "dead_kernel",
    "duplicated_cells",
    "endless_cell",
    "flood",
    "half_finished",
    "input_and_exit",
    "rich_outputs",
    "skipped_and_slow",
    "state_from_other_cells",
)


def notebook(*cells) -> bytes:
    rows = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None, "source": s}
        for s in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": rows}).encode()


@pytest.fixture
def ran(tiny_course, sandbox):
    """Grade a notebook; its points, notes, and executed.ipynb."""
    halves = replace(tiny_course.exercise("halves"), notebook="execute")

    def grade(data: bytes, engine: str, seconds: float = 3.0):
        settings = ExecutionSettings(engine=engine, cell_seconds=seconds, total_seconds=60.0)
        submission = Submission(name="s", files={PurePosixPath("work.ipynb"): data})
        exercise = replace(halves, execution=settings)
        (one,) = run([exercise], [submission], sandbox, seed=7)
        result = one.exercises[0]
        (made,) = executed_notebooks(one.executions, sandbox).files.values()
        return result.points, [note.text for note in result.notes], json.loads(made)

    return grade


@pytest.mark.parametrize("name", SAMPLES)
def test_both_engines_give_the_same_points_notes_and_outputs(root, ran, name):
    data = (root / f"tests/samples/notebooks/{name}.ipynb").read_bytes()
    assert ran(data, "nbclient") == ran(data, "ipython")


def test_only_a_kernel_has_comms_and_functions_are_called_in_it(ran, tiny_course):
    cells = [
        tiny_course.exercise("halves").reference.read_text(),
        "type(get_ipython().kernel).__mro__[1].__name__",
        "import comm\nchannel = comm.create_comm(target_name='anything')\nchannel.comm_id != ''",
        "before = half\ndef half(x, times=1):\n    return before(x, times)",
    ]
    points, notes, made = ran(notebook(*cells), "nbclient")
    texts = [cell["outputs"][0]["data"]["text/plain"] for cell in made["cells"][1:3]]
    assert texts == ["'IPythonKernel'", "True"]
    assert points == 8
    assert notes == ["`half` is defined 2 times; the last one counts"]


def test_a_flood_of_messages_is_bounded(ran, tiny_course):
    cells = [
        "from IPython.display import display\nfor i in range(1500):\n    display('x' * 100_000)",
        tiny_course.exercise("halves").reference.read_text(),
    ]
    points, _, made = ran(notebook(*cells), "nbclient", seconds=40.0)
    assert points == 8
    assert made["cells"][0]["metadata"]["grader"]["status"] == "ok"
    assert len(made["cells"][0]["outputs"]) <= 200
