"""What must stand in an exercise's texts: stated requirements, and hints that help."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.catalog import Exercise
from grader.scoring import TestPlan

__all__ = ["grader_imports", "hint_problems", "plain_asserts", "unstated"]

MAX_HINT_WORDS = 35
_UNKIND = re.compile(r"\b(you did|just|simply|obviously|clearly)\b", re.IGNORECASE)


def unstated(exercise: Exercise, plans: Sequence[TestPlan]) -> Iterator[tuple[TestPlan, str]]:
    """The tests whose `states` sentence is not in their function's docstring."""
    docstrings = _docstrings(exercise.reference)
    for plan in plans:
        text = docstrings.get(plan.function, "")
        if plan.states and _collapsed(plan.states) not in text:
            yield plan, plan.states


def _docstrings(module: Path) -> dict[str, str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {
        node.name: _collapsed(ast.get_docstring(node) or "")
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    }


def _collapsed(text: str) -> str:
    return " ".join(text.split())


def grader_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and name of each import of the grader in a file of tests; a missing file has none."""
    if not path.is_file():
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                found = [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), level=0):
                found = [module]
            case _:
                continue
        yield from ((node.lineno, name) for name in found if name.split(".")[0] == "grader")


def plain_asserts(path: Path) -> Iterator[int]:
    """The lines of `assert` inside of hidden tests."""
    for function in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
            nodes = ast.walk(function)
            yield from (node.lineno for node in nodes if isinstance(node, ast.Assert))


def hint_problems(hint: str, forbidden: Sequence[str]) -> Iterator[str]:
    """What is wrong with a hint, by the template "Your result matches … . Check … .\""""
    if len(hint.split()) > MAX_HINT_WORDS:
        yield f"has {len(hint.split())} words; {MAX_HINT_WORDS} at most"
    if not hint.startswith("Your result matches "):
        yield 'starts otherwise than "Your result matches"'
    if ". Check " not in hint:
        yield 'has no second sentence that starts with "Check"'
    if (found := _UNKIND.search(hint)) is not None:
        yield f'says "{found.group()}"'
    for call in forbidden:
        name = call.removeprefix("Tensor.")
        if "." in name and name in hint:
            yield f"names `{name}`, which the exercise forbids"
