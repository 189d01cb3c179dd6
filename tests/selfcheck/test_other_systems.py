"""The check on macOS and Windows, as far as it can be tried here: what they lack is taken away.

A system is imitated by lines that both processes run first. It removes the functions and
modules that CPython's documentation says are missing there; "colab" stands for an installation
without what only instructors need, and without torchvision.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WINDOWS = """
import os
os.supports_dir_fd.clear()
os.supports_fd.clear()
import select, signal, socket, subprocess, sys, time
subprocess._USE_POSIX_SPAWN = False
subprocess.Popen.kill = lambda self: self.poll() is None and os.kill(self.pid, 9)
for module, names in {
    os: "fork forkpty geteuid getuid pidfd_open memfd_create killpg O_NOFOLLOW O_NONBLOCK wait4 "
        "posix_spawn setsid setresuid",
    signal: "SIGALRM SIGBUS SIGSYS SIGTRAP SIGKILL SIGSTOP SIGCONT SIGXCPU setitimer ITIMER_REAL "
            "pidfd_send_signal alarm",
    select: "poll epoll",
    socket: "socketpair AF_UNIX MSG_NOSIGNAL MSG_DONTWAIT send_fds recv_fds SOCK_SEQPACKET",
    time: "clock_gettime",
}.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
for name in ("resource", "fcntl", "pwd", "grp", "termios", "pyseccomp"):
    sys.modules[name] = None
"""
MACOS = """
import os, select, signal, socket, sys
for module, names in {
    os: "pidfd_open memfd_create setresuid",
    signal: "pidfd_send_signal",
    select: "epoll",
    socket: "MSG_NOSIGNAL SOCK_SEQPACKET",
}.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
sys.modules["pyseccomp"] = None
"""
LIGHT = """
import sys
for name in ("nbclient ipykernel pyseccomp sqlalchemy alembic jupytext markdown_it nh3 junitparser "
             "platformdirs torchvision matplotlib").split():
    sys.modules[name] = None
"""
RUN = """
import sys
exec(open(sys.argv[1]).read())
from grader.sandbox import process
process._START = f"exec(open({sys.argv[1]!r}).read()); " + process._START
from grader.cli import main
sys.argv = ["grader", *sys.argv[2:]]
main()
"""


@pytest.fixture
def check(handed_out, tmp_path):
    def run(system, *arguments):
        (tmp_path / "system.py").write_text(system)
        return subprocess.run(
            [sys.executable, "-c", RUN, str(tmp_path / "system.py"), "check", *arguments],
            cwd=handed_out / "exercises/relu",
            env={**os.environ, "NO_COLOR": "1", "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    return run


@pytest.mark.parametrize("system", [WINDOWS, MACOS, LIGHT], ids=["windows", "macos", "colab"])
def test_a_check_needs_nothing_that_the_system_lacks(check, system, handed_out):
    path = Path(handed_out, "exercises/relu/relu.py")
    path.write_text("def relu(x):\n    return x.clamp(min=0)\n")
    done = check(system, "relu.py")
    assert done.stderr == ""
    assert "3 of 3 public tests pass" in done.stdout
    assert done.returncode == 0


def test_a_file_that_hangs_is_ended_and_checked_by_its_definitions(check, handed_out):
    path = Path(handed_out, "exercises/relu/relu.py")
    path.write_text("def relu(x):\n    return x.clamp(min=0)\n\n\nwhile True:\n    pass\n")
    toml = Path(handed_out, "exercises/relu/exercise.toml")
    toml.write_text(toml.read_text() + "\n[limits]\nwall_seconds = 2\n")
    done = check(WINDOWS, "relu.py")
    assert "3 of 3 public tests pass" in done.stdout
