"""The allow-list of system calls: compiled once in the warm parent, loaded by every worker.

What is not on the list gets EPERM if libseccomp knows it and ENOSYS if not (numbers to 1,023),
since glibc falls back to an older call only on ENOSYS; clone3 gets ENOSYS too, because its flags
lie in memory where a filter cannot look. Foreign architectures are killed (libseccomp's default).
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterator
from typing import Final

import pyseccomp

from grader.worker.linux import prctl

__all__ = ["ALLOWED", "CONDITIONAL", "compile_filter", "install"]

_ALLOWED_NAMES = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 open openat openat2
    creat close close_range lseek stat fstat lstat newfstatat statx access faccessat faccessat2
    readlink readlinkat getdents getdents64 getcwd chdir fchdir rename renameat renameat2 mkdir
    mkdirat rmdir unlink unlinkat link linkat symlink symlinkat chmod fchmod fchmodat fchmodat2
    umask truncate ftruncate fallocate fsync fdatasync utime utimes utimensat futimesat dup dup2
    dup3 flock pipe pipe2 sendfile copy_file_range splice statfs fstatfs fadvise64
    getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr

    mmap munmap mprotect mremap madvise brk msync mincore membarrier get_mempolicy

    exit exit_group getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid
    getgroups getpgid getpgrp getsid setsid setpgid getrlimit setrlimit getrusage times sysinfo
    uname arch_prctl set_tid_address set_robust_list rseq sched_yield sched_getaffinity
    sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min getpriority
    getcpu capget restart_syscall wait4 waitid futex futex_waitv futex_wake futex_wait
    futex_requeue getrandom

    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait
    sigaltstack kill tkill tgkill pause alarm setitimer getitimer timer_create timer_settime
    timer_gettime timer_getoverrun timer_delete timerfd_create timerfd_settime timerfd_gettime
    signalfd signalfd4 eventfd eventfd2

    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait
    epoll_pwait2

    sendto recvfrom sendmsg recvmsg sendmmsg recvmmsg shutdown getsockname getpeername
    setsockopt getsockopt
"""
ALLOWED: Final = frozenset(_ALLOWED_NAMES.split())
"""What CPython, numpy and torch need to compute, to use their scratch space and threads."""

PROCESSES: Final = frozenset({"fork", "vfork", "execve"})
"""Allowed as well where an exercise allows processes."""

_BY_NAME = frozenset({"bind", "connect", "listen", "accept", "accept4"})

CONDITIONAL: Final = _BY_NAME | {
    *("clone", "clone3", "fcntl", "ioctl", "prctl", "prlimit64", "socket", "socketpair")
}
"""Decided by their arguments, or by the tier."""

_CLONE_THREAD = 0x10000
_NEW_NAMESPACES = 0x7E020000
_AF_UNIX = 1
_STREAM, _SEQPACKET, _SOCKET_TYPE = 1, 5, 0xF
_FCNTL_COMMANDS = (
    *range(8),  # duplicate, flags, locks; not F_SETOWN, which sends signals to others
    *range(36, 39),  # locks of open files
    1030,  # F_DUPFD_CLOEXEC
    1031,  # F_SETPIPE_SZ
    1032,  # F_GETPIPE_SZ
)
_TERMINAL_AND_FILE_IOCTLS = (
    0x5401,  # TCGETS: isatty
    0x5413,  # TIOCGWINSZ
    0x541B,  # FIONREAD
    0x5421,  # FIONBIO
    0x5450,  # FIONCLEX
    0x5451,  # FIOCLEX
)
_PRCTL_OPTIONS = (
    3,  # PR_GET_DUMPABLE
    15,  # PR_SET_NAME
    16,  # PR_GET_NAME
    0x53564D41,  # PR_SET_VMA: names of memory areas
)
_ALL_BITS = 0xFFFFFFFFFFFFFFFF
_INT = 0xFFFFFFFF  # the kernel reads these arguments as 32 bits
_SET_SECCOMP, _MODE_FILTER = 22, 2
_BYTES_PER_INSTRUCTION = 8
_MOST_CALLS = 1024
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_RETURN_ALLOW, _RETURN_EPERM = 0x7FFF0000, 0x00050000 | errno.EPERM
_NUMBER_OFFSET, _FIRST_ARGUMENT_OFFSET = 0, 16  # in struct seccomp_data


def compile_filter(*, processes: bool, sockets: bool, devices: bool = False) -> bytes:
    """The filter as instructions for the kernel.

    Args:
        processes: allow fork and exec.
        sockets: allow Unix sockets with names. Without, as where the host's are in reach, there
            are connected pairs only, and none of datagrams, which could be sent elsewhere.
        devices: allow every ioctl, since the driver of a GPU has hundreds of its own.
    """
    rules = pyseccomp.SyscallFilter(defaction=pyseccomp.ERRNO(errno.EPERM))
    rules.set_attr(pyseccomp.Attr.CTL_OPTIMIZE, 2)  # a binary tree instead of a list
    architecture = pyseccomp.system_arch()
    for number in range(_MOST_CALLS):
        if not _is_known(architecture, number):
            rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), number)
    for name in ALLOWED | (PROCESSES if processes else set()):
        rules.add_rule(pyseccomp.ALLOW, name)
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    for name, argument, mask, value in _conditions(
        processes=processes, sockets=sockets, devices=devices
    ):
        test = pyseccomp.Arg(argument, pyseccomp.MASKED_EQ, mask, value)
        rules.add_rule(pyseccomp.ALLOW, name, test)
    other_families = pyseccomp.Arg(0, pyseccomp.NE, _AF_UNIX)
    rules.add_rule(pyseccomp.ERRNO(errno.EAFNOSUPPORT), "socket", other_families)
    with os.fdopen(os.memfd_create("filter"), "w+b") as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()


def _is_known(architecture: int, number: int) -> bool:
    try:
        pyseccomp.resolve_syscall(architecture, number)
    except ValueError:
        return False
    return True


def _conditions(
    *, processes: bool, sockets: bool, devices: bool
) -> Iterator[tuple[str, int, int, int]]:
    """(call, argument, mask, value): the call is allowed where argument & mask == value."""
    if processes:
        yield "clone", 0, _NEW_NAMESPACES, 0
    else:
        yield "clone", 0, _NEW_NAMESPACES | _CLONE_THREAD, _CLONE_THREAD
    if sockets:
        yield "socket", 0, _ALL_BITS, _AF_UNIX
        for name in (*_BY_NAME, "socketpair"):
            yield name, 0, 0, 0
    else:
        for kind in (_STREAM, _SEQPACKET):
            yield "socketpair", 1, _SOCKET_TYPE, kind
    for command in _FCNTL_COMMANDS:
        yield "fcntl", 1, _INT, command
    if devices:
        yield "ioctl", 0, 0, 0
    else:
        for request in _TERMINAL_AND_FILE_IOCTLS:
            yield "ioctl", 1, _INT, request
    for option in _PRCTL_OPTIONS:
        yield "prctl", 0, _INT, option
    yield "prlimit64", 0, _INT, 0  # the limits of the caller itself


def only_own_signals(pid: int) -> bytes:
    """A filter to load before the other one: kill and tgkill reach `pid` only, tkill nobody.

    For tier landlock, where other processes of the same user can be seen, on kernels too old to
    keep signals in (before 6.12). Signals by pidfd or with data are on no list at all.
    """
    numbers = {
        name: pyseccomp.resolve_syscall(pyseccomp.system_arch(), name)
        for name in ("kill", "tgkill", "tkill")
    }
    instructions = (
        (_LOAD, 0, 0, _NUMBER_OFFSET),
        (_JUMP_IF_EQUAL, 3, 0, numbers["kill"]),
        (_JUMP_IF_EQUAL, 2, 0, numbers["tgkill"]),
        (_JUMP_IF_EQUAL, 4, 0, numbers["tkill"]),
        (_RETURN, 0, 0, _RETURN_ALLOW),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_OFFSET),
        (_JUMP_IF_EQUAL, 0, 1, pid),
        (_RETURN, 0, 0, _RETURN_ALLOW),
        (_RETURN, 0, 0, _RETURN_EPERM),
    )
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)


def install(program: bytes) -> None:
    """Bind the calling thread, and all it starts, to the filter. Needs no_new_privs."""
    instructions = ctypes.create_string_buffer(program, len(program))
    count = len(program) // _BYTES_PER_INSTRUCTION
    head = _Program(count, ctypes.addressof(instructions))
    prctl(_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(head))


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("count", ctypes.c_ushort), ("instructions", ctypes.c_void_p))
