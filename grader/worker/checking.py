"""The source checks of `parse`: forbidden calls, and libraries that an exercise does not expect."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from grader.protocol import Value
from grader.source_check import Checker, Finding, Module, Report
from grader.worker.absent import has_stand_in
from grader.worker.choice import Found
from grader.worker.cleaning import clean
from grader.worker.documents import Document, Remark
from grader.worker.states import State

__all__ = ["Checked", "check_sources", "checker_of"]

_ALWAYS_FINE = {"grader", "tqdm", *sys.stdlib_module_names}
_MOST_FINDINGS = 50  # of one function


@dataclass(slots=True, kw_only=True)
class Checked:
    """What the checks of all functions found."""

    findings: list[Value] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def checker_of(documents: Sequence[Document]) -> Checker:
    """For all files of a submission, since a function may call into another file."""
    return Checker([Module(document.path, document.pieces) for document in documents])


def check_sources(
    checker: Checker,
    found: Mapping[str, Found],
    forbidden: Mapping[str, Sequence[str]],
    imports: Sequence[str],
    files: Collection[str] = (),
) -> Checked:
    """Check every written function.

    Args:
        checker: of all files of the submission.
        found: the functions of the exercise.
        forbidden: names that each function must not call.
        imports: packages that the exercise expects; none for any.
        files: paths of all files of the submission.
    """
    checked = Checked()
    own = {part for path in files for part in PurePosixPath(path).with_suffix("").parts}
    for name, one in found.items():
        if one.state is not State.WRITTEN:
            continue
        try:
            report = checker.check(one.path, name, forbidden.get(name, ()))
        except (RecursionError, MemoryError):
            text = f"`{name}` is nested too deeply to be checked for forbidden calls."
            checked.remarks.append(Remark(text=text, path=one.path, line=one.line, cell=one.cell))
            continue
        checked.findings += [_finding(f) for f in report.findings[:_MOST_FINDINGS]]
        remarks = list(_on_libraries(report, imports, own))
        checked.remarks += [remark for remark in remarks if remark not in checked.remarks]
    return checked


def _finding(finding: Finding) -> Value:
    return {
        "function": finding.function,
        "call": clean(finding.call)[:200],
        "path": finding.path,
        "line": finding.line,
        "cell": finding.cell,
    }


def _on_libraries(report: Report, imports: Sequence[str], own: Collection[str]) -> Iterator[Remark]:
    expected = {name.split(".")[0] for name in imports} | _ALWAYS_FINE
    listed = ", ".join(f"`{name}`" for name in imports)
    for package, place in report.libraries.items():
        if not _is_there(package, own):  # mostly a file that was left at home
            text = (
                f"`{package}` is used here, and it is neither handed in nor installed: if it is "
                f"a file of yours, hand in {package}.py together with this one."
            )
        elif imports and package not in expected:
            text = f"`{package}` is used here; this exercise is meant for {listed}."
        else:
            continue
        yield Remark(text=text, path=place.path, line=place.line, cell=place.cell)


def _is_there(package: str, own: Collection[str]) -> bool:
    """Whether a module can be imported here: a file of theirs, or what is installed."""
    if package in own or package in sys.modules or has_stand_in(package):
        return True
    return importlib.util.find_spec(package) is not None
