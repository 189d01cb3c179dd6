"""Moves what a process holds onto huge pages, so that its forks copy fewer entries of page tables.

A warm parent holds some 300 MB that few of its workers ever write to, as 75,000 small pages. Each
fork copies an entry a page and each end of a worker takes one back, which is a third of what the
kernel does for a submission; a huge page is one entry. Moving takes from 0.3 to 5 ms a page, by how
scattered the machine's free memory is, so it pays where many workers are forked, and not at once.
"""

from __future__ import annotations

import contextlib
import ctypes
import re
from collections.abc import Iterator
from pathlib import Path

from grader.worker import linux

__all__ = ["moving_onto_huge_pages"]

_HUGE_BYTES = 2 << 20  # where huge pages are larger, the kernel refuses, and nothing happens
_MADV_COLLAPSE = 25  # Linux 6.1 and newer
_ANONYMOUS = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw-p 00000000 00:00 0 *(?:\[heap\])?")


def moving_onto_huge_pages() -> Iterator[None]:
    """Move one huge page's worth of private memory a step, as far as the kernel can."""
    for start, end in _private_memory():
        first = -(-start // _HUGE_BYTES) * _HUGE_BYTES
        for address in range(first, end - _HUGE_BYTES + 1, _HUGE_BYTES):
            # Whatever the kernel says: what it cannot move stays where it is, and works as before.
            with contextlib.suppress(OSError):
                linux.call(
                    "madvise",
                    ctypes.c_void_p(address),
                    ctypes.c_size_t(_HUGE_BYTES),
                    ctypes.c_int(_MADV_COLLAPSE),
                )
            yield


def _private_memory() -> Iterator[tuple[int, int]]:
    for line in Path("/proc/self/maps").read_text(encoding="ascii", errors="replace").splitlines():
        found = _ANONYMOUS.fullmatch(line)
        if found:
            yield int(found[1], 16), int(found[2], 16)
