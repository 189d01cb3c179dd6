"""Private users for workers when the grader is root: no two live boxes share a uid."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

__all__ = ["private_users"]

_FIRST = 0x70000000  # systemd's table of uids leaves everything from here unused
_PER_GRADER = 1 << 11
_GRADERS = 1 << 17
_SMALL_FIRST, _SMALL_COUNT = 60_000, 5_000


def private_users() -> Iterator[int | None]:
    """Uids for one box after the other, different from those of graders beside this one; None
    for ever if the grader is no root: then each box has a user namespace."""
    if os.geteuid() != 0:
        while True:
            yield None
    first, count = _range()
    number = 0
    while True:
        yield first + number % count
        number += 1


def _range() -> tuple[int, int]:
    if _is_mapped(_FIRST + _GRADERS * _PER_GRADER - 1):
        return _FIRST + os.getpid() % _GRADERS * _PER_GRADER, _PER_GRADER
    return _SMALL_FIRST, _SMALL_COUNT  # inside a container with 65,536 users


def _is_mapped(uid: int) -> bool:
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        first, _, count = (int(field) for field in line.split())
        if first <= uid < first + count:
            return True
    return False
