"""`import grader; grader.check("relu")` in a cell, run by nbclient as Jupyter would."""

import nbformat
import pytest
from nbclient import NotebookClient

CELLS = [
    "import torch",
    "def relu(x):\n    return x.abs()",
    'import grader\ngrader.check("relu")',
    "def relu(x):\n    return x.clamp(min=0)",
    "result = grader.check()\nprint(result)\nresult",
    'try:\n    grader.check("rellu")\nexcept Exception as error:\n    print(error)',
]


@pytest.fixture(scope="module")
def outputs(root, tmp_path_factory):
    import shutil

    folder = tmp_path_factory.mktemp("course") / "relu"
    shutil.copytree(root / "exercises/relu", folder)
    cells = [nbformat.v4.new_code_cell(text) for text in CELLS]
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    return [cell.outputs for cell in notebook.cells]


def shown(cell):
    return "".join(output.get("text", "") for output in cell if output.output_type == "stream")


def html(cell):
    return next(o.data["text/html"] for o in cell if o.output_type == "execute_result")


def test_the_cells_that_ran_are_checked_and_the_result_is_html(outputs):
    assert "0 of 3 public tests pass" in html(outputs[2])
    assert "print(relu(torch.tensor" in html(outputs[2])


def test_the_last_definition_counts_although_nothing_was_saved(outputs):
    assert "3 of 3 public tests pass" in html(outputs[4])
    assert "hidden tests" in shown(outputs[4])


def test_an_exercise_that_is_not_there_is_answered_with_what_to_do(outputs):
    assert "start Jupyter in the folder that was handed out" in shown(outputs[5])
