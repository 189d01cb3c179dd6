"""What all tests share: one thread each, skips that count in CI, and the time per suite."""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from pathlib import Path

import pytest

# Before torch is imported anywhere: idle threads that spin slow their neighbours down, and a
# process that forks must have one thread.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

# A shell that starts the tests in the background has them, and all they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sandbox():
    """One sandbox for all tests that need one; its warm parent costs seconds."""
    from grader.sandbox import Sandbox

    with Sandbox() as one:
        yield one


@pytest.fixture(scope="session")
def tiny_course(root):
    """A course of one exercise, made for tests: half, apply and make_layer."""
    from grader.catalog import load_course

    return load_course(root / "tests/samples/tiny")


def is_ci() -> bool:
    return os.environ.get("CI", "").lower() in {"1", "true"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI a sandbox test that is skipped has failed: nothing would have shown that it holds."""
    report = yield
    is_skip = report.skipped and not hasattr(report, "wasxfail")
    if is_ci() and is_skip and item.get_closest_marker("sandbox"):
        _count_as_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """The same for a whole module that skips itself, which leaves no test to look at."""
    report = yield
    is_module = isinstance(collector, pytest.Module)
    if is_ci() and report.skipped and is_module and "mark.sandbox" in collector.path.read_text():
        _count_as_failure(report)
    return report


def _count_as_failure(report) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"skipped, which counts as a failure in CI: {reason}"


class SuiteTimes:
    """Adds up how long the tests of each folder took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.tests: dict[str, int] = defaultdict(int)

    def pytest_runtest_logreport(self, report) -> None:
        suite = "/".join(report.nodeid.split("::")[0].split("/")[:2])
        self.seconds[suite] += report.duration
        self.tests[suite] += report.when == "call"

    def pytest_terminal_summary(self, terminalreporter) -> None:
        if len(self.seconds) < 2:
            return
        terminalreporter.section("what each suite took")
        for suite in sorted(self.seconds, key=lambda name: -self.seconds[name]):
            terminalreporter.write_line(
                f"{self.seconds[suite]:8.1f} s  {self.tests[suite]:5d} tests  {suite}"
            )


def pytest_configure(config) -> None:
    config.addinivalue_line("markers", "root_only: about what root can do; not run by others")
    config.addinivalue_line("markers", "user_only: about what others cannot do; not run by root")
    config.pluginmanager.register(SuiteTimes(), "suite-times")


def pytest_collection_modifyitems(config, items) -> None:
    """Leave out, rather than skip, what another user has to run: CI runs the tests as both."""
    other = "user_only" if os.geteuid() == 0 else "root_only"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
