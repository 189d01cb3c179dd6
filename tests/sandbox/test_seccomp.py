"""Each system call that is not on the list, made with arguments that no kernel would take.

A call that is let through answers EFAULT, EBADF or EINVAL; one that is refused answers EPERM,
and one that no libseccomp knows answers ENOSYS: the three cannot be taken for each other.
"""

from __future__ import annotations

import pytest

from grader.model import Limits

_ABSENT = "libseccomp or pyseccomp is absent"
pyseccomp = pytest.importorskip("pyseccomp", exc_type=ImportError, reason=_ABSENT)
seccomp = pytest.importorskip("grader.worker.seccomp", exc_type=ImportError, reason=_ABSENT)

pytestmark = pytest.mark.sandbox

CALL = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
BAD = ctypes.c_long(-1)
def attack(numbers):
    got = {}
    for number in numbers:
        ctypes.set_errno(0)
        result = libc.syscall(ctypes.c_long(number), BAD, BAD, BAD, BAD, BAD, BAD)
        got[number] = result, ctypes.get_errno()
    return got
"""
EPERM, ENOSYS, EAFNOSUPPORT = 1, 38, 97
CLONE_THREAD, NEWUSER, NEWPID, NEWNS = 0x10000, 0x10000000, 0x20000000, 0x20000


def known():
    found = {}
    for number in range(1024):
        try:
            found[number] = str(pyseccomp.resolve_syscall(pyseccomp.system_arch(), number), "ascii")
        except ValueError:
            continue
    return found


def refused(extra=frozenset()):
    """What must be, apart from two calls that the kernel takes before it asks any filter: they are
    for its own trampolines, and whoever else calls them is killed."""
    allowed = seccomp.ALLOWED | seccomp.CONDITIONAL | extra | {"uretprobe", "uprobe"}
    return {number: name for number, name in known().items() if name not in allowed}


def test_every_call_that_is_not_on_the_list_is_refused(run):
    names = refused()
    assert len(names) > 120
    answers = run(CALL, sorted(names))
    assert {names[n]: a for n, a in answers.items() if a != (-1, EPERM)} == {}


def test_they_are_refused_too_where_processes_are_allowed(run):
    names = refused(frozenset({"fork", "vfork", "execve"}))
    answers = run(CALL, sorted(names), limits=Limits(processes=1))
    assert {names[n]: a for n, a in answers.items() if a != (-1, EPERM)} == {}


def test_calls_that_nobody_knows_do_not_exist(run):
    numbers = sorted(set(range(400, 1024)) - set(known()))
    answers = run(CALL, numbers)
    assert {n: a for n, a in answers.items() if a != (-1, ENOSYS)} == {}


@pytest.mark.parametrize(
    "name", ["read", "openat", "stat", "getdents64", "pipe2", "mmap", "sendmsg", "statx"]
)
def test_a_call_on_the_list_reaches_the_kernel(run, name):
    number = next(n for n, known_as in known().items() if known_as == name)
    result, error = run(CALL, [number])[number]
    assert (result, error) not in {(-1, EPERM), (-1, ENOSYS)}


@pytest.mark.parametrize("processes", [0, 2])
def test_clone_makes_no_namespace_and_clone3_does_not_exist(run, processes):
    code = """
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    def attack(calls):
        got = []
        for number, flags in calls:
            ctypes.set_errno(0)
            libc.syscall(ctypes.c_long(number), ctypes.c_ulong(flags), None, None, None, None)
            got.append(ctypes.get_errno())
        return got
    """
    numbers = {name: number for number, name in known().items()}
    flags = [NEWUSER, NEWPID, NEWNS, NEWUSER | CLONE_THREAD, 0x02000000, 0x40000000]
    asked = [[numbers["clone"], flag] for flag in flags] + [[numbers["clone3"], 0]]
    assert run(code, asked, limits=Limits(processes=processes)) == [EPERM] * 6 + [ENOSYS]


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("fcntl.ioctl(0, 0x5412, b'x')", "EPERM"),  # TIOCSTI types into the terminal
        ("fcntl.ioctl(0, (1 << 32 | 0x5412) - (1 << 32), b'x')", "EPERM"),
        ("fcntl.ioctl(0, 0x541C, b'x')", "EPERM"),  # TIOCLINUX
        ("fcntl.ioctl(0, 0x5401, bytes(64))", "ENOTTY"),  # TCGETS is let through
        ("resource.prlimit(1, resource.RLIMIT_NOFILE)", "EPERM"),
        ("socket.socket(socket.AF_INET)", "EAFNOSUPPORT"),
    ],
)
def test_calls_are_told_apart_by_their_arguments(errno_of, statement, error):
    assert errno_of(f"import fcntl\n{statement}") == error


def test_prctl_only_names(run):
    code = """
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    def attack(options):
        got = {}
        for option in options:
            ctypes.set_errno(0)
            libc.prctl(option, b'name', 0, 0, 0)
            got[option] = ctypes.get_errno()
        return got
    """
    answers = run(code, [1, 4, 8, 15, 22, 24, 36, 38, 47])
    assert answers == {option: 0 if option == 15 else EPERM for option in answers}
