"""Which top-level statement gives a name its value, and whether it is a written function."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.source_check import Piece

__all__ = ["Binding", "State", "bindings_of", "is_main_guard", "parameters_of", "state_of"]

Function = ast.FunctionDef | ast.AsyncFunctionDef


class State(enum.StrEnum):
    """As model.FunctionState, plus a name that holds something else than a function."""

    MISSING = "MISSING"
    STUB = "STUB"
    WRITTEN = "WRITTEN"
    NO_FUNCTION = "NO_FUNCTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One place where a name gets a value at the top level; `value` is a def, class, import or the
    expression assigned, None where it cannot be told (a loop variable, an unpacked tuple)."""

    name: str
    line: int
    piece: Piece
    value: ast.AST | None


def bindings_of(pieces: Iterable[Piece]) -> Iterator[Binding]:
    """All top-level bindings in order, also inside `if`, `try` and `with`."""
    for piece in pieces:
        yield from _in_statements(piece.body, piece)


def _in_statements(body: Iterable[ast.stmt], piece: Piece) -> Iterator[Binding]:
    for statement in body:
        for name, value in _bound_by(statement):
            yield Binding(name=name, line=_line(statement), piece=piece, value=value)
        if not is_main_guard(statement):
            for block in _blocks(statement):
                yield from _in_statements(block, piece)


def _line(statement: ast.stmt) -> int:
    return statement.lineno


def _bound_by(statement: ast.stmt) -> Iterator[tuple[str, ast.AST | None]]:
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


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    match statement:
        case ast.If():
            yield from (statement.body, statement.orelse)
        case ast.Try() | ast.TryStar():
            yield statement.body
            yield from (handler.body for handler in statement.handlers)
            yield from (statement.orelse, statement.finalbody)
        case ast.With() | ast.AsyncWith():
            yield statement.body
        case ast.For() | ast.AsyncFor() | ast.While():
            yield from (statement.body, statement.orelse)


def is_main_guard(statement: ast.stmt) -> bool:
    """`if __name__ == "__main__":`, whose body does not run when a file is imported."""
    match statement:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()])):
            return True
        case ast.If(test=ast.Compare(comparators=[ast.Name(id="__name__")], ops=[ast.Eq()])):
            return True
    return False


def state_of(value: ast.AST | None) -> State:
    """What a bound value is, as far as its syntax tells."""
    match value:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return State.STUB if all(map(_says_nothing, value.body)) else State.WRITTEN
        case ast.ClassDef():
            return State.STUB if all(map(_is_empty_member, value.body)) else State.WRITTEN
        case ast.Lambda() if _is_nothing(value.body):
            return State.STUB
        case (
            ast.Constant()
            | ast.JoinedStr()
            | ast.List()
            | ast.Tuple()
            | ast.Dict()
            | ast.Set()
            | ast.ListComp()
            | ast.DictComp()
            | ast.SetComp()
            | ast.GeneratorExp()
            | ast.Compare()
            | ast.BinOp()
            | ast.UnaryOp()
        ):
            return State.NO_FUNCTION
    return State.WRITTEN


def _says_nothing(statement: ast.stmt) -> bool:
    """A docstring, `pass`, `...`, `return None` or `raise NotImplementedError`."""
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None):
            return True
        case ast.Return(value=value) if value is not None:
            return _is_nothing(value)
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) | ast.Name(id=name)):
            return name in ("NotImplementedError", "NotImplemented")
    return False


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value in (None, ...)


def _is_empty_member(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.FunctionDef):
        return all(map(_says_nothing, statement.body))
    return _says_nothing(statement)


def parameters_of(value: ast.AST | None) -> list[tuple[str, str, bool]] | None:
    """Name, kind (inspect's, in lower case) and whether there is a default; None if unknown."""
    if isinstance(value, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return list(_parameters(value.args))
    return None


def _parameters(arguments: ast.arguments) -> Iterator[tuple[str, str, bool]]:
    positional = [(argument, "positional_only") for argument in arguments.posonlyargs]
    positional += [(argument, "positional_or_keyword") for argument in arguments.args]
    first_default = len(positional) - len(arguments.defaults)
    for index, (argument, kind) in enumerate(positional):
        yield argument.arg, kind, index >= first_default
    if arguments.vararg:
        yield arguments.vararg.arg, "var_positional", False
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield argument.arg, "keyword_only", default is not None
    if arguments.kwarg:
        yield arguments.kwarg.arg, "var_keyword", False
