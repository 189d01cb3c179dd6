"""Top-level statements of a text, also when parts of it are not Python: a mistake in one function
must not cost the others."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace

from grader.worker.conflicts import conflict_advice, conflicts
from grader.worker.magics import parse_quietly

__all__ = ["BrokenPart", "read_statements"]

_CONTINUES = re.compile(r"(?:else|elif|except|finally|case)\b|[)\]}]")
_NAMES = re.compile(
    r"^(?:async\s+)?(?:def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.MULTILINE
)
_HEADER = re.compile(
    r"^(?:@.*\n)*(?:async\s+)?(?:def|class)\s+\w+[^\n]*:[ \t]*(?:#.*)?$", re.MULTILINE
)
_OF_A_BODY = re.compile(r"(?:return|raise|yield|pass)\b")  # at the top level nobody writes these
_UNFINISHED = ("was never closed", "unterminated triple-quoted", "expected 'except' or 'finally'")
_MOST_STARTS_AHEAD = 30
_MOST_ATTEMPTS = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenPart:
    """A part of a text that is not Python. `is_unwritten`: a function whose body is empty."""

    line: int
    names: tuple[str, ...]
    sentence: str
    is_unwritten: bool = False


def read_statements(text: str) -> tuple[list[ast.stmt], list[BrokenPart]]:
    """All top-level statements that can be read, in order, and what could not be."""
    try:
        return parse_quietly(text).body, []
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        if not isinstance(error, SyntaxError):
            return [], [BrokenPart(line=1, names=(), sentence=_sentence(error))]
    return _Recovery(text).read()


def _sentence(error: BaseException) -> str:
    match error:
        case RecursionError() | MemoryError():
            return "it is nested too deeply to be read"
        case SyntaxError(msg=str(message)):
            return message.removesuffix(".")
        case _:
            return str(error)


class _Recovery:
    """Reads a broken text piece by piece, each from one top-level line to another."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.conflicts = tuple(conflicts(self.lines))
        self.starts = self._top_level_starts()
        self.attempts = 0

    def _top_level_starts(self) -> list[int]:
        starts = []
        is_decorated = False
        inside = self._inside_conflicts()
        for index, line in enumerate(self.lines):
            if (
                index in inside
                or not line
                or line[0].isspace()
                or line[0] == "#"
                or _CONTINUES.match(line)
            ):
                continue
            if not is_decorated:
                starts.append(index)
            is_decorated = line[0] == "@"
        return starts or [0]

    def _inside_conflicts(self) -> set[int]:
        """Lines that begin nothing: those of a conflict, and its first if that is in a body."""
        inside: set[int] = set()
        for conflict in self.conflicts:
            in_body = self.lines[conflict.start + 1].startswith((" ", "\t"))
            inside.update(conflict if in_body else conflict[1:])
        return inside

    def read(self) -> tuple[list[ast.stmt], list[BrokenPart]]:
        statements: list[ast.stmt] = []
        broken: list[BrokenPart] = []
        ends = [*self.starts[1:], len(self.lines)]
        here = 0
        while here < len(self.starts):
            found = self._statements_from(here, ends)
            if isinstance(found, BrokenPart):
                broken.append(found)
                here += 1
            else:
                body, here = found
                statements += body
        return statements, broken

    def _statements_from(
        self, here: int, ends: list[int]
    ) -> tuple[list[ast.stmt], int] | BrokenPart:
        """The statements of the shortest part from here on, and the start after it."""
        first: BaseException | None = None
        for ahead in range(here, min(here + _MOST_STARTS_AHEAD, len(ends))):
            part = "\n".join(self.lines[self.starts[here] : ends[ahead]])
            try:
                return self._parse(part, self.starts[here]), ahead + 1
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                first = first or error
                if not any(text in str(error) for text in _UNFINISHED):
                    break
        part = "\n".join(self.lines[self.starts[here] : ends[here]])
        broken = self._broken(part, self.starts[here], first)
        if broken.is_unwritten and here + 1 < len(self.starts):
            # a body that was not indented is one all the same
            follows = self.lines[self.starts[here + 1]]
            return replace(broken, is_unwritten=not _OF_A_BODY.match(follows))
        return broken

    def _parse(self, part: str, before: int) -> list[ast.stmt]:
        self.attempts += 1
        if self.attempts > _MOST_ATTEMPTS:
            raise MemoryError
        body = parse_quietly(part).body
        for statement in body:
            ast.increment_lineno(statement, before)
        return body

    def _broken(self, part: str, before: int, error: BaseException | None) -> BrokenPart:
        names = tuple(a or b for a, b in _NAMES.findall(part))
        line = error.lineno if isinstance(error, SyntaxError) and error.lineno else 1
        sentence = _sentence(error) if error else "it cannot be read"
        own = range(before, before + part.count("\n") + 1)
        for conflict in self.conflicts:
            if conflict.start in own:
                line, sentence = conflict.start - before + 1, conflict_advice(conflict)
        header = _HEADER.match(part)
        body = part[header.end() :] if header else "x"
        is_unwritten = all(not row.strip() or row.lstrip()[0] == "#" for row in body.split("\n"))
        return BrokenPart(
            line=before + line, names=names, sentence=sentence, is_unwritten=is_unwritten
        )
