"""What the kernel says of a process."""

from __future__ import annotations

from pathlib import Path

__all__ = ["cpu_clock_of", "memory_of", "process_of"]


def cpu_clock_of(process: int) -> int | None:
    """The clock of a process's CPU time, for `time.clock_gettime`; None for one that was buried,
    whose number would make it the caller's own.

    Args:
        process: what `process_of` gave.
    """
    return (~process << 3) | 2 if process > 0 else None  # as the kernel encodes them


def memory_of(process: int, name: str) -> int:
    """One figure of a process's memory, in bytes; 0 if it is gone.

    Args:
        process: its number.
        name: of the line in its status, with the colon: "VmHWM:".
    """
    try:  # bytes: a line of it is the name that the process gives itself, which may be any
        lines = Path(f"/proc/{process}/status").read_bytes().split(b"\n")
    except OSError:
        return 0
    start = name.encode()
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith(start)), 0)


def process_of(pidfd: int) -> int:
    """The number of a process; -1 once it was buried.

    Raises:
        OSError: there is no such pidfd, or the kernel names no process for it.
    """
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    raise ProcessLookupError("the kernel names no process for this pidfd")
