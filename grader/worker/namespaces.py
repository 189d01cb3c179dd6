"""A worker's own namespaces and mounts, made inside what bubblewrap set up.

The warm parent makes the pid namespace, since only a child can enter a new one; all others the
worker makes for itself. So one fork a worker is enough, and forks are two thirds of its cost.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from grader.worker.linux import mount, setns, unshare

__all__ = ["first_of_new_pid_namespace", "leave_user_namespace", "unshare_and_mount"]

_NEWNS, _NEWCGROUP, _NEWUTS, _NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000

_NOSUID, _NODEV, _NOEXEC, _REC, _PRIVATE = 2, 4, 8, 16384, 1 << 18
_BYTES_PER_FILE = 8192  # a file costs the kernel about a KiB: bound their number by the size


@contextlib.contextmanager
def first_of_new_pid_namespace() -> Iterator[None]:
    """Within this block the next fork is process 1 of a pid namespace of its own."""
    own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    try:
        unshare(_NEWPID)
        try:
            yield
        finally:
            setns(own, _NEWPID)
    finally:
        os.close(own)


def unshare_and_mount(scratch: str, scratch_bytes: int, uid: int | None) -> None:
    """Leave every shared namespace but that of users; mount a /proc that shows only this one's
    processes, and empty scratch space of a fixed size."""
    unshare(_NEWNS | _NEWCGROUP | _NEWUTS | _NEWIPC | _NEWNET)
    owner = "" if uid is None else f",uid={uid},gid={uid}"
    files = max(1024, scratch_bytes // _BYTES_PER_FILE)
    size = f"size={scratch_bytes},nr_inodes={files}"
    mount("none", "/", None, _REC | _PRIVATE)
    mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    mount("tmpfs", scratch, "tmpfs", _NOSUID | _NODEV | _NOEXEC, f"{size},mode=0700{owner}")
    mount("tmpfs", "/dev/shm", "tmpfs", _NOSUID | _NODEV | _NOEXEC, f"{size},mode=0700{owner}")


def leave_user_namespace() -> None:
    """Enter a user namespace of one's own: the kernel counts processes per namespace.

    Comes after the mounts, which belong to the outer one. Root needs none: its workers become
    private users, each counted by itself.
    """
    uid, gid = os.geteuid(), os.getegid()
    unshare(_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
