"""What a worker gives up before it meets student code: capabilities, its user, and plenty."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

from grader.protocol.control import Order
from grader.worker.linux import capset_nothing, prctl

__all__ = ["die_with_parent", "drop_privileges", "limit_resources", "volunteer_for_the_oom_killer"]

_SET_PDEATHSIG, _CAPBSET_DROP, _NO_NEW_PRIVS, _CAP_AMBIENT = 1, 24, 38, 47
_AMBIENT_CLEAR_ALL = 4
_THREADS = 64
_TASKS_PER_PROCESS = 2
_OWN_TASKS = 8
_OPEN_FILES = 256
_SIGNALS = 256


def die_with_parent() -> None:
    prctl(_SET_PDEATHSIG, signal.SIGKILL)


def volunteer_for_the_oom_killer() -> None:
    """When the machine runs out of memory, a worker goes before anything else does."""
    Path("/proc/self/oom_score_adj").write_text("1000")


def drop_privileges(uid: int | None) -> None:
    """No new privileges, no capabilities and, as root, a user of one's own."""
    prctl(_NO_NEW_PRIVS, 1)
    for capability in range(64):
        try:
            prctl(_CAPBSET_DROP, capability)
        except OSError:  # EINVAL: the kernel has no more; EPERM: there are none to drop
            break
    prctl(_CAP_AMBIENT, _AMBIENT_CLEAR_ALL)
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    capset_nothing()
    die_with_parent()  # setresuid cleared it


def count_tasks() -> int:
    """Threads that this user runs now, on the whole machine: where there is no user namespace,
    RLIMIT_NPROC counts them all."""
    mine = 0
    for entry in os.scandir("/proc"):
        try:
            if entry.name.isdigit() and entry.stat().st_uid == os.getuid():
                mine += os.stat(f"/proc/{entry.name}/task").st_nlink - 2
        except OSError:
            continue
    return mine


def limit_resources(order: Order, shared_tasks: int = 0, *, maps_freely: bool = False) -> None:
    """Set rlimits, hard as soft. Memory counts from what the fork has: its parent's libraries.

    RLIMIT_DATA is the budget; RLIMIT_AS bounds shared maps, which DATA does not count, unless the
    worker `maps_freely`: CUDA reserves addresses for all memory of the machine. The grader
    ends a worker at its exact CPU limit; RLIMIT_CPU, in whole seconds, is the second line.
    """
    page = resource.getpagesize()
    pages = [int(field) for field in Path("/proc/self/statm").read_text().split()]
    size, data = pages[0] * page, pages[5] * page
    tasks = _OWN_TASKS + _TASKS_PER_PROCESS * order.processes if order.processes else _THREADS
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_RTPRIO: 0,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_SIGPENDING: _SIGNALS,
        resource.RLIMIT_NPROC: tasks if order.uid is not None else tasks + shared_tasks,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
        resource.RLIMIT_CPU: order.cpu_seconds,
        resource.RLIMIT_FSIZE: order.scratch_bytes,
        resource.RLIMIT_DATA: data + order.memory_bytes,
        resource.RLIMIT_AS: resource.RLIM_INFINITY
        if maps_freely
        else size + 2 * order.memory_bytes,
    }
    for which, most in limits.items():
        resource.setrlimit(which, (most, most))
