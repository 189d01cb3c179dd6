"""Findings as SARIF 2.1.0 and as GitLab's code quality report."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from grader.ci.findings import Finding
from grader.ci.words import line
from grader.model import Verdict

__all__ = ["code_quality", "sarif"]

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_MOST = 5_000  # GitHub shows no more of one run
_SEVERITY = {"error": "major", "warning": "info"}


def sarif(findings: Sequence[Finding]) -> str:
    """A SARIF log of one run; a rule for each test."""
    shown = findings[:_MOST]
    rules = list(dict.fromkeys(finding.rule for finding in shown))
    titles = {finding.rule: line(finding.title, 200) for finding in reversed(shown)}
    driver = {
        "name": "grader",
        "version": importlib.metadata.version("cnn-grader"),
        "rules": [{"id": rule, "shortDescription": {"text": titles[rule]}} for rule in rules],
    }
    results = [_result(finding, rules.index(finding.rule)) for finding in shown]
    run = {"tool": {"driver": driver}, "results": results, "columnKind": "utf16CodeUnits"}
    return _json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.level,
        "kind": "fail" if finding.verdict is not Verdict.PASSED else "informational",
        "message": {"text": _text(finding)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.path, safe="/")},
                    "region": {"startLine": finding.line or 1},
                }
            }
        ],
        "partialFingerprints": {"grader/v1": _fingerprint(finding)},
    } | ({} if finding.verdict is not Verdict.PASSED else {"level": "none"})


def code_quality(findings: Sequence[Finding]) -> str:
    """GitLab's report: a list of issues."""
    return _json(
        [
            {
                "description": _text(finding),
                "check_name": finding.rule,
                "fingerprint": _fingerprint(finding),
                "severity": _SEVERITY[finding.level],
                "location": {"path": finding.path, "lines": {"begin": finding.line or 1}},
            }
            for finding in findings[:_MOST]
        ]
    )


def _text(finding: Finding) -> str:
    parts = (finding.title, finding.text, finding.call and f"in {finding.call}", finding.hint)
    return line(". ".join(part.rstrip(".") for part in parts if part), 1500)


def _fingerprint(finding: Finding) -> str:
    """The same finding in the next run has the same one, even if lines have moved."""
    key = "\0".join((finding.rule, finding.path, finding.title))
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32]


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"
