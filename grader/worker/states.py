"""Whether the value bound to a name is a written function, a stub or something else."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator

__all__ = ["State", "parameters_of", "state_of"]


class State(enum.StrEnum):
    """As model.FunctionState, plus a name that holds something else than a function."""

    MISSING = "MISSING"
    STUB = "STUB"
    WRITTEN = "WRITTEN"
    NO_FUNCTION = "NO_FUNCTION"


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
        return all(_says_nothing(one) or _is_super_init(one) for one in statement.body)
    return _says_nothing(statement)


def _is_super_init(statement: ast.stmt) -> bool:
    """`super().__init__()`, which the stub of a class may hold already."""
    return isinstance(statement, ast.Expr) and ast.unparse(statement) == "super().__init__()"


def parameters_of(value: ast.AST | None) -> list[tuple[str, str, bool]] | None:
    """Name, kind (inspect's, in lower case) and whether there is a default; None if unknown.

    A decorator may put a function with other parameters in its place.
    """
    match value:
        case ast.FunctionDef(decorator_list=[]) | ast.AsyncFunctionDef(decorator_list=[]):
            return list(_parameters(value.args))
        case ast.Lambda():
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
