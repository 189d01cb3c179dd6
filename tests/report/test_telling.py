from __future__ import annotations

import random

import pytest

from grader.model import Facet, Mismatch, Tier, Verdict
from grader.report.telling import rank

from .attempts import described, make_test


def failed(name: str = "t", tier: Tier = Tier.BASIC, mismatch: Mismatch | None = None, **members):
    return make_test("s", "f", name, name, tier, Verdict.FAILED, mismatch=mismatch, **members)


def shown(*arguments: object, facet: Facet = Facet.VALUE, call: str = "f(x)") -> Mismatch:
    held = tuple(described(argument) for argument in arguments)
    return Mismatch(facet=facet, sentence="", call=call, arguments=held)


SMALL = shown([1.0, 2.0])
LARGE = shown([[1.0] * 20] * 4, call="f(<tensor of shape (4, 20), float32>)")


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (failed(mismatch=LARGE), failed(hint="h")),
        (failed(mismatch=LARGE, hint="h"), failed(mismatch=SMALL)),
        (failed(mismatch=LARGE), failed(tier=Tier.EDGE, mismatch=SMALL)),
        (failed(mismatch=LARGE), failed(mismatch=shown([1.0], facet=Facet.GRADIENT))),
        (failed(mismatch=LARGE), failed(mismatch=shown([1.0], facet=Facet.NO_EXCEPTION))),
        (failed(mismatch=LARGE), failed(mismatch=shown([1.0], facet=Facet.EXCEPTION))),
        (failed(mismatch=LARGE), failed(mismatch=shown([1.0, "nan"]))),
        (failed(mismatch=LARGE), failed(mismatch=shown([]))),
        (failed(mismatch=shown(3.5)), failed(mismatch=shown(float("inf")))),
        (failed(mismatch=SMALL), failed(mismatch=shown([802.43494]))),
        (failed(tier=Tier.PARAMETERS, mismatch=SMALL), failed(mismatch=LARGE)),
        (failed(mismatch=shown([1.0] * 9)), failed(tier=Tier.PARAMETERS, mismatch=SMALL)),
        (failed(mismatch=shown([1.0] * 9)), failed(mismatch=shown([1.0] * 10))),
        (failed(mismatch=SMALL), failed(mismatch=shown([1.0, 2.0], call="f(x, stride=2)"))),
        (failed("a", mismatch=SMALL), failed("b", mismatch=SMALL)),
    ],
    ids=[
        "a case before none",
        "a known mistake before none",
        "no edge case",
        "a value before a gradient",
        "a value before an error that is due",
        "a value before an exception",
        "numbers before nan",
        "some elements before none",
        "finite before infinite",
        "short numbers before long",
        "at a glance before basic",
        "basic before smaller",
        "fewer elements",
        "fewer arguments",
        "the name at last",
    ],
)
def test_this_tells_more_than_that(better, worse):
    assert rank(better) < rank(worse)


def test_the_order_does_not_depend_on_the_order_of_the_tests():
    tests = [failed(f"t{n}", mismatch=SMALL if n % 2 else LARGE) for n in range(9)]
    shuffled = random.Random(1).sample(tests, len(tests))
    assert sorted(shuffled, key=rank) == sorted(tests, key=rank)
