"""Points: exact, never more than there are, and only for what passed."""

from dataclasses import replace
from fractions import Fraction
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.config import TierShares
from grader.model import (
    Array,
    Described,
    Facet,
    FunctionState,
    Mismatch,
    Show,
    TestResult,
    Tier,
    Verdict,
    window_around,
)
from grader.scoring import (
    Outcome,
    TestPlan,
    _shortened,
    function_verdict,
    score_tests,
    spread,
)

tiers = st.sampled_from(Tier)
plans_strategy = st.lists(st.tuples(tiers, st.integers(1, 5)), min_size=1, max_size=12).map(
    lambda rows: [
        TestPlan(id=f"t{i}", function="f", title="", tier=tier, weight=Fraction(weight))
        for i, (tier, weight) in enumerate(rows)
    ]
)
points_strategy = st.fractions(min_value=Fraction(1, 9), max_value=20)


def plan(name, tier="basic"):
    return TestPlan(id=name, function="f", title=name, tier=Tier(tier))


def passed(*names):
    return {name: Outcome(verdict=Verdict.PASSED) for name in names}


@given(points_strategy, plans_strategy)
def test_a_functions_points_are_spread_without_a_remainder(points, plans):
    worth = spread(points, TierShares(), plans)
    assert sum(worth.values()) == points
    assert all(share > 0 for share in worth.values())


@given(points_strategy, plans_strategy, st.data())
def test_what_is_earned_lies_between_nothing_and_everything(points, plans, data):
    outcomes = {
        p.id: Outcome(
            verdict=data.draw(st.sampled_from(Verdict)), needs_basic=data.draw(st.booleans())
        )
        for p in plans
    }
    results = score_tests(points, TierShares(), plans, outcomes)
    earned = sum(result.points for result in results)
    assert 0 <= earned <= points
    assert all(r.points == 0 for r in results if r.verdict is not Verdict.PASSED)


@given(points_strategy, plans_strategy, st.randoms())
def test_the_order_of_tests_does_not_matter(points, plans, random):
    outcomes = passed(*(p.id for p in plans[::2]))
    shuffled = list(plans)
    random.shuffle(shuffled)
    one = {r.id: r.points for r in score_tests(points, TierShares(), plans, outcomes)}
    two = {r.id: r.points for r in score_tests(points, TierShares(), shuffled, outcomes)}
    assert one == two


def test_the_tiers_split_60_25_15():
    plans = [plan("a"), plan("b", "parameters"), plan("c", "edge")]
    assert spread(Fraction(4), TierShares(), plans) == {
        "a": Fraction(12, 5),
        "b": Fraction(1),
        "c": Fraction(3, 5),
    }


def test_a_tier_without_a_test_gives_its_share_to_the_others_in_proportion():
    plans = [plan("a"), plan("c", "edge")]
    worth = spread(Fraction(75), TierShares(), plans)
    assert worth == {"a": 60, "c": 15}


def test_a_test_without_an_outcome_is_our_fault_and_earns_nothing():
    (result,) = score_tests(Fraction(1), TierShares(), [plan("a")], {})
    assert result.verdict is Verdict.INTERNAL
    assert result.points == 0


def test_an_error_test_counts_only_with_the_basic_tests():
    plans = [plan("a"), plan("c", "edge")]
    refusal = {"c": Outcome(verdict=Verdict.PASSED, needs_basic=True)}
    failed = score_tests(
        Fraction(1), TierShares(), plans, {"a": Outcome(verdict=Verdict.FAILED), **refusal}
    )
    assert [r.points for r in failed] == [0, 0]
    assert "basic tests" in failed[1].sentence
    both = score_tests(Fraction(1), TierShares(), plans, passed("a") | refusal)
    assert sum(r.points for r in both) == 1


def test_a_forbidden_function_earns_nothing_though_its_tests_pass():
    results = score_tests(Fraction(1), TierShares(), [plan("a")], passed("a"), forbidden=True)
    assert results[0].points == 0
    assert function_verdict(FunctionState.WRITTEN, results, forbidden=True) is Verdict.FORBIDDEN


def results(*verdicts):
    return [
        TestResult(id=str(i), function="f", title="", tier=Tier.BASIC, verdict=verdict,
                   points=Fraction(0), max_points=Fraction(1), show=Show.EXPLAIN)
        for i, verdict in enumerate(verdicts)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "verdicts", "whole"),
    [
        (FunctionState.WRITTEN, [Verdict.PASSED, Verdict.PASSED], Verdict.PASSED),
        (FunctionState.WRITTEN, [], Verdict.FAILED),
        (FunctionState.WRITTEN, [Verdict.PASSED, Verdict.TIMEOUT], Verdict.TIMEOUT),
        (FunctionState.WRITTEN, [Verdict.FAILED, Verdict.TIMEOUT], Verdict.FAILED),
        (FunctionState.WRITTEN, [Verdict.PASSED, Verdict.INTERNAL], Verdict.INTERNAL),
        (FunctionState.MISSING, [Verdict.SKIPPED], Verdict.SKIPPED),
        (FunctionState.STUB, [Verdict.SKIPPED], Verdict.SKIPPED),
    ],
)
def test_a_function_has_one_verdict_and_no_test_is_no_pass(state, verdicts, whole):
    assert function_verdict(state, results(*verdicts)) is whole


SHAPES = st.lists(st.integers(1, 40), min_size=1, max_size=4).map(tuple)


@given(SHAPES, st.data(), st.integers(1, 300))
def test_a_part_of_an_array_holds_its_place_and_no_more_than_asked(shape, data, most):
    at = tuple(data.draw(st.integers(0, size - 1)) for size in shape)
    start, window = window_around(shape, at, most)
    assert prod(window) <= most
    assert all(
        0 <= s <= i < s + w <= n for s, i, w, n in zip(start, at, window, shape, strict=True)
    )
    if prod(shape) <= most:
        assert window == shape


def shown(array: Array, at) -> Array:
    """What a student sees of the expected value."""
    mismatch = Mismatch(
        facet=Facet.VALUE, sentence="", call="f(x)", at=at, expected=Described(text="", array=array)
    )
    return _shortened(mismatch).expected.array


def numbered(*shape: int) -> Array:
    values = tuple(map(float, range(prod(shape))))
    return Array(dtype="float32", shape=shape, values=values)


def test_a_student_sees_64_elements_around_the_first_difference():
    found = shown(numbered(12, 20), (11, 19))
    assert (found.start, found.window, found.truncated) == ((4, 12), (8, 8), True)
    assert found.values == tuple(float(20 * y + x) for y in range(4, 12) for x in range(12, 20))


def test_a_part_of_a_part_knows_where_it_lies():
    whole = numbered(16, 16)
    part = replace(whole, shape=(100, 100), start=(50, 60), window=(16, 16), truncated=True)
    found = shown(part, (58, 70))
    assert (found.start, found.window) == ((54, 66), (8, 8))
    assert found.values[0] == whole.values[4 * 16 + 6]


@pytest.mark.parametrize("at", [None, (0,), (0, 0, 0, 0), (99, 0), (-1, 0)])
def test_without_a_place_in_the_array_a_student_sees_its_first_elements(at):
    found = shown(numbered(12, 20), at)
    assert (found.values, found.window) == (tuple(map(float, range(64))), ())


def test_an_array_of_64_elements_is_shown_whole():
    assert shown(numbered(8, 8), (7, 7)) == numbered(8, 8)


def test_the_only_array_of_a_list_is_cut_around_its_place():
    assert shown(numbered(12, 20), (0, 11, 19)).start == (4, 12)
