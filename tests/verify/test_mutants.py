"""Generic mutants: one change each, found again by its description."""

import ast

import pytest

from grader.errors import ExerciseError
from grader.verify.mutants import mutants

MODULE = '''
import math

def helper(n):
    return n + 1

def other(x):
    return x * 5

def area(height, width=3, *, closed=True):
    """The area (1 + 1 is no code)."""
    if height < 0:
        raise ValueError(f"{height + 1} is odd")
    total = height * helper(width)
    return math.floor(total) if closed and total else max(total, other(0))
'''


def changes(source, function, **options):
    return {mutant.change: mutant for mutant in mutants(source, function, **options)}


@pytest.mark.parametrize(
    "change",
    [
        "ignores `width`",
        "`3` -> `4`",
        "`height < 0` -> `height <= 0`",
        "`if height < 0:` -> `pass`",
        "`total = height * helper(width)` -> `pass`",
        "`total = height * helper(width)` -> `total = height * helper(width); return total`",
        "`math.floor` -> `math.ceil`",
        "`closed and total` -> `closed or total`",
        "`max(total, other(0))` -> `min(total, other(0))`",
        "`n + 1` -> `n - 1`",
        "`return n + 1` -> `return -(n + 1)`",
    ],
)
def test_each_kind_of_change_is_made(change):
    assert change in changes(MODULE, "area")


def test_a_mutant_differs_from_the_reference_in_the_named_place_only():
    mutant = changes(MODULE, "area")["`height < 0` -> `height <= 0`"]
    assert mutant.source.count("height <= 0") == 1
    assert mutant.line == 12
    assert (
        mutant.source.replace("height <= 0", "height < 0")
        == ast.unparse(ast.parse(MODULE.replace('"""The area (1 + 1 is no code)."""', ""))) + "\n"
    )


def test_texts_of_errors_and_docstrings_are_left_alone():
    assert not [change for change in changes(MODULE, "area") if "odd" in change]
    assert all("height + 1}" in m.source for m in mutants(MODULE, "area") if "raise" in m.source)


def test_functions_of_the_same_exercise_are_not_changed_and_others_not_handed_in():
    assert "`x * 5` -> `x + 5`" in changes(MODULE, "area")
    assert "`x * 5` -> `x + 5`" not in changes(MODULE, "area", others=("area", "other"))
    assert all("def area" not in mutant.source for mutant in mutants(MODULE, "helper"))


def test_no_two_mutants_are_the_same_code_and_none_is_the_reference():
    sources = [mutant.source for mutant in mutants(MODULE, "area")]
    assert len(set(sources)) == len(sources)
    assert not {ast.dump(ast.parse(MODULE))} & {ast.dump(ast.parse(source)) for source in sources}


def test_the_order_is_that_of_the_source_and_the_same_on_every_run():
    found = mutants(MODULE, "area")
    assert [mutant.line for mutant in found] == sorted(mutant.line for mutant in found)
    assert found == mutants(MODULE, "area")


def test_a_change_that_occurs_twice_is_numbered():
    found = changes("def f(a, b):\n    a = a + 1\n    b = a + 1\n    return a, b\n", "f")
    assert {"`a + 1` -> `a - 1`", "`a + 1` -> `a - 1` (2)"} <= found.keys()


def test_of_too_many_every_nth_is_kept():
    whole, some = mutants(MODULE, "area"), mutants(MODULE, "area", limit=10)
    assert len(some) <= 10 < len(whole)
    assert set(some) <= set(whole)


def test_the_order_of_arguments_of_max_says_nothing():
    assert not [c for c in changes("def f(a, b):\n    return max(a, b)\n", "f") if "max(b, a)" in c]


def test_an_unknown_function_is_named():
    with pytest.raises(ExerciseError, match="`volume`"):
        mutants(MODULE, "volume")
