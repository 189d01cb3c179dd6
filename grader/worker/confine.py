"""From a fork of the warm parent to a confined worker, in the one order that holds.

Nothing of a student is known to this module: files come later, over the worker's socket.
"""

from __future__ import annotations

import fcntl
import os
import random
import socket

import numpy as np
import torch

from grader.protocol.control import Event, News, Order, Settings
from grader.worker import landlock, namespaces, privileges, scratch, seccomp

__all__ = ["become_worker"]

_ABOVE_ALL_TARGETS = 64
_HIGHEST_DESCRIPTOR = 1 << 20


def become_worker(
    order: Order, settings: Settings, program: bytes, control: socket.socket, descriptors: list[int]
) -> socket.socket:
    """Confine this fork; returns the worker's connection.

    Args:
        order: what is wanted.
        settings: the warm parent's.
        program: the compiled seccomp filter.
        control: the way back to the grader; closed before this returns.
        descriptors: the worker's socket and the pipe for what it prints.
    """
    try:
        os.setsid()  # first: kill(0) would reach the warm parent's group, through the namespace
        connection, control = _arrange_descriptors(control, descriptors)
        _lock_down(order, settings, program)
        _reseed()
    except (OSError, RuntimeError, ValueError) as error:
        _report(order, control, error)
        os._exit(97)
    control.send(News(event=Event.LOCKED, number=order.number).to_packet())
    control.close()
    return connection


def _report(order: Order, control: socket.socket, error: Exception) -> None:
    text = f"a worker could not be confined: {error}"
    control.send(News(event=Event.FAILED, number=order.number, text=text[:4000]).to_packet())


def _arrange_descriptors(
    control: socket.socket, descriptors: list[int]
) -> tuple[socket.socket, socket.socket]:
    """0 reads nothing, 1 and 2 are the output, 3 the connection, 4 the way back; no other."""
    connection, output = descriptors
    nothing = os.open("/dev/null", os.O_RDONLY)
    wanted = (nothing, output, output, connection, control.detach())
    copies = [fcntl.fcntl(number, fcntl.F_DUPFD, _ABOVE_ALL_TARGETS) for number in wanted]
    for target, copy in enumerate(copies):
        os.dup2(copy, target, inheritable=target < 3)
    os.closerange(len(wanted), _HIGHEST_DESCRIPTOR)
    return socket.socket(fileno=3), socket.socket(fileno=4)


def _lock_down(order: Order, settings: Settings, program: bytes) -> None:
    privileges.die_with_parent()
    privileges.volunteer_for_the_oom_killer()
    folder = scratch.folder(settings, order.number)
    writable = [folder, "/dev/null", *settings.devices]
    readable: tuple[str, ...] = settings.readable
    if settings.tier == "namespaces":
        namespaces.unshare_and_mount(folder, order.scratch_bytes, order.uid)
        if settings.user_namespace:
            namespaces.leave_user_namespace()
        readable = ("/",)
        writable.append("/dev/shm")
    else:
        scratch.make(folder, order.uid)
    shared_tasks = privileges.count_tasks() if settings.tier == "landlock" else 0
    privileges.drop_privileges(order.uid)
    scratch.enter(folder)
    privileges.limit_resources(order, shared_tasks, maps_freely=bool(settings.devices))
    if settings.tier == "landlock" or landlock.abi():
        landlock.restrict(readable, writable)
    if settings.tier == "landlock":
        seccomp.install(seccomp.only_own_signals(os.getpid()))
    seccomp.install(program)


def _reseed() -> None:
    """All forks inherit one state of every generator; whoever is first would know the others'."""
    random.seed()
    np.random.seed()
    torch.default_generator.seed()
