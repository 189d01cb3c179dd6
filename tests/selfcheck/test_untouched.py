"""A stub is told by its syntax; whatever is not surely one counts as written."""

import json

import pytest

from grader.selfcheck import is_untouched

STUB = '''"""Docstring."""
import torch


def relu(x):
    """Clamp."""
    raise NotImplementedError("Write your solution here.")
'''


def saved(tmp_path, text, name="relu.py"):
    path = tmp_path / name
    path.write_text(text)
    return path


def notebook(*cells):
    return json.dumps({"cells": [{"cell_type": "code", "source": [text]} for text in cells]})


@pytest.mark.parametrize("slug", ["relu", "loss", "mnist"])
def test_every_file_that_is_handed_out_is_untouched(root, slug):
    from grader.catalog import load_exercise

    folder = root / "exercises" / slug
    names = load_exercise(folder).names
    assert is_untouched(folder / f"{slug}.py", names)
    assert is_untouched(folder / f"{slug}.ipynb", names)


@pytest.mark.parametrize(
    "text",
    [
        STUB.replace("raise Not", "return x\n    raise Not"),
        STUB + "relu = torch.relu\n",
        STUB + "def relu(x): return x\n",
        STUB + "if True\n",
        STUB.replace("relu", "mine"),
        "",
        "\0",
    ],
)
def test_anything_else_counts_as_written(tmp_path, text):
    assert not is_untouched(saved(tmp_path, text), ["relu"])


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"cells": [{}]}', notebook(STUB, "%time")])
def test_a_notebook_that_is_none_or_holds_magics_counts_as_written(tmp_path, text):
    assert not is_untouched(saved(tmp_path, text, "relu.ipynb"), ["relu"])


def test_one_written_function_of_two_is_enough(tmp_path):
    path = saved(tmp_path, STUB + STUB.replace("relu", "other").replace("raise", "pass  #"))
    assert is_untouched(path, ["relu"])
    assert not is_untouched(path, ["relu", "other"])


def test_a_file_that_is_not_there_is_not_untouched(tmp_path):
    assert not is_untouched(tmp_path / "relu.py", ["relu"])
