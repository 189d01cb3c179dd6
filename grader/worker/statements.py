"""Top-level statements as nodes of a graph: what each binds, what it reads at once, what later.

"At once" is read while the statement runs; "later" is read by functions that it defines, when
they are called. The compiler's own bytecode tells the two apart, and locals from globals.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import dis
import inspect
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from types import CodeType

from grader.source_check import Binding, Piece, bindings_of

__all__ = ["LAZY_ANNOTATIONS", "Statement", "is_builtin", "split_statements"]

_READS = ("LOAD_NAME", "LOAD_GLOBAL", "LOAD_CLASSDEREF", "LOAD_FROM_DICT_OR_GLOBALS")
_FLAGS = {name: getattr(__future__, name).compiler_flag for name in __future__.all_feature_names}
LAZY_ANNOTATIONS = __future__.annotations.compiler_flag


class Statement:
    """One top-level statement of a student's file, not yet run."""

    def __init__(self, node: ast.stmt, piece: Piece, *, root: str, flags: int) -> None:
        self.node = node
        self.filename = str(PurePath(root, piece.place))
        self.flags = flags
        self.binds = {found.name for found in _bindings(node, piece)}
        self.changes = set(_changed_names(node))
        self.problem: BaseException | None = None
        self._reads: tuple[frozenset[str], frozenset[str]] | None = None

    @property
    def is_definition(self) -> bool:
        return isinstance(self.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))

    @property
    def is_import(self) -> bool:
        return isinstance(self.node, (ast.Import, ast.ImportFrom))

    @property
    def is_star(self) -> bool:
        return isinstance(self.node, ast.ImportFrom) and self.node.names[0].name == "*"

    @property
    def is_block(self) -> bool:
        """It may run long, or bind its names only perhaps."""
        return isinstance(self.node, (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith))

    @property
    def may_skip(self) -> bool:
        """Whether a name that it binds may keep its earlier value."""
        return self.is_block or isinstance(self.node, (ast.If, ast.Try, ast.AugAssign))

    def code(self, flags: int = 0) -> CodeType:
        """Compiled so that tracebacks name the student's file, or notebook and cell."""
        module = ast.Module(body=[self.node], type_ignores=[])
        code: CodeType = compile(
            module, self.filename, "exec", self.flags | flags, dont_inherit=True
        )
        return code

    @property
    def reads(self) -> tuple[frozenset[str], frozenset[str]]:
        """Global names read at once, and later. Nothing for what does not compile."""
        if self._reads is None:
            at_once: set[str] = set()
            later: set[str] = set()
            try:
                _collect(self.code(), at_once, later, is_later=False)
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                self.problem = error
            self._reads = frozenset(at_once), frozenset(later)
        return self._reads


def split_statements(pieces: Iterable[Piece], root: str) -> list[Statement]:
    """All statements in order; an import of several names becomes several statements.

    `root` is the folder that tracebacks name before the path of a piece.
    """
    nodes = [(node, piece) for piece in pieces for node in piece.body]
    flags = 0
    for node, _ in nodes:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            flags |= sum({_FLAGS[alias.name] for alias in node.names if alias.name in _FLAGS})
    return [
        Statement(part, piece, root=root, flags=flags)
        for node, piece in nodes
        if not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
        for part in _parts(node)
    ]


def _parts(node: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield ast.copy_location(ast.Import(names=[alias]), node)
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            one = ast.ImportFrom(module=node.module, names=[alias], level=node.level)
            yield ast.copy_location(one, node)
    else:
        yield node


def _bindings(node: ast.stmt, piece: Piece) -> Iterator[Binding]:
    alone = Piece(path=piece.path, cell=piece.cell, body=(node,))
    yield from bindings_of([alone])


def _changed_names(node: ast.stmt) -> Iterator[str]:
    """Names of objects that the statement stores into: `table[0] = 1`, `f.limit = 2`, `n += 1`."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    for part in ast.walk(node):
        if isinstance(part, (ast.Subscript, ast.Attribute)) and isinstance(part.ctx, ast.Store):
            inner: ast.expr = part
            while isinstance(inner, (ast.Subscript, ast.Attribute)):
                inner = inner.value
            if isinstance(inner, ast.Name):
                yield inner.id
        elif isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
            yield part.target.id


def _collect(code: CodeType, at_once: set[str], later: set[str], *, is_later: bool) -> None:
    names = later if is_later else at_once
    for instruction in dis.get_instructions(code):
        if instruction.opname in _READS and isinstance(instruction.argval, str):
            names.add(instruction.argval)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            _collect(constant, at_once, later, is_later=is_later or _is_function(constant))


def _is_function(code: CodeType) -> bool:
    """Not the body of a class nor a comprehension, which run where they stand."""
    comprehensions = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")
    return bool(code.co_flags & inspect.CO_OPTIMIZED) and code.co_name not in comprehensions


def is_builtin(name: str) -> bool:
    """Whether a global name needs no statement of the student's."""
    return hasattr(builtins, name) or (name.startswith("__") and name.endswith("__"))
