"""What an attack may have left behind or used up: processes, files, mounts, memory, descriptors."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Traces", "Watch", "descendants"]

_PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/home", "/root", "/")
_SETTLE_SECONDS = 3.0
_FEW_DESCRIPTORS = 8  # a worker that is still dying holds two
_MAY_GROW_KIB = 400 << 10  # of the grader's own peak memory, over the whole run


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """A picture of the machine as far as attacks could change it."""

    processes: int
    mounts: str
    files: frozenset[str]
    descriptors: int
    peak_kib: int


class Watch:
    """Compares the machine after attacks with the machine before them."""

    def __init__(self, folder: Path, mark: str) -> None:
        self._folder = folder
        self._mark = mark
        self._contents = _contents(folder)
        self._before = self._look()

    def found(self) -> list[str]:
        """What is there now and was not at first; waits a little for what is going away."""
        deadline = time.monotonic() + _SETTLE_SECONDS
        while True:
            problems = list(self._compare())
            if not problems or time.monotonic() > deadline:
                return problems
            time.sleep(0.1)

    def _look(self) -> Traces:
        return Traces(
            processes=len(descendants(os.getpid())),
            mounts=Path("/proc/self/mountinfo").read_text(),
            files=frozenset(self._marked()),
            descriptors=len(os.listdir("/proc/self/fd")),
            peak_kib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        )

    def _marked(self) -> Iterator[str]:
        """Files with the mark in their names, wherever an attack might have put one."""
        for place in (*_PLACES, str(Path.home()), os.getcwd()):
            try:
                names = os.listdir(place)
            except OSError:
                continue
            yield from (f"{place}/{name}" for name in names if self._mark in name)

    def _compare(self) -> Iterator[str]:
        before, now = self._before, self._look()
        if now.processes > before.processes:
            yield f"it left {now.processes - before.processes} processes behind"
        if now.mounts != before.mounts:
            yield "it left a mount behind"
        new_files = now.files - before.files
        if new_files:
            yield f"it left files behind: {', '.join(sorted(new_files))}"
        if now.descriptors > before.descriptors + _FEW_DESCRIPTORS:
            yield f"it left {now.descriptors - before.descriptors} descriptors open"
        grown = now.peak_kib - before.peak_kib
        if grown > _MAY_GROW_KIB:
            yield f"the grader's own memory grew by {grown >> 10} MiB"
        changed = {k for k, v in _contents(self._folder).items() if self._contents.get(k) != v}
        if changed:
            yield f"it changed {', '.join(sorted(changed))}"


def descendants(pid: int) -> set[int]:
    """The processes that `pid` started, and theirs."""
    parents = dict(_parents())
    found: set[int] = set()
    while True:
        more = {child for child, parent in parents.items() if parent in found | {pid}} - found
        if not more:
            return found
        found |= more


def _parents() -> Iterator[tuple[int, int]]:
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                stat = Path("/proc", name, "stat").read_text()
            except OSError:
                continue
            state, parent = stat.rpartition(")")[2].split()[:2]
            if state not in "ZX":
                yield int(name), int(parent)


def _contents(folder: Path) -> Mapping[str, tuple[int, int]]:
    """Size and time of every file of the course and the neighbours."""
    found: dict[str, tuple[int, int]] = {}
    for part in ("course", "inbox/ada.py", "inbox/ben.py", "prize.txt"):
        path = folder / part
        for one in path.rglob("*") if path.is_dir() else [path]:
            status = one.lstat()
            if one.is_file() and "gradebook" not in one.parts:
                found[str(one)] = (status.st_size, status.st_mtime_ns)
    return found
