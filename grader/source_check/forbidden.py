"""Forbidden calls along the calls that can be reached from one function; nothing is run.

A forbidden name is a dotted prefix ("torch.nn", "torch.conv1d") or "Tensor.NAME" for a method of
that name on something that the student did not define. What the student defined is never
forbidden. Best effort: what is found is there, but clever disguises are not seen.
"""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grader.source_check.names import Forbidden
from grader.source_check.pieces import Piece
from grader.source_check.resolving import Resolver, as_attribute, constant_text
from grader.source_check.scopes import Function, Module, Scope, body_of, nodes_in
from grader.source_check.values import (
    External,
    Instance,
    Made,
    Own,
    OwnClass,
    Value,
)

__all__ = ["Checker", "Finding", "Report"]

_TENSOR_LIBRARIES = ("torch", "numpy")
_TAKES_FUNCTIONS = {"builtins.map", "builtins.filter", "functools.partial", "functools.reduce",
                    "torch.vmap", "torch.func.vmap", "torch.jit.script", "torch.jit.trace",
                    "torch.compile", "numpy.vectorize", "numpy.apply_along_axis"}  # fmt: skip
_MAKES_ATTRIBUTES = {"SimpleNamespace", "namedtuple", "Namespace", "setattr"}
_MOST_FUNCTIONS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A forbidden call: the library function by its full name, and where it stands."""

    function: str
    call: str
    path: str
    line: int
    cell: int | None = None


@dataclass(slots=True, kw_only=True)
class Report:
    """What one function reaches. `libraries`: each package used, with the place of first use."""

    findings: list[Finding] = field(default_factory=list)
    libraries: dict[str, Finding] = field(default_factory=dict)


class Checker:
    """Checks functions of one submission, given as all its files."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._modules = {module.path: module for module in modules}
        self._resolver = Resolver(modules)
        self._own_attributes = frozenset(_own_attributes(modules))

    def check(self, path: str, function: str, forbidden: Sequence[str]) -> Report:
        """Follow the calls of `function`, a top-level name of the file `path`.

        Args:
            path: the file whose function is judged.
            function: its name there.
            forbidden: names as in the module docstring.
        """
        walk = _Walk(self._resolver, self._own_attributes, function, forbidden)
        if path in self._modules:
            walk.start(self._modules[path])
            walk.run()
        return walk.report


class _Walk:
    """Visits each reachable function once."""

    def __init__(
        self,
        resolver: Resolver,
        own_attributes: frozenset[str],
        function: str,
        forbidden: Sequence[str],
    ) -> None:
        self.report = Report()
        self._resolver = resolver
        self._own_attributes = own_attributes
        self._function = function
        self._forbidden = Forbidden(forbidden)
        self._seen: set[int] = set()
        self._called: dict[int, frozenset[str]] = {}
        self._todo: list[tuple[Own, bool]] = []

    def start(self, module: Module) -> None:
        scope = module.scope
        for node in scope.names.get(self._function, ()):
            if node is None:
                continue
            piece = scope.piece_of.get(id(node))
            place = Scope(module=module, parent=scope, piece=piece)
            for value in self._resolver.name(self._function, scope, 0):
                self._call(value, node, place)
            if isinstance(node, ast.expr):
                self._nodes([node], place)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self._nodes(node.decorator_list, place)

    def run(self) -> None:
        is_first = True
        while self._todo and len(self._seen) < _MOST_FUNCTIONS:
            own, is_root = self._todo.pop(0)
            piece = own.scope.piece or own.scope.piece_of.get(id(own.node))
            if piece is None:
                piece = _piece_with(own.scope.module, own.node)
            scope = self._resolver.scope_in(
                own.node, own.scope, piece, with_defaults=is_first and is_root
            )
            is_first = False
            self._nodes(body_of(own.node), scope)

    def _visit(self, own: Own) -> None:
        if id(own.node) in self._seen:
            return
        self._todo.append((own, not self._seen))
        self._seen.add(id(own.node))
        if not isinstance(own.node, ast.Lambda):
            self._nodes(own.node.decorator_list, own.scope)

    def _nodes(self, roots: Sequence[ast.AST], scope: Scope) -> None:
        for node in nodes_in(roots):
            match node:
                case ast.Call():
                    self._call_node(node, scope)
                case ast.Name(ctx=ast.Load()) | ast.Attribute(ctx=ast.Load()) | ast.Lambda():
                    self._mentioned(node, scope)
                case ast.ClassDef():
                    pass  # its body binds names; methods are visited when they are called

    def _mentioned(self, node: ast.expr, scope: Scope) -> None:
        """A function that is passed on, returned or stored may be called later."""
        for value in self._resolver.values(node, scope):
            if isinstance(value, Own):
                self._visit(value)
            elif isinstance(value, External):
                package = value.name.split(".")[0]
                if package == "grader":  # ours: its tables hold functions, so a mention will do
                    self._judge(value.name, node, scope)
                if package != "builtins" and package not in self.report.libraries:
                    self.report.libraries[package] = self._finding(package, node, scope)

    def _call_node(self, node: ast.Call, scope: Scope) -> None:
        targets = self._resolver.values(node.func, scope)
        for target in targets:
            self._call(target, node, scope)
            self._functions_passed(target, node, scope)
        attribute = as_attribute(node.func)
        if not targets and attribute is not None:
            self._method(attribute[0], attribute[1], node, scope)
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            for value in self._resolver.values(argument, scope):
                if isinstance(value, Instance):
                    self._call(value, node, scope)

    def _call(self, target: Value, node: ast.AST, scope: Scope) -> None:
        match target:
            case External() | Made():
                self._judge(target.name, node, scope)
            case Own():
                self._visit(target)
            case OwnClass():
                self._constructed(target, node, scope)
            case Instance():
                for name in ("__call__", "forward"):
                    self._members(target.cls, name)

    def _constructed(self, cls: OwnClass, node: ast.AST, scope: Scope) -> None:
        for base in self._resolver.bases(cls):
            if isinstance(base, External):
                self._judge(base.name, node, scope)
        for name in ("__new__", "__init__", "__post_init__"):
            self._members(cls, name)
        if isinstance(node, ast.ClassDef):  # the class itself is what was asked for
            self._call(Instance(cls), node, scope)

    def _members(self, cls: OwnClass, name: str) -> None:
        for value in self._resolver.member(cls, name):
            if isinstance(value, Own):
                self._visit(value)

    def _method(self, owner: ast.expr, name: str, node: ast.Call, scope: Scope) -> None:
        """A call of a method that is not known to be the student's."""
        values = self._resolver.values(owner, scope)
        # If a class of theirs has such a method, something unknown may be an object of it.
        if not values and name.rstrip("_") not in self._own_attributes:
            self._judge_method(name, node, scope)
        for value in values:
            match value:
                case Made():
                    if name in ("forward", "__call__"):
                        self._judge(value.name, node, scope)
                    elif value.name.split(".")[0] in _TENSOR_LIBRARIES:
                        self._judge_method(name, node, scope)
                case OwnClass() if name == "apply":  # torch.autograd.Function
                    self._members(value, "forward")
                    self._members(value, "backward")

    def _functions_passed(self, target: Value, node: ast.Call, scope: Scope) -> None:
        """Library functions as arguments, where they will be called."""
        if isinstance(target, External):
            if target.name in ("builtins.eval", "builtins.exec"):
                self._evaluated(node, scope)
            is_taker = target.name in _TAKES_FUNCTIONS
            arguments: list[ast.expr] = list(node.args) if is_taker else []
        elif isinstance(target, Own):
            key = id(target.node)
            if key not in self._called:
                self._called[key] = _parameters_called(target.node)
            arguments = list(_arguments_called(target.node, self._called[key], node))
        else:
            arguments = []
        for argument in arguments:
            for value in self._resolver.values(argument, scope):
                if isinstance(value, External):
                    self._judge(value.name, argument, scope)

    def _evaluated(self, node: ast.Call, scope: Scope) -> None:
        text = constant_text(node.args[0]) if node.args else None
        if text is None:
            return
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            body = ast.parse(text.strip()).body
            for part in body:
                for inner in ast.walk(part):
                    if hasattr(inner, "lineno"):
                        inner.lineno = node.lineno
            self._nodes(body, scope)

    def _judge_method(self, name: str, node: ast.AST, scope: Scope) -> None:
        if self._forbidden.covers_method(name):
            self._found(f"Tensor.{name}", node, scope)

    def _judge(self, name: str, node: ast.AST, scope: Scope) -> None:
        if self._forbidden.covers(name):
            is_method = name.startswith("torch.Tensor.")
            self._found(name.removeprefix("torch.") if is_method else name, node, scope)

    def _found(self, call: str, node: ast.AST, scope: Scope) -> None:
        finding = self._finding(call, node, scope)
        if finding not in self.report.findings:
            self.report.findings.append(finding)

    def _finding(self, call: str, node: ast.AST, scope: Scope) -> Finding:
        piece = scope.piece
        return Finding(
            function=self._function,
            call=call,
            path=piece.path if piece else scope.module.path,
            line=getattr(node, "lineno", 1),
            cell=piece.cell if piece else None,
        )


def _piece_with(module: Module, node: ast.AST) -> Piece | None:
    """The piece in which a definition stands."""
    for piece in module.pieces:
        if any(part is node for statement in piece.body for part in ast.walk(statement)):
            return piece
    return None


def _own_attributes(modules: Sequence[Module]) -> Iterator[str]:
    """Names of methods and attributes that the student gives to objects anywhere."""
    for module in modules:
        for piece in module.pieces:
            for statement in piece.body:
                for node in ast.walk(statement):
                    yield from _attributes_given(node)


def _attributes_given(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.ClassDef():
            for member in node.body:
                match member:
                    case ast.FunctionDef() | ast.AsyncFunctionDef():
                        yield member.name
                    case ast.Assign(targets=[ast.Name(id=name)]):
                        yield name
                    case ast.AnnAssign(target=ast.Name(id=name)):
                        yield name
        case ast.Attribute(ctx=ast.Store(), attr=name):
            yield name
        case ast.Call(func=ast.Name(id=maker) | ast.Attribute(attr=maker)):
            if maker in _MAKES_ATTRIBUTES:
                yield from (keyword.arg for keyword in node.keywords if keyword.arg)
                yield from (text for part in node.args if (text := constant_text(part)))


def _parameters_called(function: Function) -> frozenset[str]:
    """Names that the function calls, its parameters among them."""
    return frozenset(
        part.func.id
        for part in nodes_in(body_of(function))
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
    )


def _arguments_called(
    function: Function, called: frozenset[str], node: ast.Call
) -> Iterator[ast.expr]:
    """The arguments of a call whose parameters the student's function calls in turn."""
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    for name, value in zip(names, node.args, strict=False):
        if name in called:
            yield value
    for keyword in node.keywords:
        if keyword.arg in called:
            yield keyword.value
