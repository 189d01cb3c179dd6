"""A student's own check: the public tests of one exercise on a file or a notebook's cells.

It needs the folder exercises/ and no solutions. Hidden tests decide the mark, and nothing here
knows them. What is named here needs no torch: finding out what to check must not wait for it.
`running` and `page` are imported by whoever runs and shows a check.
"""

from grader.selfcheck.finding import Target, find_exercise, find_target, find_targets
from grader.selfcheck.result import CheckResult, Problem
from grader.selfcheck.untouched import is_untouched
from grader.selfcheck.watching import Watch

__all__ = [
    "CheckResult",
    "Problem",
    "Target",
    "Watch",
    "find_exercise",
    "find_target",
    "find_targets",
    "is_untouched",
]
