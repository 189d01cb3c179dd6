"""Everything that CI reads, written into one folder, and the variables of a GitHub step.

OUT/index.html         the feedback page          OUT/results.json   the student's view
OUT/summary.md         the job summary            OUT/junit.xml      one case a test
OUT/grader.sarif       SARIF 2.1.0                OUT/gl-code-quality-report.json
"""

from __future__ import annotations

import datetime
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.ci.findings import Finding, findings_of
from grader.ci.forms import code_quality, sarif
from grader.ci.summary import MOST_BYTES, summary
from grader.errors import OutputError
from grader.exporters import junit_xml
from grader.model import Attempt, attempt_to_json
from grader.report import render

__all__ = ["Report", "write_all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was found, and the files about it by name."""

    findings: tuple[Finding, ...]
    files: Mapping[str, Path]


def write_all(attempt: Attempt, out: Path, environment: Mapping[str, str]) -> Report:
    """Write every form of the student's view.

    Args:
        attempt: filtered for students.
        out: the folder; made if need be.
        environment: GITHUB_STEP_SUMMARY and GITHUB_OUTPUT are appended to, if they are set.

    Raises:
        OutputError: a file could not be written.
    """
    findings = findings_of(attempt)
    texts = {
        "index.html": render(attempt),
        "results.json": attempt_to_json(attempt).decode(),
        "summary.md": summary(attempt, findings),
        "junit.xml": junit_xml([attempt], {attempt.reference: _now()}),
        "grader.sarif": sarif(findings),
        "gl-code-quality-report.json": code_quality(findings),
    }
    files = {name: out / name for name in texts}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            files[name].write_text(text, encoding="utf-8", newline="\n", errors="replace")
        if environment.get("GITHUB_STEP_SUMMARY"):
            _append_summary(Path(environment["GITHUB_STEP_SUMMARY"]), attempt, findings)
        if environment.get("GITHUB_OUTPUT"):
            _append(Path(environment["GITHUB_OUTPUT"]), _variables(attempt, files))
    except OSError as error:
        raise OutputError(f"{error.filename}: cannot be written ({error.strerror})") from None
    return Report(findings=findings, files=files)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _append_summary(path: Path, attempt: Attempt, findings: Sequence[Finding]) -> None:
    """The limit is on the whole file, to which other commands of the step may have written."""
    there = os.path.getsize(path) if path.exists() else 0
    _append(path, summary(attempt, findings, most=max(0, MOST_BYTES - there)))


def _variables(attempt: Attempt, files: Mapping[str, Path]) -> str:
    values = {
        "points": f"{float(attempt.points):.6g}",
        "max-points": f"{float(attempt.max_points):.6g}",
        "passed": str(attempt.points == attempt.max_points and not attempt.is_void).lower(),
        "void": str(attempt.is_void).lower(),
        "exercises": " ".join(exercise.slug for exercise in attempt.exercises),
        "reference": attempt.reference,
        "page": str(files["index.html"]),
        "sarif": str(files["grader.sarif"]),
    }
    text = ""
    for name, value in values.items():
        fence = f"grader-{secrets.token_hex(8)}"  # nobody can guess where a value ends
        text += f"{name}<<{fence}\n{value}\n{fence}\n"
    return text


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="\n", errors="replace") as file:
        file.write(text)
