"""The hidden tests of the exercises as plain assertions in one process, as peers run tests.

Stands alone: it needs torch, the course's folder in COURSE, and EXERCISES. Oracle and student's
modules live in the same process, and values are compared by torch.testing.
"""

import functools
import importlib.util
import inspect
import os
import sys
import types
from pathlib import Path

import torch

COURSE = Path(os.environ["COURSE"])
EXERCISES = os.environ["EXERCISES"].split()
SEED = 20260301


def load(path, name):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def fake_grader():
    """What hidden tests import, without the grader."""
    cases = load(COURSE / "grader_cases.py", "plain_cases")
    runner = types.ModuleType("grader.runner")
    runner.case = cases.case
    runner.tier = lambda *a, **o: lambda function: function
    sys.modules["grader"], sys.modules["grader.runner"] = types.ModuleType("grader"), runner
    return cases


class Function:
    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments, **options):
        return self.function(*arguments, **options)

    def agrees_with(self, oracle, cases, *, rtol=1e-5, atol=1e-6, exact=False, magnitude=None):
        for one in cases:
            expected = oracle(*clone(one.arguments), **one.options)
            got = self.function(*clone(one.arguments), **one.options)
            same(got, expected, 0 if exact else rtol, 0 if exact else max(atol, 1e-5))

    def type_agrees_with(self, oracle, cases):
        for one in cases:
            expected = oracle(*clone(one.arguments), **one.options)
            assert type(self.function(*clone(one.arguments), **one.options)) is type(expected)

    def gradient_agrees_with(self, oracle, cases, *, rtol=1e-3, atol=1e-5):
        for one in cases:
            same(*(gradient(f, one) for f in (self.function, oracle)), rtol, atol)

    def leaves_arguments_alone(self, cases):
        for one in cases:
            given = clone(one.arguments)
            self.function(*given, **one.options)
            same(given, one.arguments, 0, 0)

    def rejects(self, cases, documented=ValueError):
        for one in cases:
            try:
                self.function(*clone(one.arguments), **one.options)
            except Exception:
                continue
            raise AssertionError("no error")


def clone(arguments):
    return tuple(a.clone() if isinstance(a, torch.Tensor) else a for a in arguments)


def gradient(function, one):
    given = [
        a.clone().requires_grad_() if isinstance(a, torch.Tensor) and a.is_floating_point() else a
        for a in one.arguments
    ]
    function(*given, **one.options).sum().backward()
    return [a.grad for a in given if isinstance(a, torch.Tensor)]


def same(got, expected, rtol, atol):
    if isinstance(expected, (tuple, list)):
        assert len(got) == len(expected)
        for one, other in zip(got, expected, strict=True):
            same(one, other, rtol, atol)
    elif isinstance(expected, torch.Tensor):
        torch.testing.assert_close(
            got, expected, rtol=rtol, atol=atol, equal_nan=True, check_dtype=False
        )
    else:
        assert got == expected


@functools.cache
def tests():
    """{name: (test, exercise)}"""
    fake_grader()
    found = {}
    for slug in EXERCISES:
        module = load(COURSE / "solutions" / slug / "test_hidden.py", f"hidden_{slug}")
        for name, value in vars(module).items():
            if name.startswith("test_"):
                found[f"{slug}_{name}"] = value, slug
    return found


@functools.cache
def oracle(slug):
    return load(COURSE / "solutions" / slug / "oracle.py", f"oracle_{slug}")


def check(name, names):
    """Run one test on the functions in `names`.

    Raises:
        AssertionError, or whatever the student's code raises.
    """
    test, slug = tests()[name]
    cases = sys.modules["plain_cases"].Cases(SEED, name)
    functions = {n: Function(f) for n, f in names.items() if callable(f)}
    given = {
        "submission": types.SimpleNamespace(**functions),
        "oracle": oracle(slug),
        "cases": cases,
    }
    test(**{name: given[name] for name in inspect.signature(test).parameters})
