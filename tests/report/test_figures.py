from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import figures


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(7), "7"),
        (Fraction(12, 5), "2.4"),
        (Fraction(1, 3), "0.33"),
        (Fraction(0), "0"),
        (Fraction(-1, 1000), "0"),
        (Fraction(100), "100"),
    ],
)
def test_points_have_at_most_two_decimals(amount, text):
    assert figures.points(amount) == text


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_a_bar_is_never_fuller_than_full(amount, total):
    assert 0 <= figures.thousandths(amount, total) <= 1000


@pytest.mark.parametrize(
    ("expected", "got", "unequal"),
    [
        (1.0, 1.0, False),
        (1, 1.0, False),
        ("nan", "nan", False),
        ("nan", 0.0, True),
        ("inf", "inf", False),
        ("inf", "-inf", True),
        ("inf", 1e300, True),
        (1.0, 1.0 + 1e-9, False),
        (1.0, 1.001, True),
        (True, False, True),
        ("1+2j", "1+2j", False),
        ("1+2j", "1+3j", True),
        (10**400, 10**400, False),
    ],
)
def test_elements_differ_as_a_reader_would_say(expected, got, unequal):
    assert figures.differs(expected, got) is unequal


def test_numbers_that_differ_never_print_alike():
    pairs = [(1.00001, 1.00009), (2.0, 2.0)]
    digits = figures.digits_needed(pairs)
    assert figures.number(1.00001, digits) != figures.number(1.00009, digits)
    assert figures.digits_needed([(1.0, 2.0)]) == 4
