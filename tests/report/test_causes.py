from __future__ import annotations

import dataclasses
from fractions import Fraction

from grader.model import Described, Facet, Mismatch, Tier, Verdict
from grader.report.causes import causes

from .attempts import make_function, make_test


def failed(name: str, tier: Tier = Tier.BASIC, verdict: Verdict = Verdict.FAILED, **members):
    return make_test("s", "f", name, name, tier, verdict, **members)


def grouped(*tests) -> list[list[str]]:
    function = make_function("f", 10, list(tests))
    return [[test.title for test in cause.tests] for cause in causes(function.tests)]


def value(sentence: str, call: str = "f()", facet: Facet = Facet.VALUE) -> Mismatch:
    return Mismatch(facet=facet, sentence=sentence, call=call)


def test_one_hint_is_one_cause():
    assert grouped(failed("a", hint="h"), failed("b", hint="h"), failed("c", hint="other")) == [
        ["a", "b"],
        ["c"],
    ]


def test_two_wrong_values_may_have_two_reasons():
    wrong = value("The value is wrong.")
    assert len(grouped(failed("a", mismatch=wrong), failed("b", mismatch=wrong))) == 2


def test_the_same_wrong_dtype_is_one_cause():
    wrong = value("The result is float64.", facet=Facet.DTYPE)
    assert len(grouped(failed("a", mismatch=wrong), failed("b", mismatch=wrong))) == 1


def test_the_same_crash_is_one_cause_and_another_is_not():
    assert grouped(
        failed("a", verdict=Verdict.ERROR, sentence="IndexError"),
        failed("b", verdict=Verdict.ERROR, sentence="IndexError"),
        failed("c", verdict=Verdict.ERROR, sentence="KeyError"),
    ) == [["a", "b"], ["c"]]


def test_what_was_raised_is_one_cause_whether_an_answer_or_an_error_was_due():
    got = Described(text="KeyError: 'x'")
    raised = dataclasses.replace(value("It raised.", facet=Facet.EXCEPTION), got=got)
    refused = dataclasses.replace(raised, sentence="It failed.")
    assert grouped(
        failed("a", verdict=Verdict.ERROR, mismatch=raised),
        failed("b", verdict=Verdict.ERROR, mismatch=refused),
    ) == [["a", "b"]]


def test_tests_that_say_nothing_are_not_put_together():
    assert len(grouped(failed("a"), failed("b"))) == 2


def test_most_points_to_gain_stand_first():
    found = causes(make_function("f", 10, [failed("edge", Tier.EDGE), failed("basic")]).tests)
    assert [cause.tests[0].title for cause in found] == ["basic", "edge"]
    assert sum((cause.gain for cause in found), Fraction(0)) == 10


def test_the_smallest_case_of_the_lowest_tier_leads():
    assert grouped(
        failed("late", Tier.EDGE, hint="h", mismatch=value("", "f(1)")),
        failed("long", hint="h", mismatch=value("", "f(1, 2, 3)")),
        failed("short", hint="h", mismatch=value("", "f(1)")),
        failed("unshown", hint="h"),
    ) == [["short", "long", "late", "unshown"]]


def test_points_that_wait_for_the_basic_tests_count_as_gain():
    withheld = make_test("s", "f", "edge", "edge", Tier.EDGE, needs_basic=True)
    function = make_function("f", 10, [failed("a", hint="h"), failed("b", hint="h"), withheld])
    edge = dataclasses.replace(function.tests[2], points=Fraction(0))
    [cause] = causes((*function.tests[:2], edge))
    assert cause.gain == 10
    assert cause.max_points == 8
    two = causes(make_function("f", 10, [failed("a"), failed("b"), withheld]).tests)
    assert [cause.unlocks for cause in two] == [0, 0]


def test_what_passed_or_never_ran_is_no_failure():
    assert grouped(failed("a", verdict=Verdict.PASSED), failed("b", verdict=Verdict.SKIPPED)) == []


def test_no_answer_is_one_cause_whatever_the_case():
    crash = value("The process ended.", facet=Facet.CRASH)
    later = value("It was not called: the process ended.", facet=Facet.CRASH)
    assert grouped(
        failed("a", verdict=Verdict.ERROR, mismatch=crash),
        failed("b", verdict=Verdict.ERROR, mismatch=later),
    ) == [["a", "b"]]
    assert grouped(
        failed("a", verdict=Verdict.TIMEOUT, sentence="after 2 s"),
        failed("b", verdict=Verdict.TIMEOUT, sentence="after 3 s"),
    ) == [["a", "b"]]
