"""What is released is searched for the solutions' names, bytes and text."""

import gzip
import io
import json
import zipfile
from pathlib import PurePosixPath

import pytest

from grader.release import find_leaks, make_stubs

REFERENCE = '''\
# %%
def conv_out(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    """Output size."""
    # BEGIN SOLUTION
    reach = size + 2 * padding - kernel_size
    if reach < 0 or stride < 1:
        raise ValueError("the kernel does not fit")
    return reach // stride + 1
    # END SOLUTION


# %%
def relu(x):
    """Clip at zero."""
    # BEGIN SOLUTION
    return x.clamp(min=0)
    # END SOLUTION
'''

HIDDEN = '''\
"""Hidden tests."""

import torch
from grader.runner import case, tier

SMALL = [case(1, 1), case(5, 3), case(5, 3, stride=2)]


@tier("basic", of="conv_out", states="the rest is dropped (floor)")
def test_default_arguments(submission, oracle, cases):
    """The size without options."""
    submission.conv_out.agrees_with(oracle.conv_out, SMALL + cases.random(50, valid_sizes))
'''


@pytest.fixture
def solutions(tmp_path):
    folder = tmp_path / "solutions" / "sizes"
    (folder / "wrong_answer/conv_out").mkdir(parents=True)
    (folder / "reference.py").write_text(REFERENCE)
    (folder / "test_hidden.py").write_text(HIDDEN)
    (folder / "wrong_answer/conv_out/ignores_padding.py").write_text(
        '"""Your result ignores the padding."""\n\n'
        "def conv_out(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:\n"
        "    return (size - kernel_size) // stride + 1\n"
    )
    return tmp_path / "solutions"


def leaks_of(solutions, name, text):
    return find_leaks({PurePosixPath(name): text.encode()}, solutions)


def notebook_with(source):
    cell = {"cell_type": "code", "source": source.splitlines(keepends=True), "outputs": []}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_the_stubs_themselves_hold_no_secret(solutions):
    module, notebook = make_stubs(REFERENCE, "sizes")
    released = {PurePosixPath("sizes.py"): module.encode(), PurePosixPath("s.ipynb"): notebook}
    assert find_leaks(released, solutions) == []


def test_a_statement_may_say_what_the_docstrings_and_hidden_tests_state(solutions):
    text = "The rest is dropped (floor).\n\n    conv_out(size, kernel_size, stride=1, padding=0)\n"
    assert leaks_of(solutions, "README.md", text) == []


def test_a_copied_file_is_found_by_its_bytes_under_any_name(solutions):
    (leak,) = leaks_of(solutions, "data/notes.txt", HIDDEN)
    assert "the same bytes as solutions/sizes/test_hidden.py" in leak


def test_a_secret_name_is_found_whatever_it_holds(solutions):
    (leak,) = leaks_of(solutions, "exercises/sizes/oracle.py", "x = 1\n")
    assert "its name is that of a secret file" in leak


@pytest.mark.parametrize("name", ["sizes.py", "README.md", "notes.txt"])
def test_a_solution_that_was_reformatted_is_found_by_its_text(solutions, name):
    text = (
        "def other():\n  reach = size+2*padding - kernel_size  # sure?\n"
        "  if reach<0 or stride < 1 :\n       raise ValueError('the kernel does not fit')\n"
    )
    (leak,) = leaks_of(solutions, name, text)
    assert "holds text of solutions/sizes/reference.py" in leak


def test_a_solution_block_of_a_few_tokens_is_found(solutions):
    (leak,) = leaks_of(solutions, "README.md", "Write `return x.clamp(min = 0)`.")
    assert "holds text of solutions/sizes/reference.py" in leak


def test_a_hidden_test_in_a_notebook_cell_is_found(solutions):
    (leak,) = leaks_of(solutions, "sizes.ipynb", notebook_with(HIDDEN.split("SMALL = ")[1]))
    assert "holds text of solutions/sizes/test_hidden.py" in leak


def test_a_hidden_test_in_a_comment_is_found(solutions):
    lines = HIDDEN.split("@tier")[1].splitlines()
    text = "import torch\n" + "".join(f"# {line}\n" for line in lines)
    (leak,) = leaks_of(solutions, "test_public.py", text)
    assert "holds text of solutions/sizes/test_hidden.py" in leak


def test_equal_arrays_of_numbers_are_no_secret(solutions):
    numbers = "torch.tensor([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])\n"
    hidden = solutions / "sizes/test_hidden.py"
    hidden.write_text(HIDDEN + f"EXPECTED = {numbers}")
    assert leaks_of(solutions, "test_public.py", f"WANTED = {numbers}") == []


@pytest.mark.parametrize("name", ["data/cases.gz", "data/cases.zip", "figure.svg"])
def test_a_hidden_test_that_was_packed_or_saved_as_utf_16_is_found(solutions, name):
    text = HIDDEN + "# and one more line, so that the bytes differ\n"
    if name.endswith(".gz"):
        raw = gzip.compress(text.encode())
    elif name.endswith(".zip"):
        with zipfile.ZipFile(packed := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("notes.txt", text)
        raw = packed.getvalue()
    else:
        raw = text.encode("utf-16")
    (leak,) = find_leaks({PurePosixPath(name): raw}, solutions)
    assert "holds text of solutions/sizes/test_hidden.py" in leak


@pytest.mark.parametrize(
    "raw", [b"\x1f\x8bnot gzip", b"PK\x03\x04not a zip", gzip.compress(b"x", mtime=0)[:9]]
)
def test_a_damaged_archive_stops_nothing(solutions, raw):
    assert find_leaks({PurePosixPath("data/x.bin"): raw}, solutions) == []


def test_what_a_solution_imports_is_no_secret(solutions):
    block = "# BEGIN SOLUTION\nfrom torch.nn import functional as F\n# END SOLUTION\n"
    reference = solutions / "sizes/reference.py"
    reference.write_text(block + reference.read_text())
    assert leaks_of(solutions, "README.md", "Use `from torch.nn import functional as F`.") == []
