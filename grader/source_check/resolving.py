"""Follows names, attributes and aliases to what they stand for.

The answer is a list of possibilities; an empty one means that nothing is known. Where code could
mean several things the answer stays empty, so that no student is accused by a guess.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence

from grader.source_check.pieces import Piece
from grader.source_check.scopes import (
    Function,
    Module,
    Scope,
    class_scope,
    function_scope,
    nodes_in,
)
from grader.source_check.values import (
    External,
    Instance,
    Literal,
    Made,
    Own,
    OwnClass,
    OwnModule,
    Value,
)

__all__ = ["Resolver", "as_attribute", "constant_text"]

_DEEPEST = 30
_SHALLOW = 10
_MOST_STEPS = 1_000_000  # aliases of aliases can be written so that their number doubles
_LITERALS = (
    ast.Constant,
    ast.JoinedStr,
    ast.List,
    ast.Tuple,
    ast.Dict,
    ast.Set,
    ast.ListComp,
    ast.DictComp,
    ast.SetComp,
    ast.GeneratorExp,
    ast.Compare,
)
_UNWRAPPING = {"builtins.staticmethod", "builtins.classmethod", "functools.partial",
               "functools.wraps", "torch.jit.script", "torch.compile", "torch.vmap",
               "torch.func.vmap", "numpy.vectorize"}  # fmt: skip
_REAL_MODULES = {"torch", "numpy"}  # imported before any student file of that name could be


def constant_text(node: ast.expr) -> str | None:
    """The text of a constant expression such as `"re" + "lu"`."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = constant_text(left), constant_text(right)
            return None if first is None or second is None else first + second
    return None


def as_attribute(node: ast.AST) -> tuple[ast.expr, str] | None:
    """Object and name of `object.name`, `getattr(object, "name")`, `vars(object)["name"]`."""
    match node:
        case ast.Attribute(value=value, attr=name):
            return value, name
        case ast.Call(func=ast.Name(id="getattr"), args=[value, key, *_]):
            text = constant_text(key)
            return None if text is None else (value, text)
        case (
            ast.Subscript(value=ast.Attribute(value=value, attr="__dict__"), slice=key)
            | ast.Subscript(value=ast.Call(func=ast.Name(id="vars"), args=[value]), slice=key)
        ):
            text = constant_text(key)
            return None if text is None else (value, text)
    return None


def _choices(node: ast.AST) -> Sequence[ast.expr]:
    """The expressions of which one becomes the value of `node`."""
    match node:
        case ast.IfExp():
            return [node.body, node.orelse]
        case ast.BoolOp():
            return node.values
        case ast.NamedExpr():
            return [node.value]
    return []


def _results(function: Function) -> Iterator[ast.expr]:
    """The expressions that a function may return."""
    if isinstance(function, ast.Lambda):
        yield function.body
        return
    for node in nodes_in(function.body):
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value


class Resolver:
    """Knows all files of a submission."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self._modules = modules
        self._steps = 0
        self._known: dict[tuple[int, int], list[Value]] = {}
        self._kept: list[ast.AST] = []  # so that no other node gets the id of a known one
        self._scopes: dict[tuple[int, int, bool], Scope] = {}
        self._class_scopes: dict[int, Scope] = {}
        self._results: dict[int, list[ast.expr]] = {}

    def values(self, node: ast.AST | None, scope: Scope, depth: int = 0) -> list[Value]:
        """What the expression or definition may stand for, seen from `scope`."""
        if node is None or depth > _DEEPEST:
            return []
        key = (id(node), id(scope))
        if key in self._known:
            return self._known[key]
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return []
        values = self._values(node, scope, depth)
        if depth <= _SHALLOW:  # deeper ones may have been cut short
            self._known[key] = values
            self._kept.append(node)
        return values

    def _values(self, node: ast.AST, scope: Scope, depth: int) -> list[Value]:
        attribute = as_attribute(node)
        if attribute is not None and not self._is_shadowed(node, scope):
            owners = self.values(attribute[0], scope, depth + 1)
            return [v for owner in owners for v in self.attribute(owner, attribute[1], depth + 1)]
        match node:
            case ast.Name():
                return self.name(node.id, scope, depth + 1)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                return [Own(node, scope)]
            case ast.ClassDef():
                return [OwnClass(node, scope)]
            case ast.Call():
                return self._called(node, scope, depth + 1)
            case ast.Subscript():
                return self._item(node, scope, depth + 1)
        if isinstance(node, _LITERALS):
            return [Literal(node, scope)]
        return [v for part in _choices(node) for v in self.values(part, scope, depth + 1)]

    def _is_shadowed(self, node: ast.AST, scope: Scope) -> bool:
        """Whether `getattr` or `vars` there is a function of the student's."""
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            return False
        return self.name(node.func.id, scope, 1) != [External(f"builtins.{node.func.id}")]

    def name(self, name: str, scope: Scope, depth: int) -> list[Value]:
        """What a name stands for; from inside a method, names of the class body do not count."""
        here: Scope | None = scope
        while here is not None:
            if name in here.names and (here is scope or not here.is_class):
                if here.self_name == name and here.owner and here.owner_scope:
                    return [Instance(OwnClass(here.owner, here.owner_scope))]
                return self._one_of(here.names[name], name, here, depth)
            here = here.parent
        if hasattr(builtins, name):
            return [External(f"builtins.{name}")]
        return self._starred(name, scope, depth)

    def _starred(self, name: str, scope: Scope, depth: int) -> list[Value]:
        """What `from … import *` gives: a name of their own modules, else of the only other one."""
        modules = [self._module(star) for star in scope.module.scope.stars]
        for module in modules:
            if isinstance(module, OwnModule) and name in module.module.scope.names:
                return self.attribute(module, name, depth)
        others = [module for module in modules if isinstance(module, External)]
        return self.attribute(others[0], name, depth) if len(others) == 1 else []

    def _one_of(
        self, nodes: Sequence[ast.AST | None], name: str, scope: Scope, depth: int
    ) -> list[Value]:
        """The value that all bindings of a name agree on."""
        if len(nodes) > 8:
            return []
        found = [self._bound(node, name, scope, depth) for node in nodes]
        return found[0] if all(values == found[0] for values in found[1:]) else []

    def _bound(self, node: ast.AST | None, name: str, scope: Scope, depth: int) -> list[Value]:
        match node:
            case ast.Import():
                return [self._imported(node, name)]
            case ast.ImportFrom():
                return self._imported_from(node, name, depth)
            case ast.Name() if node.id == name:
                return self.name(name, scope.parent, depth) if scope.parent else []
        return self.values(node, scope, depth)

    def _imported(self, node: ast.Import, name: str) -> Value:
        for alias in node.names:
            if alias.asname == name:
                return self._module(alias.name)
        return self._module(name)

    def _module(self, dotted: str) -> Value:
        if dotted.split(".", maxsplit=1)[0] not in _REAL_MODULES:
            for module in self._modules:
                if module.is_called(dotted):
                    return OwnModule(module)
        return External(dotted)

    def _imported_from(self, node: ast.ImportFrom, name: str, depth: int) -> list[Value]:
        original = next((a.name for a in node.names if (a.asname or a.name) == name), name)
        if node.level and not node.module:
            return [self._module(original)]
        source = self._module(node.module or "")
        return self.attribute(source, original, depth)

    def attribute(self, owner: Value, name: str, depth: int) -> list[Value]:
        """What `owner.name` stands for."""
        match owner:
            case External():
                return [External(f"{owner.name}.{name}")]
            case OwnModule():
                return self.name(name, owner.module.scope, depth + 1) if depth < _DEEPEST else []
            case OwnClass():
                return self.member(owner, name, depth)
            case Instance():
                return self.member(owner.cls, name, depth) or self._set_on_self(
                    owner.cls, name, depth
                )
        return []

    def scope_in(
        self, function: Function, parent: Scope, piece: Piece | None, *, with_defaults: bool = False
    ) -> Scope:
        """The scope inside a function, the same one each time."""
        key = (id(function), id(parent), with_defaults)
        if key not in self._scopes:
            self._scopes[key] = function_scope(function, parent, piece, with_defaults=with_defaults)
        return self._scopes[key]

    def scope_of_class(self, cls: OwnClass) -> Scope:
        """The scope of its body, the same one each time."""
        key = id(cls.node)
        if key not in self._class_scopes:
            piece = cls.scope.piece or cls.scope.piece_of.get(key)
            self._class_scopes[key] = class_scope(cls.node, cls.scope, piece)
        return self._class_scopes[key]

    def bases(self, cls: OwnClass) -> list[Value]:
        """What the class derives from."""
        return [v for base in cls.node.bases for v in self.values(base, cls.scope, 1)]

    def member(self, cls: OwnClass, name: str, depth: int = 0) -> list[Value]:
        """A method or class attribute, also of the student's base classes."""
        if depth > _DEEPEST:
            return []
        scope = self.scope_of_class(cls)
        if name in scope.names:
            return self._one_of(scope.names[name][-1:], name, scope, depth + 1)
        found = [base for base in self.bases(cls) if isinstance(base, OwnClass)]
        return [v for base in found for v in self.member(base, name, depth + 1)]

    def _set_on_self(self, cls: OwnClass, name: str, depth: int) -> list[Value]:
        """The value of `self.name = …` in the methods of a class, if there is one such line."""
        found: list[tuple[ast.expr, Scope]] = []
        class_names = self.scope_of_class(cls)
        for method in cls.node.body:
            if not isinstance(method, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            scope = self.scope_in(method, class_names, class_names.piece)
            for node in nodes_in(method.body):
                match node:
                    case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=me), attr=attr)]):
                        if me == scope.self_name and attr == name:
                            found.append((node.value, scope))
        return self.values(*found[0], depth + 1) if len(found) == 1 else []

    def _called(self, node: ast.Call, scope: Scope, depth: int) -> list[Value]:
        """What a call gives."""
        results: list[Value] = []
        for function in self.values(node.func, scope, depth):
            match function:
                case External():
                    results += self._from_library(function.name, node, scope, depth)
                case OwnClass():
                    results.append(Instance(function))
                case Own():
                    results += self._returned(function, depth)
        return results

    def _from_library(self, name: str, node: ast.Call, scope: Scope, depth: int) -> list[Value]:
        first = node.args[0] if node.args else None
        text = constant_text(first) if first is not None else None
        if name == "importlib.import_module" and text is not None:
            return [self._module(text)]
        if name == "builtins.__import__" and text is not None:
            return [self._module(text.split(".")[0])]
        if name == "builtins.super":
            return self._parent(scope)
        if name in _UNWRAPPING and first is not None:
            return self.values(first, scope, depth)
        return [Made(name)]

    def _parent(self, scope: Scope) -> list[Value]:
        here: Scope | None = scope
        while here is not None and here.owner is None:
            here = here.parent
        if here is None or here.owner is None or here.owner_scope is None:
            return []
        bases = self.bases(OwnClass(here.owner, here.owner_scope))
        return [
            Instance(base) if isinstance(base, OwnClass) else Made(base.name)
            for base in bases
            if isinstance(base, (OwnClass, External))
        ]

    def _returned(self, function: Own, depth: int) -> list[Value]:
        """What the student's function returns, if that is a function or class."""
        if depth > _DEEPEST // 2:
            return []
        key = id(function.node)
        if key not in self._results:
            self._results[key] = list(_results(function.node))
        expressions = self._results[key]
        if len(expressions) != 1:
            return []
        inner = self.scope_in(function.node, function.scope, function.scope.piece)
        values = self.values(expressions[0], inner, depth + 5)
        return [v for v in values if isinstance(v, (External, Own, OwnClass, Instance))]

    def _item(self, node: ast.Subscript, scope: Scope, depth: int) -> list[Value]:
        """An element of a list or dict that is written out, by a constant key."""
        if not isinstance(node.slice, ast.Constant):
            return []
        key = node.slice.value
        for owner in self.values(node.value, scope, depth):
            match owner:
                case Literal(node=ast.Dict(keys=keys, values=items)):
                    for k, item in zip(keys, items, strict=True):
                        if isinstance(k, ast.Constant) and k.value == key:
                            return self.values(item, owner.scope, depth)
                case Literal(node=ast.List(elts=items) | ast.Tuple(elts=items)):
                    if isinstance(key, int) and -len(items) <= key < len(items):
                        return self.values(items[key], owner.scope, depth)
        return []
