"""Landlock: a worker's files, TCP and signals bounded by the kernel without any privilege.

In tier `namespaces` it is a second lock on top; in tier `landlock` it is the view itself.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from typing import Final

from grader.worker.linux import syscall

__all__ = ["abi", "restrict"]

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on every architecture
_VERSION_FLAG, _RULE_PATH_BENEATH = 1, 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 1 << 1, 1 << 2, 1 << 3
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_ABI_1_RIGHTS = (1 << 13) - 1
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEVICE
_READING = _EXECUTE | _READ_FILE | _READ_DIR
_TCP_BIND_AND_CONNECT: Final = 3
_SCOPE_SOCKETS_AND_SIGNALS: Final = 3


def abi() -> int:
    """The version that this kernel offers; 0 if none."""
    try:
        return syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint(_VERSION_FLAG))
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Allow the caller only these paths and what lies beneath; no TCP; no signal, and no abstract
    socket, beyond itself where the kernel knows how (6.12). Needs no_new_privs.

    Raises:
        OSError: the kernel has no Landlock, or refused.
    """
    version = abi()
    rights = _rights(version)
    network = _TCP_BIND_AND_CONNECT if version >= 4 else 0
    scopes = _SCOPE_SOCKETS_AND_SIGNALS if version >= 6 else 0
    length = 24 if version >= 6 else 16 if version >= 4 else 8
    attributes = struct.pack("=QQQ", rights, network, scopes)[:length]
    ruleset = syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(length), ctypes.c_uint(0))
    try:
        for path in readable:
            _allow(ruleset, path, _READING)
        for path in writable:
            _allow(ruleset, path, rights)
        syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint(0))
    finally:
        os.close(ruleset)


def _rights(version: int) -> int:
    rights = _ABI_1_RIGHTS
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEVICE)):
        if version >= since:
            rights |= right
    return rights


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        fitting = rights if os.path.isdir(path) else rights & _ON_FILES
        rule = struct.pack("=Qi", fitting, beneath)
        kind = ctypes.c_int(_RULE_PATH_BENEATH)
        syscall(_ADD_RULE, ctypes.c_int(ruleset), kind, rule, ctypes.c_uint(0))
    finally:
        os.close(beneath)
