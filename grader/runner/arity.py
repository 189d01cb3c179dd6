"""Signatures: the defaults of ours, and whether a student's can take an exercise's calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.messages import say
from grader.protocol import Value
from grader.runner.loaded import Parameter

__all__ = ["defaults", "signature_problem", "signatures"]


def signatures(module: Path) -> dict[str, tuple[Parameter, ...]]:
    """The parameters of each top-level function of a module; none if it cannot be read.

    In what was handed out the stub is where the student writes.
    """
    try:
        return {name: _parameters(arguments) for name, arguments in _functions(module)}
    except (SyntaxError, ValueError, RecursionError):  # whoever loads it says what is wrong
        return {}


def defaults(module: Path) -> dict[str, dict[str, Value]]:
    """The options of each top-level function of a module of ours, with their default values."""
    return {name: dict(_defaults(arguments)) for name, arguments in _functions(module)}


def _functions(module: Path) -> Iterator[tuple[str, ast.arguments]]:
    if not module.is_file():
        return
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.args


def _defaults(arguments: ast.arguments) -> Iterator[tuple[str, Value]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    last = positional[len(positional) - len(arguments.defaults) :]
    pairs = [
        *zip(last, arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    for argument, default in pairs:
        if default is None:
            continue
        try:
            yield argument.arg, ast.literal_eval(default)
        except ValueError:
            continue  # an expression: there is no plain value to compare with


def _parameters(arguments: ast.arguments) -> tuple[Parameter, ...]:
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    found = [
        Parameter(name=a.arg, kind="positional_or_keyword", has_default=i >= required)
        for i, a in enumerate(positional)
    ]
    found += [
        Parameter(name=a.arg, kind="keyword_only", has_default=default is not None)
        for a, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    return tuple(found)


def signature_problem(
    function: str, wanted: Sequence[Parameter], got: Sequence[Parameter] | None
) -> str:
    """One sentence on why calls made for `wanted` do not fit `got`, or ""."""
    if got is None or any(p.kind.startswith("var_") for p in got):
        return ""
    positional = [p for p in got if p.kind.startswith("positional")]
    by_name = {p.name: p for p in got}
    required = sum(not p.has_default for p in wanted)
    missing = [p.name for p in wanted if p.has_default and p.name not in by_name]
    extra = [p.name for p in got if not p.has_default][required:]
    if len(positional) >= required and not missing and not extra:
        return ""
    return say("found.signature", name=function, got=_listed(got), wanted=_listed(wanted))


def _listed(parameters: Sequence[Parameter]) -> str:
    return ", ".join(p.name + ("=…" if p.has_default else "") for p in parameters)
