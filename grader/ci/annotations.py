"""Annotations as GitHub's workflow commands: at most ten errors and ten warnings, worst first."""

from __future__ import annotations

from collections.abc import Sequence

from grader.ci.findings import Finding
from grader.ci.words import data, line, value

__all__ = ["MOST_OF_A_LEVEL", "annotation_lines"]

MOST_OF_A_LEVEL = 10  # GitHub drops what comes after that in one step


def annotation_lines(findings: Sequence[Finding]) -> list[str]:
    """One command a line."""
    chosen = []
    for level in ("error", "warning"):
        chosen += [finding for finding in findings if finding.level == level][:MOST_OF_A_LEVEL]
    return [_command(finding) for finding in chosen]


def _command(finding: Finding) -> str:
    properties = {"file": finding.path, "line": finding.line, "title": line(finding.title, 200)}
    given = ",".join(f"{name}={value(str(v))}" for name, v in properties.items() if v)
    told = [line(finding.text, 500), finding.call and f"in {line(finding.call, 300)}", finding.hint]
    text = "\n".join(part for part in told if part) or finding.verdict.value
    return f"::{finding.level} {given}::{data(text)}"
