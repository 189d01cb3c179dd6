"""How a check looks in the terminal; light, since a student waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from grader.compare.sides import sides
from grader.messages import say
from grader.selfcheck.result import short_numbers

if TYPE_CHECKING:
    from grader.model import Described
    from grader.selfcheck import CheckResult, Problem

__all__ = ["show"]

_STYLES = {"to write": "dim", "look": "yellow", "timeout": "yellow", "memory": "yellow"}


def show(result: CheckResult) -> None:
    """Print what to repair, most basic first, and how many public tests pass."""
    screen = Console(highlight=False)  # honours NO_COLOR; a student's text is never interpreted
    screen.print(Text(f"{result.result.title} ({result.file})", style="bold"))
    for problem in result.problems:
        if problem.mismatch is not None:
            screen.print()
        screen.print(_heading(problem), soft_wrap=True)
        for line in _body(problem):
            screen.print(Text("    ").append(line), soft_wrap=True)
    if any(problem.mismatch is not None for problem in result.problems):
        screen.print()
    for note in result.notes:
        screen.print(Text(say("check.note", text=_clean(note)), style="dim"), soft_wrap=True)
    if result.is_fine:
        screen.print(Text(say("check.fine"), style="green"))
    screen.print(Text(result.summary), soft_wrap=True)


def _heading(problem: Problem) -> Text:
    text = Text(f"{problem.word} ", style=_STYLES.get(problem.word, "red"))
    return text.append(f"{problem.function}: {_clean(problem.title)}", style="default")


def _body(problem: Problem) -> list[Text]:
    lines = [Text(_clean(sentence)) for sentence in problem.sentences]
    mismatch = problem.mismatch
    if mismatch is not None:
        lines += [Text(_clean(line), style="bold") for line in mismatch.snippet.splitlines()]
        named = sides(mismatch)
        width = max((len(name) for name, _ in named), default=0)
        lines += [Text(f"{name:<{width}} {_clean(_value(value))}") for name, value in named]
    if problem.where:
        lines.append(Text(say("check.place", place=_clean(problem.where)), style="dim"))
    if problem.section is not None:
        section = problem.section
        told = say("check.section", path=section.path, line=section.line, title=section.title)
        lines.append(Text(told, style="dim"))
    return lines


def _value(value: Described) -> str:
    numbers = short_numbers(value)
    return f"{value.text}: {numbers}" if numbers else value.text


def _clean(text: str) -> str:
    """Without escape sequences, which would be the terminal's business."""
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in text)
