"""What a trace of calls at run time costs, and what it can never cost."""

import pytest

from grader.errors import FrameError
from grader.model import Verdict
from grader.protocol import Raised
from grader.runner.loaded import traced_findings

pytestmark = pytest.mark.sandbox
COMPUTED = 'getattr(torch, "".join(["d", "iv"]))(x, 2**times)'


def half_of(result):
    return next(f for f in result.functions if f.name == "half")


def test_a_call_seen_only_at_run_time_costs_the_points_and_names_its_line(graded, good):
    source = good.replace("x * 0.5**times", COMPUTED)
    [result] = graded(source)
    half = half_of(result)
    assert (half.verdict, half.points) == (Verdict.FORBIDDEN, 0)
    [note] = half.notes
    assert "torch.div" in note.text
    assert "getattr" in source.splitlines()[note.line - 1]
    assert "would give 4 points" in half.sentence
    assert [f.verdict for f in result.functions if f.name != "half"] == [Verdict.PASSED] * 2


def test_a_branch_on_an_option_is_traced_too(graded, good):
    by_option = f"({COMPUTED} if times > 1 else x * 0.5**times)"
    [result] = graded(good.replace("x * 0.5**times", by_option))
    assert half_of(result).verdict is Verdict.FORBIDDEN


def test_a_function_that_breaks_under_the_trace_keeps_its_points(graded, good):
    breaks = "sys.getprofile() and os._exit(3)"
    for what in (breaks, "assert not sys.getprofile()", "while sys.getprofile(): pass"):
        body = f"import os, sys\n    {what}\n    if times < 0:"
        [result] = graded(good.replace("if times < 0:", body))
        assert [f.verdict for f in result.functions] == [Verdict.PASSED] * 3, what


def test_a_function_without_a_passed_test_is_not_traced(graded, good):
    [result] = graded(good.replace("return x * 0.5**times", f"{COMPUTED}; return None"))
    half = half_of(result)
    assert half.verdict is Verdict.FAILED
    assert half.notes == ()


def test_a_trace_that_failed_finds_nothing():
    failed = Raised(classes=("Exception", "BaseException"), text="", type_name="OutOfTime")
    assert traced_findings(failed) == ()


@pytest.mark.parametrize("reply", [None, 3, {}, ["torch.div"], [[1]]])
def test_a_reply_that_is_no_list_of_findings_is_refused(reply):
    with pytest.raises(FrameError):
        traced_findings(reply)


def test_findings_are_cleaned_and_bounded():
    row = {"function": "half", "call": "torch.\x1b[31mdiv" + "x" * 500, "line": -4, "path": 7}
    found = traced_findings([row] * 300)
    assert len(found) == 200
    assert "\x1b" not in found[0].call
    assert len(found[0].call) <= 121
    assert (found[0].line, found[0].path, found[0].cell) == (None, "", None)
