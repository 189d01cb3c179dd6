"""Runs every check of the project one after another and says what each took.

A check that fails does not stop the ones after it. Exit code: 0 all passed, 1 something failed,
130 interrupted.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One command and what to call it."""

    name: str
    command: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a check ended."""

    name: str
    is_passed: bool
    wall_seconds: float


def checks(junit: Path) -> Iterator[Check]:
    """Quick ones first, so that a slip shows early."""
    python, grader = [sys.executable, "-m"], [str(SCRIPTS / "grader")]
    yield Check(name="ruff check", command=[*python, "ruff", "check", "."])
    yield Check(name="ruff format", command=[*python, "ruff", "format", "--check", "."])
    yield Check(name="mypy --strict", command=[*python, "mypy"])
    yield Check(name="import contracts", command=[str(SCRIPTS / "lint-imports")])
    yield Check(name="stubs", command=[*grader, "release", "--stubs", "--compare"])
    # whole files go to one process each, so that what a module sets up is set up once
    spread = ["-n", str(min(4, os.cpu_count() or 1)), "--dist=loadfile"]
    is_ci = os.environ.get("CI", "").lower() in {"1", "true"}
    chosen = [] if is_ci else ["-m", "not slow"]
    tests = [*python, "pytest", *spread, *chosen, f"--junitxml={junit}", "tests"]
    yield Check(name="tests", command=tests)
    yield Check(name="grader verify", command=[*grader, "verify", "--all"])


def run(check: Check) -> Outcome:
    say(f"\n== {check.name}")
    start = time.monotonic()
    code = subprocess.run(check.command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode
    return Outcome(name=check.name, is_passed=code == 0, wall_seconds=time.monotonic() - start)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def totals(junit: Path) -> str:
    """The closing line, in words that continuous integration systems read."""
    suites = list(ET.parse(junit).getroot().iter("testsuite")) if junit.exists() else []
    count = {
        name: sum(int(suite.get(name, "0")) for suite in suites)
        for name in ("tests", "failures", "errors", "skipped")
    }
    failed = count["failures"] + count["errors"]
    passed = count["tests"] - failed - count["skipped"]
    return f"tests: {passed} passed, {failed} failed, {count['skipped']} skipped"


def main() -> int:
    # One thread each: two that compete for the same cores are slower than one.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        junit = Path(folder, "junit.xml")
        outcomes = [run(check) for check in checks(junit)]
        say("\n== What each took")
        for outcome in outcomes:
            word = "passed" if outcome.is_passed else "FAILED"
            say(f"{outcome.name:18} {word} {outcome.wall_seconds:7.1f} s")
        say(totals(junit))
    return 0 if all(outcome.is_passed for outcome in outcomes) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        say("\nInterrupted.")
        sys.exit(130)
