"""Three hundred boxes in a row, one in ten ending badly, leave nothing behind."""

import os
import subprocess
import sys

import pytest

from grader.model import Isolation

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


@pytest.mark.parametrize("tier", [Isolation.NAMESPACES, Isolation.LANDLOCK])
def test_boxes_in_a_row_leave_no_descriptor_process_or_memory(root, sandbox, tier):
    if tier is Isolation.NAMESPACES and sandbox.isolation is not tier:
        pytest.skip("this machine does not prove tier namespaces")
    boxes = "300" if tier is Isolation.NAMESPACES else "150"
    done = subprocess.run(
        [sys.executable, root / "benchmarks/soak.py", "--boxes", boxes, "--tier", tier],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("after closing: 0 processes\nnothing was left behind\n")


def test_the_count_notices_what_is_left(root):
    """Else a soak that finds nothing says nothing."""
    code = (
        "import os, subprocess, sys; sys.path.insert(0, sys.argv[1]); import soak; "
        "before = len(os.listdir('/proc/self/fd')); kept = os.pipe(); "
        "child = subprocess.Popen(['true']); os.waitid(os.P_PID, child.pid, os.WEXITED | "
        "os.WNOWAIT); print(len(os.listdir('/proc/self/fd')) - before, "
        "len(soak.beneath(os.getpid())), soak.resident_bytes(os.getpid()) > 1 << 20)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(root / "benchmarks")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["2", "1", "True"]  # a pipe, a zombie, and memory
