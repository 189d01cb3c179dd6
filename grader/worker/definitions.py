"""Definitions mode: a namespace with the wanted functions and what they need, and nothing else.

Training cells, plots and other expressions are not run. A statement that fails leaves a
Placeholder under each name that it should have bound, so one mistake costs only what uses it.
"""

from __future__ import annotations

import ast
import time
from collections.abc import Iterable
from types import ModuleType

from grader.observe import describe_exception
from grader.protocol import Raised
from grader.source_check import Piece
from grader.worker.alarm import limited
from grader.worker.documents import Broken
from grader.worker.placeholders import NotCreated, Placeholder, why
from grader.worker.plan import Plan
from grader.worker.stand_ins import notebook_names
from grader.worker.statements import (
    LAZY_ANNOTATIONS,
    Statement,
    is_builtin,
    split_statements,
)

__all__ = ["run_definitions", "stand_in_for_broken"]


def run_definitions(
    module: ModuleType, pieces: Iterable[Piece], wanted: Iterable[str], *, root: str, seconds: float
) -> dict[str, Raised]:
    """Fill `module` with the wanted names.

    Args:
        module: empty, as the student's code will see it.
        pieces: the statements of one document.
        wanted: the functions asked for.
        root: folder of the student's files, for the places of exceptions.
        seconds: for all statements together; one that is no import gets at most a quarter.

    Returns:
        What each wanted name that could not be created raised.
    """
    run = _Run(module, root, seconds)
    for name, value in notebook_names().items():
        module.__dict__.setdefault(name, value)
    statements = split_statements(pieces, root)
    for statement in Plan(statements).order(wanted):
        run.statement(statement)
    run.remaining_functions(statements)
    return {name: run.failures[name] for name in wanted if name in run.failures}


def stand_in_for_broken(module: ModuleType, broken: Iterable[Broken]) -> None:
    """Let what cannot be read say so where it is used; no value and no built-in name is lost."""
    for one in broken:
        for name in one.part.names:
            if name not in module.__dict__ and not is_builtin(name):
                module.__dict__[name] = Placeholder(one.sentence_on(name))


class _Run:
    """Runs statements one by one and keeps what failed."""

    def __init__(self, module: ModuleType, root: str, seconds: float) -> None:
        self.names = module.__dict__
        self.root = root
        self.share = seconds / 4
        self.end = time.monotonic() + seconds
        self.done: set[int] = set()
        self.failures: dict[str, Raised] = {}

    def statement(self, statement: Statement) -> None:
        self.done.add(id(statement))
        # Blanket: this is the student's code, and a broken statement loses only itself.
        try:
            if statement.problem is not None:
                raise statement.problem
            with limited(self._seconds(statement)):
                self._execute(statement)
        except BaseException as error:
            self._failed(statement, error)
        else:
            for name in statement.binds:
                self.failures.pop(name, None)

    def _seconds(self, statement: Statement) -> float:
        """Its share of the time that is left; a little always, since a definition takes none."""
        left = max(self.end - time.monotonic(), 0.05)
        return left if statement.is_import else min(self.share, left)

    def _execute(self, statement: Statement) -> None:
        try:
            exec(statement.code(), self.names)
        except NameError:
            if not statement.is_definition:
                raise
            # Perhaps only an annotation names what no cell imports: it can do without.
            exec(statement.code(LAZY_ANNOTATIONS), self.names)

    def _failed(self, statement: Statement, error: BaseException) -> None:
        raised = describe_exception(error, self.root)
        reason = why(error, lambda _: raised.text)
        for name in statement.binds:
            if statement.may_skip and name in self.names:
                continue
            own = f"`{name}` could not be created: "
            is_told = isinstance(error, NotCreated) and reason.startswith(own)
            self.names[name] = Placeholder(reason if is_told else own + reason)
            self.failures[name] = raised

    def remaining_functions(self, statements: Iterable[Statement]) -> None:
        """Define what nobody asked for where that runs nothing: `globals()[name]` may find it."""
        for statement in statements:
            node = statement.node
            if id(statement) in self.done or not isinstance(node, ast.FunctionDef):
                continue
            is_free = not (node.decorator_list or statement.binds & self.names.keys())
            if is_free and all(is_builtin(n) or n in self.names for n in statement.reads[0]):
                self.statement(statement)
