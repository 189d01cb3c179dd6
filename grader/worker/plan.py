"""The order in which definitions mode runs statements: what the functions need, and no more.

A function must be defined before a statement that calls it, together with all that it reads when
it is called; so every edge from a statement that runs code leads to whole closures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.worker.statements import Statement, is_builtin

__all__ = ["Plan"]


class Plan:
    """Which statements give the wanted names their values, in an order that works."""

    def __init__(self, statements: list[Statement]) -> None:
        self._statements = statements
        self._providers: dict[str, list[int]] = {}
        self._stars = [i for i, statement in enumerate(statements) if statement.is_star]
        for index, statement in enumerate(statements):
            for name in statement.binds | statement.changes:
                self._providers.setdefault(name, []).append(index)

    def order(self, wanted: Iterable[str]) -> Iterator[Statement]:
        """The statements to run. Later ones must be asked for after the earlier ones have run."""
        seen: set[int] = set()
        todo: list[tuple[bool, int]] = []
        self._push(todo, {i for name in wanted for i in self._chain(name)})
        while todo:
            is_ready, index = todo.pop()
            if is_ready:
                yield self._statements[index]
            elif index not in seen:
                seen.add(index)
                at_once, later = self._needs(index)
                self._push(todo, later)
                todo.append((True, index))
                self._push(todo, at_once)

    @staticmethod
    def _push(todo: list[tuple[bool, int]], indices: Iterable[int]) -> None:
        todo += [(False, index) for index in sorted(indices, reverse=True)]

    def _needs(self, index: int) -> tuple[set[int], set[int]]:
        statement = self._statements[index]
        at_once, later = statement.reads
        # `n = n * 2` needs what `n` was before it, not what it becomes later.
        own = statement.binds | statement.changes
        after = {i for name in own for i in self._chain(name) if i >= index}
        if statement.is_definition:
            return self._closure(at_once, after), self._providing(later)
        return self._closure(at_once | later, after), set()

    def _providing(self, names: Iterable[str]) -> set[int]:
        return {index for name in names for index in self._chain(name)}

    def _closure(self, names: Iterable[str], without: set[int]) -> set[int]:
        found: set[int] = set()
        todo = list(self._providing(names))
        while todo:
            index = todo.pop()
            if index not in found and index not in without:
                found.add(index)
                at_once, later = self._statements[index].reads
                todo += self._providing(at_once | later)
        return found

    def _chain(self, name: str) -> list[int]:
        """From the last statement that binds the name back to the one that need not look back."""
        providers = self._providers.get(name)
        if providers is None:
            return [] if is_builtin(name) else self._stars
        nodes = self._statements
        if any(name in nodes[i].binds and _is_firm(nodes[i]) for i in providers):
            providers = [i for i in providers if not nodes[i].is_block]
        chain: list[int] = []
        for index in reversed(providers):
            chain.append(index)
            statement = nodes[index]
            reads_itself = not statement.is_definition and name in statement.reads[0]
            if name in statement.binds and not statement.may_skip and not reads_itself:
                break
        return chain


def _is_firm(statement: Statement) -> bool:
    """Loops that happen to use this name are then not worth running."""
    return statement.is_definition or statement.is_import
