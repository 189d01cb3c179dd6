"""What is known of a submission's functions once some of them, or all, cannot be called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from grader.catalog import Exercise
from grader.compare import clean
from grader.messages import say
from grader.model import FunctionState, Verdict
from grader.protocol import Raised
from grader.runner.loaded import Found, FoundFunction
from grader.sandbox import BoxFailed

__all__ = ["unloadable", "unusable", "with_failures"]


def unusable(exercise: Exercise, verdict: Verdict, sentence: str) -> Found:
    """Nothing can be called, for one reason."""
    broken = FoundFunction(state=FunctionState.WRITTEN, verdict=verdict, sentence=sentence)
    return Found(functions=dict.fromkeys(exercise.names, broken))


def unloadable(found: Found, failure: BoxFailed) -> Found:
    """What is written ended the worker that loaded it."""
    sentence = say("unread.loading", sentence=failure.sentence)
    return replace(
        found,
        functions={
            name: replace(f, verdict=failure.verdict, sentence=sentence)
            if f.state is FunctionState.WRITTEN
            else f
            for name, f in found.functions.items()
        },
    )


def with_failures(found: Found, failures: Mapping[str, Raised]) -> Found:
    """Some functions could not be loaded."""
    functions = dict(found.functions)
    for name, raised in failures.items():
        error = f"{clean(raised.type_name)}: {clean(raised.text)}{_place(raised)}"
        sentence = say("unread.function", error=error)
        functions[name] = replace(functions[name], verdict=Verdict.ERROR, sentence=sentence)
    return replace(found, functions=functions)


def _place(raised: Raised) -> str:
    """The line, and the cell where there are cells; "" if it is not known."""
    if not raised.line:
        return ""
    cell = raised.path.rpartition(", cell ")[2]
    if cell.isdecimal():
        return say("unread.cell", cell=cell, line=raised.line)
    return say("unread.line", line=raised.line)
