"""Tier landlock: no bubblewrap, no namespaces, the same frames, limits and refusals."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from grader.errors import SandboxError
from grader.model import Isolation, Limits, Verdict
from grader.sandbox import BoxFailed, Sandbox, launch
from grader.sandbox import sandbox as sandbox_module

pytestmark = pytest.mark.sandbox


def forget_namespaces(patch):
    launches = {Isolation.LANDLOCK: launch.LAUNCHES[Isolation.LANDLOCK]}
    patch.setattr(sandbox_module, "LAUNCHES", launches)


@pytest.fixture(scope="module")
def sandbox():
    with pytest.MonkeyPatch.context() as patch, Sandbox(required=Isolation.LANDLOCK) as made:
        forget_namespaces(patch)
        assert made.isolation is Isolation.LANDLOCK
        yield made


def test_it_is_refused_unless_it_is_asked_for(monkeypatch):
    forget_namespaces(monkeypatch)
    with Sandbox() as strict, pytest.raises(SandboxError):
        strict.spawn(Limits())


def test_a_call_is_answered(run):
    assert run("import torch\ndef attack(n):\n    return int(torch.ones(n).sum())", 5) == 5


def test_scratch_space_works_and_is_home(run):
    code = """
    import os, tempfile
    def attack():
        with tempfile.NamedTemporaryFile() as file:
            file.write(b'x')
            inside = file.name.startswith(os.environ['HOME'])
        open('here', 'w').close()
        return inside, os.getcwd() == os.environ['HOME'] + '/work', 'here' in os.listdir()
    """
    assert run(code) == (True, True, True)


def test_scratch_space_is_removed_however_it_was_left(sandbox, boxes, student):
    box = boxes()
    student.load(
        box,
        """
        import os
        def attack():
            closed = os.getcwd() + '/closed'
            for _ in range(1500):
                os.mkdir('d')
                os.chdir('d')
            os.mkdir(closed)
            open(closed + '/file', 'w').close()
            os.chmod(closed, 0)
            return os.environ['HOME']
        """,
    )
    home = student.call(box)
    assert Path(home).parent.name.startswith("grader-boxes-")
    box.close()
    deadline = time.monotonic() + 10
    while os.path.exists(home) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not os.path.exists(home)


def test_files_outside_the_view_cannot_be_opened(errno_of):
    with tempfile.NamedTemporaryFile() as planted:
        os.fchmod(planted.fileno(), 0o644)
        paths = [planted.name, __file__, "/etc/passwd", sandbox_module.__file__]
        for path in paths:
            assert errno_of(f"return os.open({path!r}, os.O_RDONLY)") == "EACCES"


@pytest.mark.parametrize("folder", ["/", "/home", "/proc", "/tmp", "/usr/share", "/dev/shm"])
def test_folders_outside_the_view_cannot_be_listed(errno_of, folder):
    assert errno_of(f"return os.listdir({folder!r})") == "EACCES"


@pytest.mark.parametrize("path", ["torch.__file__", "'/usr/bin/env'", "'/dev/shm/new'", "'/tmp/n'"])
def test_nothing_outside_the_scratch_space_can_be_written(errno_of, path):
    code = f"import torch\nreturn os.open({path}, os.O_WRONLY | os.O_CREAT)"
    assert errno_of(code) in {"EACCES", "EROFS"}


def test_a_neighbours_files_and_processes_are_out_of_reach(boxes, student):
    victim, attacker = boxes(), boxes()
    student.load(
        victim,
        """
        import os
        def attack():
            open('mine', 'w').write('secret')
            return os.getpid(), os.getcwd() + '/mine'
        """,
    )
    pid, path = student.call(victim)
    student.load(
        attacker,
        """
        import ctypes, errno, os, signal
        libc = ctypes.CDLL(None, use_errno=True)
        def attempt(action):
            try:
                return 'reached: ' + str(action())
            except OSError as error:
                return errno.errorcode[error.errno]
        def attack(pid, path):
            tries = [
                lambda: os.kill(pid, signal.SIGKILL),
                lambda: os.kill(-1, signal.SIGTERM),
                lambda: os.kill(0, signal.SIGTERM),
                lambda: os.killpg(os.getpgid(pid), signal.SIGTERM),
                lambda: os.pidfd_open(pid),
                lambda: open(f'/proc/{pid}/mem', 'rb'),
                lambda: open(f'/proc/{pid}/environ', 'rb'),
                lambda: os.listdir(f'/proc/{pid}/fd'),
                lambda: open(path),
                lambda: os.listdir(os.path.dirname(path)),
            ]
            libc.syscall(200, pid, 9)  # tkill
            return [attempt(one) for one in tries], ctypes.get_errno()
        """,
    )
    outcomes, error = student.call(attacker, pid, path)
    assert set(outcomes) <= {"EPERM", "EACCES"}
    assert error == 1
    assert student.call(victim)[0] == pid


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("socket.socket(socket.AF_UNIX)", "EPERM"),
        ("socket.socket(socket.AF_INET)", "EAFNOSUPPORT"),
        ("socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)", "EPERM"),
        ("socket.socketpair()[0].bind('/box/s')", "EPERM"),
        ("os.fork()", "EPERM"),
        ("__import__('fcntl').fcntl(0, 8, 1)", "EPERM"),  # F_SETOWN
    ],
)
def test_what_reaches_others_is_refused(errno_of, statement, error):
    assert errno_of(statement) == error


def test_a_pair_of_sockets_works(run):
    code = """
    import socket
    def attack():
        a, b = socket.socketpair()
        a.sendall(b'hi')
        return b.recv(2)
    """
    assert run(code) == b"hi"


def test_a_datagram_cannot_be_sent_to_a_socket_of_the_host(errno_of):
    name = f"grader-test-{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind("\0" + name)
        got = errno_of(
            "a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)\n"
            f"return a.sendto(b'x', '\\0{name}')"
        )
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.recv(1)
    assert got is not None


def test_abort_and_threads_still_work(boxes, student):
    box = boxes()
    student.load(
        box,
        """
        import os, threading
        def attack(end):
            if end:
                os.abort()
            done = []
            for _ in range(20):
                thread = threading.Thread(target=done.append, args=(1,))
                thread.start()
                thread.join()
            return len(done)
        """,
    )
    assert student.call(box, False) == 20
    with pytest.raises(BoxFailed, match="abort") as caught:
        student.call(box, True)
    assert caught.value.verdict is Verdict.ERROR


def test_limits_hold(run):
    with pytest.raises(BoxFailed) as caught:
        run("def attack():\n    bytearray(300 << 20)", limits=Limits(memory_bytes=200 << 20))
    assert caught.value.verdict is Verdict.MEMORY
    with pytest.raises(BoxFailed) as caught:
        run("def attack():\n    while True: pass", limits=Limits(cpu_seconds=0.3))
    assert caught.value.verdict is Verdict.TIMEOUT


def test_processes_are_refused_with_the_reason(sandbox):
    with pytest.raises(SandboxError, match="only tier namespaces"):
        sandbox.spawn(Limits(processes=2))


def test_it_is_no_fork_of_the_grader(run):
    """That would carry the grader's heap with it."""
    assert run("import sys\ndef attack():\n    return 'pytest' in sys.modules") is False


GRADER = """
import sys, time
from grader.model import Isolation, Limits
from grader.sandbox import Sandbox, launch, sandbox as module
module.LAUNCHES = {Isolation.LANDLOCK: launch.LAUNCHES[Isolation.LANDLOCK]}
sandbox = Sandbox(required=Isolation.LANDLOCK)
boxes = [sandbox.spawn(Limits()) for _ in range(3)]
(supply,) = sandbox._supplies.values()
print(supply._scratch, flush=True)
time.sleep(60)
"""


def test_when_the_grader_is_killed_its_folder_goes_too():
    with subprocess.Popen([sys.executable, "-c", GRADER], stdout=subprocess.PIPE) as grader:
        scratch = grader.stdout.readline().decode().strip()
        assert os.path.isdir(scratch)
        grader.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 5
    while os.path.exists(scratch) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(scratch)
