"""Control groups: one bound on the memory of all processes of a box, where an exercise allows any.

    version 2    DIR/grader-PID-N/{memory.max, memory.swap.max, memory.oom.group, pids.max}
    version 1    MEMORY/grader-PID-N/memory.limit_in_bytes, PIDS/grader-PID-N/pids.max

DIR is the nearest folder at or above the grader's own group in which this user may make groups and
move processes; nothing of the machine's is changed, so no group is divided that was not before.
Without such a folder the memory of each process is bounded alone, as it is everywhere else.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import SandboxError
from grader.model import Limits

__all__ = ["Group", "Groups"]

_SLACK_BYTES = 32 << 20  # what a worker touches of its own before it runs anything
_TASKS_PER_PROCESS, _OWN_TASKS = 64, 64  # a backstop: rlimits are tighter
_REMOVE_SECONDS = 5.0
_PREFIX = "grader-"


class Group:
    """One box's group: a folder in each hierarchy that bounds it."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)

    def add(self, process: int) -> None:
        """Move a process in; what it starts stays in.

        Raises:
            ProcessLookupError: it has ended.
            OSError: the kernel refuses.
        """
        if process <= 0:  # so the kernel numbers one that was buried
            raise ProcessLookupError(process)
        for folder in self.folders:
            (folder / "cgroup.procs").write_text(str(process))

    def remove(self) -> bool:
        """Kill whatever is still in it, if the kernel knows how, and remove it; False: not yet."""
        for folder in self.folders:
            with contextlib.suppress(OSError):
                (folder / "cgroup.kill").write_text("1")
        return all([_removed(folder) for folder in self.folders])


class Groups:
    """Makes groups; looks for a place when the first one is asked for.

    Attributes:
        reason: why there is none, once `are_there` was asked; "" if there is one.
    """

    def __init__(self) -> None:
        self.reason = ""
        self._parents: Sequence[Path] | None = None
        self._left: list[Group] = []
        self._number = 0

    @property
    def are_there(self) -> bool:
        """Whether this user may bound processes together on this machine, found out by doing it."""
        if self._parents is None:
            self._parents, self.reason = self._found()
        return bool(self._parents)

    def make(self, limits: Limits) -> Group | None:
        """A new group with these limits; None if there are none here.

        Raises:
            SandboxError: there were, and the kernel refuses one now.
        """
        if not self.are_there:
            return None
        self._left = [group for group in self._left if not group.remove()]
        try:
            return self._made(self._parents or (), limits)
        except OSError as error:
            raise SandboxError(f"a control group could not be made: {error}") from None

    def give_up(self, group: Group) -> None:
        """Remove it now, or once its processes are gone."""
        if not group.remove():
            self._left.append(group)

    def close(self) -> None:
        """Remove what is left; wait a little for what is still ending."""
        deadline = time.monotonic() + _REMOVE_SECONDS
        while self._left and time.monotonic() < deadline:
            self._left = [group for group in self._left if not group.remove()]
            if self._left:
                time.sleep(0.005)

    @property
    def place(self) -> str:
        """Where groups are made."""
        return " and ".join(map(str, self._parents or ()))

    def _made(self, parents: Sequence[Path], limits: Limits) -> Group:
        self._number += 1
        group = Group([p / f"{_PREFIX}{os.getpid()}-{self._number}" for p in parents])
        try:
            for folder in group.folders:
                folder.mkdir()
                _limit(folder, limits)
        except OSError:
            group.remove()
            raise
        return group

    def _found(self) -> tuple[Sequence[Path], str]:
        reason = "no control group here may be divided and bounds memory"
        for parents in _candidates():
            for parent in parents:
                _remove_stale(parent)
            try:
                self._try(parents)
            except OSError as error:
                reason = f"{error.filename or parents[0]}: {error.strerror}"
                continue
            return parents, ""
        return (), reason

    def _try(self, parents: Sequence[Path]) -> None:
        """Make a group, move a process in, remove it."""
        group = self._made(parents, Limits())
        try:
            with subprocess.Popen(["sleep", "60"], stdin=subprocess.DEVNULL) as process:
                try:
                    group.add(process.pid)
                finally:
                    process.kill()
        finally:
            self.give_up(group)


def _limit(folder: Path, limits: Limits) -> None:
    """Write what the files of this version ask for. Scratch space lies in memory, and counts."""
    memory = str(limits.memory_bytes + 2 * limits.scratch_bytes + _SLACK_BYTES)
    values = {
        "memory.max": memory,
        "memory.limit_in_bytes": memory,
        "pids.max": str(_OWN_TASKS + _TASKS_PER_PROCESS * limits.processes),
    }
    for name, value in values.items():
        if (folder / name).exists():
            (folder / name).write_text(value)
    wished = {"memory.swap.max": "0", "memory.memsw.limit_in_bytes": memory}
    for name, value in {**wished, "memory.oom.group": "1"}.items():
        if (folder / name).exists():
            with contextlib.suppress(OSError):  # swap may be absent, or counted elsewhere
                (folder / name).write_text(value)


def _candidates() -> Iterator[Sequence[Path]]:
    """Where groups might be made: of version 2, from the own group upwards; else of version 1."""
    own = dict(_own_groups())
    if "" in own:
        folder, mount = own[""]
        above = (folder, *folder.parents)
        for parent in above[: above.index(mount) + 1]:
            if {"memory", "pids"} <= _given_on(parent):
                yield (parent,)
    if "memory" in own and "pids" in own:
        yield (own["memory"][0], own["pids"][0])


def _given_on(folder: Path) -> set[str]:
    """The controllers that groups below this one have."""
    return {n for line in _lines(str(folder / "cgroup.subtree_control")) for n in line.split()}


def _own_groups() -> Iterator[tuple[str, tuple[Path, Path]]]:
    """(controller, "" for version 2; the grader's own folder; where the hierarchy is mounted)."""
    mounts = dict(_mounts())
    for line in _lines("/proc/self/cgroup"):
        _, controllers, path = line.split(":", 2)
        for controller in controllers.split(","):
            if controller in mounts:
                root, mount = mounts[controller]
                inside = os.path.relpath(path, root) if f"{path}/".startswith(root) else "."
                yield controller, (mount / inside, mount)


def _mounts() -> Iterator[tuple[str, tuple[str, Path]]]:
    """(controller, what of its hierarchy is mounted, where)."""
    for line in _lines("/proc/self/mountinfo"):
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        root, mount = before.split(" ")[3:5]
        if kind == "cgroup2":
            yield "", (root, Path(mount))
        elif kind == "cgroup":
            for name in ("memory", "pids"):
                if name in options.split(","):
                    yield name, (root, Path(mount))


def _lines(path: str) -> Sequence[str]:
    try:  # names of mounts may hold any bytes, and what some take for the end of a line
        text = Path(path).read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ()
    return text.removesuffix("\n").split("\n") if text else ()


def _removed(folder: Path) -> bool:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:  # busy: a process in it is still ending
        return False
    return True


def _remove_stale(parent: Path) -> None:
    """Groups of graders that were killed; those in use are busy and stay."""
    for folder in parent.glob(f"{_PREFIX}*"):
        process = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdigit() and not Path(f"/proc/{process}").exists():
            _removed(folder)
