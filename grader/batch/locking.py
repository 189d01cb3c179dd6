"""One batch at a time on a gradebook: two would grade the same submissions twice."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from grader.errors import UsageError

__all__ = ["only_one"]


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock that ends with this process, however it ends.

    Raises:
        UsageError: another process holds it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"{path}: another `grader batch` or `grader regrade` is at work on this "
                "gradebook; wait until it has finished"
            ) from None
        yield
    finally:
        os.close(descriptor)
