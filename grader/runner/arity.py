"""Signatures: the defaults of ours, and whether a student's can take an exercise's calls."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.messages import say
from grader.protocol import Value
from grader.runner.loaded import Parameter

__all__ = ["defaults", "handed_out_signatures", "signature_problem", "signatures"]


def signatures(module: Path) -> dict[str, tuple[Parameter, ...]]:
    """The parameters of each top-level function of a module; none if it cannot be read."""
    try:
        return {name: _parameters(arguments) for name, arguments in _functions(module)}
    except (SyntaxError, ValueError, RecursionError):  # whoever loads it says what is wrong
        return {}


def handed_out_signatures(folder: Path) -> dict[str, tuple[Parameter, ...]]:
    """The same for what was handed out in `folder`, a module and a notebook.

    Where students write into these files, only what still is a stub tells how it was handed out;
    mostly that is so in one of the two.
    """
    found: dict[str, tuple[Parameter, ...]] = {}
    for path in (folder / f"{folder.name}.py", folder / f"{folder.name}.ipynb"):
        try:
            nodes = [node for text in _texts(path) for node in ast.parse(text).body]
        except (OSError, ValueError, SyntaxError, RecursionError, MemoryError, TypeError, KeyError):
            continue
        for node in nodes:
            if isinstance(node, ast.FunctionDef) and _is_stub(node):
                found[node.name] = _parameters(node.args)
    return found


def _texts(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return [text]
    cells = (cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")
    return ["".join(cell["source"]) for cell in cells]


def _is_stub(node: ast.FunctionDef) -> bool:
    match node.body[-1]:
        case ast.Raise(exc=ast.Call(func=ast.Name(id="NotImplementedError"))):
            return len(node.body) <= 1 + (ast.get_docstring(node) is not None)
    return False


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
    fits = len(positional) >= required and not missing and not extra
    if fits and _is_in_order([p.name for p in wanted[:required]], [p.name for p in positional]):
        return ""
    return say("found.signature", name=function, got=_listed(got), wanted=_listed(wanted))


def _is_in_order(wanted: Sequence[str], got: Sequence[str]) -> bool:
    """Whether the names that both have stand in the same order; other names may be renamed."""
    both = set(wanted) & set(got)
    return [name for name in wanted if name in both] == [name for name in got if name in both]


def _listed(parameters: Sequence[Parameter]) -> str:
    return ", ".join(p.name + ("=…" if p.has_default else "") for p in parameters)
