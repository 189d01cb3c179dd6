"""The tier is what canaries prove: a sandbox with a hole in it is refused."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time

import pytest

from grader.errors import SandboxError
from grader.model import Limits
from grader.sandbox import Sandbox, launch, traps, view
from grader.worker import canaries

pytestmark = pytest.mark.sandbox


@contextlib.contextmanager
def weakened(monkeypatch, change):
    """A sandbox whose bubblewrap is started with `change(arguments)`."""
    strong = view.bubblewrap
    monkeypatch.setattr(view, "bubblewrap", lambda *a, **k: change(strong(*a, **k)))
    with Sandbox() as made:
        yield made


def with_temporary_files(arguments):
    folder = tempfile.gettempdir()
    where = arguments.index("--remount-ro", arguments.index("/worker/grader/__init__.py"))
    return [*arguments[:where], "--ro-bind", folder, folder, *arguments[where:]]


def with_the_grader(arguments):
    where = arguments.index("--remount-ro", arguments.index("/worker/grader/__init__.py"))
    package = os.path.dirname(os.path.dirname(view.__file__))
    parts = package.split("/")[1:-1]
    parents = ["/" + "/".join(parts[: n + 1]) for n in range(len(parts))]
    made = [word for parent in parents for word in ("--perms", "0755", "--dir", parent)]
    return [*arguments[:where], *made, "--ro-bind", package, package, *arguments[where:]]


@pytest.mark.parametrize(
    ("change", "canary"),
    [(with_temporary_files, "open a planted file"), (with_the_grader, "list the grader's folders")],
)
def test_a_view_with_a_hole_is_refused(monkeypatch, change, canary):
    with (
        weakened(monkeypatch, change) as sandbox,
        pytest.raises(SandboxError, match=canary) as caught,
    ):
        sandbox.spawn(Limits())
    assert "does not hold" in str(caught.value)


def test_a_box_that_may_fork_is_noticed(monkeypatch):
    roomy = Limits(memory_bytes=64 << 20, processes=2)
    monkeypatch.setattr(traps, "CANARY_LIMITS", roomy)
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="fork"):
        sandbox.spawn(Limits())


def test_memory_over_the_budget_is_noticed_where_nothing_limits_it():
    prize = canaries.CANARIES["allocate over the budget"]({"memory_bytes": 64 << 20})
    assert prize == f"{65 << 20} bytes"


def test_every_canary_reports(sandbox):
    sandbox.spawn(Limits()).close()
    supply = sandbox._supplies["functions"]
    started = time.monotonic()
    supply._prove(supply.start())
    assert time.monotonic() - started < 1.0


def test_what_cannot_start_says_what_to_install(monkeypatch):
    monkeypatch.setattr(launch.shutil, "which", lambda name: None)
    with Sandbox() as sandbox, pytest.raises(SandboxError, match="apt-get install bubblewrap"):
        assert sandbox.isolation


def test_an_unknown_profile_is_named(sandbox):
    with pytest.raises(SandboxError, match=r"no sandbox profile 'gpu'.*functions"):
        sandbox.spawn(Limits(), "gpu")


def test_a_refused_sandbox_leaves_nothing_open(monkeypatch):
    before = len(os.listdir("/proc/self/fd"))
    with weakened(monkeypatch, with_temporary_files) as sandbox:
        for _ in range(2):
            with pytest.raises(SandboxError):
                sandbox.spawn(Limits())
    assert len(os.listdir("/proc/self/fd")) == before
