"""Which file's function counts, in which state it is, and what to tell where there is none."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from grader.source_check import Binding, bindings_of
from grader.worker.documents import Broken, Document, Remark, place
from grader.worker.plan import Plan
from grader.worker.statements import split_statements
from grader.worker.states import State, parameters_of, state_of

__all__ = ["Found", "find_function"]

_NEAR = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a submission has under one function's name."""

    state: State
    path: str = ""
    line: int | None = None
    cell: int | None = None
    parameters: list[tuple[str, str, bool]] | None = None
    nearest: str = ""
    nearest_line: int | None = None
    message: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    document: Document
    bindings: tuple[Binding, ...]
    state: State

    @property
    def last(self) -> Binding:
        return self.bindings[-1]

    @property
    def is_import(self) -> bool:
        return isinstance(self.last.value, (ast.Import, ast.ImportFrom))


def find_function(
    name: str, documents: Sequence[Document], *, slug: str = "", others: Iterable[str] = ()
) -> Found:
    """The function `name` in these documents.

    Args:
        name: as the exercise calls it.
        documents: all of the submission.
        slug: the exercise; a file of this name is preferred where several have the function.
        others: names that are not offered as the nearest one, since they are asked for as well.
    """
    candidates = [found for document in documents if (found := _candidate(name, document))]
    written = [found for found in candidates if found.state is State.WRITTEN]
    stubs = [found for found in candidates if found.state is State.STUB]
    broken = list(_broken_parts(name, documents))
    mistakes = [part for part in broken if not part.part.is_unwritten]
    if not written and mistakes:
        return _mistake(name, mistakes[-1])
    for group in (written, stubs):
        if group:
            chosen = _preferred(group, slug)
            if chosen is None:
                return _ambiguous(name, group)
            result = _result(name, chosen)
            return replace(result, remarks=(*result.remarks, *_overridden(name, result, mistakes)))
    if broken:
        last = broken[-1]
        return Found(state=State.STUB, path=last.path, line=last.part.line, cell=last.cell)
    if candidates:
        return _no_function(name, candidates[0])
    return _missing(name, documents, others)


def _candidate(name: str, document: Document) -> _Candidate | None:
    everything = list(bindings_of(document.pieces))
    bindings = tuple(binding for binding in everything if binding.name == name)
    if not bindings:
        return None
    return _Candidate(document, bindings, _followed(bindings[-1], everything))


def _followed(binding: Binding, everything: list[Binding]) -> State:
    """The state of a binding; `relu = my_relu` has the state of `my_relu`."""
    value = binding.value
    for _ in range(8):
        if not isinstance(value, ast.Name):
            break
        same = [other.value for other in everything if other.name == value.id]
        if not same or same[-1] is value:
            break
        value = same[-1]
    return state_of(value)


def _preferred(group: list[_Candidate], slug: str) -> _Candidate | None:
    """The one to take, or None if that would be a guess."""
    defining = [found for found in group if not found.is_import] or group
    if len(defining) > 1 and len({_needed_code(found) for found in defining}) == 1:
        return min(defining, key=lambda found: (not _is_named(found, slug), found.document.path))
    if len(defining) > 1:
        defining = [found for found in defining if _is_named(found, slug)]
    return defining[0] if len(defining) == 1 else None


def _is_named(found: _Candidate, slug: str) -> bool:
    return bool(slug) and PurePosixPath(found.document.path).stem.lower() == slug.lower()


def _needed_code(found: _Candidate) -> tuple[str, ...]:
    """The function with all that it needs: alike in a notebook and in the module made from it."""
    plan = Plan(split_statements(found.document.pieces, ""))
    return tuple(ast.dump(statement.node) for statement in plan.order([found.last.name]))


def _result(name: str, chosen: _Candidate) -> Found:
    last = chosen.last
    remarks: tuple[Remark, ...] = ()
    message = ""
    earlier = [binding for binding in chosen.bindings if _is_definition(binding)]
    if len(earlier) > 1:
        text = f"`{name}` is defined {len(earlier)} times; the last one counts"
        if chosen.state is State.STUB and any(state_of(e.value) is State.WRITTEN for e in earlier):
            text += ", and that one is not written yet: remove it or move your own below it"
            message = f"{text}."
        piece = last.piece
        remarks = (Remark(text=text, path=piece.path, line=last.line, cell=piece.cell),)
    return Found(
        state=chosen.state,
        path=chosen.document.path,
        line=last.line,
        cell=last.piece.cell,
        parameters=parameters_of(last.value),
        message=message,
        remarks=remarks,
    )


def _overridden(name: str, result: Found, mistakes: Iterable[Broken]) -> Iterator[Remark]:
    """A later try of the same function that cannot be read, so that the earlier one counts."""
    for one in mistakes:
        is_later = (one.cell or 0, one.part.line) > (result.cell or 0, result.line or 0)
        if one.path == result.path and is_later:
            where = place(result.line, result.cell)
            text = f"This `{name}` cannot be read, so the earlier one counts ({where})"
            yield Remark(text=text, path=one.path, line=one.part.line, cell=one.cell)


def _is_definition(binding: Binding) -> bool:
    return isinstance(binding.value, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


def _ambiguous(name: str, group: list[_Candidate]) -> Found:
    paths = [f"`{found.document.path}`" for found in group]
    listed = ", ".join(paths[:4]) + (" and more" if len(paths) > 4 else "")
    message = (
        f"`{name}` stands in several files ({listed}) and they differ, so it is not clear which "
        f"one counts. Hand in one of them."
    )
    return Found(state=State.MISSING, message=message)


def _broken_parts(name: str, documents: Sequence[Document]) -> Iterator[Broken]:
    for document in documents:
        yield from (broken for broken in document.broken if name in broken.part.names)


def _mistake(name: str, broken: Broken) -> Found:
    """A function that was written, but that Python cannot read."""
    return Found(
        state=State.MISSING,
        path=broken.path,
        line=broken.part.line,
        cell=broken.cell,
        message=f"{broken.sentence_on(name)}.",
    )


def _no_function(name: str, candidate: _Candidate) -> Found:
    last = candidate.last
    kinds = {ast.Constant: "a constant", ast.List: "a list", ast.Tuple: "a tuple"}
    kind = kinds.get(type(last.value), "a value")
    message = (
        f"`{name}` is {kind} here ({last.piece.place}, line {last.line}), not a function. "
        f"Another statement may have taken its name."
    )
    return Found(
        state=State.MISSING,
        path=candidate.document.path,
        line=last.line,
        cell=last.piece.cell,
        message=message,
    )


def _missing(name: str, documents: Sequence[Document], others: Iterable[str]) -> Found:
    near = _nearest(name, documents, set(others))
    if near is not None:
        place = f"line {near.line}"
        if near.piece.cell is not None:
            place += f" of cell {near.piece.cell}"
        message = (
            f"There is no `{name}`. The nearest name is `{near.name}` ({near.piece.path}, "
            f"{place}): rename it if that is yours."
        )
        return Found(
            state=State.MISSING, nearest=near.name, nearest_line=near.line, message=message
        )
    problems = [f"{d.path}: {d.problem}" for d in documents if d.problem]
    if problems:
        is_nothing_read = len(problems) == len(documents)
        return Found(
            state=State.MISSING,
            path=documents[0].path if is_nothing_read else "",
            message=f"There is no `{name}`. {'; '.join(problems)}.",
        )
    if not documents:
        message = f"There is no `{name}`: no Python file (.py) or notebook (.ipynb) was handed in."
        return Found(state=State.MISSING, message=message)
    return Found(state=State.MISSING, message=f"There is no function called `{name}`.")


def _nearest(name: str, documents: Sequence[Document], others: set[str]) -> Binding | None:
    known: dict[str, Binding] = {}
    for document in documents:
        for binding in [*bindings_of(document.pieces), *_methods(document)]:
            if binding.name not in others and _is_definition(binding):
                known[_folded(binding.name.rsplit(".", 1)[-1])] = binding
    best = difflib.get_close_matches(_folded(name), known, n=1, cutoff=_NEAR)
    return known[best[0]] if best else None


def _folded(name: str) -> str:
    return name.replace("_", "").casefold()


def _methods(document: Document) -> Iterator[Binding]:
    for piece in document.pieces:
        for statement in piece.body:
            if isinstance(statement, ast.ClassDef):
                for member in statement.body:
                    if isinstance(member, ast.FunctionDef):
                        full = f"{statement.name}.{member.name}"
                        yield Binding(name=full, line=member.lineno, piece=piece, value=member)
