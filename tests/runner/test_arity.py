"""Signatures that can take the calls, and those that cannot."""

import json

import pytest

from grader.runner.arity import handed_out_signatures, signature_problem, signatures
from grader.runner.loaded import Parameter


def parameters(text, tmp_path):
    path = tmp_path / "m.py"
    path.write_text(f"def f({text}): ...")
    return signatures(path)["f"]


WANTED = "size, kernel_size, stride=1"


@pytest.mark.parametrize("text", ["n, k, stride=1", "n, k, stride=2, extra=0", "n, k, *, stride=1"])
def test_renamed_arguments_and_further_options_fit(text, tmp_path):
    wanted, got = parameters(WANTED, tmp_path), parameters(text, tmp_path)
    assert signature_problem("f", wanted, got) == ""


@pytest.mark.parametrize("text", ["n", "n, k", "n, k, s=1", "n, k, m, stride=1"])
def test_missing_or_further_required_arguments_are_told(text, tmp_path):
    wanted, got = parameters(WANTED, tmp_path), parameters(text, tmp_path)
    assert "f(size, kernel_size, stride=…)" in signature_problem("f", wanted, got)


def test_star_arguments_and_unknown_signatures_are_given_the_benefit_of_the_doubt(tmp_path):
    wanted = parameters(WANTED, tmp_path)
    star = (Parameter(name="args", kind="var_positional", has_default=False),)
    assert signature_problem("f", wanted, star) == signature_problem("f", wanted, None) == ""


def test_required_arguments_in_another_order_are_told(tmp_path):
    wanted, got = parameters(WANTED, tmp_path), parameters("kernel_size, size, stride=1", tmp_path)
    assert "f(kernel_size, size, stride=…)" in signature_problem("f", wanted, got)
    options = parameters("x, a=1, b=2", tmp_path), parameters("x, b=2, a=1", tmp_path)
    assert signature_problem("f", *options) == ""


def handed_out(folder, module, cell):
    notebook = {"cells": [{"cell_type": "code", "source": [cell]}]}
    (folder / f"{folder.name}.py").write_text(module)
    (folder / f"{folder.name}.ipynb").write_text(json.dumps(notebook))
    found = handed_out_signatures(folder)
    return [p.name for p in found["f"]] if "f" in found else None


def test_only_a_stub_tells_how_a_function_was_handed_out(tmp_path):
    stub = 'def f(x, mode="zeros"):\n    """Doc."""\n    raise NotImplementedError("here")\n'
    own = "def f(image):\n    return image\n"
    begun = "def f(y):\n    print(y)\n    raise NotImplementedError\n"
    assert handed_out(tmp_path, stub, stub) == ["x", "mode"]
    assert handed_out(tmp_path, own, stub) == ["x", "mode"]
    assert handed_out(tmp_path, stub, own) == ["x", "mode"]
    assert handed_out(tmp_path, own, begun) is None
    assert handed_out(tmp_path, "def f(:", "%matplotlib inline") is None
    assert handed_out(tmp_path, "x = " + "(" * 5000, "[" * 100_000) is None
