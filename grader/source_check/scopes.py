"""Scopes of a student's code: which names a function, class or module binds itself."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from grader.source_check.bindings import bindings_of, bound_by
from grader.source_check.pieces import Piece

__all__ = ["Function", "Module", "Scope", "body_of", "class_scope", "function_scope", "nodes_in"]

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_SPECIAL = {ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.AnnAssign, ast.If, ast.Name,
            ast.Constant}  # fmt: skip


@dataclass(eq=False, slots=True)
class Module:
    """One file of a submission, as the checks see it."""

    path: str
    pieces: tuple[Piece, ...]
    scope: Scope = field(init=False)

    def __post_init__(self) -> None:
        scope = Scope(module=self, parent=None)
        fallbacks: dict[str, list[ast.AST | None]] = {}
        for binding in bindings_of(self.pieces):
            places = fallbacks if binding.is_fallback else scope.names
            places.setdefault(binding.name, []).append(binding.value)
            if binding.value is not None:
                scope.piece_of[id(binding.value)] = binding.piece
        for name, values in fallbacks.items():
            scope.names.setdefault(name, values)
        # At the time of a call the last value counts; which one is last is known at top level.
        scope.names = {name: values[-1:] for name, values in scope.names.items()}
        scope.stars = [
            node.module
            for piece in self.pieces
            for node in piece.body
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*" and node.module
        ]
        self.scope = scope

    def is_called(self, dotted: str) -> bool:
        """Whether `import dotted` in another file of the submission means this one."""
        parts = PurePosixPath(self.path).with_suffix("").parts
        wanted = tuple(dotted.split("."))
        return self.path.endswith(".py") and parts[-len(wanted) :] == wanted


@dataclass(eq=False, slots=True)
class Scope:
    """Names bound in one function, class body or module; several values if they differ by time.

    `piece` is where its statements stand, None for a module as a whole.
    """

    module: Module
    parent: Scope | None
    names: dict[str, list[ast.AST | None]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)
    piece_of: dict[int, Piece] = field(default_factory=dict)
    piece: Piece | None = None
    owner: ast.ClassDef | None = None
    owner_scope: Scope | None = None
    self_name: str = ""
    is_class: bool = False


def nodes_in(roots: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes that run when the roots run, in order: not the bodies of functions that they
    define, nor annotations, nor what stands under `if False:`."""
    todo = list(roots)[::-1]
    while todo:
        node = todo.pop()
        yield node
        todo += _children(node)[::-1]


def _children(node: ast.AST) -> list[ast.AST]:
    """Written for speed: the checks spend most of their time here."""
    if type(node) in _SPECIAL:
        return _special_children(node)
    children: list[ast.AST] = []
    for name in node._fields:
        part = getattr(node, name, None)
        if type(part) is list:
            children += [item for item in part if isinstance(item, ast.AST)]
        elif isinstance(part, ast.AST) and name not in ("ctx", "op"):
            children.append(part)
    return children


def _special_children(node: ast.AST) -> list[ast.AST]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return [*node.decorator_list, *_defaults(node.args)]
        case ast.Lambda():
            return list(_defaults(node.args))
        case ast.AnnAssign():
            return [part for part in (node.target, node.value) if part is not None]
        case ast.If(test=ast.Constant(value=value)) if not value:
            return list(node.orelse)
        case ast.If():
            return [node.test, *node.body, *node.orelse]
    return []


def _defaults(arguments: ast.arguments) -> Iterator[ast.expr]:
    yield from arguments.defaults
    yield from (default for default in arguments.kw_defaults if default is not None)


def body_of(function: Function) -> Sequence[ast.AST]:
    """The statements of a function, or the expression of a lambda."""
    return [function.body] if isinstance(function, ast.Lambda) else function.body


def function_scope(
    function: Function, parent: Scope, piece: Piece | None, *, with_defaults: bool = False
) -> Scope:
    """The scope inside a function.

    `with_defaults`: parameters have their default values, as in a function that the grader calls.
    """
    scope = Scope(module=parent.module, parent=parent, piece=piece)
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    others = [a for a in (arguments.vararg, arguments.kwarg, *arguments.kwonlyargs) if a]
    for argument in (*positional, *others):
        scope.names[argument.arg] = [None]
    if with_defaults:
        count = len(arguments.defaults)
        for argument, default in zip(positional[-count:] if count else [], arguments.defaults,
                                     strict=True):  # fmt: skip
            scope.names[argument.arg] = [default]
    if parent.is_class:
        is_static = any(
            isinstance(d, ast.Name) and d.id == "staticmethod"
            for d in getattr(function, "decorator_list", ())
        )
        scope.self_name = positional[0].arg if positional and not is_static else ""
        scope.owner, scope.owner_scope = parent.owner, parent.parent
    _bind_all(scope, body_of(function))
    return scope


def class_scope(node: ast.ClassDef, parent: Scope, piece: Piece | None) -> Scope:
    """The scope of a class body."""
    scope = Scope(module=parent.module, parent=parent, piece=piece, owner=node, is_class=True)
    _bind_all(scope, node.body)
    return scope


def _bind_all(scope: Scope, body: Iterable[ast.AST]) -> None:
    elsewhere: set[str] = set()
    for node in nodes_in(body):
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            elsewhere.update(node.names)
        for name, value in _bound_inside(node):
            scope.names.setdefault(name, []).append(value)
    for name in elsewhere:
        scope.names.pop(name, None)


def _bound_inside(node: ast.AST) -> Iterator[tuple[str, ast.AST | None]]:
    """As bound_by, and what else can bind a name inside a function."""
    yield from bound_by(node)
    match node:
        case ast.NamedExpr(target=ast.Name(id=name)):
            yield name, node.value
        case ast.AugAssign(target=ast.Name(id=name)):
            yield name, None
        case ast.comprehension():
            for part in ast.walk(node.target):
                if isinstance(part, ast.Name):
                    yield part.id, None
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)):
            yield name, None
        case ast.MatchStar(name=str(name)) | ast.MatchMapping(rest=str(name)):
            yield name, None
