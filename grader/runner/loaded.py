"""What a worker found in a submission, checked member by member: it came from student territory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from grader.compare import clean
from grader.errors import FrameError
from grader.model import FunctionState, Note, Source, Verdict
from grader.protocol import Raised, Value

__all__ = [
    "Finding",
    "Found",
    "FoundFunction",
    "Parameter",
    "found_in",
    "load_failures",
    "load_notes",
    "traced_findings",
]

MAX_SOURCE = 64 << 10
MAX_OUTPUT = 8 << 10
MAX_LISTED = 200
MAX_SOURCES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter of a signature; `kind` is inspect's, in lower case."""

    name: str
    kind: str
    has_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFunction:
    """One function as parsed. `verdict` and `sentence` are set if it cannot be called at all."""

    state: FunctionState
    path: str = ""
    line: int | None = None
    cell: int | None = None
    parameters: tuple[Parameter, ...] | None = None
    nearest: str = ""
    nearest_line: int | None = None
    sentence: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A forbidden call, reachable from the function."""

    function: str
    call: str
    path: str
    line: int | None
    cell: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything parsed from one submission for one exercise."""

    functions: Mapping[str, FoundFunction]
    findings: tuple[Finding, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[Source, ...] = field(default=(), repr=False)


def found_in(reply: Value, names: tuple[str, ...]) -> Found:
    """Read the reply to `parse`.

    Raises:
        FrameError: it is not of that form.
    """
    table = _member(reply, "functions", dict)
    return Found(
        functions={name: _function(_member(table, name, dict)) for name in names},
        findings=tuple(_finding(row) for row in _rows(reply, "findings")),
        notes=tuple(_note(row) for row in _rows(reply, "notes")),
        sources=tuple(_source(row) for row in _rows(reply, "sources", MAX_SOURCES)),
    )


def load_failures(reply: Value, names: tuple[str, ...]) -> dict[str, Raised]:
    """Read the reply to `load`: the functions that could not be loaded, and why.

    Raises:
        FrameError: it is not of that form.
    """
    if not isinstance(reply, dict):
        raise FrameError("the reply to load is not a table")
    failures: dict[str, Raised] = {}
    for name in names:
        match reply.get(name):
            case None:
                pass
            case Raised() as raised:
                failures[name] = raised
            case _:
                raise FrameError("the reply to load is not a table of failures")
    return failures


def load_notes(reply: Value) -> tuple[Note, ...]:
    """What the student should know about the loading: it stands under the empty name."""
    rows: Any = reply.get("") if isinstance(reply, dict) else None
    if not isinstance(rows, list):
        return ()
    return tuple(_note(row) for row in rows[:MAX_LISTED] if isinstance(row, dict))


def traced_findings(reply: Value) -> tuple[Finding, ...]:
    """Read the reply to `trace`.

    Raises:
        FrameError: it is not of that form.
    """
    if isinstance(reply, Raised):
        return ()
    return tuple(_finding(row) for row in _rows({"found": reply}, "found"))


def _member(table: Any, key: str, kind: type) -> Any:
    value = table.get(key) if isinstance(table, dict) else None
    if type(value) is not kind:
        raise FrameError(f"`{key}` is not {kind.__name__}")
    return value


def _rows(reply: Value, key: str, most: int = MAX_LISTED) -> Iterator[dict[str, Any]]:
    for row in _member(reply, key, list)[:most]:
        if not isinstance(row, dict):
            raise FrameError(f"`{key}` holds something else than tables")
        yield row


def _number(table: Any, key: str) -> int | None:
    value = table.get(key)
    return value if type(value) is int and 0 <= value < 1 << 31 else None


def _text(table: Any, key: str, limit: int = 500) -> str:
    value = table.get(key, "")
    return clean(value, limit) if isinstance(value, str) else ""


def _function(table: dict[str, Any]) -> FoundFunction:
    state = _member(table, "state", str)
    if state not in FunctionState.__members__:
        raise FrameError("a function in no known state")
    return FoundFunction(
        state=FunctionState(state),
        path=_text(table, "path"),
        line=_number(table, "line"),
        cell=_number(table, "cell"),
        parameters=_parameters(table.get("parameters")),
        nearest=_text(table, "nearest", 80),
        nearest_line=_number(table, "nearest_line"),
        sentence=_text(table, "message"),
    )


def _parameters(rows: Any) -> tuple[Parameter, ...] | None:
    if not isinstance(rows, list) or len(rows) > 64:
        return None
    parameters = []
    for row in rows:
        match row:
            case [str(name), str(kind), bool(has_default)]:
                parameters.append(
                    Parameter(name=clean(name, 80), kind=kind, has_default=has_default)
                )
            case _:
                raise FrameError("a parameter that is none")
    return tuple(parameters)


def _finding(row: dict[str, Any]) -> Finding:
    return Finding(
        function=_text(row, "function", 80),
        call=_text(row, "call", 120),
        path=_text(row, "path"),
        line=_number(row, "line"),
        cell=_number(row, "cell"),
    )


def _note(row: dict[str, Any]) -> Note:
    return Note(
        text=_text(row, "text"),
        path=_text(row, "path"),
        line=_number(row, "line"),
        cell=_number(row, "cell"),
    )


def _source(row: dict[str, Any]) -> Source:
    text, output = row.get("text", ""), row.get("output", "")
    return Source(
        path=_text(row, "path"),
        text=clean(text, MAX_SOURCE) if isinstance(text, str) else "",
        cell=_number(row, "cell"),
        truncated=row.get("truncated") is True,
        kind="markdown" if row.get("kind") == "markdown" else "code",
        output=clean(output, MAX_OUTPUT) if isinstance(output, str) else "",
    )
