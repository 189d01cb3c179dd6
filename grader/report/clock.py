"""How long one page may take, in processor time; asked between tests, files and pieces of HTML."""

from __future__ import annotations

import time

__all__ = ["LONGEST", "Clock", "TooSlowError"]

LONGEST = 2.0  # seconds; a page of 500 tests takes about a tenth of it


class TooSlowError(Exception):
    """A page took longer than it may."""


class Clock:
    """Runs from when it is made."""

    def __init__(self, seconds: float = LONGEST) -> None:
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        """Stop a page that takes too long.

        Raises:
            TooSlowError: it does.
        """
        if time.thread_time() > self._end:
            raise TooSlowError
