"""Stubs: what learners get is the reference without its solution blocks, byte for byte."""

import ast
import json

import nbformat
import pytest

from grader.errors import ExerciseError
from grader.release import compare_stubs, make_stubs, write_stubs

REFERENCE = '''\
# %% [markdown]
# # Clipping at zero
#
# Write `relu`.

# %%
import torch
from torch import Tensor

# BEGIN SOLUTION
import math
# END SOLUTION

# %%
# BEGIN SOLUTION
def helper(x):
    return x

# END SOLUTION

# %%
def relu(x: Tensor) -> Tensor:
    """Clip the values of x at zero: "max(x, 0)"."""

    # BEGIN SOLUTION
    if x is None:
        raise ValueError("Müll")
    return helper(x).clamp(min=0)
    # END SOLUTION


class Net:
    def forward(self, x):
        # BEGIN SOLUTION
        return relu(x)
        # END SOLUTION
'''


@pytest.fixture
def exercise(tmp_path):
    """The two folders of an exercise whose stubs are not written yet."""
    for part in ("exercises", "solutions"):
        (tmp_path / part / "relu").mkdir(parents=True)
    (tmp_path / "solutions/relu/reference.py").write_text(REFERENCE, encoding="utf-8")
    return tmp_path / "exercises/relu", tmp_path / "solutions/relu"


def test_the_module_keeps_all_but_the_solution_blocks():
    text, _ = make_stubs(REFERENCE, "relu")
    assert (
        text
        == '''\
# Clipping at zero
#
# Write `relu`.


import torch
from torch import Tensor


def relu(x: Tensor) -> Tensor:
    """Clip the values of x at zero: "max(x, 0)"."""
    raise NotImplementedError("Write your solution here.")


class Net:
    def forward(self, x):
        raise NotImplementedError("Write your solution here.")
'''
    )
    ast.parse(text)


def test_the_notebook_holds_the_same_cells_and_is_valid():
    _, raw = make_stubs(REFERENCE, "relu")
    notebook = nbformat.reads(raw.decode(), as_version=4)
    nbformat.validate(notebook)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code", "code"]
    assert notebook.cells[0].source.startswith("# Clipping at zero\n")
    assert "NotImplementedError" in notebook.cells[2].source
    assert notebook.metadata.kernelspec.name == "python3"


def test_the_same_reference_gives_the_same_bytes():
    assert make_stubs(REFERENCE, "relu") == make_stubs(REFERENCE, "relu")


def test_cell_ids_come_from_the_slug():
    _, raw = make_stubs(REFERENCE, "relu")
    assert [cell["id"] for cell in json.loads(raw)["cells"]] == ["relu-1", "relu-2", "relu-3"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("x = 1\n", "no `# BEGIN SOLUTION`"),
        ("def f():\n    # BEGIN SOLUTION\n    pass\n", "line 2: `# BEGIN SOLUTION` without"),
        ("def f():\n    pass\n    # END SOLUTION\n", "line 3: `# END SOLUTION` without"),
        (
            "# BEGIN SOLUTION\n# BEGIN SOLUTION\n",
            "line 2: a solution block inside the one of line 1",
        ),
    ],
)
def test_marks_that_do_not_pair_up_are_named_by_line(source, message):
    with pytest.raises(ExerciseError, match=message):
        make_stubs(source, "relu")


def test_stubs_that_were_written_do_not_differ(exercise):
    write_stubs(*exercise)
    assert compare_stubs(*exercise) == []


def test_missing_stubs_are_differences(exercise):
    assert [line.split(": ")[1].split(";")[0] for line in compare_stubs(*exercise)] == [
        "missing",
        "missing",
    ]


def test_a_stub_that_was_edited_is_named_with_the_first_line_that_differs(exercise):
    module, _ = write_stubs(*exercise)
    module.write_text(module.read_text(encoding="utf-8").replace("import torch", "import t", 1))
    (difference,) = compare_stubs(*exercise)
    assert difference.startswith(str(module))
    assert "line 6: got 'import t', wanted 'import torch'" in difference


def test_an_exercise_without_a_reference_is_named(exercise):
    (exercise[1] / "reference.py").unlink()
    with pytest.raises(ExerciseError, match=r"reference\.py: missing"):
        write_stubs(*exercise)


def test_a_reference_with_wrong_marks_is_named_with_its_file(exercise):
    (exercise[1] / "reference.py").write_text("x = 1\n")
    with pytest.raises(ExerciseError, match=r"reference\.py, line 1: no"):
        compare_stubs(*exercise)
