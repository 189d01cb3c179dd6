"""A worker's own namespaces and mounts, made after the fork inside what bubblewrap set up."""

from __future__ import annotations

import os
from pathlib import Path

from grader.worker.linux import mount, unshare

__all__ = ["mount_private", "unshare_all"]

_NEWNS, _NEWCGROUP, _NEWUTS, _NEWIPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
_NEWUSER, _NEWPID, _NEWNET = 0x10000000, 0x20000000, 0x40000000
_ALL_BUT_USER = _NEWNS | _NEWCGROUP | _NEWUTS | _NEWIPC | _NEWPID | _NEWNET

_NOSUID, _NODEV, _NOEXEC, _REC, _PRIVATE = 2, 4, 8, 16384, 1 << 18
_BYTES_PER_FILE = 8192  # a file costs the kernel about a KiB: bound their number by the size


def unshare_all(*, user: bool) -> None:
    """Leave every shared namespace; the next fork is process 1 of the new one.

    As root there is no user namespace: /proc cannot be mounted in a nested one that root's
    bubblewrap made (EPERM), and a private user per worker does the same service.
    """
    if not user:
        unshare(_ALL_BUT_USER)
        return
    uid, gid = os.geteuid(), os.getegid()
    unshare(_ALL_BUT_USER | _NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")


def mount_private(scratch: str, scratch_bytes: int, uid: int | None) -> None:
    """Mount a /proc that shows only this namespace, and empty scratch space of a fixed size."""
    owner = "" if uid is None else f",uid={uid},gid={uid}"
    files = max(1024, scratch_bytes // _BYTES_PER_FILE)
    size = f"size={scratch_bytes},nr_inodes={files}"
    mount("none", "/", None, _REC | _PRIVATE)
    mount("proc", "/proc", "proc", _NOSUID | _NODEV | _NOEXEC)
    mount("tmpfs", scratch, "tmpfs", _NOSUID | _NODEV | _NOEXEC, f"{size},mode=0700{owner}")
    mount("tmpfs", "/dev/shm", "tmpfs", _NOSUID | _NODEV | _NOEXEC, f"{size},mode=0700{owner}")
