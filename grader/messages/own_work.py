"""What `grader check` says around results, in the terminal, in a notebook and on its page; and the
summary that `grader ci` leaves on a forge."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["TEXTS"]

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        # What is to be repaired
        "check.unwritten": "not written yet",
        "check.missing": "there is no function of this name",
        "check.forbidden": "makes a call that this exercise does not allow, which would score 0",
        "check.repeated": "The same as above.",
        # Around it
        "check.passed": "{passed} of {total} public tests pass.",
        "check.hidden": "The mark is decided by hidden tests, which look at more.",
        "check.fine": "All public tests pass.",
        "check.title": "{title}: {passed} of {total} public tests pass",
        "check.note": "note: {text}",
        "check.place": "in {place}",
        "check.section": "to read again: {path}, line {line}, “{title}”",
        "check.cell": "cell {cell}",
        "check.line": "line {line}",
        "check.page.call": "A call that shows it",
        "check.page.note": "Note: {text}",
        "check.page.place": "In {place}.",
        "check.page.section": "To read again: {path}, “{title}”.",
        "check.beside": "It imports {files} of another exercise: hand in these files together.",
        "check.begun.not": "Not begun yet: {names}",
        "check.watching": "Watching; save the file to check again, Ctrl-C to stop.",
        "check.stopped": "Stopped.",
        # On a forge
        "ci.heading": "Exercises",
        "ci.void": "This grading does not count: the grader failed, not your work.",
        "ci.points": "{points} of {total} points",
        "ci.provenance": "Result {reference}, isolation {isolation}.",
        "ci.table": "| exercise | function | result | tests passed | points |",
        "ci.passed": "{passed} of {total}",
        "ci.repair": "To repair",
        "ci.more": "… and {n} more; the page has them all.",
        "ci.place": "{path}, line {line}",
        "ci.note": "note",
        "ci.hidden test": "a hidden test",
    }
)
