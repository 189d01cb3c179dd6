"""Points: exact, never more than there are, and only for what passed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.config import TierShares
from grader.model import FunctionState, Show, TestResult, Tier, Verdict
from grader.scoring import Outcome, TestPlan, function_verdict, score_tests, spread

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
