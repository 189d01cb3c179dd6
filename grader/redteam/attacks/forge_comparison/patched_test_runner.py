"""Replaces whatever reports that a test failed."""

# /// attack
# verdicts = { double = "FAILED" }
# ///

import sys


def passed(item, call, *rest):
    from _pytest.reports import TestReport

    call.excinfo = None
    return TestReport.from_item_and_call(item, call)


runner = sys.modules.get("_pytest.runner")
if runner is not None:
    runner.CallInfo.from_call = classmethod(
        lambda cls, func, when, reraise=None: cls(None, None, 0.0, 0.0, 0.0, when, _ispytest=True)
    )


def double(x):
    return 0
