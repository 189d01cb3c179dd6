"""The source checks of `parse`: forbidden calls, and libraries that an exercise does not expect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grader.protocol import Value
from grader.source_check import Checker, Finding, Module, Report
from grader.worker.choice import Found
from grader.worker.cleaning import clean
from grader.worker.documents import Document, Remark
from grader.worker.states import State

__all__ = ["Checked", "check_sources", "checker_of"]

_ALWAYS_FINE = {
    "__future__", "collections", "dataclasses", "grader", "tqdm", "typing", "warnings",
}  # fmt: skip
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
) -> Checked:
    """Check every written function.

    Args:
        checker: of all files of the submission.
        found: the functions of the exercise.
        forbidden: names that each function must not call.
        imports: packages that the exercise expects; none for any.
    """
    checked = Checked()
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
        if imports:
            checked.remarks += _unexpected(report, imports, checked.remarks)
    return checked


def _finding(finding: Finding) -> Value:
    return {
        "function": finding.function,
        "call": clean(finding.call)[:200],
        "path": finding.path,
        "line": finding.line,
        "cell": finding.cell,
    }


def _unexpected(report: Report, imports: Sequence[str], told: Sequence[Remark]) -> list[Remark]:
    expected = {name.split(".")[0] for name in imports} | _ALWAYS_FINE
    listed = ", ".join(f"`{name}`" for name in imports)
    remarks = [
        Remark(
            text=f"`{package}` is used here; this exercise is meant for {listed}.",
            path=place.path,
            line=place.line,
            cell=place.cell,
        )
        for package, place in report.libraries.items()
        if package not in expected
    ]
    return [remark for remark in remarks if remark not in told]
