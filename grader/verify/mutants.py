"""Generic mutants: a function of reference.py with one change that nobody thought of by hand.

A mutant is found again by its function and its change, "`stride < 1` -> `stride <= 1`", which do
not depend on line numbers; a change that occurs several times gets "(2)", "(3)" … behind it.
Texts of errors, docstrings and annotations are left alone. Nothing runs here.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from grader.errors import ExerciseError
from grader.verify.changes import expressions, statements

__all__ = ["MAX_MUTANTS", "Mutant", "mutants"]

MAX_MUTANTS = 80  # of one function
MAX_TEXT = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One change of one function: a module with that function and what it uses."""

    function: str
    change: str
    line: int
    source: str


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a node hangs: `parent.field`, or `parent.field[index]`."""

    number: int  # of the parent in the walk
    field: str
    index: int | None
    node: ast.stmt | ast.expr


def mutants(
    source: str, function: str, others: Collection[str] = (), limit: int = MAX_MUTANTS
) -> tuple[Mutant, ...]:
    """The mutants of one function, in the order of its source; the same on every run.

    Args:
        source: of the whole module.
        function: a function at its top level; its helpers are changed too.
        others: functions of the same exercise: needed perhaps, but not changed here.
        limit: if there are more, every n-th is kept.

    Raises:
        ExerciseError: there is no such function.
    """
    module = _needed(_bare(ast.parse(source)), function)
    seen = {ast.dump(module)}
    times: Counter[str] = Counter()
    found = []
    for change, line, tree in _changed(module, function, others):
        dump = ast.dump(tree)
        if dump in seen:
            continue
        seen.add(dump)
        times[change] += 1
        told = change if times[change] == 1 else f"{change} ({times[change]})"
        text = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        found.append(Mutant(function=function, change=told, line=line, source=text))
    found.sort(key=lambda mutant: mutant.line)
    return tuple(found[:: max(1, -(-len(found) // limit))])


def _bare(tree: ast.Module) -> ast.Module:
    """Without docstrings, which are no part of what the code does."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node):
            del node.body[0]
    return tree


def _needed(module: ast.Module, function: str) -> ast.Module:
    """The function, its imports and what it calls; other functions would be tested in vain."""
    defined = {n.name: n for n in module.body if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    if function not in defined:
        raise ExerciseError(f"there is no function `{function}` in the reference")
    wanted: set[str] = set()
    due = [function]
    while due:
        name = due.pop()
        if name not in wanted:
            wanted.add(name)
            nodes = ast.walk(defined[name])
            due += [n.id for n in nodes if isinstance(n, ast.Name) and n.id in defined]
    body = [n for n in module.body if getattr(n, "name", None) in {None, *wanted}]
    return ast.Module(body=[n for n in body if not _is_text(n)], type_ignores=[])


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changed(
    module: ast.Module, function: str, others: Collection[str]
) -> Iterator[tuple[str, int, ast.Module]]:
    """(what was changed, its line, the whole module with that change)."""
    for place, definition in enumerate(module.body):
        name = getattr(definition, "name", "")
        if not name or (name in others and name != function):
            continue
        if name == function and isinstance(definition, ast.FunctionDef):
            yield from _without_options(module, place, definition)
        walked = list(ast.walk(definition))
        for slot in _slots(walked):
            for new in _replacements(slot.node):
                copied = copy.deepcopy(module)
                parent = list(ast.walk(copied.body[place]))[slot.number]
                _put(parent, slot, new)
                old, told = (
                    (walked[slot.number], parent)
                    if isinstance(slot.node, ast.Constant) and isinstance(parent, _SHOWN)
                    else (slot.node, new)
                )
                yield f"`{_text(old)}` -> `{_text(told)}`", slot.node.lineno, copied


def _without_options(
    module: ast.Module, place: int, definition: ast.FunctionDef
) -> Iterator[tuple[str, int, ast.Module]]:
    """An option is there and has no effect."""
    arguments = definition.args
    options = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    for option, default in zip(options, arguments.defaults, strict=True):
        copied = copy.deepcopy(module)
        changed = copied.body[place]
        assert isinstance(changed, ast.FunctionDef)
        target = ast.Name(id=option.arg, ctx=ast.Store())
        changed.body.insert(0, ast.Assign(targets=[target], value=copy.deepcopy(default)))
        yield f"{IGNORES} `{option.arg}`", definition.lineno, copied


IGNORES = "ignores"
_SHOWN = (ast.expr, ast.keyword)  # a constant alone says little: its surroundings are shown


def _replacements(node: ast.stmt | ast.expr) -> Iterator[list[ast.stmt] | ast.expr]:
    yield from statements(node) if isinstance(node, ast.stmt) else expressions(node)


def _put(parent: ast.AST, slot: _Slot, new: list[ast.stmt] | ast.expr) -> None:
    if slot.index is None:
        setattr(parent, slot.field, new)
    elif isinstance(new, list):
        getattr(parent, slot.field)[slot.index : slot.index + 1] = new
    else:
        getattr(parent, slot.field)[slot.index] = new


def _slots(walked: Sequence[ast.AST]) -> Iterator[_Slot]:
    """Every place of a changeable node, as its parent comes in the walk."""
    skipped: set[int] = set()
    for number, parent in enumerate(walked):
        if id(parent) in skipped or _is_silent(parent):
            skipped |= {id(child) for child in ast.iter_child_nodes(parent)}
            continue
        for field, value in ast.iter_fields(parent):
            nodes = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
            if field in _NO_CODE:
                skipped |= {id(node) for _, node in nodes}
                continue
            for index, node in nodes:
                if isinstance(node, (ast.stmt, ast.expr)) and not _is_silent(node):
                    yield _Slot(number, field, index, node)


_NO_CODE = ("annotation", "returns", "decorator_list")


def _is_silent(node: ast.AST) -> bool:
    """Texts: a change there changes no answer."""
    return isinstance(node, (ast.Raise, ast.JoinedStr)) or _is_text(node)


def _text(node: list[ast.stmt] | ast.AST) -> str:
    nodes = node if isinstance(node, list) else [node]
    text = " ".join("; ".join(_head(n) for n in nodes).split())
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1] + "…"


def _head(node: ast.AST) -> str:
    """A statement by its first line: what stands in its block is not what changes."""
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split("\n")[0]
