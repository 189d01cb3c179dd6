"""A student's own check: the public tests of one exercise on a file or a notebook's cells.

It needs the folder exercises/ and no solutions. Hidden tests decide the mark, and nothing here
knows them.
"""

from grader.selfcheck.finding import Target, find_exercise, find_targets
from grader.selfcheck.page import to_html, write_html
from grader.selfcheck.result import CheckResult, Problem
from grader.selfcheck.running import check, check_here
from grader.selfcheck.watching import Watch

__all__ = [
    "CheckResult",
    "Problem",
    "Target",
    "Watch",
    "check",
    "check_here",
    "find_exercise",
    "find_targets",
    "to_html",
    "write_html",
]
