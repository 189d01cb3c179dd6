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


FOR_SOME_USERS = """
import pytest

@pytest.mark.sandbox
@pytest.mark.root_only
def test_of_root():
    pass

@pytest.mark.sandbox
@pytest.mark.user_only
def test_of_others():
    pass

def test_of_all():
    pass
"""


@pytest.mark.parametrize(("uid", "chosen"), [(0, "root"), (1000, "others")])
def test_what_another_user_must_run_is_left_out_and_not_skipped(project, monkeypatch, uid, chosen):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setattr("os.geteuid", lambda: uid)
    project.makepyfile(FOR_SOME_USERS)
    result = project.runpytest_inprocess("-v")
    result.assert_outcomes(passed=2, deselected=1)
    result.stdout.fnmatch_lines([f"*::test_of_{chosen} PASSED*"])
