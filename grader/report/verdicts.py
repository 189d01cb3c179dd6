"""Verdicts as badges: word, icon and tone always together, so that colour is never alone."""

from __future__ import annotations

from grader.messages import say
from grader.model import CellStatus, FunctionResult, FunctionState, Verdict
from grader.report.page_parts import Badge

__all__ = [
    "cell_badge",
    "function_badge",
    "is_failure",
    "is_unread",
    "is_unreadable",
    "verdict_badge",
]

_LOOKS = {
    Verdict.PASSED: ("ok", "good"),
    Verdict.FAILED: ("no", "bad"),
    Verdict.ERROR: ("bolt", "bad"),
    Verdict.TIMEOUT: ("clock", "bad"),
    Verdict.MEMORY: ("stack", "bad"),
    Verdict.OUTPUT: ("lines", "bad"),
    Verdict.FORBIDDEN: ("stop", "warn"),
    Verdict.SKIPPED: ("dash", "quiet"),
    Verdict.INTERNAL: ("alert", "warn"),
}


_CELLS = {
    CellStatus.ERROR: ("bolt", "bad"),
    CellStatus.TIMEOUT: ("clock", "bad"),
    CellStatus.INTERRUPTED: ("stop", "bad"),
    CellStatus.SKIPPED: ("dash", "quiet"),
    CellStatus.UNREACHED: ("dash", "warn"),
}


def is_failure(verdict: Verdict) -> bool:
    """Whether there is something to fix: it ran, and did not pass."""
    return verdict not in {Verdict.PASSED, Verdict.SKIPPED}


def is_unreadable(function: FunctionResult) -> bool:
    """Whether a missing function stands there, but is not Python or no function."""
    return function.state is FunctionState.MISSING and not function.nearest and bool(function.line)


def is_unread(function: FunctionResult) -> bool:
    """Whether a function is missing because its file could not be read at all."""
    is_missing = function.state is FunctionState.MISSING and not function.nearest
    return is_missing and bool(function.path) and not function.line


def verdict_badge(verdict: Verdict) -> Badge:
    """The badge of one test."""
    icon, tone = _LOOKS[verdict]
    return Badge(word=say(f"verdict.{verdict.value}"), icon=icon, tone=tone)


def function_badge(function: FunctionResult) -> Badge:
    """The badge of a function: missing and stub before the verdict, and what passes counts."""
    if is_unreadable(function):
        return Badge(word=say("state.UNREADABLE"), icon="alert", tone="bad")
    if function.state is FunctionState.MISSING:
        return Badge(word=say("state.MISSING"), icon="dash", tone="warn")
    if function.state is FunctionState.STUB:
        return Badge(word=say("state.STUB"), icon="dash", tone="quiet")
    if function.verdict is Verdict.FAILED and function.points > 0:
        return Badge(word=say("state.PARTLY"), icon="half", tone="warn")
    return verdict_badge(function.verdict)


def cell_badge(status: CellStatus | None) -> Badge | None:
    """The badge of a cell that was executed, or was to be; none where all went well."""
    if status is None or status is CellStatus.OK:
        return None
    icon, tone = _CELLS[status]
    return Badge(word=say(f"cell.{status.value}"), icon=icon, tone=tone)
