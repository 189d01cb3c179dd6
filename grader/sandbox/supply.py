"""Boxes of one profile: a warm parent, proven when it starts, and one spare box ahead."""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator

from grader.errors import SandboxError, WarmParentDied
from grader.model import Isolation, Limits
from grader.protocol.control import Order, Role, Settings
from grader.sandbox import launch, remedies, traps, view
from grader.sandbox.box import Box
from grader.sandbox.cgroups import Groups
from grader.sandbox.profiles import Profile
from grader.sandbox.warm import WarmParent

__all__ = ["Supply"]

_CPU_SLACK_SECONDS = 2  # the grader ends a worker at its exact limit; the kernel's is a backstop


class Supply:
    """Starts the warm parent on first use, and again after it died."""

    def __init__(
        self, profile: Profile, tier: Isolation, users: Iterator[int | None], groups: Groups
    ) -> None:
        self._profile = profile
        self._groups = groups
        self._tier = tier
        self._users = users
        self._parent: WarmParent | None = None
        self._spare: Box | None = None
        self._scratch = ""

    def start(self) -> WarmParent:
        """The warm parent, alive and proven.

        Raises:
            SandboxError: it does not start, or a canary escaped.
        """
        if self._parent is not None and self._parent.is_dead:
            self.close()
        if self._parent is None:
            self._parent = WarmParent(launch.LAUNCHES[self._tier], self._settings())
            try:
                self._parent.await_ready()
                self._prove(self._parent)
            except SandboxError:
                self.close()
                raise
        return self._parent

    def spawn(self, limits: Limits) -> Box:
        """The spare if its limits fit, else a new box; then orders the next spare.

        Raises:
            SandboxError, WarmParentDied
        """
        try:
            box = self._take(limits)
        except WarmParentDied:  # no submission was in this box: once more, with a new parent
            box = self._take(limits)
        if self._parent is not None and not self._parent.is_dead:
            with contextlib.suppress(WarmParentDied):  # this box is good; the next spawn sees it
                self._spare = self._order(self._parent, limits, Role.SERVE)
        return box

    def close(self) -> None:
        if self._spare is not None:
            self._spare.close()
            self._spare = None
        if self._parent is not None:
            self._parent.close()
            self._parent = None
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)  # the warm parent did, if it could
            self._scratch = ""

    def _take(self, limits: Limits) -> Box:
        parent = self.start()
        box, self._spare = self._spare, None
        if box is not None and (box.limits != limits or box.is_over):
            box.close()
            box = None
        if box is None:
            box = self._order(parent, limits, Role.SERVE)
        try:
            box.hand_over()
            if limits.processes:
                box.bind_together(self._groups)
        except SandboxError:
            box.close()
            raise
        return box

    def _prove(self, parent: WarmParent) -> None:
        box = self._order(parent, traps.CANARY_LIMITS, Role.CANARIES)
        try:
            box.hand_over()
            escaped = traps.escapes(box, self._tier)
        finally:
            box.close()
        if escaped:
            prizes = "; ".join(f"{canary}: {prize}" for canary, prize in escaped.items())
            raise SandboxError(f"the sandbox does not hold here, a worker could {prizes}")

    def _settings(self) -> Settings:
        devices = view.gpu_devices() if self._profile.uses_gpu else ()
        if self._profile.uses_gpu and not devices:
            raise SandboxError(remedies.NO_GPU)
        if self._tier is Isolation.NAMESPACES:
            return Settings(
                tier=str(self._tier),
                preload=self._profile.preload,
                user_namespace=os.geteuid() != 0,
                devices=devices,
            )
        self._scratch = tempfile.mkdtemp(prefix="grader-boxes-")
        os.chmod(self._scratch, 0o711)  # each worker's folder in it is its own
        return Settings(
            tier=str(self._tier),
            preload=self._profile.preload,
            user_namespace=False,
            scratch=self._scratch,
            readable=tuple(view.readable_without_mounts()),
            devices=devices,
        )

    def _order(self, parent: WarmParent, limits: Limits, role: Role) -> Box:
        if limits.processes and self._tier is not Isolation.NAMESPACES:
            raise SandboxError(
                f"the exercise lets code start {limits.processes} processes, which only tier "
                f"namespaces can hold together; this machine offers tier {self._tier}"
            )
        ours, theirs = socket.socketpair()
        output, printed = os.pipe()
        order = Order(
            number=parent.next_number(),
            memory_bytes=limits.memory_bytes,
            cpu_seconds=math.ceil(limits.cpu_seconds) + _CPU_SLACK_SECONDS,
            scratch_bytes=limits.scratch_bytes,
            processes=limits.processes,
            uid=next(self._users),
            role=role,
        )
        try:
            fate = parent.fork(order, theirs.fileno(), printed)
        except WarmParentDied:
            ours.close()
            os.close(output)
            raise
        finally:
            theirs.close()
            os.close(printed)
        return Box(parent, order.number, fate, ours, output, limits)
