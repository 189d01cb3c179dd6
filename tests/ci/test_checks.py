"""`make test` runs every check, says what each took, and fails if any failed."""

import importlib.util
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[2] / ".ci/checks.py"
JUNIT = """\
<testsuites><testsuite tests="7" failures="1" errors="1" skipped="2"/></testsuites>
"""


@pytest.fixture
def checks(monkeypatch):
    spec = importlib.util.spec_from_file_location("ci_checks", PATH)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "ci_checks", module)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def run_with(checks, monkeypatch, *codes):
    """Run main() with one command a code, each of which exits with that code."""
    commands = [
        checks.Check(
            name=f"check {number}", command=[sys.executable, "-c", f"raise SystemExit({code})"]
        )
        for number, code in enumerate(codes, 1)
    ]
    monkeypatch.setattr(checks, "checks", lambda junit: commands)
    return checks.main()


def test_a_check_that_fails_does_not_stop_the_next_one(checks, monkeypatch, capfd):
    assert run_with(checks, monkeypatch, 1, 0) == 1
    table = capfd.readouterr().out.split("What each took")[1]
    assert "check 1            FAILED" in table
    assert "check 2            passed" in table


def test_all_passed_is_exit_code_0(checks, monkeypatch):
    assert run_with(checks, monkeypatch, 0, 0) == 0


def test_the_closing_line_counts_errors_as_failures(checks, tmp_path):
    (tmp_path / "junit.xml").write_text(JUNIT)
    assert checks.totals(tmp_path / "junit.xml") == "tests: 3 passed, 2 failed, 2 skipped"


def test_a_test_run_that_left_no_report_passed_nothing(checks, tmp_path):
    assert checks.totals(tmp_path / "junit.xml") == "tests: 0 passed, 0 failed, 0 skipped"


def test_every_command_of_the_list_exists(checks, tmp_path):
    for check in checks.checks(tmp_path / "junit.xml"):
        assert Path(check.command[0]).exists(), check.name
