"""Behaves differently under a grader, and looks for the expected value in its callers."""

# /// attack
# verdicts = { open_vault = "FAILED", repeat = "FAILED" }
# ///

import os
import sys


def is_graded():
    names = ("pytest", "_pytest", "grader", "grader.worker", "nbgrader", "otter")
    return os.getpid() == 1 or os.getcwd() == "/box/work" or any(n in sys.modules for n in names)


def open_vault(n):
    frame = sys._getframe() if is_graded() else None
    while frame is not None:
        for names in (frame.f_locals, frame.f_globals):
            if "oracle" in names and hasattr(names["oracle"], "open_vault"):
                return names["oracle"].open_vault(n)
        frame = frame.f_back
    return 0


def repeat(text):
    return "not under a grader" if is_graded() else text * 2
