"""Which top-level statements give which names their values."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.source_check.pieces import Piece

__all__ = ["Binding", "bindings_of", "bound_by", "is_main_guard"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One place where a name gets a value at the top level.

    `value` is a def, class, import or the expression assigned; None where it cannot be told (a
    loop variable, an unpacked tuple). `is_fallback`: it stands in an `except` block.
    """

    name: str
    line: int
    piece: Piece
    value: ast.AST | None
    is_fallback: bool = False


def bindings_of(pieces: Iterable[Piece]) -> Iterator[Binding]:
    """All top-level bindings in order, also inside `if`, `try`, `with` and loops."""
    for piece in pieces:
        yield from _in_statements(piece.body, piece, is_fallback=False)


def _in_statements(
    body: Iterable[ast.stmt], piece: Piece, *, is_fallback: bool
) -> Iterator[Binding]:
    for statement in body:
        for name, value in bound_by(statement):
            yield Binding(
                name=name,
                line=statement.lineno,
                piece=piece,
                value=value,
                is_fallback=is_fallback,
            )
        if not is_main_guard(statement):
            for block, is_handler in _blocks(statement):
                yield from _in_statements(block, piece, is_fallback=is_fallback or is_handler)


def bound_by(statement: ast.AST) -> Iterator[tuple[str, ast.AST | None]]:
    """The names that one statement binds itself, each with what it is bound to."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield statement.name, statement
        case ast.Import() | ast.ImportFrom():
            names = (alias.asname or alias.name.split(".")[0] for alias in statement.names)
            yield from ((name, statement) for name in names)
        case ast.Assign():
            for target in statement.targets:
                yield from _targets(target, statement.value)
        case ast.AnnAssign() if statement.value is not None:
            yield from _targets(statement.target, statement.value)
        case ast.For() | ast.AsyncFor():
            yield from _targets(statement.target, None)
        case ast.With() | ast.AsyncWith():
            targets = [item.optional_vars for item in statement.items]
            yield from _targets(ast.Tuple(elts=[t for t in targets if t is not None]), None)


def _targets(target: ast.expr, value: ast.AST | None) -> Iterator[tuple[str, ast.AST | None]]:
    match target:
        case ast.Name():
            yield target.id, value
        case ast.Tuple() | ast.List():
            parts: list[ast.AST | None] = [None] * len(target.elts)
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                parts = list(value.elts)
            for element, part in zip(target.elts, parts, strict=True):
                yield from _targets(element, part)
        case ast.Starred():
            yield from _targets(target.value, None)


def _blocks(statement: ast.stmt) -> Iterator[tuple[list[ast.stmt], bool]]:
    """The blocks inside a compound statement, and whether each is an `except` block."""
    match statement:
        case ast.If() | ast.For() | ast.AsyncFor() | ast.While():
            yield statement.body, False
            yield statement.orelse, False
        case ast.Try() | ast.TryStar():
            yield statement.body, False
            yield from ((handler.body, True) for handler in statement.handlers)
            yield statement.orelse, False
            yield statement.finalbody, False
        case ast.With() | ast.AsyncWith():
            yield statement.body, False


def is_main_guard(statement: ast.stmt) -> bool:
    """`if __name__ == "__main__":`, whose body does not run when a file is imported."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()])):
            return True
        case ast.If(test=ast.Compare(comparators=[ast.Name(id="__name__")], ops=[ast.Eq()])):
            return True
    return False
