"""The few Linux calls that Python 3.11 has no name for; failing, they raise OSError."""

from __future__ import annotations

import ctypes
import os

__all__ = ["call", "capset_nothing", "mount", "prctl", "setns", "syscall", "unshare"]

_LIBC = ctypes.CDLL(None, use_errno=True)
_CAPABILITY_VERSION_3 = 0x20080522


def call(what: str, *arguments: object) -> int:
    """Call a function of libc by name; -1 raises OSError."""
    result = int(getattr(_LIBC, what)(*arguments))
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """A system call by number, for those that libc does not wrap."""
    return call("syscall", ctypes.c_long(number), *arguments)


def prctl(option: int, *arguments: int) -> int:
    padded = [*arguments, 0, 0, 0, 0][:4]
    return call("prctl", ctypes.c_int(option), *(ctypes.c_ulong(number) for number in padded))


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    call(
        "mount",
        source.encode(),
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        options.encode() or None,
    )


def unshare(flags: int) -> None:
    call("unshare", ctypes.c_int(flags))


def capset_nothing() -> None:
    """Give up every capability: effective, permitted and inheritable."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    call("capset", ctypes.byref(header), bytes(24))


def setns(descriptor: int, kind: int) -> None:
    call("setns", ctypes.c_int(descriptor), ctypes.c_int(kind))
