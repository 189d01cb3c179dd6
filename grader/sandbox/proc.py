"""What the kernel says of a process, read from /proc."""

from __future__ import annotations

from pathlib import Path

__all__ = ["memory_of", "process_of"]


def memory_of(process: int, name: str) -> int:
    """One figure of a process's memory, in bytes; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith(name)), 0)


def process_of(pidfd: int) -> int:
    """The number of a process."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    raise ProcessLookupError("the kernel names no process for this pidfd")
