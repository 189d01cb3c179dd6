"""What the grader and a warm parent say to each other: one JSON object a packet, no student data.

    grader -> parent   Order            with [the worker's socket, the pipe for what it prints]
    parent -> grader   ready            it has imported all it needs, on one thread
    parent -> grader   started          with [pidfd of the worker]
    worker -> grader   locked           it is confined: the student's files may come
    parent -> grader   ended            wait status and CPU seconds of the worker
    anyone -> grader   failed           the step that failed and why

The worker closes this connection before it reads the first request, so no student's code can
speak on it.
"""

from __future__ import annotations

import dataclasses
import enum
import json
from dataclasses import dataclass

__all__ = ["Event", "News", "Order", "Role", "Settings"]


class Role(enum.StrEnum):
    """What a worker is forked for."""

    SERVE = "serve"
    CANARIES = "canaries"


class Event(enum.StrEnum):
    """What happened to a warm parent or to one of its workers."""

    READY = "ready"
    STARTED = "started"
    LOCKED = "locked"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a warm parent confines every worker that it forks.

    Args:
        tier: "namespaces" or "landlock".
        preload: modules to import before the first fork.
        user_namespace: whether each worker gets a user namespace (the grader is no root).
        scratch: where a worker may write: in tier namespaces it mounts its own space there, in
            tier landlock it gets a folder of its own beneath.
        readable: tier landlock only: what a worker may read.
        devices: of a GPU; a worker may open them and ask their drivers anything.
    """

    tier: str
    preload: tuple[str, ...]
    user_namespace: bool
    scratch: str = "/box"
    readable: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Settings:
        members = json.loads(text)
        for name in ("preload", "readable", "devices"):
            members[name] = tuple(members[name])
        return cls(**members)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One worker, please. `uid` is the private user to become, or None to stay who one is."""

    number: int
    memory_bytes: int
    cpu_seconds: int
    scratch_bytes: int
    processes: int
    uid: int | None = None
    role: Role = Role.SERVE

    def to_packet(self) -> bytes:
        return json.dumps(dataclasses.asdict(self)).encode()

    @classmethod
    def from_packet(cls, packet: bytes) -> Order:
        members = json.loads(packet)
        return cls(**{**members, "role": Role(members["role"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One event. `number` is the worker's, or 0 for the warm parent itself."""

    event: Event
    number: int = 0
    status: int = 0
    cpu_seconds: float = 0.0
    text: str = ""

    def to_packet(self) -> bytes:
        return json.dumps(dataclasses.asdict(self)).encode()

    @classmethod
    def from_packet(cls, packet: bytes) -> News:
        members = json.loads(packet)
        return cls(**{**members, "event": Event(members["event"])})
