"""The rule that a skipped sandbox test fails in CI."""

from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
INI = """
[pytest]
markers =
    sandbox: needs a sandbox
"""


@pytest.fixture
def project(pytester):
    """A small project of its own with our conftest.py."""
    pytester.makeconftest(CONFTEST.replace('pytest_plugins = ["pytester"]', ""))
    pytester.makeini(INI)
    return pytester


SKIPS_ITSELF = """
import pytest

@pytest.mark.sandbox
def test_needs_a_box():
    pytest.skip("no bubblewrap here")

def test_needs_nothing():
    pytest.skip("not a sandbox test")
"""

SKIPS_THE_MODULE = """
import pytest
pytest.skip("no bubblewrap here", allow_module_level=True)
pytestmark = pytest.mark.sandbox
"""

EXPECTED_TO_FAIL = """
import pytest

@pytest.mark.sandbox
@pytest.mark.xfail
def test_breaks():
    raise AssertionError
"""


def test_a_skipped_sandbox_test_fails_in_ci(project, monkeypatch):
    monkeypatch.setenv("CI", "true")
    project.makepyfile(SKIPS_ITSELF)
    result = project.runpytest_inprocess()
    result.assert_outcomes(failed=1, skipped=1)
    result.stdout.fnmatch_lines(["*counts as a failure in CI*no bubblewrap here*"])


def test_a_skipped_sandbox_test_is_a_skip_elsewhere(project, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    project.makepyfile(SKIPS_ITSELF)
    project.runpytest_inprocess().assert_outcomes(skipped=2)


def test_a_skipped_sandbox_module_is_an_error_in_ci(project, monkeypatch):
    monkeypatch.setenv("CI", "true")
    project.makepyfile(SKIPS_THE_MODULE)
    project.runpytest_inprocess().assert_outcomes(errors=1)


def test_a_test_that_is_expected_to_fail_stays_so_in_ci(project, monkeypatch):
    monkeypatch.setenv("CI", "true")
    project.makepyfile(EXPECTED_TO_FAIL)
    project.runpytest_inprocess().assert_outcomes(xfailed=1)
