"""Attacks from inside a box on the grader, the warm parent, the machine and other boxes."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import tempfile

import pytest

from grader.protocol import Raised

pytestmark = pytest.mark.sandbox


def test_kill_0_reaches_nobody_else(boxes, student):
    """A first version lost its warm parent here: the process group crosses the pid namespace."""
    neighbour, box = boxes(), boxes()
    student.load(neighbour, "def attack():\n    return 'alive'")
    student.load(
        box,
        """
        import os, signal
        def attack():
            os.kill(os.getppid(), signal.SIGKILL)   # the parent is 0: kill(0)
            os.killpg(0, signal.SIGTERM)
            return os.getppid(), os.getpgid(0) == os.getpid()
        """,
    )
    assert student.call(box) == (0, True)
    assert student.call(neighbour) == "alive"
    assert student.load(boxes(), "def attack():\n    pass")


@pytest.mark.parametrize("target", [-1, 2, 3])
def test_there_is_nobody_to_signal(errno_of, target):
    assert errno_of(f"return os.kill({target}, signal.SIGKILL)") == "ESRCH"


def test_stopping_itself_does_not_outlast_the_deadline(run):
    assert (
        run("import os, signal\ndef attack():\n    os.kill(1, signal.SIGSTOP)\n    return 1") == 1
    )


def test_only_its_own_process_can_be_seen(run):
    code = "import os\ndef attack():\n    return [n for n in os.listdir('/proc') if n.isdigit()]"
    assert run(code) == ["1"]


def test_nothing_is_inherited_but_input_output_and_its_socket(run):
    code = """
    import os
    def attack():
        names = {}
        for number in range(256):
            try:
                names[number] = os.readlink(f'/proc/self/fd/{number}').split(':')[0]
            except FileNotFoundError:
                pass
        return names
    """
    assert run(code) == {0: "/dev/null", 1: "pipe", 2: "pipe", 3: "socket"}


def test_the_environment_is_made_for_it_and_holds_no_secret(run, monkeypatch):
    monkeypatch.setenv("GRADER_SECRET", "hunter2")
    environment = run("import os\ndef attack():\n    return dict(os.environ)")
    assert "GRADER_SECRET" not in environment
    assert environment["HOME"] == "/box"
    assert set(environment) <= {
        *("PATH", "HOME", "TMPDIR", "USER", "LOGNAME", "LANG", "TZ", "PWD", "MPLBACKEND"),
        *("PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE", "KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK"),
        *("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LC_CTYPE"),
    }


def test_the_initial_environment_is_clean_too(run):
    code = """
    def attack():
        try:
            return open('/proc/self/environ', 'rb').read()
        except PermissionError:
            return b''
    """
    assert b"SECRET" not in run(code)


def test_memory_holds_no_trace_of_the_grader(run):
    secret = secrets.token_hex(16)
    os.environ["GRADER_SECRET"] = secret
    half, rest = secret[:16], secret[16:]  # the whole one must not come in by being asked for
    code = """
    def attack(half, rest):
        wanted = (half + rest).encode()
        found = []
        for line in open('/proc/self/maps'):
            span, flags, _, _, _, name = [*line.split(None, 5), ""][:6]
            if 'r' not in flags or name.strip() in ('[vvar]', '[vsyscall]'):
                continue
            start, end = (int(x, 16) for x in span.split('-'))
            with open('/proc/self/mem', 'rb', 0) as memory:
                memory.seek(start)
                while start < end:
                    block = memory.read(min(1 << 22, end - start))
                    if not block:
                        break
                    found.append(block.count(wanted))
                    start += len(block)
        return sum(found)
    """
    try:
        found = run(code, half, rest, seconds=60.0)
    finally:
        del os.environ["GRADER_SECRET"]
    if not isinstance(found, Raised):  # as root it may not even read its own memory
        assert found <= 2  # the word it was looking for, and the copy that count() compares with


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_NETLINK", "AF_PACKET", "AF_VSOCK"])
def test_no_network_socket_can_be_made(errno_of, family):
    assert errno_of(f"socket.socket(socket.{family})") == "EAFNOSUPPORT"


def test_names_are_not_resolved(run):
    code = """
    import socket
    def attack():
        try:
            return socket.getaddrinfo('example.org', 80)
        except socket.gaierror:
            return 'no'
    """
    assert run(code) == "no"


def test_an_abstract_socket_of_the_host_is_out_of_reach(errno_of):
    name = f"grader-test-{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("\0" + name)
        listening.listen(1)
        got = errno_of(f"socket.socket(socket.AF_UNIX).connect('\\0{name}')")
    assert got in {"ECONNREFUSED", "EPERM"}


def test_unix_sockets_of_its_own_work(run):
    code = """
    import socket
    def attack():
        a, b = socket.socketpair()
        with socket.socket(socket.AF_UNIX) as named:
            named.bind('/box/s')
        a.sendall(b'hi')
        return b.recv(2)
    """
    assert run(code) == b"hi"


def test_files_outside_the_view_do_not_exist(errno_of):
    with tempfile.NamedTemporaryFile() as planted:
        os.fchmod(planted.fileno(), 0o644)
        for path in (planted.name, __file__, "/etc/passwd", "/usr/share", "/root", "/home", "/sys"):
            assert errno_of(f"return os.open({path!r}, os.O_RDONLY)") == "ENOENT"


@pytest.mark.parametrize("root", ["/proc/1/root", "/proc/self/root", "/proc/self/cwd/../../.."])
def test_there_is_no_way_around_the_view(run, root):
    code = f"import os\ndef attack():\n    return sorted(os.listdir({root!r}))"
    assert set(run(code)) <= {
        *("bin", "box", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "tmp"),
        *("usr", "worker", *os.path.abspath(sys.prefix).split("/")[1:2]),
        *os.path.abspath(sys.base_prefix).split("/")[1:2],
    }


@pytest.mark.parametrize(
    "path",
    ["torch.__file__", "'/usr/bin/env'", "'/worker/grader/__init__.py'", "'/proc/sysrq-trigger'"],
)
def test_nothing_outside_the_scratch_space_can_be_written(errno_of, path):
    code = f"import torch\nreturn os.open({path}, os.O_WRONLY)"
    assert errno_of(code) in {"EROFS", "EACCES", "EPERM", "ENOENT"}


@pytest.mark.parametrize("folder", ["/", "/tmp", "/dev", "/worker", "/usr/lib", "/etc"])
def test_no_file_can_be_made_outside_the_scratch_space(errno_of, folder):
    code = f"return os.open({folder + '/new'!r}, os.O_WRONLY | os.O_CREAT)"
    assert errno_of(code) in {"EROFS", "EACCES", "EPERM"}


def test_a_box_sees_nothing_of_another_one(boxes, student):
    first, second = boxes(), boxes()
    student.load(
        first,
        """
        import os, socket
        kept = []
        def attack():
            open('mine', 'w').write('secret')
            open('/dev/shm/mine', 'w').write('secret')
            kept.append(socket.socket(socket.AF_UNIX))
            kept[0].bind(chr(0) + 'mine')
            kept[0].listen(1)
        """,
    )
    student.call(first)
    student.load(
        second,
        """
        import os, socket
        def attack():
            try:
                socket.socket(socket.AF_UNIX).connect(chr(0) + 'mine')
                reached = True
            except OSError:
                reached = False
            return sorted(os.listdir()), os.listdir('/dev/shm'), reached
        """,
    )
    assert student.call(second) == (["solution.py"], [], False)


def test_generators_of_random_numbers_differ_between_boxes(boxes, student):
    code = """
    import random, numpy, torch
    drawn = [random.random(), float(numpy.random.rand()), float(torch.rand(()))]
    def attack():
        return drawn
    """
    first, second = boxes(), boxes()
    for box in (first, second):
        student.load(box, code)
    pairs = zip(student.call(first), student.call(second), strict=True)
    assert all(a != b for a, b in pairs)


@pytest.mark.parametrize(
    "change",
    [
        "os.setuid(0)",
        "os.setgroups([0])",
        "os.nice(-5)",
        "os.sched_setaffinity(0, {0})",
        "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))",
        "resource.setrlimit(resource.RLIMIT_DATA, (-1, -1))",
        "os.chroot('/box')",
        "os.mknod('/box/null', 0o20666, os.makedev(1, 3))",
        "os.chown('/box/work', 0, 0)",
        "os.memfd_create('x')",
        "os.pidfd_open(1)",
    ],
)
def test_privileges_cannot_be_gained(run, change):
    code = (
        "import os, resource\ndef attack():\n    try:\n"
        f"        {change}\n    except (OSError, ValueError) as error:\n"
        "        return type(error).__name__\n"
    )
    assert run(code) in {"PermissionError", "ValueError"}


def test_it_has_no_capability_and_can_gain_none(run):
    code = """
    def attack():
        return dict(line.split(':\\t', 1) for line in open('/proc/self/status').read().splitlines())
    """
    status = run(code)
    for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
        assert int(status[name], 16) == 0
    assert (status["NoNewPrivs"], status["Seccomp"]) == ("1", "2")
    assert status["Uid"].split() == [status["Uid"].split()[0]] * 4 != ["0"] * 4


def test_each_box_has_a_user_or_a_user_namespace_of_its_own(boxes, student):
    code = """
    import os
    def attack():
        return os.getresuid() + os.getresgid(), os.stat('/proc/self/ns/user').st_ino
    """
    ids, namespaces = set(), set()
    for box in (boxes(), boxes(), boxes()):
        student.load(box, code)
        identity, namespace = student.call(box)
        ids.add(identity)
        namespaces.add(namespace)
    if os.geteuid() == 0:
        assert len(ids) == 3
        assert all(len(set(identity)) == 1 and identity[0] >= 60_000 for identity in ids)
    else:
        assert len(namespaces) == 3


def test_the_submission_cannot_import_the_grader(run):
    code = """
    def attack():
        import importlib
        found = []
        for name in ('model', 'sandbox', 'runner', 'catalog', 'compare', 'config', 'scoring'):
            try:
                importlib.import_module('grader.' + name)
                found.append(name)
            except ImportError:
                pass
        return found
    """
    assert run(code) == []
