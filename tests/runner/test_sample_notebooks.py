"""Notebooks in the styles that students hand in, in both modes: each gets a fair score.

tests/samples/notebooks/make.py wrote them. 8 points are all points of the exercise.
"""

import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from grader.config import ExecutionSettings
from grader.model import Submission
from grader.pipeline.notebooks import executed_notebooks
from grader.runner import run

pytestmark = pytest.mark.sandbox

# name: points by definitions, points when executed, numbers of the cells that fail there
EXPECTED = {
    "await_and_main": (8, 8, []),
    "colab_export": (8, 8, []),
    "course_with_training": (8, 8, []),
    "dead_kernel": (8, 8, [2]),
    "duplicated_cells": (8, 8, []),
    "endless_cell": (8, 8, [1]),
    "error_above_the_function": (8, 8, [2]),
    "fast_style": (8, 8, []),
    "files_and_progress": (4, 8, []),
    "flood": (8, 8, [1]),
    "format_3": (8, 8, []),
    "half_finished": (8, 8, [5, 6, 9]),
    "import_in_a_later_cell": (8, 8, [3]),
    "input_and_exit": (8, 8, [2, 4]),
    "kaggle_export": (8, 8, []),
    "magics": (8, 8, []),
    "no_metadata": (8, 8, []),
    "otter_style": (8, 8, [1]),
    "patched_shell": (8, 8, [2, 3, 4, 5]),
    "r_language": (0, 0, []),
    "reordered_cells": (8, 8, [1]),
    "rich_outputs": (8, 8, []),
    "second_definition_wins": (4, 4, []),
    "shadowed_builtins": (8, 8, []),
    "skipped_and_slow": (8, 8, []),
    "state_from_other_cells": (8, 8, []),
    "vscode_export": (8, 8, []),
}


@pytest.fixture
def samples(root):
    return root / "tests/samples/notebooks"


@pytest.fixture
def halves(tiny_course):
    settings = ExecutionSettings(cell_seconds=2.5, total_seconds=20.0)
    return replace(tiny_course.exercise("halves"), execution=settings)


@pytest.fixture
def grade(halves, sandbox):
    def graded(data: bytes, mode: str):
        submission = Submission(name="s", files={PurePosixPath("work.ipynb"): data})
        (one,) = run([replace(halves, notebook=mode)], [submission], sandbox, seed=7)
        return one

    return graded


def test_every_sample_is_expected_to_do_something(samples):
    assert {path.stem for path in samples.glob("*.ipynb")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_notebook_is_graded_by_its_definitions(samples, grade, name):
    one = grade((samples / f"{name}.ipynb").read_bytes(), "definitions")
    assert one.exercises[0].points == EXPECTED[name][0]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_notebook_is_executed(samples, grade, sandbox, name):
    one = grade((samples / f"{name}.ipynb").read_bytes(), "execute")
    result = one.exercises[0]
    failed = [
        cell.number
        for execution in one.executions
        for cell in execution.cells
        if cell.status not in ("ok", "skipped", "unreached")
    ]
    assert (result.points, failed) == EXPECTED[name][1:], [note.text for note in result.notes]
    for data in executed_notebooks(one.executions, sandbox).files.values():
        assert b"<script" not in data.replace(b"\\u003c", b"<") or name == "rich_outputs"
        assert all("source" in cell for cell in json.loads(data)["cells"])


def test_30_megabytes_of_pictures_are_executed(samples, grade, halves, sandbox):
    notebook = json.loads((samples / "course_with_training.ipynb").read_text())
    shown = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "A" * 3_000_000}}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for cell in code[:10]:
        cell["outputs"] = [shown]
    data = json.dumps(notebook).encode()
    assert len(data) > 30_000_000
    one = grade(data, "execute")
    assert one.exercises[0].points == 8
    (made,) = executed_notebooks(one.executions, sandbox).files.values()
    assert len(made) < 100_000
