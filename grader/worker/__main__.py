"""The warm parent: imports torch once, on one thread, then forks one confined worker an order.

It holds no student code and no secrets, since every worker can read what it inherits. It ends
when the grader closes the connection.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import select
import signal
import socket
import sys
import traceback
from pathlib import Path, PurePath
from typing import NoReturn

from grader.protocol import TRUSTED, Channel, PeerGone
from grader.protocol.control import Event, News, Order, Role, Settings
from grader.worker import (
    canaries,
    confine,
    huge_pages,
    namespaces,
    preload,
    scratch,
    seccomp,
    serve,
)
from grader.worker.rehearsal import rehearse

__all__ = ["main"]

_PACKET_BYTES = 65536
_FEW_FORKS = 8  # more than that, and it is a class: see huge_pages
_HUGE_PAGES_A_FORK = 8


def main(descriptor: int, settings: str) -> None:
    """Serve orders that arrive on the inherited socket `descriptor` until its peer is gone."""
    control = socket.socket(fileno=descriptor)
    try:
        parent = _WarmParent(control, Settings.from_json(settings))
    except Exception as error:  # whatever an import may raise: said once, to the grader
        failed = News(event=Event.FAILED, text=f"{type(error).__name__}: {error}"[:4000])
        control.send(failed.to_packet())
        sys.exit(1)
    control.send(News(event=Event.READY).to_packet())
    parent.serve()


class _WarmParent:
    """What all forks share."""

    def __init__(self, control: socket.socket, settings: Settings) -> None:
        self._control = control
        self._settings = settings
        preload.warm_up(settings.preload)
        rehearse()
        sockets = settings.tier == "namespaces"
        self._programs = {
            processes: seccomp.compile_filter(
                processes=processes, sockets=sockets, devices=bool(settings.devices)
            )
            for processes in (False, True)
        }
        threads = _threads()
        if threads != 1:  # a fork of it would hang in the first torch call that uses threads
            raise RuntimeError(f"the warm parent has {threads} threads, wanted one")
        gc.collect()
        gc.freeze()
        self._workers: dict[int, tuple[int, int]] = {}  # pidfd -> number, process
        self._forks = 0
        self._moving = huge_pages.moving_onto_huge_pages()
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)

    def serve(self) -> None:
        """Fork what is ordered and report how each worker ended, until the grader is gone."""
        is_wanted = True
        while is_wanted:
            for descriptor, _ in self._poll.poll():
                if descriptor == self._control.fileno():
                    is_wanted = self._obey()
                else:
                    self._bury(descriptor)
        self._end()

    def _end(self) -> None:
        """The grader is gone. In tier landlock no namespace takes the workers with it."""
        for pidfd, (number, process) in self._workers.items():
            signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            os.waitpid(process, 0)
            self._remove_scratch(number)
        if self._settings.tier == "landlock":
            scratch.remove(self._settings.scratch)
        os._exit(0)  # finalising torch takes longer than all the rest

    def _obey(self) -> bool:
        """Carry out one order; False once there will be no more."""
        try:
            packet, descriptors, _, _ = socket.recv_fds(self._control, _PACKET_BYTES, 2)
        except ConnectionResetError:  # the grader was killed with news unread
            return False
        if not packet:
            return False
        order = Order.from_packet(packet)
        with self._new_pid_namespace():
            process = os.fork()
            if process == 0:
                self._become_worker(order, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        pidfd = os.pidfd_open(process)
        self._workers[pidfd] = (order.number, process)
        self._poll.register(pidfd, select.POLLIN)
        started = News(event=Event.STARTED, number=order.number)
        try:
            socket.send_fds(self._control, [started.to_packet()], [pidfd])
        except OSError:
            return False
        self._forks += 1
        if self._forks > _FEW_FORKS:
            for _ in itertools.islice(self._moving, _HUGE_PAGES_A_FORK):
                pass
        return True

    def _bury(self, pidfd: int) -> None:
        """Reap a worker that ended, and say how it did."""
        number, process = self._workers.pop(pidfd)
        _, status, usage = os.wait4(process, 0)
        self._poll.unregister(pidfd)
        os.close(pidfd)
        self._remove_scratch(number)
        seconds = usage.ru_utime + usage.ru_stime
        ended = News(event=Event.ENDED, number=number, status=status, cpu_seconds=seconds)
        with contextlib.suppress(OSError):  # the grader may have gone first
            self._control.send(ended.to_packet())

    def _remove_scratch(self, number: int) -> None:
        if self._settings.tier == "landlock":
            scratch.remove(scratch.folder(self._settings, number))

    def _new_pid_namespace(self) -> contextlib.AbstractContextManager[None]:
        if self._settings.tier == "namespaces":
            return namespaces.first_of_new_pid_namespace()
        return contextlib.nullcontext()

    def _become_worker(self, order: Order, descriptors: list[int]) -> NoReturn:
        try:
            program = self._programs[order.processes > 0]
            connection = confine.become_worker(
                order, self._settings, program, self._control, descriptors
            )
            channel = Channel(connection, TRUSTED)
            if order.role is Role.CANARIES:
                canaries.serve(channel)
            else:
                serve.serve(channel, PurePath(os.getcwd()))
            os._exit(0)
        except PeerGone:
            os._exit(0)
        except BaseException:  # a fork must never return into the warm parent's loop
            traceback.print_exc()
        finally:
            os._exit(98)


def _threads() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("Threads:"):
            return int(line.split()[1])
    return 0
