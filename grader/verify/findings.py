"""What a proof leaves behind: numbers for the table, and what is not as it must be."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from grader.scoring import TestPlan

__all__ = ["Finding", "Proof", "line_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it must be: where, what, and what to do."""

    path: Path
    problem: str
    remedy: str
    line: int | None = None

    @property
    def place(self) -> str:
        """As editors and terminals link it."""
        return f"{self.path}:{self.line}" if self.line else str(self.path)


@dataclass(slots=True, kw_only=True)
class Proof:
    """What was proved of an exercise, and what was not."""

    slug: str
    plans: tuple[TestPlan, ...] = ()
    points: Mapping[str, Fraction] = field(default_factory=dict)
    accepted: int = 0
    wrong_answers: int = 0
    hinted: int = 0
    samples: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.findings

    def find(self, path: Path, problem: str, remedy: str, line: int | None = None) -> None:
        """Note a finding."""
        self.findings.append(Finding(path=path, problem=problem, remedy=remedy, line=line))


def line_of(path: Path, name: str) -> int | None:
    """Where a function or class is defined at the top of a file; None if it is not."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError):
        return None
    return next((n.lineno for n in tree.body if getattr(n, "name", None) == name), None)
