"""Signatures that can take the calls, and those that cannot."""

import pytest

from grader.runner.arity import signature_problem, signatures
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
